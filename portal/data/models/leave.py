"""Officers who are away, and who stands in for them; no case is named here."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import BodyRef, Key, choice
from portal.domain.permissions import Facts
from portal.domain.substituting import Away, LeaveReason


class Leave(Base):
    """One leave of one officer, with his substitute; ended by hand, it keeps the day and who ended it."""

    __tablename__ = "leave"
    __table_args__ = (
        Index("ix_leave_account_id", "account_id", "last_on"),
        Index("ix_leave_substitute_id", "substitute_id", "last_on"),
        Index("ix_leave_body_id", "body_id", "last_on"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    body_id: Mapped[BodyRef]
    account_id: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    substitute_id: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    reason: Mapped[LeaveReason] = mapped_column(choice(LeaveReason))
    first_on: Mapped[date]
    last_on: Mapped[date]
    entered_by: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    entered_on: Mapped[date]
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))

    def as_away(self) -> Away:
        return Away(self.account_id, self.substitute_id, self.first_on, self.last_on, self.ended_on)

    def facts(self) -> Facts:
        return Facts(account_id=self.account_id, body_id=self.body_id)
