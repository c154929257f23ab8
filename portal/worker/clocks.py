"""Clocks of cases, by metadata alone: counted again when days off change, told of before they end."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, select

from portal.action import action, current_act, session
from portal.data import calendar as days_off
from portal.data.models.body import Body
from portal.data.models.case import Case
from portal.data.models.timing import CaseClock
from portal.domain import clock, clocks
from portal.domain.clocks import Level
from portal.domain.life import Desk, State
from portal.domain.permissions import Actor, ActorKind, Permission, Role
from portal.papers.clocks import adopt, read, renewed
from portal.papers.notices import people_of, remind

WORKER = Actor("worker", ActorKind.SYSTEM)
BATCH = 500
NOTICES = {
    Level.HALF: "clock_half",
    Level.FOUR_FIFTHS: "clock_four_fifths",
    Level.DUE: "clock_due",
    Level.LATE: "clock_due",
}
_REVIEWERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})
_NEW = select(Case.id).where(
    Case._state == State.RECEIVED, Case.due_on.is_not(None), ~exists().where(CaseClock.case_id == Case.id)
)
_LEAD_REVIEWER, _LEAD_INSPECTOR = frozenset({Role.LEAD_REVIEWER}), frozenset({Role.LEAD_INSPECTOR})


@dataclass(frozen=True)
class Audience:
    """Who is warned: roles of the body that has the case, and at the last day of the body above another."""

    own: Callable[[Case], str | None]
    roles: frozenset[Role]
    under: Callable[[Case], str | None] | None = None
    above: frozenset[Role] = frozenset()


# Who waits for the resident is reminded; nobody above is told, for no office is late.
AUDIENCES: dict[Desk, Audience] = {
    Desk.FRONT: Audience(lambda case: case.front_id, _REVIEWERS, lambda case: case.front_id, _LEAD_REVIEWER),
    Desk.REPORTER: Audience(lambda case: case.front_id, _REVIEWERS),
    Desk.COMMITTEE: Audience(
        lambda case: case.leader_id, _LEAD_INSPECTOR, lambda case: case.leader_id, _LEAD_INSPECTOR
    ),
    Desk.OUTSIDE: Audience(
        lambda case: case.front_id, _REVIEWERS, lambda case: case.leader_id, _LEAD_INSPECTOR
    ),
    Desk.NOBODY: Audience(lambda case: case.leader_id or case.front_id, _LEAD_INSPECTOR | _LEAD_REVIEWER),
}


def run() -> int:
    """Begin, count again with the days off of today, say what is due; returns how many clocks."""
    days_off.forget()
    return take_in() + recount() + warn()


def take_in() -> int:
    """Begin the clocks of reports that came in; sending them writes none."""
    return _in_batches(_NEW, lambda: begin_new(WORKER, None))


def recount() -> int:
    """Open clocks only: what ended stays as it was, and late stays late (rules 25, 28)."""
    revision = days_off.calendar().revision
    return _in_batches(_open(CaseClock.calendar != revision), lambda: count_again(WORKER, None))


def warn() -> int:
    """Warn at 50, 80 and 100 hundredths, and note what is late; each once, however often this runs."""
    return _in_batches(_open(CaseClock.say_on <= clock.today()), lambda: tell_levels(WORKER, None))


def _open(wanted: ColumnElement[bool]) -> Select[str]:
    return select(CaseClock.case_id).where(CaseClock.ended_on.is_(None), wanted)


def _in_batches(wanted: Select[str], act: Callable[[], int]) -> int:
    """Acts until nothing is left, or what is left is in the hands of another worker."""
    total = 0
    session().rollback()  # so that the first look sees what is stored now
    while session().scalar(wanted.limit(1)):
        done = act()
        total += done
        if not done:
            break
    session().rollback()
    return total


@action(Permission.SYSTEM_RUN)
def begin_new(actor: Actor, nothing: None, /) -> int:
    """The clocks of a batch of cases that came in; returns how many."""
    new = _NEW.order_by(Case.id).limit(BATCH).with_only_columns(Case)
    found = session().scalars(new.with_for_update(skip_locked=True)).all()
    for case in found:
        adopt(case)
        current_act().touch("case", case.id)
    return len(found)


@action(Permission.SYSTEM_RUN)
def count_again(actor: Actor, nothing: None, /) -> int:
    """The last days of a batch of open clocks by the calendar as it stands; returns how many."""
    current = days_off.calendar()
    found = _claimed(CaseClock.calendar != current.revision)
    running = read(row for row, _ in found)
    for row, case in found:
        for name, value in renewed(row, running[row.case_id, row.number], current).items():
            setattr(row, name, value)
        if case.due_on != row.due_on:
            current_act().touch("case", case.id)
            case.due_on = row.due_on
    return len(found)


@action(Permission.SYSTEM_RUN)
def tell_levels(actor: Actor, nothing: None, /) -> int:
    """Notices of a batch of clocks that reached a level; returns how many clocks."""
    current, today = days_off.calendar(), clock.today()
    found = _claimed(CaseClock.say_on <= today)
    running = read(row for row, _ in found)
    told: dict[str, list[tuple[Case, bool]]] = defaultdict(list)
    for row, case in found:
        one, before = running[row.case_id, row.number], Level(row.said)
        level = max(before, clocks.level_on(one, current, today))
        if level > before and before < Level.DUE:
            told[NOTICES[level]].append((case, level >= Level.DUE))
        if level is Level.LATE:
            row.was_late = case.was_late = True
        row.said, row.say_on = level.value, clocks.next_level_on(one, current, level)
        current_act().touch("case", case.id)
    for notice, cases in told.items():
        remind(_readers(cases), notice)
    return len(found)


def _claimed(wanted: ColumnElement[bool]) -> Sequence[tuple[CaseClock, Case]]:
    """A batch of open clocks with their cases, locked in the order of all other acts: the case first."""
    rows = (
        select(CaseClock, Case)
        .join(Case, Case.id == CaseClock.case_id)
        .where(CaseClock.ended_on.is_(None), wanted)
        .order_by(CaseClock.case_id)
        .limit(BATCH)
        .with_for_update(of=Case, skip_locked=True)
    )
    return [(row, case) for row, case in session().execute(rows)]


def _readers(cases: Iterable[tuple[Case, bool]]) -> set[str]:
    """The accounts to warn; each is named once, whatever the number of cases."""
    wanted: set[tuple[str, frozenset[Role]]] = set()
    above: set[tuple[str, frozenset[Role]]] = set()
    readers: set[str] = set()
    for case, is_due in cases:
        audience = AUDIENCES[case.desk]
        own = audience.own(case)
        if own:
            wanted.add((own, audience.roles))
        if case.desk is Desk.COMMITTEE and case.assignee_id:
            readers.add(case.assignee_id)
        under = audience.under(case) if is_due and audience.under else None
        if under:
            above.add((under, audience.above))
    for body_id, roles in wanted | _superiors(above):
        readers |= people_of(body_id, roles)
    return readers


def _superiors(bodies: set[tuple[str, frozenset[Role]]]) -> set[tuple[str, frozenset[Role]]]:
    ids = {body_id for body_id, _ in bodies}
    rows = session().execute(select(Body.id, Body.superior_id).where(Body.id.in_(ids)))
    over = {row.id: row.superior_id for row in rows}
    return {(over[body_id], roles) for body_id, roles in bodies if over.get(body_id)}
