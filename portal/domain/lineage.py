"""Where a unit stands on a day: itself or its successor, and the units above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.parties import CENTRE, COUNTRY, AreaFacts, SuccessorFacts


class UnknownUnit(Exception):
    """No such unit, or none that exists on the day and descends from it."""


@dataclass(frozen=True)
class Standing:
    """`line` runs from the unit up to the country.

    A unit that was split has `candidates` (the street tells which) and its line starts above them.
    """

    line: tuple[AreaFacts, ...]
    candidates: tuple[AreaFacts, ...] = ()

    @property
    def units(self) -> tuple[AreaFacts, ...]:
        """The unit itself, or all it may be."""
        return self.candidates or self.line[:1]


def standing(
    area_id: str,
    day: date,
    areas: Mapping[str, AreaFacts],
    successors: Mapping[str, Sequence[SuccessorFacts]],
) -> Standing:
    """The unit as it stands on `day`; raises UnknownUnit.

    Source: LTC 12(4)–(5) (merged and dissolved units); decisions 7 (a district's successor is its province).
    """
    heirs = _heirs(area_id, day, areas, successors, frozenset())
    if not heirs:
        raise UnknownUnit(area_id)
    lines = [_line(heir, day, areas, successors) for heir in heirs]
    if len(lines) == 1:
        return Standing(lines[0])
    return Standing(_common(lines), tuple(sorted(heirs, key=lambda area: area.id)))


def _heirs(
    area_id: str,
    day: date,
    areas: Mapping[str, AreaFacts],
    successors: Mapping[str, Sequence[SuccessorFacts]],
    seen: frozenset[str],
) -> tuple[AreaFacts, ...]:
    area = COUNTRY if area_id == CENTRE else areas.get(area_id)
    if area is None or area_id in seen:
        return ()
    if area.exists_on(day):
        return (area,)
    if area.valid_to is None or day <= area.valid_to:
        return ()  # it begins after that day
    found: dict[str, AreaFacts] = {}
    next_ids = [link.new_id for link in successors.get(area_id, ())] or [area.parent_id or CENTRE]
    for next_id in next_ids:
        for heir in _heirs(next_id, day, areas, successors, seen | {area_id}):
            found[heir.id] = heir
    return tuple(found.values())


def _line(
    area: AreaFacts,
    day: date,
    areas: Mapping[str, AreaFacts],
    successors: Mapping[str, Sequence[SuccessorFacts]],
) -> tuple[AreaFacts, ...]:
    line = [area]
    while line[-1].id != CENTRE and len(line) < 8:
        above = _heirs(line[-1].parent_id or CENTRE, day, areas, successors, frozenset())
        if len(above) != 1 or above[0] in line:
            raise UnknownUnit(area.id)
        line.append(above[0])
    return tuple(line)


def _common(lines: Sequence[tuple[AreaFacts, ...]]) -> tuple[AreaFacts, ...]:
    shared = set(lines[0]).intersection(*lines[1:])
    return tuple(area for area in lines[0] if area in shared)
