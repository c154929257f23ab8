"""Duties (việc phải làm có hạn) beside the one clock of a case: begun and done by its steps, none stored.

Their limits are rows of the table of deadlines. A suspension holds up the settling alone (LTC art. 34), so it
moves no duty; no row of a duty knows an extension.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.deadlines import DESIGN, FIRST_ANSWER, DeadlineRow, Deadlines, NoRule, Use, ends_on
from portal.domain.kinds import Kind, ReportKind
from portal.domain.life import State, Step
from portal.domain.working_days import Calendar

_DAY = timedelta(days=1)


class Owner(StrEnum):
    """Who owes a duty: the official in charge, the head of the committee, or the body that has the case."""

    ASSIGNEE = "assignee"
    HEAD = "head"
    BODY = "body"


class Standing(StrEnum):
    """How a duty stands. VOID: nobody did it, and the case went where it is not owed any more."""

    DONE = "done"
    OPEN = "open"
    LATE = "late"
    VOID = "void"


@dataclass(frozen=True)
class Duty:
    """One row: what starts it (no step: the receipt), what fulfils it, and the states in which it stands.

    `kinds`: only for these kinds of cases; none: for all, as the clocks. `near`: how many working days before
    its last day whoever owes it hears of it (design).
    """

    use: Use
    starts: frozenset[Step]
    done_by: frozenset[Step]
    open_in: frozenset[State]
    owner: Owner
    kinds: frozenset[Kind] = frozenset()
    reviews_only: bool = False
    near: int = 2

    @property
    def rule(self) -> str:
        return self.use.rule

    @property
    def void_in(self) -> frozenset[State]:
        return frozenset(State) - self.open_in


_AT_FRONT = frozenset({State.RECEIVED, State.RETURNED, State.UNDETERMINED, State.NEEDS_INFO})
_AT_WORK = frozenset({State.ACCEPTED, State.VERIFYING, State.SUSPENDED})
_CONCLUDED = frozenset({State.CONCLUDED, State.ANSWERED})
_ENDS = frozenset({Step.DECLINE, Step.COMMEND, Step.HAND_OVER, Step.JOIN})
_DENOUNCED = frozenset({Kind.DENUNCIATION})

DUTIES: tuple[Duty, ...] = (
    # Whoever explained himself knows what is said of him; the reporter reads of it in his mailbox.
    Duty(
        Use("tell_person", "D4"),
        frozenset({Step.ACCEPT}),
        frozenset({Step.TELL_PERSON, Step.RECORD_EXPLANATION}),
        _AT_WORK,
        Owner.ASSIGNEE,
    ),
    # The reporter's letter is part of the step itself; the person complained of is told by a paper.
    Duty(
        Use("tell_suspension", "D7"),
        frozenset({Step.SUSPEND}),
        frozenset({Step.TELL_PERSON}),
        frozenset({State.SUSPENDED}),
        Owner.HEAD,
    ),
    # Where the conclusion leaves nothing to act on, closing says so.
    Duty(
        Use("act_on_conclusion", "D9"),
        frozenset({Step.CONCLUDE}),
        frozenset({Step.RECORD_OUTCOME, Step.PLAN_REMEDY, Step.CLOSE}),
        _CONCLUDED,
        Owner.HEAD,
        kinds=_DENOUNCED,
    ),
    # Done when the head decides on the draft: a refusal is a decision too. A review has its own conclusion.
    Duty(
        Use("publish_conclusion", "D11"),
        frozenset({Step.CONCLUDE}),
        frozenset({Step.APPROVE_PUBLICATION}),
        _CONCLUDED | {State.CLOSED},
        Owner.HEAD,
        kinds=_DENOUNCED,
    ),
    Duty(
        Use("review_again", "D12"),
        frozenset(),
        _ENDS | {Step.ACCEPT},
        _AT_FRONT | {State.ROUTED},
        Owner.BODY,
        reviews_only=True,
        near=5,
    ),
    Duty(
        FIRST_ANSWER,
        frozenset(),
        _ENDS | {Step.ASK_INFO, Step.REFER, Step.ROUTE},
        _AT_FRONT,
        Owner.BODY,
    ),
    # Early, for an official may lose his post by it.
    Duty(
        Use("handle_at_all", "D24"),
        frozenset(),
        _ENDS | {Step.ACCEPT},
        _AT_FRONT | {State.ROUTED},
        Owner.BODY,
        near=15,
    ),
)


@dataclass(frozen=True)
class Taken:
    """One step of a case as the duties see it; `version` is that of the case after it."""

    version: int
    step: Step
    to_state: State
    on: date


@dataclass(frozen=True)
class Matter:
    """What the duties of a case depend on beside its steps."""

    opened_on: date
    kind: Kind | None = None
    report_kind: ReportKind = ReportKind.ACT
    is_review: bool = False


@dataclass(frozen=True)
class Owing:
    """One duty of a case: since which step (0: the receipt), until when, and what came of it.

    `late`: working days after the last day until it ended, or until today; late stays late (rule 28).
    """

    duty: Duty
    law: DeadlineRow
    place: int
    started_on: date
    due_on: date
    standing: Standing
    ended_on: date | None
    late: int
    provisional: bool

    @property
    def is_legal(self) -> bool:
        return self.law.source != DESIGN


def owing(
    matter: Matter, steps: Sequence[Taken], rows: Deadlines, calendar: Calendar, today: date
) -> list[Owing]:
    """Every duty that the case had or has, the first due first."""
    found = [
        _owing(duty, law, place, started, steps, calendar, today)
        for duty in DUTIES
        if _concerns(duty, matter)
        for law in _law(duty, rows, matter.opened_on)
        for place, started in _starts(duty, matter, steps)
    ]
    return sorted(found, key=lambda one: (one.due_on, one.place))


def _concerns(duty: Duty, matter: Matter) -> bool:
    """Praise has no limits (rule 9); some duties are those of one kind, or of reviews."""
    if matter.report_kind is ReportKind.PRAISE or (duty.reviews_only and not matter.is_review):
        return False
    return not duty.kinds or matter.kind in duty.kinds


def _law(duty: Duty, rows: Deadlines, received: date) -> Iterator[DeadlineRow]:
    """The version of the day of receipt; none where the law was not in force yet."""
    try:
        yield rows.on(duty.use.row, received)
    except NoRule:
        return


def _starts(duty: Duty, matter: Matter, steps: Iterable[Taken]) -> Iterator[tuple[int, date]]:
    if not duty.starts:
        yield 0, matter.opened_on
    yield from ((one.version, one.on) for one in steps if one.step in duty.starts)


def _owing(
    duty: Duty,
    law: DeadlineRow,
    place: int,
    started: date,
    steps: Iterable[Taken],
    calendar: Calendar,
    today: date,
) -> Owing:
    due = ends_on(law, started, calendar)
    after = (one for one in steps if one.version > place)
    end = next((one for one in after if one.step in duty.done_by or one.to_state in duty.void_in), None)
    until = end.on if end else today
    if end is None:
        standing = Standing.LATE if today > due else Standing.OPEN
    else:
        standing = Standing.DONE if end.step in duty.done_by else Standing.VOID
    return Owing(
        duty,
        law,
        place,
        started,
        due,
        standing,
        end.on if end else None,
        working_days_between(due, until, calendar),
        bool(calendar.doubts(started, due)),
    )


def working_days_between(due: date, until: date, calendar: Calendar) -> int:
    """How many working days lie after `due` up to and with `until`; 0 where it is not later."""
    return sum(calendar.is_working_day(due + n * _DAY) for n in range(1, (until - due).days + 1))


def latest_start(row: DeadlineRow, calendar: Calendar, day: date) -> date:
    """The latest start with which the row's last day is `day` or earlier: so lists need no stored days.

    A later start never ends sooner, so every start up to this one ends by `day`, and no later one does.
    """
    start = day
    while ends_on(row, start, calendar) > day:
        start -= _DAY
    return start
