"""What happened, for auditors: append-only, hash-linked."""

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base


class AuditEntry(Base):
    """One act (nhật ký): names of tables and columns, never values. Acts of residents carry the day only."""

    __tablename__ = "audit_entry"
    __table_args__ = {"sqlite_with_rowid": False}

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    act: Mapped[str] = mapped_column(String(64))
    actor_id: Mapped[str] = mapped_column(String(32))
    body_id: Mapped[str | None] = mapped_column(String(48))
    objects: Mapped[str] = mapped_column(Text)
    changes: Mapped[str] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
