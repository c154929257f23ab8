"""Working days of Viet Nam: the rule of the holidays package, corrected by dated days that always win."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from holidays.countries import VN
from holidays.version import __version__

# Tết and Hùng Kings' day of these years were computed a second time by another algorithm: no difference.
FIRST_YEAR, LAST_YEAR = 2010, 2099
PACKAGE = __version__
_DAY = timedelta(days=1)


class Unit(StrEnum):
    """In what a limit is counted."""

    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "d"
    HOURS = "h"


class OutOfRange(ValueError):
    """There are no rules of days off for that year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"chỉ có dữ liệu ngày nghỉ từ năm {FIRST_YEAR} đến {LAST_YEAR}, không có năm {year}")


@dataclass(frozen=True)
class DayRow:
    """What a document says of one day. `certain`: no further confirmation is awaited."""

    day: date
    worked: bool
    what: str
    source: str
    certain: bool = True


@dataclass(frozen=True)
class YearRow:
    """A year whose days off were compared with the official notices named in `source`."""

    year: int
    source: str


@dataclass(frozen=True)
class Calendar:
    """The days on which offices work. Of several rows for a day or year the last one holds."""

    rows: tuple[DayRow, ...] = ()
    years: tuple[YearRow, ...] = ()
    revision: str = ""
    _fixed: dict[date, DayRow] = field(init=False, repr=False, compare=False)
    _known: dict[date, bool] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_fixed", {row.day: row for row in self.rows})

    def is_working_day(self, day: date) -> bool:
        """True if offices work on `day`: no rest day, or a Saturday worked in exchange. Raises OutOfRange."""
        known = self._known.get(day)
        if known is None:
            row = self._fixed.get(day)
            known = self._known[day] = row.worked if row else bool(_year(day.year).is_working_day(day))
        return known

    def add_working_days(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, whose own day is not counted (BLDS 2015 art. 147)."""
        day, left = start, count
        while left > 0:
            day = _after(day)
            left -= self.is_working_day(day)
        return day

    def add_calendar_days(self, start: date, count: int) -> date:
        """`count` days after `start`; from a rest day on to the next working day (BLDS 2015 art. 148)."""
        try:
            day = start + timedelta(days=count)
        except OverflowError:
            raise OutOfRange(LAST_YEAR + 1) from None
        while not self.is_working_day(day):
            day = _after(day)
        return day

    def before(self, event: date, count: int) -> date:
        """The last day that lies at least `count` days before `event`; from a rest day back (design).

        So whoever waits for the event keeps every day of his time.
        """
        try:
            day = event - timedelta(days=count)
            while not self.is_working_day(day):
                day -= _DAY
        except OverflowError:
            raise OutOfRange(FIRST_YEAR - 1) from None
        return day

    def special(self, day: date) -> DayRow | None:
        """The row of a holiday, a swapped day, or one that an officer entered; None for other days."""
        row = self._fixed.get(day)
        name = None if row else _year(day.year).get(day)
        return DayRow(day, False, name, f"holidays {PACKAGE}") if name else row

    def specials(self, first: date, last: date) -> Iterator[DayRow]:
        """The special days from `first` to `last`, both included."""
        day = first
        while day <= last:
            row = self.special(day)
            if row:
                yield row
            day = _after(day)

    def confirmed_by(self, year: int) -> str:
        """The documents that confirm the year; empty where it is not confirmed (decisions 25)."""
        return next((one.source for one in reversed(self.years) if one.year == year), "")

    def doubts(self, start: date, end: date) -> tuple[int | date, ...]:
        """What makes an end provisional ("dự kiến"): unconfirmed years and uncertain days after `start`."""
        years = range(min(_after(start), end).year, end.year + 1)
        days = [row.day for row in self._fixed.values() if start < row.day <= end and not row.certain]
        return (*(year for year in years if not self.confirmed_by(year)), *sorted(days))


def _after(day: date) -> date:
    if day == date.max:
        raise OutOfRange(LAST_YEAR + 1)
    return day + _DAY


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def _year(year: int) -> VN:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutOfRange(year)
    return VN(years=[year], expand=False, language="vi")


def later(calendar: Calendar, rows: Iterable[DayRow], years: Iterable[YearRow], revision: str) -> Calendar:
    """The calendar with what was entered after it."""
    return Calendar((*calendar.rows, *rows), (*calendar.years, *years), revision)
