"""Dated changes of units and bodies: a row is closed on a day, the next one opens; a correction says why."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import exists, or_, select

from portal.action import action, current_act, session
from portal.data.db import new_id
from portal.data.models.area import Area
from portal.data.models.body import Body, BodyKey
from portal.data.models.case import Case
from portal.data.models.registry import AreaName, BodyTerm
from portal.domain import clock
from portal.domain.dating import cut, ended
from portal.domain.holding import Holding
from portal.domain.life import RESTING
from portal.domain.parties import BodyFacts, BodyKind
from portal.domain.permissions import Actor, Permission
from portal.domain.place_query import area_key
from portal.domain.roles import PURPOSES
from portal.domain.structure import STANDARD, body_id
from portal.registry.actions.rows import Share, entry, store_bodies
from portal.registry.actions.superiors import check_above
from portal.registry.refusals import Because, Refused

Row = TypeVar("Row", AreaName, BodyTerm)


@dataclass(frozen=True)
class Ground:
    """What a change rests on: the document, and words of the registrar's own (needed for a correction)."""

    source_doc: str
    reason: str = ""


@action(Permission.REGISTRY_EDIT)
def rename_area(actor: Actor, holding: Holding, /, *, name: str, day: date, ground: Ground) -> None:
    """The unit bears another name from `day` on; bodies named after it in the standard way follow.

    Raises Refused, dating.Undated.
    """
    area = _area(holding)
    _refuse_early(day)
    before = area.as_facts()
    if name == before.name:
        raise Refused(Because.SAME, name)
    rows = _names(area)
    following = _cut(rows, day, actor, ground)
    session().add(_name(area.area_id, name, following, entry(actor, ground.source_doc), ground.reason))
    area.name, area.folded = name, area_key(name)
    for body in session().scalars(select(Body).where(Body.area_id == area.area_id, Body.valid_to.is_(None))):
        standard = STANDARD[area.level].get(body.kind)
        if standard is not None and body.name == standard(before):
            _change(actor, body, _Wanted(standard(area.as_facts()), body.superior_id), day, ground)
    current_act().touch("area", area.area_id)


@action(Permission.REGISTRY_EDIT)
def correct_area_name(actor: Actor, holding: Holding, /, *, name: str, ground: Ground) -> None:
    """The name in force is wrong: its row stays but counts no more, the right one takes its days."""
    area = _area(holding)
    rows = _names(area)
    current = _in_force(rows, clock.today())
    if current.name == name:
        raise Refused(Because.SAME, name)
    current.replaced_on = clock.today()
    period = (current.valid_from, current.valid_to)
    session().add(_name(area.area_id, name, period, entry(actor, ground.source_doc), ground.reason))
    area.name, area.folded = name, area_key(name)
    current_act().touch("area", area.area_id)


@dataclass(frozen=True)
class _Wanted:
    name: str
    superior_id: str | None


@action(Permission.REGISTRY_EDIT)
def change_body(
    actor: Actor,
    holding: Holding,
    /,
    *,
    body_id: str,
    name: str,
    superior_id: str | None,
    day: date,
    ground: Ground,
) -> None:
    """Another name or another superior from `day` on. Raises Refused, dating.Undated (a cycle among them)."""
    body = _body(holding, body_id)
    _refuse_early(day)
    if (name, superior_id) == (body.name, body.superior_id):
        raise Refused(Because.SAME, name)
    if superior_id != body.superior_id:
        check_above(body.as_facts(), superior_id, day)
    _change(actor, body, _Wanted(name, superior_id), day, ground)
    current_act().touch("body", body.id)


@action(Permission.REGISTRY_EDIT)
def add_body(
    actor: Actor,
    holding: Holding,
    /,
    *,
    kind: BodyKind,
    name: str,
    superior_id: str | None,
    day: date,
    ground: Ground,
) -> str:
    """A further body of a unit; returns its id. Raises Refused for kinds that take part with keys."""
    area = _area(holding)
    if kind in PURPOSES or kind not in STANDARD[area.level]:
        raise Refused(Because.TAKES_PART, kind.value)
    new = _free_id(kind, area.area_id)
    body = BodyFacts(new, kind, area.level, area.area_id, name, superior_id, day, area.valid_to)
    check_above(body, superior_id, day)
    if not area.as_facts().exists_on(day):
        raise Refused(Because.NO_ROW, area.name)
    store_bodies([body], entry(actor, ground.source_doc), Share())
    current_act().touch("body", new)
    return new


