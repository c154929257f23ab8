"""Reading the units: where one stands on a day, and finding one by what people type."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from portal.data.db import session
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.registry import AreaName
from portal.domain.lineage import Standing, standing
from portal.domain.parties import CENTRE, COUNTRY, AreaFacts, Level, SuccessorFacts
from portal.domain.place_query import Reading, read_query, spans
from portal.domain.places import Extent, Found, Heir, lead_to_today
from portal.domain.structure import unit_name
from portal.domain.territory import Candidate, Scored, rank
from portal.domain.text import sort_key

_MOST = 600
_parent, _grand = aliased(Area, name="parent"), aliased(Area, name="grand")
_UNIT: Select[*tuple[Any, ...]] = (
    select(
        Area.area_id,
        Area.name,
        Area.folded,
        Area.level,
        Area.valid_from,
        Area.valid_to,
        _parent.area_id.label("parent_id"),
        _parent.name.label("parent_name"),
        _parent.folded.label("parent_key"),
        _grand.area_id.label("grand_id"),
        _grand.name.label("grand_name"),
        _grand.folded.label("grand_key"),
    )
    .outerjoin(_parent, _parent.area_id == Area.parent_id)
    .outerjoin(_grand, _grand.area_id == _parent.parent_id)
)
_LINE: Select[*tuple[Any, ...]] = (
    select(
        *(
            column
            for unit in (Area, _parent, _grand)
            for column in (
                unit.area_id,
                unit.name,
                unit.level,
                unit.parent_id,
                unit.valid_from,
                unit.valid_to,
                unit.code,
            )
        )
    )
    .outerjoin(_parent, _parent.area_id == Area.parent_id)
    .outerjoin(_grand, _grand.area_id == _parent.parent_id)
)


def area(area_id: str) -> AreaFacts | None:
    """One unit; the country for "VN"."""
    if area_id == CENTRE:
        return COUNTRY
    found = session().get(Area, area_id)
    return found.as_facts() if found else None


def standing_of(area_id: str, day: date) -> Standing:
    """The unit, or what became of it, as it stands on `day`; raises UnknownUnit."""
    row = session().execute(_LINE.where(Area.area_id == area_id)).first()
    line = [AreaFacts(*row[at : at + 7]) for at in (0, 7, 14) if row[at]] if row else []
    if line and all(unit.exists_on(day) for unit in line):
        return Standing((*line, COUNTRY))
    return _standing_after_changes(area_id, day)


def _standing_after_changes(area_id: str, day: date) -> Standing:
    areas: dict[str, AreaFacts] = {}
    links: dict[str, list[SuccessorFacts]] = defaultdict(list)
    wanted = {area_id} - {CENTRE}
    while wanted:
        new = session().scalars(select(Area).where(Area.area_id.in_(wanted))).all()
        areas |= {one.area_id: one.as_facts() for one in new}
        closed = [one.area_id for one in new if one.valid_to is not None and one.valid_to < day]
        if closed:
            for link in session().scalars(select(AreaSuccessor).where(AreaSuccessor.old_id.in_(closed))):
                links[link.old_id].append(link.as_facts())
        wanted = {one.parent_id for one in new if one.parent_id}
        wanted |= {link.new_id for old in closed for link in links[old]}
        wanted -= areas.keys()
    return standing(area_id, day, areas, links)


def search_places(typed: str, day: date, *, limit: int = 12) -> Found:
    """Today's units that fit what was typed, best first; former names lead to them and say so."""
    readings = read_query(typed)
    if not any(len(reading.text) > 1 or reading.text.isdigit() for reading in readings):
        return Found()
    former = _former_provinces()
    candidates = [_candidate(row, former) for row in _rows(readings)]
    ranked = rank(readings, candidates, limit=limit * 3)
    return lead_to_today(ranked, _heirs(ranked, day, former), day, limit)


def units_called(typed: str, *, limit: int = 40) -> list[Candidate]:
    """Units of every period that fit what was typed, under each name they bore, best first."""
    readings = read_query(typed)
    if not any(len(reading.text) > 1 or reading.text.isdigit() for reading in readings):
        return []
    former = _former_provinces()
    candidates = [_candidate(row, former) for row in _rows(readings)]
    known = {(one.area_id, one.name) for one in candidates}
    candidates += [one for one in _under_former_names(readings) if (one.area_id, one.name) not in known]
    return [one.candidate for one in rank(readings, candidates, limit=limit)]


