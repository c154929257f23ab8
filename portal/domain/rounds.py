"""Supervision rounds (đợt giám sát) of a Front board: their states, steps, subjects and dated duties.

Luật Mặt trận Tổ quốc Việt Nam 2015, arts. 25–31; Nghị quyết liên tịch 403/2017; Quyết định 217-QĐ/TW. The
Front supervises how bodies do their work and recommends; it does not try cases, and no round has an opinion,
a belief or private life as its subject.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.deadlines import Deadlines, Use, ends_on
from portal.domain.life import IllegalStep
from portal.domain.working_days import Calendar


class Subject(StrEnum):
    """The area of work that is supervised: conduct of a public office, nothing else (product, scope)."""

    RECEPTION = "reception"
    PROCEDURES = "procedures"
    CONSTRUCTION = "construction"
    LAND = "land"
    FUNDS = "funds"
    SOCIAL = "social"
    DISCLOSURE = "disclosure"
    SERVICES = "services"
    SETTLING = "settling"


class RoundState(StrEnum):
    """Where a round stands."""

    PLANNED = "planned"
    APPROVED = "approved"
    ANNOUNCED = "announced"
    REPORTED = "reported"
    HELD = "held"
    FOUND = "found"
    RECOMMENDED = "recommended"
    ANSWERED = "answered"
    FOLLOWED = "followed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class RoundStep(StrEnum):
    """What can be done to a round."""

    CHANGE = "change"
    APPROVE = "approve"
    ANNOUNCE = "announce"
    RECEIVE_REPORT = "receive_report"
    HOLD = "hold"
    FIND = "find"
    RECOMMEND = "recommend"
    GIVE_TIME = "give_time"
    RECORD_ANSWER = "record_answer"
    FOLLOW_UP = "follow_up"
    CHECK = "check"
    LINK = "link"
    UNLINK = "unlink"
    CLOSE = "close"
    CANCEL = "cancel"


class Demand(StrEnum):
    """What a recommendation asks for; it says which limit the answer has."""

    CORRUPTION = "corruption"
    ETHICS = "ethics"
    WORK = "work"


class Outcome(StrEnum):
    """What a check of a follow-up item saw."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not_done"


@dataclass(frozen=True)
class RoundMove:
    """From which states a step may be taken, where it leads (None: the state stays)."""

    sources: frozenset[RoundState]
    target: RoundState | None
    reason_required: bool = False


def _move(*sources: RoundState, to: RoundState | None, reason: bool = False) -> RoundMove:
    return RoundMove(frozenset(sources), to, reason)


_S = RoundState
_PREPARING = (_S.PLANNED, _S.APPROVED, _S.ANNOUNCED, _S.REPORTED)
_AFTER = (_S.HELD, _S.FOUND, _S.RECOMMENDED, _S.ANSWERED, _S.FOLLOWED)
ENDED = frozenset({_S.CLOSED, _S.CANCELLED})

ROUND_MOVES: dict[RoundStep, RoundMove] = {
    # A changed plan is approved anew.
    RoundStep.CHANGE: _move(_S.PLANNED, _S.APPROVED, to=_S.PLANNED),
    RoundStep.APPROVE: _move(_S.PLANNED, to=_S.APPROVED),
    RoundStep.ANNOUNCE: _move(_S.APPROVED, to=_S.ANNOUNCED),
    RoundStep.RECEIVE_REPORT: _move(_S.ANNOUNCED, to=_S.REPORTED),
    # The meeting is held also where the body sent no report: that is itself something to note.
    RoundStep.HOLD: _move(_S.ANNOUNCED, _S.REPORTED, to=_S.HELD),
    RoundStep.FIND: _move(_S.HELD, to=_S.FOUND),
    RoundStep.RECOMMEND: _move(_S.FOUND, to=_S.RECOMMENDED),
    RoundStep.GIVE_TIME: _move(_S.RECOMMENDED, to=None, reason=True),
    RoundStep.RECORD_ANSWER: _move(_S.RECOMMENDED, to=_S.ANSWERED),
    RoundStep.FOLLOW_UP: _move(_S.ANSWERED, _S.FOLLOWED, to=_S.FOLLOWED),
    RoundStep.CHECK: _move(_S.FOLLOWED, to=None),
    RoundStep.LINK: _move(*_PREPARING, *_AFTER, to=None),
    RoundStep.UNLINK: _move(*_PREPARING, *_AFTER, to=None),
    RoundStep.CLOSE: _move(_S.FOUND, _S.ANSWERED, _S.FOLLOWED, to=_S.CLOSED, reason=True),
    RoundStep.CANCEL: _move(*_PREPARING, to=_S.CANCELLED, reason=True),
}


