"""Clocks of cases, by metadata alone: counted again when days off change, told of before they end."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Table,
    bindparam,
    exists,
    insert,
    select,
    update,
)

from portal.action import action, current_act, session
from portal.data import calendar as days_off
from portal.data.models.body import Body
from portal.data.models.case import Case
from portal.data.models.timing import CaseClock
from portal.domain import clock, clocks
from portal.domain.clocks import Clock, Level
from portal.domain.life import Desk, State
from portal.domain.noticing import Notice
from portal.domain.permissions import Actor, ActorKind, Permission, Role
from portal.domain.working_days import Calendar
from portal.papers.clocks import read, received, renewed
from portal.papers.hiding import NOBODY, blind_to_each
from portal.papers.leaves import substitutes
from portal.papers.notices import people_of, remind

WORKER = Actor("worker", ActorKind.SYSTEM)
BATCH = 500
NOTICES = {
    Level.HALF: Notice.CLOCK_HALF,
    Level.FOUR_FIFTHS: Notice.CLOCK_FOUR_FIFTHS,
    Level.DUE: Notice.CLOCK_DUE,
    Level.LATE: Notice.CLOCK_DUE,
}
_REVIEWERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})
_NEW = select(Case.id).where(
    Case._state == State.RECEIVED, Case.due_on.is_not(None), ~exists().where(CaseClock.case_id == Case.id)
)
_COLUMNS = (*CaseClock.__table__.c, Case.front_id, Case.leader_id, Case.assignee_id, Case.desk)
# Written past the mapper: ten thousand rows in one go.
_CLOCKS: Table = CaseClock.__table__  # type: ignore[assignment]
_CASES: Table = Case.__table__  # type: ignore[assignment]
_BEGIN = insert(_CLOCKS)
_OF_CLOCK = (_CLOCKS.c.case_id == bindparam("key"), _CLOCKS.c.number == bindparam("place"))
_COUNT = update(_CLOCKS).where(*_OF_CLOCK).values({n: bindparam(n) for n in ("due_on", "say_on", "calendar")})
_TELL = update(_CLOCKS).where(*_OF_CLOCK).values({n: bindparam(n) for n in ("said", "say_on", "was_late")})
_DUE = update(_CASES).where(_CASES.c.id == bindparam("key")).values(due_on=bindparam("due_on"))
_LATE = update(_CASES).where(_CASES.c.id == bindparam("key")).values(was_late=True)
_LEAD_REVIEWER, _LEAD_INSPECTOR = frozenset({Role.LEAD_REVIEWER}), frozenset({Role.LEAD_INSPECTOR})


@dataclass(frozen=True)
class Audience:
    """Who is warned: roles of the body that has the case, and at the last day of the body above another."""

    own: Callable[[Any], str | None]
    roles: frozenset[Role]
    under: Callable[[Any], str | None] | None = None
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
    return in_batches(_NEW, lambda: begin_new(WORKER, None))


def recount() -> int:
    """Open clocks only: what ended stays as it was, and late stays late (rules 25, 28)."""
    revision = days_off.calendar().revision
    return in_batches(_open(CaseClock.calendar != revision), lambda: count_again(WORKER, None))


def warn() -> int:
    """Warn at 50, 80 and 100 hundredths, and note what is late; each once, however often this runs."""
    return in_batches(_open(CaseClock.say_on <= clock.today()), lambda: tell_levels(WORKER, None))


def _open(wanted: ColumnElement[bool]) -> Select[str]:
    return select(CaseClock.case_id).where(CaseClock.ended_on.is_(None), wanted)


def in_batches(wanted: Select[str], act: Callable[[], int]) -> int:
    """Act until nothing is left, or what is left is in the hands of another worker."""
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
    new = _NEW.order_by(Case.id).limit(BATCH).with_only_columns(Case.id, Case.opened_on, Case.due_on)
    found = session().execute(new.with_for_update(of=Case, skip_locked=True)).all()
    begun = {day: received(day) for day in {row.opened_on for row in found}}
    rows = [begun[row.opened_on] | {"case_id": row.id, "first_due_on": row.due_on} for row in found]
    _run(_BEGIN, rows)
    _due([(row.id, row.due_on, begun[row.opened_on]["due_on"]) for row in found])
    current_act().touch("case", *(row.id for row in found))
    return len(found)


@action(Permission.SYSTEM_RUN)
def count_again(actor: Actor, nothing: None, /) -> int:
    """The last days of a batch of open clocks by the calendar as it stands; returns how many."""
    current = days_off.calendar()
    found = _claimed(CaseClock.calendar != current.revision)
    counted = cache(partial(renewed, current=current))
    rows = [_key(row) | counted(running, Level(row.said)) for row, running in found]
    _run(_COUNT, rows)
    moved = [(row.case_id, row.due_on, one["due_on"]) for (row, _), one in zip(found, rows, strict=True)]
    current_act().touch("case", *_due(moved))
    return len(found)


@action(Permission.SYSTEM_RUN)
def tell_levels(actor: Actor, nothing: None, /) -> int:
    """Notices of a batch of clocks that reached a level; returns how many clocks."""
    today = clock.today()
    found = _claimed(CaseClock.say_on <= today)
    reached = cache(partial(_reached, days_off.calendar(), today))
    told: dict[str, list[tuple[Any, bool]]] = defaultdict(list)
    rows, late = [], []
    for row, running in found:
        before = Level(row.said)
        level, following = reached(running, before)
        if level > before and before < Level.DUE:
            told[NOTICES[level]].append((row, level >= Level.DUE))
        is_late = level is Level.LATE
        rows.append(
            _key(row) | {"said": level.value, "say_on": following, "was_late": row.was_late or is_late}
        )
        late += [{"key": row.case_id}] if is_late else []
    _run(_TELL, rows)
    _run(_LATE, late)
    current_act().touch("case", *(row.case_id for row, _ in found))
    for notice, cases in told.items():
        remind(readers(cases), notice)
    return len(found)


def _reached(current: Calendar, today: date, running: Clock, before: Level) -> tuple[Level, date | None]:
    level = max(before, clocks.level_on(running, current, today))
    return level, clocks.next_level_on(running, current, level)


def _claimed(wanted: ColumnElement[bool]) -> list[tuple[Any, Clock]]:
    """A batch of open clocks with what matters of their cases, locked as all acts lock: by the case."""
    rows = (
        select(*_COLUMNS)
        .join(Case, Case.id == CaseClock.case_id)
        .where(CaseClock.ended_on.is_(None), wanted)
        .order_by(CaseClock.case_id)
        .limit(BATCH)
        .with_for_update(of=Case, skip_locked=True)
    )
    found = session().execute(rows).all()
    running = read(found)
    return [(row, running[row.case_id, row.number]) for row in found]


def _key(row: Any) -> dict[str, Any]:
    return {"key": row.case_id, "place": row.number}


def _due(days: Iterable[tuple[str, date | None, date | None]]) -> list[str]:
    """Give cases the new last day where it differs from the old one; returns their ids."""
    moved = {case_id: new for case_id, old, new in days if new != old}
    _run(_DUE, [{"key": case_id, "due_on": new} for case_id, new in moved.items()])
    return list(moved)


def _run(statement: Executable, rows: list[dict[str, Any]]) -> None:
    if rows:
        session().connection().execute(statement, rows)


def readers(cases: Iterable[tuple[Any, bool]]) -> set[str]:
    """The accounts to warn of cases, each named once; true with a case: the body above hears of it too.

    Of a case that one may not know of, he hears nothing.
    """
    found = list(cases)
    unseen = blind_to_each(case.case_id for case, _ in found)
    superior = _superiors(case for case, is_due in found if is_due)
    people = cache(people_of)
    standing_in = substitutes(clock.today())
    readers: set[str] = set()
    for case, is_due in found:
        audience = AUDIENCES[case.desk]
        above = superior.get(audience.under(case) or "") if is_due and audience.under else None
        accounts, bodies = unseen.get(case.case_id, NOBODY)
        told = [(audience.own(case), audience.roles), (above, audience.above)]
        asked = {one for body, roles in told if body and body not in bodies for one in people(body, roles)}
        if case.desk is Desk.COMMITTEE and case.assignee_id and case.leader_id not in bodies:
            asked |= {case.assignee_id, standing_in.get(case.assignee_id, case.assignee_id)}
        readers |= asked - accounts
    return readers


def _superiors(cases: Iterable[Any]) -> dict[str, str]:
    """The body above each board and committee of these cases that has one."""
    ids = {body_id for case in cases for body_id in (case.front_id, case.leader_id) if body_id}
    rows = session().execute(select(Body.id, Body.superior_id).where(Body.id.in_(ids)))
    return {row.id: row.superior_id for row in rows if row.superior_id}
