"""Classes of places whose lines look alike to the rules, so that one stands for all of its class (design)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.lineage import Standing
from portal.domain.parties import CENTRE, AreaFacts, BodyFacts, BodyKind
from portal.domain.structure import STANDARD, body_id

Spot = tuple[BodyKind, int] | str
"""A body by its kind and the place of its unit in a line; by its id where it stands outside the line."""


class Bodies:
    """All bodies by id, and which of them stand in a unit on a day."""

    def __init__(self, by_id: Mapping[str, BodyFacts], day: date) -> None:
        self.by_id = by_id
        self.day = day
        self._of_unit: dict[str, list[BodyFacts]] = defaultdict(list)
        for body in by_id.values():
            self._of_unit[body.area_id].append(body)

    def of_unit(self, area_id: str) -> Iterable[BodyFacts]:
        """Every body of the unit, of all periods."""
        return self._of_unit.get(area_id, ())

    def standing(self, kind: BodyKind, area_id: str) -> list[BodyFacts]:
        """Those of one kind in a unit that exist on the day: one, where all is in order."""
        return [one for one in self.of_unit(area_id) if one.kind is kind and one.exists_on(self.day)]


@dataclass(frozen=True)
class Alike:
    """Places with lines of one shape; `first` is decided for all of them."""

    places: tuple[Standing, ...]

    @property
    def first(self) -> Standing:
        return self.places[0]


def classes(places: Iterable[Standing], bodies: Bodies) -> list[Alike]:
    """The places in groups that the rules cannot tell apart.

    Two lines are alike if they have the same levels, the same kinds of bodies stand in each of their units,
    and each body has the same one above it. Names, ids and who takes part make no difference to a rule.
    """
    groups: dict[tuple[object, ...], list[Standing]] = defaultdict(list)
    shapes: dict[str, tuple[object, ...]] = {}
    numbers: dict[tuple[object, ...], int] = {}
    for place in places:
        key: list[object] = []
        for at, unit in enumerate(place.line):
            if unit.id not in shapes:
                shapes[unit.id] = tuple(_shape(unit, bodies))
            key.append(numbers.setdefault(shapes[unit.id], len(numbers)))
            above = place.line[at + 1].id if at + 1 < len(place.line) else None
            if above not in (None, unit.parent_id or CENTRE):
                key.append(unit.id)  # its bodies may point to a unit that the line passes over
        groups[tuple(key)].append(place)
    return [Alike(tuple(group)) for group in groups.values()]


def _shape(unit: AreaFacts, bodies: Bodies) -> Iterator[object]:
    yield unit.level
    for body in sorted(bodies.of_unit(unit.id), key=lambda one: (one.kind, one.id)):
        own = body.id if body.id != body_id(body.kind, unit.id) else ""
        yield body.kind, body.level, own, body.exists_on(bodies.day), _above(body, unit, bodies)


def _above(body: BodyFacts, unit: AreaFacts, bodies: Bodies) -> str:
    if body.superior_id is None:
        return "top"
    superior = bodies.by_id.get(body.superior_id)
    if superior is None or superior.id != body_id(superior.kind, superior.area_id):
        return f"id {body.superior_id}" if superior else "missing"
    relation = {unit.id: "own", unit.parent_id or CENTRE: "parent", CENTRE: "centre"}.get(superior.area_id)
    return f"{relation} {superior.kind.value}" if relation else f"id {superior.id}"


def spot(body: str, place: Standing) -> Spot:
    """Where a body stands in a line, so that it can be found again in a line alike."""
    for at, unit in enumerate(place.line):
        for kind in STANDARD[unit.level]:
            if body == body_id(kind, unit.id):
                return kind, at
    return body


def at_spot(where: Spot, place: Standing) -> str:
    """The id of the body at a spot of this line."""
    return where if isinstance(where, str) else body_id(where[0], place.line[where[1]].id)
