"""Units and bodies as they stood on a day, with their periods and who entered them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.action import session
from portal.data.bodies import bodies_above, bodies_in
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.body import Body, BodyKey
from portal.data.models.registry import AreaName, BodyTerm
from portal.data.territory import units_called
from portal.domain.holding import Holding
from portal.domain.parties import CENTRE, COUNTRY, AreaFacts, BodyFacts, BodyKind, Level
from portal.domain.structure import is_active
from portal.domain.territory import Candidate
from portal.papers.history import account_names

Column = InstrumentedAttribute[str]


@dataclass(frozen=True)
class Period:
    """One row of a history: what held from when to when, by which document, entered by whom."""

    name: str
    valid_from: date | None
    valid_to: date | None
    source_doc: str | None
    ended_doc: str | None
    edited_by: str
    edited_on: date | None
    reason: str | None = None
    superior: str = ""
    replaced_on: date | None = None


@dataclass(frozen=True)
class Related:
    """A unit before or after, and how much of the one went to the other."""

    unit: AreaFacts
    whole: bool
    larger: bool


@dataclass(frozen=True)
class BodyLine:
    """A body in a list: as it stood on the day, with the body above it and whether it takes part."""

    body: BodyFacts
    superior: BodyFacts | None
    active: bool


@dataclass(frozen=True)
class UnitPage:
    """A unit on a day."""

    unit: AreaFacts
    name: str
    exists: bool
    above: Sequence[AreaFacts]
    periods: Sequence[Period]
    predecessors: Sequence[Related]
    successors: Sequence[Related]
    bodies: Sequence[BodyLine]
    within: Sequence[AreaFacts]


@dataclass(frozen=True)
class BodyPage:
    """A body on a day."""

    body: BodyFacts
    exists: bool
    unit: AreaFacts
    line: Sequence[BodyFacts]
    active: bool
    periods: Sequence[Period]
    sealed_elsewhere: bool


def find(typed: str) -> Sequence[Candidate]:
    """Units of any period by a name they bore."""
    return units_called(typed)


def area(area_id: str) -> AreaFacts | None:
    """A unit; the country for "VN"."""
    if area_id == CENTRE:
        return COUNTRY
    found = session().get(Area, area_id)
    return found.as_facts() if found else None


def body(body_id: str) -> Body | None:
    """A body of any period."""
    return session().get(Body, body_id)


def holding(area_id: str) -> Holding | None:
    """The unit as the gate sees it: which registrars keep it; None where there is no such unit."""
    found = area(area_id)
    if found is None:
        return None
    above = _above(found)
    province = next((one.id for one in above if one.level is Level.PROVINCE), None)
    return Holding(found.id, province)


def _above(unit: AreaFacts) -> list[AreaFacts]:
    """The units above, lowest first, by the rows themselves: of whatever period they are."""
    line: list[AreaFacts] = []
    parent = area(unit.parent_id) if unit.parent_id else None
    while parent is not None and len(line) < 8:
        line.append(parent)
        parent = area(parent.parent_id) if parent.parent_id else None
    return line


def unit_page(unit: AreaFacts, day: date) -> UnitPage:
    """Everything that the page of a unit shows for the day."""
    names = _named(unit.id)
    return UnitPage(
        unit,
        _on(names, day) or unit.name,
        unit.exists_on(day),
        _above(unit),
        _periods(names, _first_row(unit)),
        _related(unit.id, AreaSuccessor.new_id, AreaSuccessor.old_id),
        _related(unit.id, AreaSuccessor.old_id, AreaSuccessor.new_id),
        bodies_on(unit.id, day),
        _within(unit.id, day),
    )


def _named(area_id: str) -> Sequence[AreaName]:
    return session().scalars(select(AreaName).where(AreaName.area_id == area_id)).all()


def _first_row(unit: AreaFacts) -> Area | None:
    return session().get(Area, unit.id)


def _on(rows: Iterable[AreaName], day: date) -> str | None:
    for row in rows:
        begun = row.valid_from is None or row.valid_from <= day
        if row.replaced_on is None and begun and (row.valid_to is None or day <= row.valid_to):
            return row.name
    return None


def _periods(rows: Sequence[AreaName | BodyTerm], owner: Area | Body | None) -> list[Period]:
    """The rows of a history, oldest first; the owner's own row where it never changed."""
    shown: Sequence[AreaName | BodyTerm | Area | Body] = rows or ([owner] if owner is not None else [])
    people = account_names(one.edited_by for one in shown)
    superiors = _names_of_bodies({getattr(one, "superior_id", None) for one in shown})
    found = [_period(one, people, superiors) for one in shown]
    return sorted(found, key=lambda one: (one.valid_from or date.min, one.replaced_on is None))


