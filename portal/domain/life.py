"""The life of a case (vòng đời hồ sơ): its states, its steps and the one table that joins them."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    NEEDS_INFO = "needs_info"
    RETURNED = "returned"
    DECLINED = "declined"
    ROUTED = "routed"
    OUTSIDE = "outside"
    ACCEPTED = "accepted"
    VERIFYING = "verifying"
    SUSPENDED = "suspended"
    CONCLUDED = "concluded"
    ANSWERED = "answered"
    CLOSED = "closed"
    UNDER_REVIEW = "under_review"
    UNDETERMINED = "undetermined"
    JOINED = "joined"


class Desk(StrEnum):
    """Where the next act on a case is expected."""

    FRONT = "front"
    REPORTER = "reporter"
    COMMITTEE = "committee"
    OUTSIDE = "outside"
    NOBODY = "nobody"


class Step(StrEnum):
    """What can be done to a case."""

    CLASSIFY = "classify"
    ESTABLISH = "establish"
    ASK_INFO = "ask_info"
    ANSWER_INFO = "answer_info"
    RESUME = "resume"
    DECLINE = "decline"
    COMMEND = "commend"
    REFER = "refer"
    OPEN_TRACK = "open_track"
    SPLIT = "split"
    JOIN = "join"
    TAKE_IN = "take_in"
    UNJOIN = "unjoin"
    LET_GO = "let_go"
    ROUTE = "route"
    HAND_OVER = "hand_over"
    REMIND = "remind"
    ESCALATE = "escalate"
    RECORD_RETURN = "record_return"
    ACCEPT = "accept"
    RETURN = "return"
    ASSIGN = "assign"
    NOTE = "note"
    ASK_REPORTER = "ask_reporter"
    BEGIN_VERIFICATION = "begin_verification"
    SUSPEND = "suspend"
    RESUME_WORK = "resume_work"
    EXTEND = "extend"
    TELL_PERSON = "tell_person"
    REQUEST = "request"
    RECORD_REPLY = "record_reply"
    RECORD_EXPLANATION = "record_explanation"
    CONCLUDE = "conclude"
    ANSWER = "answer"
    RECORD_OUTCOME = "record_outcome"
    PLAN_REMEDY = "plan_remedy"
    RECORD_REMEDY = "record_remedy"
    CHECK_REMEDY = "check_remedy"
    DRAFT_PUBLICATION = "draft_publication"
    APPROVE_PUBLICATION = "approve_publication"
    WITHDRAW_PUBLICATION = "withdraw_publication"
    CORRECT_PUBLICATION = "correct_publication"
    CLOSE = "close"
    REQUEST_REVIEW = "request_review"
    END_REVIEW = "end_review"
    WITHDRAW = "withdraw"
    CORRECT = "correct"
    NAME_PERSON = "name_person"
    LOCK = "lock"
    HAND_UP = "hand_up"
    TAKE_OVER = "take_over"
    MOVE_UP = "move_up"


class IllegalStep(Exception):
    """The step is not possible from the case's state, or lacks its reason."""


@dataclass(frozen=True)
class Move:
    """From which states a step may be taken, where it leads (None: the state stays)."""

    sources: frozenset[State]
    target: State | None
    reason_required: bool = False


def _move(*sources: State, to: State | None, reason: bool = False) -> Move:
    return Move(frozenset(sources), to, reason)


_AT_FRONT = (State.RECEIVED, State.RETURNED, State.UNDETERMINED)
_AT_COMMITTEE = (State.ACCEPTED, State.VERIFYING)
_OPEN_AT_FRONT = (*_AT_FRONT, State.NEEDS_INFO)
_OPEN_AT_COMMITTEE = (State.ROUTED, *_AT_COMMITTEE, State.SUSPENDED, State.CONCLUDED)
_AFTER = (State.CONCLUDED, State.ANSWERED, State.CLOSED, State.UNDER_REVIEW)
_PUBLIC = (State.ANSWERED, State.CLOSED, State.UNDER_REVIEW)
_ENDED = (State.DECLINED, State.ANSWERED, State.CLOSED)

