"""From units of any period to the places of today that they are, were, or were split into."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from portal.domain.parties import Level
from portal.domain.territory import Candidate, Scored


class Extent(StrEnum):
    """How much of a former unit is in one of today."""

    WHOLE = "whole"
    PART = "part"
    WITHIN = "within"  # today's unit lies, at least partly, where the former district was


@dataclass(frozen=True, slots=True)
class Former:
    """A former unit: "trước 01/7/2025 là Phường Sơn Kỳ (Quận Tân Phú, Thành phố Hồ Chí Minh)"."""

    area_id: str
    name: str
    place: str
    extent: Extent
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of today; `formerly` says by which former units it was found."""

    area_id: str
    name: str
    level: Level
    place: str
    formerly: tuple[Former, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """A former unit that was split: the street tells which of `candidates` is meant, never a default."""

    area_id: str
    name: str
    place: str
    candidates: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Places of today, best first, and the questions to ask with them. `more`: others were left off."""

    places: tuple[Place, ...] = ()
    splits: tuple[Split, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit of today that follows a former one."""

    unit: Candidate
    extent: Extent


def lead_to_today(
    ranked: Iterable[Scored], heirs: Mapping[str, Sequence[Heir]], today: date, limit: int = 12
) -> Found:
    """Replace former units by their heirs; a unit reached in several ways stands once, at its best place."""
    places: dict[str, Place] = {}
    splits: list[Split] = []
    for one in ranked:
        unit = one.candidate
        if unit.valid_from is not None and today < unit.valid_from:
            continue
        if unit.valid_to is None or today <= unit.valid_to:
            places.setdefault(unit.area_id, _place(unit))
            continue
        following = heirs.get(unit.area_id, ())
        for heir in following:
            _add(places, heir, unit)
        if one.score.exact and len(following) > 1 and following[0].extent is Extent.PART:
            parts = tuple(places[heir.unit.area_id] for heir in following)
            splits.append(Split(unit.area_id, unit.name, unit.place, parts))
    kept = tuple(places.values())
    shown = {place.area_id for place in kept[:limit]}
    asked = tuple(s for s in splits if any(part.area_id in shown for part in s.candidates))
    return Found(kept[:limit], asked, more=len(kept) > limit)


def _add(places: dict[str, Place], heir: Heir, former: Candidate) -> None:
    before = places.get(heir.unit.area_id)
    if before is not None and not before.formerly:
        return  # found by the name it has today
    before = before or _place(heir.unit)
    if heir.extent is Extent.WHOLE and former.key == heir.unit.key and former.level is heir.unit.level:
        places[heir.unit.area_id] = before  # it still has its name: nothing to explain
        return
    note = Former(former.area_id, former.name, former.place, heir.extent, former.valid_to)
    places[heir.unit.area_id] = replace(before, formerly=(*before.formerly, note))


def _place(unit: Candidate) -> Place:
    return Place(unit.area_id, unit.name, unit.level, unit.place)
