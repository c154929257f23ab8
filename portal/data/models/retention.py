"""What keeps a case from being deleted at its time: a hold with its reason."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import BodyRef, Key, Sealed


class LegalHold(Base):
    """A lead's order to keep a case past its time (giữ lại hồ sơ); the reason is sealed to his body."""

    __tablename__ = "legal_hold"
    __table_args__ = (Index("ix_legal_hold_case_id", "case_id"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    body_id: Mapped[BodyRef]
    placed_by: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    placed_on: Mapped[date]
    lifted_by: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))
    lifted_on: Mapped[date | None]
    sealed_reason: Mapped[Sealed]
