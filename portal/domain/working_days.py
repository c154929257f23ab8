"""Working days of Viet Nam: the holidays package, corrected by a dated list that always wins."""

from datetime import date, timedelta
from functools import lru_cache

from holidays.countries import VN

# Swapped days that the package lacks: (day, worked, source). decisions.md 25.
OVERRIDES: tuple[tuple[date, bool, str], ...] = (
    (date(2026, 1, 2), False, "12729/VPCP-KGVX, 25/12/2025"),
    (date(2026, 1, 10), True, "12729/VPCP-KGVX, 25/12/2025"),
)
# Years whose official notice of days off is known; later ones compute and are marked "dự kiến".
CONFIRMED_THROUGH = 2026
_FIXED = {day: worked for day, worked, _ in OVERRIDES}


@lru_cache(maxsize=8)
def _year(year: int) -> VN:
    return VN(years=[year])


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """True if offices work on `day`: not a weekend or holiday, or a Saturday worked in exchange."""
    if day in _FIXED:
        return _FIXED[day]
    return bool(_year(day.year).is_working_day(day))


def add_working_days(start: date, count: int) -> date:
    """The `count`-th working day after `start`; the day of the event is not counted (BLDS 2015 art. 147)."""
    day, left = start, count
    while left > 0:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


def add_calendar_days(start: date, count: int) -> date:
    """`count` days after `start`; an end on a rest day moves to the next working day (BLDS 2015 art. 148)."""
    day = start + timedelta(days=count)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
