"""The calendar of days off as it stands: what is shipped, corrected by what officers entered."""

import time

from sqlalchemy import select

from portal.data.db import Store, session, store
from portal.data.deadlines import revision_of, shipped_calendar
from portal.data.models.timing import CalendarDay, CalendarYear
from portal.domain.calendar_rows import Effect
from portal.domain.working_days import Calendar, DayRow, YearRow, later

_KEPT_SECONDS = 60.0
_kept: tuple[Store, float, Calendar] | None = None


def calendar() -> Calendar:
    """The calendar in force, kept for a minute per process.

    A date computed in that minute with the days of before carries their revision, and is computed again.
    """
    global _kept
    current = store()
    if _kept is None or _kept[0] is not current or time.monotonic() - _kept[1] > _KEPT_SECONDS:
        _kept = (current, time.monotonic(), stored_calendar())
    return _kept[2]


def forget() -> None:
    """Read the calendar anew when it is next asked for."""
    global _kept
    _kept = None


def stored_calendar() -> Calendar:
    """The calendar read from the store."""
    shipped = shipped_calendar()
    # It may be read anew in the middle of a step, when what the step leads to is not complete yet.
    with session().no_autoflush:
        days = session().scalars(select(CalendarDay).order_by(CalendarDay.version)).all()
        written = session().scalars(select(CalendarYear).order_by(CalendarYear.version)).all()
    newest = {row.day: row for row in days}
    rows = [
        DayRow(row.day, row.effect is Effect.WORKED, row.what, row.source)
        for row in newest.values()
        if row.effect is not Effect.AS_SHIPPED
    ]
    rows.sort(key=lambda row: row.day)
    years = {row.year: row for row in written}
    confirmed = [YearRow(row.year, row.source if row.confirmed else "") for row in years.values()]
    if not rows:
        return later(shipped, (), confirmed, shipped.revision)
    words = (f"{row.day.isoformat()}{row.worked:d}".encode() for row in rows)
    return later(shipped, rows, confirmed, revision_of(shipped.revision.encode(), *words))
