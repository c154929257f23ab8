"""Deadlines as the stages and pages use them: the rows in force and the calendar as it stands today."""

from datetime import date

from portal.data.calendar import calendar
from portal.data.deadlines import deadlines
from portal.data.models.case import Case
from portal.domain import clock
from portal.domain.deadlines import FIRST_ANSWER, DeadlineRow, Use, ends_on, in_use
from portal.papers.clocks import history


def row_of(use: Use, received: date) -> DeadlineRow:
    """The version of a row for what was received on that day; raises NoRule."""
    return deadlines().on(use.row, received)


def last_day(use: Use, received: date) -> date:
    """The last day of a limit that starts with the receipt."""
    return ends_on(row_of(use, received), received, calendar())


def next_look(received: date) -> date:
    """The day on which the resident should look again."""
    return last_day(FIRST_ANSWER, received)


def working_days_on(day: date, count: int) -> date:
    """The day that lies that many working days after `day`."""
    return calendar().add_working_days(day, count)


def is_provisional(day: date) -> bool:
    """True if the days off of that year are not confirmed: its dates are marked "dự kiến" (decisions 25)."""
    return not calendar().confirmed_by(day.year)


def ground_of(case: Case) -> str:
    """The source of the limit that runs for a case, in the version of its clock; empty where none runs."""
    open_now = [row for row in history(case.id) if row.ended_on is None]
    rows = {(row.id, row.version): row.source for row in deadlines().rows}
    return rows.get((open_now[-1].row_id, open_now[-1].row_version), "") if open_now else ""


def rows_in_use() -> list[tuple[Use, DeadlineRow]]:
    """Every row at work in the portal today."""
    return list(in_use(deadlines(), clock.today()))