@action(Permission.REGISTRY_EDIT)
def end_body(actor: Actor, holding: Holding, /, *, body_id: str, last: date, ground: Ground) -> None:
    """The body's last day. Raises Refused while it has keys, open cases or bodies below it."""
    body = _body(holding, body_id)
    ended((body.valid_from, body.valid_to), last)
    _refuse_needed(body)
    body.valid_to, body.ended_doc = last, ground.source_doc
    body.edited_by, body.edited_on = actor.id, clock.today()
    current_act().touch("body", body.id)


def _refuse_needed(body: Body) -> None:
    questions = (
        (Because.HAS_KEYS, exists().where(BodyKey.body_id == body.id, BodyKey.retired_on.is_(None))),
        (
            Because.HAS_CASES,
            exists().where(
                or_(Case.front_id == body.id, Case.leader_id == body.id), Case._state.not_in(RESTING)
            ),
        ),
        (Because.HAS_BELOW, exists().where(Body.superior_id == body.id, Body.valid_to.is_(None))),
    )
    for because, question in questions:
        if session().scalar(select(question)):
            raise Refused(because, body.name)


def _area(holding: Holding) -> Area:
    found = session().get(Area, holding.area_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise Refused(Because.NO_ROW, holding.area_id)
    return found


def _body(holding: Holding, wanted: str) -> Body:
    found = session().get(Body, wanted, populate_existing=True, with_for_update=True)
    if found is None or found.area_id != holding.area_id:
        raise Refused(Because.NO_ROW, wanted)
    return found


def _refuse_early(day: date) -> None:
    """What is in force is read from one row, so a change is entered on its day or later, not before."""
    if day > clock.today():
        raise Refused(Because.NOT_YET, f"{day:%d/%m/%Y}")


def _free_id(kind: BodyKind, area_id: str) -> str:
    first = body_id(kind, area_id)
    taken = set(session().scalars(select(Body.id).where(Body.area_id == area_id, Body.kind == kind)))
    if first not in taken:
        return first
    return next(f"{first}.{n}" for n in range(2, len(taken) + 3) if f"{first}.{n}" not in taken)


def _change(actor: Actor, body: Body, wanted: _Wanted, day: date, ground: Ground) -> None:
    rows = _terms(body)
    first, last = _cut(rows, day, actor, ground)
    row = BodyTerm(body_id=body.id, name=wanted.name, superior_id=wanted.superior_id)
    session().add(_dated(row, (first, last), entry(actor, ground.source_doc), ground.reason))
    body.name, body.superior_id = wanted.name, wanted.superior_id


def _names(area: Area) -> list[AreaName]:
    stmt = select(AreaName).where(AreaName.area_id == area.area_id, AreaName.replaced_on.is_(None))
    rows = list(session().scalars(stmt))
    if not rows:
        # The one name it has borne so far becomes a row of its own.
        rows = [_name(area.area_id, area.name, (area.valid_from, area.valid_to), _entered(area))]
        session().add(rows[0])
    return rows


def _terms(body: Body) -> list[BodyTerm]:
    stmt = select(BodyTerm).where(BodyTerm.body_id == body.id, BodyTerm.replaced_on.is_(None))
    rows = list(session().scalars(stmt))
    if not rows:
        row = BodyTerm(body_id=body.id, name=body.name, superior_id=body.superior_id)
        rows = [_dated(row, (body.valid_from, body.valid_to), _entered(body))]
        session().add(rows[0])
    return rows


def _name(
    area_id: str,
    name: str,
    period: tuple[date | None, date | None],
    entered: dict[str, Any],
    reason: str = "",
) -> AreaName:
    row = AreaName(area_id=area_id, name=name, folded=area_key(name))
    return _dated(row, period, entered, reason)


def _dated(
    row: Row, period: tuple[date | None, date | None], entered: dict[str, Any], reason: str = ""
) -> Row:
    row.id = new_id()
    row.valid_from, row.valid_to = period
    row.source_doc, row.edited_by = entered["source_doc"], entered["edited_by"]
    row.edited_on, row.reason = entered["edited_on"], reason or None
    return row


def _entered(owner: Area | Body) -> dict[str, Any]:
    return {"source_doc": owner.source_doc, "edited_by": owner.edited_by, "edited_on": owner.edited_on}


def _cut(rows: list[Row], day: date, actor: Actor, ground: Ground) -> tuple[date | None, date | None]:
    """Close the row in force on `day`, which must be the last; returns the period of the one that follows."""
    current = _in_force(rows, day)
    if any(row.valid_from is not None and row.valid_from > day for row in rows):
        raise Refused(Because.LATER_CHANGE)
    found = cut((current.valid_from, current.valid_to), day)
    current.valid_to, current.ended_doc = found.last, ground.source_doc
    return found.following


def _in_force(rows: list[Row], day: date) -> Row:
    for row in rows:
        if (row.valid_from or date.min) <= day <= (row.valid_to or date.max):
            return row
    raise Refused(Because.NO_ROW)