def _under_former_names(readings: Sequence[Reading]) -> list[Candidate]:
    rows = session().execute(
        select(AreaName, Area.level)
        .join(Area, Area.area_id == AreaName.area_id)
        .where(AreaName.folded.in_(sorted(spans(readings))), AreaName.replaced_on.is_(None))
        .limit(_MOST)
    )
    return [
        Candidate(one.area_id, one.name, one.folded, level, (), "", one.valid_from, one.valid_to)
        for one, level in rows
    ]


def _rows(readings: Sequence[Reading]) -> Iterable[Row[Any]]:
    """Units whose whole name was typed, and the shortest of those where what was typed begins a word."""
    length = func.length(Area.folded)
    whole = select(Area.area_id).where(Area.folded.in_(sorted(spans(readings))))
    begun = or_(*((" " + Area.folded).like(f"% {text}%") for text in {one.text for one in readings}))
    part = select(Area.area_id).where(begun)
    found: dict[str, Row[Any]] = {}
    for ids in (
        whole.order_by(length.desc(), Area.area_id).limit(_MOST),
        part.order_by(length, Area.area_id).limit(_MOST // 4),
    ):
        # The limit first, then the units above: the database would join them all otherwise.
        few = ids.subquery()
        found |= {
            row.area_id: row for row in session().execute(_UNIT.join(few, few.c.area_id == Area.area_id))
        }
    return found.values()


def _former_provinces() -> dict[str, tuple[str, ...]]:
    """Keys of the provinces that each of today's was made of: people go on writing them."""
    rows = session().execute(
        select(AreaSuccessor.new_id, Area.folded)
        .join(Area, Area.area_id == AreaSuccessor.old_id)
        .where(Area.level == Level.PROVINCE)
    )
    keys: dict[str, list[str]] = defaultdict(list)
    for new_id, key in rows:
        keys[new_id].append(key)
    return {new_id: tuple(found) for new_id, found in keys.items()}


def _candidate(row: Row[Any], former: dict[str, tuple[str, ...]]) -> Candidate:
    above = [key for key in (row.parent_key, row.grand_key) if key]
    for unit_id in (row.parent_id, row.grand_id):
        above += former.get(unit_id, ())
    return Candidate(
        row.area_id,
        row.name,
        row.folded,
        row.level,
        tuple(above),
        ", ".join(name for name in (row.parent_name, row.grand_name) if name),
        row.valid_from,
        row.valid_to,
    )


def _heirs(ranked: Sequence[Scored], day: date, former: dict[str, tuple[str, ...]]) -> dict[str, list[Heir]]:
    closed = [one for one in ranked if one.candidate.valid_to and one.candidate.valid_to < day]
    ids = [one.candidate.area_id for one in closed]
    districts = [
        o.candidate.area_id for o in closed if o.score.exact and o.candidate.level is Level.DISTRICT
    ][:3]
    if not ids:
        return {}
    old = aliased(Area, name="old")
    direct = _UNIT.join(AreaSuccessor, AreaSuccessor.new_id == Area.area_id).add_columns(
        AreaSuccessor.old_id.label("former_id"), AreaSuccessor.whole
    )
    within = _UNIT.join(AreaSuccessor, AreaSuccessor.new_id == Area.area_id).join(
        old, old.area_id == AreaSuccessor.old_id
    )
    heirs: dict[str, dict[str, Heir]] = defaultdict(dict)
    for row in session().execute(direct.where(AreaSuccessor.old_id.in_(ids))):
        extent = Extent.WHOLE if row.whole else Extent.PART
        heirs[row.former_id][row.area_id] = Heir(_candidate(row, former), extent)
    if districts:
        stmt = within.add_columns(old.parent_id.label("former_id")).where(old.parent_id.in_(districts))
        for row in session().execute(stmt):
            heirs[row.former_id][row.area_id] = Heir(_candidate(row, former), Extent.WITHIN)
    return {former_id: sorted(found.values(), key=_by_name) for former_id, found in heirs.items()}


def _by_name(heir: Heir) -> tuple[str, str]:
    return sort_key(unit_name(heir.unit.name).own), heir.unit.area_id
