"""Who stands in for an inspector who is away."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import BodyRef, Key
from portal.domain.permissions import Facts
from portal.domain.substituting import Leave


class Substitution(Base):
    """One leave in one body, both days inclusive. `ended_on`: ended early, without effect from that day."""

    __tablename__ = "substitution"
    __table_args__ = (Index("ix_substitution_body_id", "body_id", "last_on"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    body_id: Mapped[BodyRef]
    officer_id: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    substitute_id: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    named_by: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))

    def facts(self) -> Facts:
        return Facts(body_id=self.body_id)

    def as_leave(self) -> Leave:
        """The leave as the rules see it."""
        return Leave(self.officer_id, self.substitute_id, self.first_on, self.last_on)
