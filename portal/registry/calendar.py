"""The calendar of days off as the registrar keeps it: dated rows and confirmed years, never overwritten."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from portal.action import action, session
from portal.data import calendar as days_off
from portal.data.models.timing import CalendarDay, CalendarYear
from portal.domain import clock
from portal.domain.calendar_rows import Effect, in_range
from portal.domain.permissions import Actor, ActorKind, Permission
from portal.domain.working_days import Calendar, DayRow
from portal.papers.history import account_names

SATURDAY = 5


class NotADay(ValueError):
    """The entry cannot be; `why` is a code that the page explains."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Entry:
    """One word of an officer on a day or a year, for the page: newest first."""

    about: date | int
    effect: str
    what: str
    source: str
    by: str
    on: date


@action(Permission.CALENDAR_EDIT)
def set_day(actor: Actor, nothing: None, /, *, day: date, effect: Effect, what: str, source: str) -> None:
    """Enter that a day is off, worked, or as shipped again, with the document; raises NotADay.

    The worker then counts all open clocks again; closed ones stay as they are (rule 25).
    """
    try:
        in_range(day)
    except ValueError:
        raise NotADay("year") from None
    if effect is Effect.WORKED and day.weekday() < SATURDAY:
        raise NotADay("weekday")
    if not source.strip() or not what.strip():
        raise NotADay("source")
    last = session().scalar(select(func.max(CalendarDay.version)).where(CalendarDay.day == day)) or 0
    row = CalendarDay(day=day, version=last + 1, effect=effect, what=what, source=source)
    row.entered_by, row.entered_on = _account(actor), clock.today()
    session().add(row)
    days_off.forget()


@action(Permission.CALENDAR_EDIT)
def confirm_year(actor: Actor, nothing: None, /, *, year: int, confirmed: bool, source: str) -> None:
    """Say that a year was compared with the official notices, or take that back; raises NotADay."""
    try:
        in_range(date(year, 1, 1))
    except ValueError:
        raise NotADay("year") from None
    if not source.strip():
        raise NotADay("source")
    last = session().scalar(select(func.max(CalendarYear.version)).where(CalendarYear.year == year)) or 0
    row = CalendarYear(year=year, version=last + 1, confirmed=confirmed, source=source)
    row.entered_by, row.entered_on = _account(actor), clock.today()
    session().add(row)
    days_off.forget()


def _account(actor: Actor) -> str | None:
    return actor.id if actor.kind is ActorKind.STAFF else None


def in_force() -> Calendar:
    """The calendar as it stands."""
    return days_off.calendar()


def of_year(year: int) -> list[DayRow]:
    """The special days of a year, as they stand."""
    return list(days_off.calendar().specials(date(year, 1, 1), date(year, 12, 31)))


def entries(year: int) -> list[Entry]:
    """What officers entered about a year and its days, newest first."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = session().scalars(select(CalendarDay).where(CalendarDay.day.between(first, last)))
    found = [(row.entered_by, row.version, row.day, row.effect.value, row.what, row) for row in days]
    years = session().scalars(select(CalendarYear).where(CalendarYear.year == year))
    said = {True: "confirmed", False: "unconfirmed"}
    both = found + [(row.entered_by, row.version, year, said[row.confirmed], "", row) for row in years]
    names = account_names(by for by, *_ in both)
    both.sort(key=lambda one: (one[5].entered_on, one[1]), reverse=True)
    return [
        Entry(about, effect, what, row.source, names.get(by or "", ""), row.entered_on)
        for by, _, about, effect, what, row in both
    ]
