"""Clocks (thời hạn): which limit runs in which state, as a table; the date it ends on."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.life import State
from portal.domain.working_days import CONFIRMED_THROUGH, add_calendar_days, add_working_days


class Unit(StrEnum):
    WORKING_DAYS = "wd"
    CALENDAR_DAYS = "d"


@dataclass(frozen=True)
class Clock:
    """A limit that starts when a case enters a state. `source` names the law, or "design"."""

    rule: str
    limit: int
    unit: Unit
    source: str


CLOCKS: dict[State, Clock] = {
    State.RECEIVED: Clock("classify", 7, Unit.WORKING_DAYS, "Luật Tố cáo 2018, điều 24 khoản 1"),
    State.RETURNED: Clock("classify_again", 5, Unit.WORKING_DAYS, "Luật Tố cáo 2018, điều 24 khoản 2"),
    State.UNDETERMINED: Clock("determine", 5, Unit.WORKING_DAYS, "design"),
    State.NEEDS_INFO: Clock("wait_for_reporter", 30, Unit.CALENDAR_DAYS, "design"),
    State.ROUTED: Clock("accept", 7, Unit.WORKING_DAYS, "Luật Tố cáo 2018, điều 24 khoản 1"),
    State.OUTSIDE: Clock("outside_answer", 20, Unit.WORKING_DAYS, "Quyết định 124-QĐ/TW, điều 8"),
    State.ACCEPTED: Clock("settle", 30, Unit.CALENDAR_DAYS, "Luật Tố cáo 2018, điều 30 khoản 1"),
    State.CONCLUDED: Clock("tell_result", 5, Unit.WORKING_DAYS, "Luật Tố cáo 2018, điều 35 khoản 3"),
    State.ANSWERED: Clock("close", 30, Unit.CALENDAR_DAYS, "design"),
}
# The clock of these states goes on from the state before.
GOES_ON = frozenset({State.VERIFYING})
# The resident hears something at the latest so many working days after receipt (LTCD 2013 art. 28(1)).
FIRST_ANSWER = Clock("first_answer", 10, Unit.WORKING_DAYS, "Luật Tiếp công dân 2013, điều 28 khoản 1")


def ends_on(clock: Clock, start: date) -> date:
    """The last day of `clock` when its event happened on `start`."""
    if clock.unit is Unit.WORKING_DAYS:
        return add_working_days(start, clock.limit)
    return add_calendar_days(start, clock.limit)


def is_provisional(day: date) -> bool:
    """True if the calendar of that year is not confirmed yet: shown as "dự kiến" (decisions 25)."""
    return day.year > CONFIRMED_THROUGH


def next_look(received: date) -> date:
    """The day on which the resident should look again."""
    return ends_on(FIRST_ANSWER, received)
