"""A page of a body's cases: keyset on (day, id), each part one range of one index, nothing counted.

What a queue's own form chose becomes its list here, so a number beside a link to a queue is of that list.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.action import session
from portal.data.models.case import Case
from portal.data.models.report import Direction, Message, MessageKind
from portal.domain.life import Desk, State
from portal.domain.permissions import Actor
from portal.papers.deadlines import working_days_on
from portal.papers.hiding import shown_to
from portal.papers.owed import late

Place = tuple[date, str]
Owner = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
Chosen = Mapping[str, str]
"""What a queue's form sends: `desk`, `state`, `late`, `mine`; what is unknown chooses nothing."""

MOST_COUNTED = 99
"""A number beside a list is exact up to here (decisions 20)."""
SOON = 3  # working days
FORWARDED = (Desk.COMMITTEE, Desk.OUTSIDE)
FOLLOWED, SILENT, ASKED, OWED = "followed", "silent", "asked", "owed"
NOBODYS, IN_PLACE = "none", "in_place"


@dataclass(frozen=True)
class Filters:
    """What a queue shows: one state, else these desks, else all desks; days are inclusive."""

    desk: Desk | None = None
    state: State | None = None
    assignee_ids: frozenset[str] | None = None
    overdue_on: date | None = None
    desks: tuple[Desk, ...] = ()
    due_from: date | None = None
    due_to: date | None = None
    unassigned: bool = False
    asked: bool = False
    owed_on: date | None = None


@dataclass(frozen=True)
class Listed:
    """A list of the reader's body: by which column it is his, and what of it is shown."""

    owner: Owner
    filters: Filters


def at_front(chosen: Chosen, day: date) -> Listed:
    """The list of a Front board's queue."""
    desk = chosen.get("desk", "")
    if desk == SILENT:  # forwarded, its day passed, and nothing came back
        return Listed(Case.front_id, Filters(desks=FORWARDED, due_to=day - timedelta(days=1)))
    filters = Filters(
        desk=_member(Desk, desk),
        state=_member(State, chosen.get("state")),
        **_late(chosen, day),
        **_owed(desk, (Desk.FRONT, Desk.REPORTER, Desk.OUTSIDE), day),
    )
    return Listed(Case.referred_from if desk == FOLLOWED else Case.front_id, filters)


def at_committee(chosen: Chosen, reader: Actor, day: date) -> Listed:
    """The list of a committee's queue."""
    desk, mine = chosen.get("desk", ""), chosen.get("mine", "")
    others = {ASKED: Desk.COMMITTEE, OWED: None}
    filters = Filters(
        desk=others[desk] if desk in others else _member(Desk, desk) or Desk.COMMITTEE,
        state=_member(State, chosen.get("state")),
        assignee_ids=_whose(mine, reader),
        unassigned=mine == NOBODYS,
        asked=desk == ASKED,
        **_late(chosen, day),
        # What a conclusion asks for is owed after the answer too.
        **_owed(desk, (Desk.COMMITTEE, Desk.NOBODY), day),
    )
    return Listed(Case.leader_id, filters)


def _whose(mine: str, reader: Actor) -> frozenset[str] | None:
    """His own, those of the people for whom he stands in, or everybody's (None)."""
    return {"1": frozenset({reader.id}), IN_PLACE: reader.stands_for}.get(mine)


def _member(kind: Any, text: str | None) -> Any:
    return kind(text) if text in set(kind) else None


def _late(chosen: Chosen, day: date) -> dict[str, Any]:
    """Late ones, or those whose day comes within the next working days."""
    match chosen.get("late"):
        case "1":
            return {"overdue_on": day}
        case "soon":
            return {"due_from": day, "due_to": working_days_on(day, SOON)}
    return {}


def _owed(desk: str, desks: tuple[Desk, ...], day: date) -> dict[str, Any]:
    """Cases on which a duty or a dated record is late, beside the clock."""
    return {"desks": desks, "owed_on": day} if desk == OWED else {}


def page(owner: Owner, reader: Actor, filters: Filters, after: Place | None, *, size: int) -> list[Case]:
    """The cases of the reader's body by its column `owner`, oldest first; one more than `size` tells of
    a next page.

    All desks at once are read as one range each and merged, so that a full house costs no sorting.
    """
    found: list[Case] = []
    for rows in _wanted(select(Case), owner, reader, filters, after):
        found += session().scalars(rows.order_by(Case.opened_on, Case.id).limit(size + 1))
    return sorted(found, key=lambda case: (case.opened_on, case.id))[: size + 1]


def count(owner: Owner, reader: Actor, filters: Filters) -> int:
    """How many cases that list has; MOST_COUNTED + 1 stands for more."""
    found = 0
    for rows in _wanted(select(Case.id), owner, reader, filters, None):
        found += len(session().scalars(rows.limit(MOST_COUNTED + 1 - found)).all())
        if found > MOST_COUNTED:
            break
    return found


def _wanted(
    rows: Select[Any], owner: Owner, reader: Actor, filters: Filters, after: Place | None
) -> Iterator[Select[Any]]:
    conditions = (*shown_to(reader), *_narrowed(filters, after))
    for part in _ranges(filters):
        yield rows.where(owner == reader.body, part, *conditions)


def _ranges(filters: Filters) -> list[ColumnElement[bool]]:
    if filters.state:
        return [Case._state == filters.state]
    return [Case.desk == desk for desk in ([filters.desk] if filters.desk else filters.desks or Desk)]


def _narrowed(filters: Filters, after: Place | None) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if filters.assignee_ids is not None:
        narrowed.append(Case.assignee_id.in_(sorted(filters.assignee_ids)))
    if filters.unassigned:
        narrowed.append(Case.assignee_id.is_(None))
    if filters.overdue_on:
        narrowed.append(or_(Case.due_on < filters.overdue_on, Case.was_late))
    if filters.due_from:
        narrowed.append(Case.due_on >= filters.due_from)
    if filters.due_to:
        narrowed.append(Case.due_on <= filters.due_to)
    if filters.owed_on:
        narrowed.append(late(filters.owed_on))
    if filters.asked:
        narrowed.append(_waits_for_the_resident())
    if after is not None:
        narrowed.append(tuple_(Case.opened_on, Case.id) > after)
    return narrowed


def _waits_for_the_resident() -> ColumnElement[bool]:
    """The committee asked a resident of the case, and nothing came into that mailbox since."""
    asked, came = aliased(Message), aliased(Message)
    since = exists().where(
        came.report_id == asked.report_id,
        came.body_id == asked.body_id,
        came.direction == Direction.FROM_REPORTER,
        came.place > asked.place,
    )
    return exists().where(
        asked.case_id == Case.id,
        asked.body_id == Case.leader_id,
        asked.kind == MessageKind.QUESTION,
        asked.direction == Direction.TO_REPORTER,
        ~since,
    )
