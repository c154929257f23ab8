"""The country in memory: units of all periods by name, where one stands on a day, and its standard bodies."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from portal.domain.lineage import Standing, UnknownUnit, standing
from portal.domain.parties import CENTRE, COUNTRY, AreaFacts, BodyFacts, Level, SuccessorFacts
from portal.domain.place_query import area_key, search_key
from portal.domain.structure import standard_bodies
from portal.domain.titles import own_name

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
"""Nghị quyết 202/2025/QH15 and Luật Tổ chức chính quyền địa phương 2025: two levels from 01/07/2025."""


class Country:
    """Units and successors as read from the reference files; `on` and `bodies` are kept once asked."""

    def __init__(self, areas: Mapping[str, AreaFacts], successors: Iterable[SuccessorFacts]) -> None:
        self.areas = areas
        self._links: dict[str, list[SuccessorFacts]] = defaultdict(list)
        for link in successors:
            self._links[link.old_id].append(link)
        self._by_name: dict[tuple[Level, str], list[AreaFacts]] = defaultdict(list)
        for area in areas.values():
            self._by_name[area.level, area_key(area.name)].append(area)
        self._before: dict[str, list[str]] = defaultdict(list)
        for old_id, links in self._links.items():
            for link in links:
                self._before[link.new_id].append(old_id)
        self._standings: dict[tuple[str, date], Standing] = {}
        self._bodies: dict[tuple[str, ...], dict[str, BodyFacts]] = {}

    def on(self, area_id: str, day: date) -> Standing:
        """Where a unit stands on `day`; raises UnknownUnit."""
        key = area_id, day
        if key not in self._standings:
            self._standings[key] = standing(area_id, day, self.areas, self._links)
        return self._standings[key]

    def bodies(self, place: Standing) -> Mapping[str, BodyFacts]:
        """The standard bodies of the place's units and of all above, none of them active."""
        units = (*place.line, *place.candidates)
        key = tuple(unit.id for unit in units)
        if key not in self._bodies or any(one.startswith(UNNAMED) for one in key):
            self._bodies[key] = {body.id: body for unit in units for body in standard_bodies(unit)}
        return self._bodies[key]

    def named(self, name: str, level: Level, day: date, within: Iterable[str] = ()) -> list[AreaFacts]:
        """Units of this name and level, those that exist on `day` first; `within` one of the units above."""
        above = set(within)
        keys = dict.fromkeys((search_key(name), own_name(name)))
        found = next((units for key in keys if (units := self._by_name.get((level, key)))), ())
        fits = [area for area in found if not above or above & self._above(area)]
        return sorted(fits, key=lambda area: (not area.exists_on(day), area.id))

    def _above(self, area: AreaFacts) -> set[str]:
        ids: set[str] = set()
        parent = self.areas.get(area.parent_id or "")
        while parent is not None:
            ids.add(parent.id)
            ids |= {link.new_id for link in self._links.get(parent.id, ())}
            parent = self.areas.get(parent.parent_id or "")
        return ids

    def successors_of(self, area_id: str) -> Sequence[SuccessorFacts]:
        """What became of a unit that ended."""
        return self._links.get(area_id, ())

    def kin(self, area: AreaFacts) -> set[str]:
        """The unit, what it became, and what it was made of."""
        after = (link.new_id for link in self._links.get(area.id, ()))
        return {area.id, *after, *self._before.get(area.id, ())}


UNNAMED = "?"
"""Begins the id of a unit that a published decision names but the data do not have."""


def place_named(
    country: Country, day: date, *, province: str, district: str, commune: str
) -> tuple[Standing, tuple[str, ...]]:
    """The place that names tell, and the names that the data do not have; empty names are passed over.

    Levels that are not named stand in the line as units without a name, so that the level of the answer is
    still found.
    """
    unknown: list[str] = []
    found: list[AreaFacts] = []
    within: set[str] = set()
    for name, level in ((province, Level.PROVINCE), (district, Level.DISTRICT), (commune, Level.COMMUNE)):
        if not name:
            continue
        fits = country.named(name, level, day, within)
        alike = [area for area in fits if area.exists_on(day) == fits[0].exists_on(day)]
        if len(alike) == 1:
            found.append(alike[0])
            within = country.kin(alike[0]) if level is Level.PROVINCE else {alike[0].id}
        else:
            unknown.append(name)
    lowest = found[-1] if found else COUNTRY
    try:
        place = country.on(lowest.id, day)
    except UnknownUnit:
        unknown.append(lowest.name)
        place = Standing((COUNTRY,))
    names = {Level.PROVINCE: province, Level.DISTRICT: district, Level.COMMUNE: commune}
    return _with_every_level(place, names, day), tuple(unknown)


def _with_every_level(place: Standing, names: Mapping[Level, str], day: date) -> Standing:
    levels = [Level.COMMUNE, Level.DISTRICT, Level.PROVINCE]
    if day > LAST_DAY_OF_DISTRICTS:
        levels.remove(Level.DISTRICT)
    have = {unit.level for unit in (*place.line, *place.candidates)}
    line: Sequence[AreaFacts] = place.line
    for level in reversed(levels):
        if level not in have:
            lower = [unit for unit in line if unit.level.rank < level.rank]
            upper = [unit for unit in line if unit.level.rank > level.rank]
            parent = upper[0].id if upper and upper[0].id != CENTRE else None
            new = AreaFacts(f"{UNNAMED}{level.value}", names[level], level, parent)
            line = (
                *(replace(one, parent_id=new.id) if one is lower[-1] else one for one in lower),
                new,
                *upper,
            )
    return replace(place, line=tuple(line))
