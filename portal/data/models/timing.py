"""Clocks of cases with what happened to them, and what officers entered in the calendar of days off."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Boolean, ForeignKey, ForeignKeyConstraint, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import choice
from portal.domain.calendar_rows import Effect
from portal.domain.clocks import Extension, Pause, Until
from portal.domain.deadlines import Event, Ground
from portal.domain.working_days import Unit


class Ending(StrEnum):
    """Why a clock runs no more."""

    DONE = "done"
    TAKEN_OVER = "taken_over"


class CaseClock(Base):
    """One limit of a case, from its event to its end; a case has at most one that is open (rule 25).

    `length` is the limit in `unit` as the row said when it began. `said`: the level that was told to staff;
    `say_on`: the day on which there is more to say. `calendar` names what `due_on` was computed with.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        Index("ix_case_clock_say_on", "ended_on", "say_on"),
        Index("ix_case_clock_calendar", "ended_on", "calendar"),
        {"sqlite_with_rowid": False},
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    rule: Mapped[str] = mapped_column(String(32))
    row_id: Mapped[str] = mapped_column(String(8))
    row_version: Mapped[int] = mapped_column(Integer)
    unit: Mapped[Unit] = mapped_column(choice(Unit))
    length: Mapped[int] = mapped_column(Integer)
    event: Mapped[Event] = mapped_column(choice(Event))
    started_on: Mapped[date]
    first_due_on: Mapped[date]
    due_on: Mapped[date | None]
    waits_for: Mapped[Until | None] = mapped_column(choice(Until))
    calendar: Mapped[str] = mapped_column(String(16))
    said: Mapped[int] = mapped_column(Integer, default=0)
    say_on: Mapped[date | None]
    was_late: Mapped[bool] = mapped_column(Boolean, default=False)
    ended_on: Mapped[date | None]
    ending: Mapped[Ending | None] = mapped_column(choice(Ending))


class ClockPause(Base):
    """A time in which the clock stood still: the days after `from_on`, up to and with `to_on`."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "number"], ["case_clock.case_id", "case_clock.number"]),
        {"sqlite_with_rowid": False},
    )

    case_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    waits_for: Mapped[Until] = mapped_column(choice(Until))

    def as_pause(self) -> Pause:
        """The pause as the rules see it."""
        return Pause(self.from_on, self.to_on, self.waits_for)


class ClockExtension(Base):
    """More time with its legal ground, and the message that told the reporter (rule 28)."""

    __tablename__ = "clock_extension"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "number"], ["case_clock.case_id", "case_clock.number"]),
        {"sqlite_with_rowid": False},
    )

    case_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    days: Mapped[int] = mapped_column(Integer)
    ground: Mapped[Ground] = mapped_column(choice(Ground))
    decided_on: Mapped[date]
    message_id: Mapped[str] = mapped_column(ForeignKey("message.id"))

    def as_extension(self) -> Extension:
        """The extension as the rules see it."""
        return Extension(self.days, self.ground, self.decided_on)


class CalendarDay(Base):
    """A day as an officer entered it, with his document; never overwritten: the newest version holds."""

    __tablename__ = "calendar_day"
    __table_args__ = {"sqlite_with_rowid": False}

    day: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    effect: Mapped[Effect] = mapped_column(choice(Effect))
    what: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(300))
    entered_by: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))
    entered_on: Mapped[date]


class CalendarYear(Base):
    """A year that an officer compared with the official notices; a later version may take it back."""

    __tablename__ = "calendar_year"
    __table_args__ = {"sqlite_with_rowid": False}

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    confirmed: Mapped[bool] = mapped_column(Boolean)
    source: Mapped[str] = mapped_column(String(300))
    entered_by: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))
    entered_on: Mapped[date]