MOVES: dict[Step, Move] = {
    Step.CLASSIFY: _move(*_AT_FRONT, State.NEEDS_INFO, to=None),
    Step.ESTABLISH: _move(*_OPEN_AT_FRONT, to=None),
    # Nobody can say who is competent: the province determines it, never a default (rule 17).
    Step.REFER: _move(State.RECEIVED, State.RETURNED, to=State.UNDETERMINED),
    # The other track of the matter becomes a case of its own (rule 23).
    Step.OPEN_TRACK: _move(*_AT_FRONT, State.ROUTED, State.OUTSIDE, to=None),
    # Several officials in one report: one case each (decisions 5, rule 11).
    Step.SPLIT: _move(*_AT_FRONT, to=None),
    # Several residents on one matter: one case goes on, the others rest in it (rule 15).
    Step.JOIN: _move(*_AT_FRONT, to=State.JOINED),
    Step.TAKE_IN: _move(*_AT_FRONT, to=None),
    Step.UNJOIN: _move(State.JOINED, to=State.RECEIVED, reason=True),
    Step.LET_GO: _move(*_OPEN_AT_FRONT, *_OPEN_AT_COMMITTEE, State.OUTSIDE, to=None),
    Step.ASK_INFO: _move(*_AT_FRONT, to=State.NEEDS_INFO),
    Step.ANSWER_INFO: _move(State.NEEDS_INFO, to=State.RECEIVED),
    Step.RESUME: _move(State.NEEDS_INFO, to=State.RECEIVED, reason=True),
    Step.DECLINE: _move(*_AT_FRONT, State.NEEDS_INFO, to=State.DECLINED, reason=True),
    Step.COMMEND: _move(*_AT_FRONT, to=State.ANSWERED),
    Step.ROUTE: _move(*_AT_FRONT, to=State.ROUTED),
    Step.HAND_OVER: _move(*_AT_FRONT, to=State.OUTSIDE),
    # The body outside is urged; once it is late, the one above it is told.
    Step.REMIND: _move(State.OUTSIDE, to=None),
    Step.ESCALATE: _move(State.OUTSIDE, to=None),
    Step.RECORD_RETURN: _move(State.OUTSIDE, to=State.CONCLUDED),
    Step.ACCEPT: _move(State.ROUTED, to=State.ACCEPTED),
    Step.RETURN: _move(State.ROUTED, State.ACCEPTED, to=State.RETURNED, reason=True),
    Step.ASSIGN: _move(*_OPEN_AT_COMMITTEE, to=None),
    Step.NOTE: _move(*_OPEN_AT_COMMITTEE, State.ANSWERED, to=None),
    Step.ASK_REPORTER: _move(*_AT_COMMITTEE, State.SUSPENDED, to=None),
    Step.BEGIN_VERIFICATION: _move(State.ACCEPTED, to=State.VERIFYING),
    # The clock stands still until what is waited for has come (LTC art. 34; rule 29).
    Step.SUSPEND: _move(State.VERIFYING, to=State.SUSPENDED, reason=True),
    Step.RESUME_WORK: _move(State.SUSPENDED, to=State.VERIFYING, reason=True),
    # More time, on a ground of the running limit's row (LTC art. 30; rule 28).
    Step.EXTEND: _move(State.ROUTED, *_AT_COMMITTEE, to=None, reason=True),
    # Also that the work stands still (LTC art. 34).
    Step.TELL_PERSON: _move(*_AT_COMMITTEE, State.SUSPENDED, to=None),
    Step.REQUEST: _move(State.VERIFYING, to=None),
    # What was asked for may come when the case stands still or is over: it is recorded all the same.
    Step.RECORD_REPLY: _move(State.VERIFYING, State.SUSPENDED, *_AFTER, to=None),
    Step.RECORD_EXPLANATION: _move(State.VERIFYING, to=None),
    Step.CONCLUDE: _move(State.VERIFYING, to=State.CONCLUDED),
    Step.ANSWER: _move(State.CONCLUDED, to=State.ANSWERED),
    # Discipline is decided elsewhere, often long after the answer.
    Step.RECORD_OUTCOME: _move(*_AFTER, to=None),
    Step.PLAN_REMEDY: _move(State.CONCLUDED, State.ANSWERED, to=None),
    # A review that ends closes the case whatever is open in it; what was promised is followed all the same.
    Step.RECORD_REMEDY: _move(*_AFTER, to=None),
    Step.CHECK_REMEDY: _move(*_AFTER, to=None),
    # The result without names: drafted by one person, approved by the head (LTC art. 40; rule 42).
    Step.DRAFT_PUBLICATION: _move(State.ANSWERED, State.CLOSED, to=None),
    Step.APPROVE_PUBLICATION: _move(*_PUBLIC, to=None),
    # Taken off at once by the head, whoever approved it; what corrects it is a draft like any (rule 43).
    Step.WITHDRAW_PUBLICATION: _move(*_PUBLIC, to=None, reason=True),
    Step.CORRECT_PUBLICATION: _move(*_PUBLIC, to=None, reason=True),
    Step.CLOSE: _move(State.ANSWERED, to=State.CLOSED),
    Step.REQUEST_REVIEW: _move(*_ENDED, to=State.UNDER_REVIEW),
    Step.END_REVIEW: _move(State.UNDER_REVIEW, to=State.CLOSED),
    # Noted, and no more: whether there is a ground to go on is for the body to say (LTC art. 33; rule 35).
    Step.WITHDRAW: _move(*_OPEN_AT_FRONT, *_OPEN_AT_COMMITTEE, State.OUTSIDE, to=None),
    # A wrong answer stays, and a new one names it (LTC art. 10(1)e; rule 43).
    Step.CORRECT: _move(State.ANSWERED, State.CLOSED, to=None, reason=True),
    Step.NAME_PERSON: _move(*_OPEN_AT_FRONT, *_OPEN_AT_COMMITTEE, to=None),
    # A conflict found late: locked at once, then taken over by the level above, where the clock starts again.
    Step.LOCK: _move(*State, to=None),
    Step.HAND_UP: _move(*_OPEN_AT_FRONT, to=State.RECEIVED),
    Step.TAKE_OVER: _move(*_OPEN_AT_COMMITTEE, to=State.ROUTED),
    # Where the body did not have the work, only who follows the case changes.
    Step.MOVE_UP: _move(*(state for state in State if state not in _OPEN_AT_FRONT), to=None),
}