def _period(
    one: AreaName | BodyTerm | Area | Body, people: dict[str, str], superiors: dict[str, str]
) -> Period:
    return Period(
        one.name,
        one.valid_from,
        one.valid_to,
        one.source_doc,
        one.ended_doc,
        people.get(one.edited_by or "", one.edited_by or ""),
        one.edited_on,
        getattr(one, "reason", None),
        superiors.get(getattr(one, "superior_id", None) or "", ""),
        getattr(one, "replaced_on", None),
    )


def _names_of_bodies(ids: set[str | None]) -> dict[str, str]:
    rows = session().execute(select(Body.id, Body.name).where(Body.id.in_([one for one in ids if one])))
    return {row.id: row.name for row in rows}


def _related(area_id: str, own: Column, other: Column) -> list[Related]:
    rows = session().execute(
        select(Area, AreaSuccessor.whole, AreaSuccessor.larger)
        .join(AreaSuccessor, other == Area.area_id)
        .where(own == area_id)
        .order_by(AreaSuccessor.larger.desc(), Area.name, Area.area_id)
    )
    return [Related(one.as_facts(), whole, larger) for one, whole, larger in rows]


def _within(area_id: str, day: date) -> list[AreaFacts]:
    stmt = select(Area).where(Area.parent_id == area_id)
    if area_id == CENTRE:
        stmt = select(Area).where(Area.level == Level.PROVINCE)
    facts = [one.as_facts() for one in session().scalars(stmt.order_by(Area.name, Area.area_id))]
    return [one for one in facts if one.exists_on(day)]


def bodies_on(area_id: str, day: date) -> list[BodyLine]:
    """The bodies of a unit that existed on the day, in the order of their kinds."""
    order = {kind: place for place, kind in enumerate(BodyKind)}
    here = [one for one in bodies_in([area_id]).values() if one.exists_on(day)]
    terms = _terms_on({one.id for one in here}, day)
    here = [_with(one, terms) for one in here]
    above = bodies_above({one.id for one in here} | {one.superior_id for one in here if one.superior_id})
    return [
        BodyLine(one, above.get(one.superior_id or ""), is_active(one.id, above))
        for one in sorted(here, key=lambda one: (order[one.kind], one.id))
    ]


def _terms_on(ids: set[str], day: date) -> dict[str, BodyTerm]:
    stmt = select(BodyTerm).where(
        BodyTerm.body_id.in_(ids),
        BodyTerm.replaced_on.is_(None),
        or_(BodyTerm.valid_from.is_(None), BodyTerm.valid_from <= day),
        or_(BodyTerm.valid_to.is_(None), BodyTerm.valid_to >= day),
    )
    return {one.body_id: one for one in session().scalars(stmt)}


def _with(one: BodyFacts, terms: dict[str, BodyTerm]) -> BodyFacts:
    term = terms.get(one.id)
    if term is None:
        return one
    return BodyFacts(
        one.id,
        one.kind,
        one.level,
        one.area_id,
        term.name,
        term.superior_id,
        one.valid_from,
        one.valid_to,
        one.active,
    )


def body_page(found: Body, day: date) -> BodyPage:
    """Everything that the page of a body shows for the day: the line of superiors as it ran then."""
    terms = session().scalars(select(BodyTerm).where(BodyTerm.body_id == found.id)).all()
    line = _line_on(found.id, day)
    unit = area(found.area_id)
    assert unit is not None, found.area_id
    return BodyPage(
        line[0],
        found.as_facts().exists_on(day),
        unit,
        line,
        is_active(found.id, bodies_above([found.id])),
        _periods(terms, found),
        _sealed_elsewhere(found),
    )


def _line_on(body_id: str, day: date) -> list[BodyFacts]:
    line: list[BodyFacts] = []
    current: str | None = body_id
    while current is not None and len(line) < 12 and all(one.id != current for one in line):
        found = session().get(Body, current)
        if found is None:
            break
        line.append(_with(found.as_facts(), _terms_on({current}, day)))
        current = line[-1].superior_id
    return line


def _sealed_elsewhere(found: Body) -> bool:
    """True where the keys in use still lie under a former superior: the body should renew them."""
    stmt = select(BodyKey.superior_id).where(BodyKey.body_id == found.id, BodyKey.retired_on.is_(None))
    return any(superior != found.superior_id for superior in session().scalars(stmt))
