"""Deadlines as the stages and pages use them: the rows in force and the calendar as it stands today."""

from datetime import date

from portal.data.calendar import calendar
from portal.data.deadlines import deadlines
from portal.domain import clock
from portal.domain.deadlines import FIRST_ANSWER, DeadlineRow, Use, ends_on, in_use


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


def rows_in_use() -> list[tuple[Use, DeadlineRow]]:
    """Every row at work in the portal today."""
    return list(in_use(deadlines(), clock.today()))