def next_round_state(state: RoundState, step: RoundStep, reason: str = "") -> RoundState:
    """The state after `step`; raises IllegalStep where the table has no such move, or a reason is missing."""
    move = ROUND_MOVES[step]
    if state not in move.sources:
        raise IllegalStep(f"{step} is not possible from {state}")
    if move.reason_required and not reason.strip():
        raise IllegalStep(f"{step} needs a reason")
    return move.target or state


def round_steps_from(state: RoundState) -> tuple[RoundStep, ...]:
    """The steps that the table allows from `state`, in the table's order."""
    return tuple(step for step, move in ROUND_MOVES.items() if state in move.sources)


class Duty(StrEnum):
    """What is due in a round, whose lateness stays visible."""

    REQUEST = "request"
    REPORT = "report"
    RESULT = "result"
    ANSWER = "answer"


@dataclass(frozen=True)
class Due:
    """A duty with its last day, and the day on which it was done; None while it waits."""

    duty: Duty
    last: date
    done: date | None = None

    def is_late(self, today: date) -> bool:
        """Late stays late: also when it was done after its last day (rule 28)."""
        return (self.done or today) > self.last


# The row of the table of deadlines, and the step that does the duty.
DUTIES: dict[Duty, tuple[Use, RoundStep]] = {
    Duty.REQUEST: (Use("round_request", "D35"), RoundStep.ANNOUNCE),
    Duty.REPORT: (Use("round_report", "D36"), RoundStep.RECEIVE_REPORT),
    Duty.RESULT: (Use("round_result", "D37"), RoundStep.FIND),
}
ANSWERS: dict[Demand, Use] = {
    Demand.CORRUPTION: Use("round_answer_corruption", "D26"),
    Demand.ETHICS: Use("round_answer_ethics", "D27"),
    Demand.WORK: Use("round_answer", "P4"),
}
SOON = timedelta(days=3)


@dataclass(frozen=True)
class RoundFacts:
    """What the dates of a round depend on. `done`: the day of the newest step of each kind."""

    meets_on: date
    state: RoundState
    done: Mapping[RoundStep, date]
    demand: Demand | None = None
    more_time: bool = False


def dues(facts: RoundFacts, rows: Deadlines, calendar: Calendar) -> list[Due]:
    """Every duty of a round with its last day by the calendar, in order of time; none once it is cancelled.

    Two run up to the day of the meeting and are counted back from it (NQLT 403/2017).
    """
    if facts.state is RoundState.CANCELLED:
        return []
    held = facts.done.get(RoundStep.HOLD, facts.meets_on)
    found = []
    for duty, (use, step) in DUTIES.items():
        start = held if duty is Duty.RESULT else facts.meets_on
        found.append(Due(duty, ends_on(rows.on(use.row, start), start, calendar), facts.done.get(step)))
    sent = facts.done.get(RoundStep.RECOMMEND)
    if sent is not None and facts.demand is not None:
        row = rows.on(ANSWERS[facts.demand].row, sent)
        last = ends_on(row, sent, calendar, longest=facts.more_time)
        found.append(Due(Duty.ANSWER, last, facts.done.get(RoundStep.RECORD_ANSWER)))
    return found


def waiting(found: list[Due], state: RoundState) -> Due | None:
    """The next duty that is still to be done, by its last day; None where nothing is awaited.

    The body's report is awaited only until the meeting.
    """
    if state in ENDED:
        return None
    past = {Duty.REQUEST, Duty.REPORT} if state in _AFTER else set()
    open_ones = [due for due in found if due.done is None and due.duty not in past]
    return min(open_ones, key=lambda due: due.last, default=None)
