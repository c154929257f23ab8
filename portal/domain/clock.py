"""The one place that reads the time, so that tests and the demo can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7), "ICT")
_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Viet Nam (UTC+7, no daylight saving)."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The calendar day in Viet Nam on which a moment (aware) lies."""
    return moment.astimezone(VIETNAM).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block the time stands still at `moment` (aware)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
