"""What is owed on a dated record of a case: an answer, or a remedy with its evidence and the check of it."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.data.db import Base
from portal.data.models.case import Case
from portal.data.models.columns import choice
from portal.domain.entries import CHECKED, Owed
from portal.domain.permissions import Facts


class Followed(Base):
    """One record with a day due. `reply_id` is what came on it; `check_id` what a second person found.

    Where the check finds the remedy wanting, both become empty again and the records of it stay.
    """

    __tablename__ = "followed"
    __table_args__ = (Index("ix_followed_case_id", "case_id"), {"sqlite_with_rowid": False})

    record_id: Mapped[str] = mapped_column(ForeignKey("record.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    owes: Mapped[Owed] = mapped_column(choice(Owed))
    due_on: Mapped[date]
    reply_id: Mapped[str | None] = mapped_column(ForeignKey("record.id"))
    reply_by: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))
    check_id: Mapped[str | None] = mapped_column(ForeignKey("record.id"))

    case: Mapped[Case] = relationship(viewonly=True, lazy="selectin")

    @property
    def id(self) -> str:
        """Its name in the log of acts."""
        return self.record_id

    @property
    def is_open(self) -> bool:
        """What a second person decides on is open until he did, anything else until an answer came."""
        return (self.check_id if self.owes in CHECKED else self.reply_id) is None

    def facts(self) -> Facts:
        """Of its case; the account is the one who entered what a second person checks."""
        return replace(self.case.facts(), account_id=self.reply_by)


class DutyTold(Base):
    """That staff were told of one thing owed: once before its day, once when it passed.

    `place` tells it from others of its rule: the case's version after the step that began it, or a record.
    """

    __tablename__ = "duty_told"
    __table_args__ = {"sqlite_with_rowid": False}

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(32), primary_key=True)
    place: Mapped[str] = mapped_column(String(16), primary_key=True)
    late: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    told_on: Mapped[date]
