"""Deadlines (thời hạn): the dated rows of the law, and which of them runs in which state of a case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.life import State
from portal.domain.working_days import Calendar, Unit

DESIGN = "design"


class Event(StrEnum):
    """What starts a limit; the day on which it happens is not counted."""

    RECEIVED = "received"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    CONCLUDED = "concluded"
    PUBLISHED = "published"
    RESULT = "result"
    OVERDUE = "overdue"
    DEMANDED = "demanded"
    DECISION = "decision"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"
    REFERRED = "referred"
    REQUEST = "request"
    DISCOVERED = "discovered"
    ASKED = "asked"
    ANSWERED = "answered"
    MEETING = "meeting"
    # The limit ends before its event: it is counted back from that day.
    BEFORE_MEETING = "before_meeting"


class Ground(StrEnum):
    """Why a limit may be extended; a row lists those that its law knows."""

    SEVERAL_PLACES = "several_places"
    DELEGATED = "delegated"
    COMPLEX = "complex"
    VERY_COMPLEX = "very_complex"
    NECESSARY = "necessary"


@dataclass(frozen=True)
class DeadlineRow:
    """One version of a limit. `grounds`: how many extensions of `extension` units each allows in all.

    A row that is off has a reason and is never counted with (domain rule 27).
    """

    id: str
    version: int
    duty: str
    event: Event
    unit: Unit | None
    limit: int | None
    source: str
    extension: int = 0
    grounds: Mapping[Ground, int] | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    why_off: str = ""
    note: str = ""

    @property
    def is_on(self) -> bool:
        return not self.why_off

    @property
    def longest(self) -> int | None:
        """The limit with every extension that any ground allows."""
        most = max((self.grounds or {}).values(), default=0)
        return None if self.limit is None else self.limit + most * self.extension

    def in_force_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


class NoRule(Exception):
    """There is no limit to count with; the text says why, for people."""


@dataclass(frozen=True)
class Deadlines:
    """The rows in their order; versions of one id follow each other in time."""

    rows: tuple[DeadlineRow, ...]

    def on(self, row_id: str, received: date) -> DeadlineRow:
        """The version for what was received on that day; raises NoRule."""
        versions = [row for row in self.rows if row.id == row_id]
        if not versions:
            raise NoRule(f"không có dòng {row_id}")
        found = next((row for row in versions if row.in_force_on(received)), None)
        if found is None:
            raise NoRule(f"dòng {row_id} không có hiệu lực vào ngày {received:%d/%m/%Y}")
        if not found.is_on:
            raise NoRule(f"dòng {row_id} đang tắt: {found.why_off}")
        return found


@dataclass(frozen=True)
class Use:
    """A row at work in the portal, under a name of its own."""

    rule: str
    row: str


CLOCKS: dict[State, Use] = {
    State.RECEIVED: Use("classify", "D1"),
    State.RETURNED: Use("classify_again", "D2"),
    State.UNDETERMINED: Use("determine", "P3"),
    State.NEEDS_INFO: Use("wait_for_reporter", "P1"),
    State.ROUTED: Use("accept", "D1"),
    State.OUTSIDE: Use("outside_answer", "D27"),
    State.ACCEPTED: Use("settle", "D5"),
    State.CONCLUDED: Use("tell_result", "D8"),
    State.ANSWERED: Use("close", "P2"),
}
# Who suffers for a report cannot wait as long as others (LTC art. 51: without delay; the number is design).
REPRISAL_CLOCKS: dict[State, Use] = {State.RECEIVED: Use("protect", "P5")}
# The clock of these states goes on from the state before; while the work is suspended it stands still.
GOES_ON = frozenset({State.VERIFYING, State.SUSPENDED})
# And in these no clock runs, for a reason.
NO_CLOCK: dict[State, str] = {
    State.DECLINED: "ended: what remains is the resident's right to a review",
    State.CLOSED: "ended: what remains is the resident's right to a review",
    State.JOINED: "the case in which it rests has the clock",
    State.UNDER_REVIEW: "the case that reviews it has the clock",
}
# The resident hears something at the latest so many working days after receipt (LTCD 2013 art. 28(1)).
FIRST_ANSWER = Use("first_answer", "D21")
# How long a letter that urges a body outside the portal is given, before the next (design).
REMIND_AGAIN = Use("remind_again", "P7")
USES = (FIRST_ANSWER, REMIND_AGAIN, *CLOCKS.values(), *REPRISAL_CLOCKS.values())


def in_use(rows: Deadlines, day: date) -> Iterable[tuple[Use, DeadlineRow]]:
    """Every row at work in the portal, as it is in force on `day`."""
    return [(use, rows.on(use.row, day)) for use in USES]


def end_of(unit: Unit, count: int, start: date, calendar: Calendar) -> date:
    """The last day of a limit whose event happened on `start`; raises NoRule for hours, OutOfRange."""
    if unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(start, count)
    if unit is Unit.CALENDAR_DAYS:
        return calendar.add_calendar_days(start, count)
    raise NoRule("hạn tính bằng giờ cần biết giờ bắt đầu; ở đây chỉ biết ngày")


def ends_on(row: DeadlineRow, start: date, calendar: Calendar, *, longest: bool = False) -> date:
    """The last day of a row's limit, without extension or with all that its law allows.

    A limit that runs up to its event is counted back from it.
    """
    limit = row.longest if longest else row.limit
    if row.unit is None or limit is None:
        raise NoRule(f"dòng {row.id} không có số ngày")
    if row.event is Event.BEFORE_MEETING:
        return calendar.before(start, limit)
    return end_of(row.unit, limit, start, calendar)
