"""Retention (thời hạn lưu): dated rows that say what is deleted, how long after which event, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WARN_DAYS = 30  # design: a board reads of it so long before, and may hold it back


class Kept(StrEnum):
    """What is kept for a time."""

    CASE_ANSWERED = "case_answered"
    CASE_CLOSED = "case_closed"
    CASE_DECLINED = "case_declined"


@dataclass(frozen=True)
class RetentionRow:
    """One version of a rule: `months` after the case ended its content is deleted. A row off has a reason."""

    id: str
    version: int
    what: Kept
    months: int | None
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
    why_off: str = ""
    note: str = ""

    @property
    def is_on(self) -> bool:
        return not self.why_off

    def in_force_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True)
class Retention:
    """The rules; of several versions the one in force on the day holds."""

    rows: tuple[RetentionRow, ...]

    def of(self, what: Kept, day: date) -> RetentionRow | None:
        """The rule in force that is on; None where nothing is ever deleted."""
        found = [row for row in self.rows if row.what is what and row.in_force_on(day) and row.is_on]
        return found[-1] if found else None

    def erase_on(self, what: Kept, ended_on: date, day: date) -> date | None:
        """The day on which it may be deleted, by the rule in force on `day`; None for never."""
        row = self.of(what, day)
        return later(ended_on, row.months) if row is not None and row.months else None


def later(day: date, months: int) -> date:
    """The same day `months` later, or the last one of that month (BLDS 2015 art. 148(4))."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def last_of(days: Iterable[date | None]) -> date | None:
    """The latest of the days on which parts of one matter may go; None if one of them never may."""
    found = list(days)
    return None if not found or None in found else max(day for day in found if day is not None)