# A case may rest here: what remains is the resident's right to a review.
RESTING = frozenset(_ENDED)


DESKS: dict[State, Desk] = {
    State.RECEIVED: Desk.FRONT,
    State.NEEDS_INFO: Desk.REPORTER,
    State.RETURNED: Desk.FRONT,
    State.DECLINED: Desk.NOBODY,
    State.ROUTED: Desk.COMMITTEE,
    State.OUTSIDE: Desk.OUTSIDE,
    State.ACCEPTED: Desk.COMMITTEE,
    State.VERIFYING: Desk.COMMITTEE,
    State.SUSPENDED: Desk.COMMITTEE,
    State.CONCLUDED: Desk.COMMITTEE,
    State.ANSWERED: Desk.NOBODY,
    State.CLOSED: Desk.NOBODY,
    State.UNDER_REVIEW: Desk.NOBODY,
    State.UNDETERMINED: Desk.FRONT,
    State.JOINED: Desk.NOBODY,
}


def next_state(state: State, step: Step, reason: str = "") -> State:
    """The state after `step`; raises IllegalStep where the table has no such move."""
    move = MOVES[step]
    if state not in move.sources:
        raise IllegalStep(f"{step} is not possible from {state}")
    if move.reason_required and not reason.strip():
        raise IllegalStep(f"{step} needs a reason")
    return move.target or state


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps that the table allows from `state`, in the table's order."""
    return tuple(step for step, move in MOVES.items() if state in move.sources)
