"""A report being written: sealed under a key that only its writer holds; gone after hours or days."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base, Moment
from portal.data.models.columns import Sealed


class Draft(Base):
    """Unaudited, technical (decisions 19). `expires_at` is a full hour, so it tells no minute.

    A resident's lies under the secret of his cookie, an officer's under his own public key (decisions 15).
    """

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_expires_at", "expires_at"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    sealed_body: Mapped[Sealed]


class DraftFile(Base):
    """A cleaned file of a draft: blobs are stored sealed under keys that the sealed description holds."""

    __tablename__ = "draft_file"
    __table_args__ = (Index("ix_draft_file_draft_id", "draft_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"))
    clean_blob: Mapped[str] = mapped_column(String(64))
    original_blob: Mapped[str | None] = mapped_column(String(64))
    sealed_meta: Mapped[Sealed]
