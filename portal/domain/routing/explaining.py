"""One question in words: what a title may mean, where a unit stood on a day, and who is competent for it.

Everything comes from the reference files; nothing is asked of a database.
"""

from dataclasses import dataclass, field
from datetime import date

from portal.domain.country import Country
from portal.domain.lineage import Standing, UnknownUnit
from portal.domain.offices import Register
from portal.domain.parties import AreaFacts, Level, PostFacts, Track
from portal.domain.place_query import accented_words
from portal.domain.routing.answers import Decision
from portal.domain.routing.asked import Matter
from portal.domain.routing.engine import decide
from portal.domain.stated import readings
from portal.domain.structure import unit_name
from portal.domain.subjects import Status, Subject, as_main, held

_LEVELS = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)


class Unclear(Exception):
    """The question cannot be asked yet; `candidates` are what it may mean, none where nothing is known."""

    def __init__(self, what: str, text: str, candidates: tuple[str, ...] = ()) -> None:
        self.what, self.text, self.candidates = what, text, candidates
        super().__init__(f"{what}: {text}")


@dataclass(frozen=True)
class Asked:
    """Who is asked about, as people write it; `place` names a unit of any period, then those above it."""

    post: str
    place: str
    day: date
    track: Track = Track.PARTY
    status: Status = Status.UNKNOWN
    then: str = ""


@dataclass(frozen=True)
class Explained:
    """The posts as read, the unit as named and as it stands on the day, and the decision."""

    post: PostFacts
    then: PostFacts | None
    unit: AreaFacts
    place: Standing
    matter: Matter = field(repr=False)
    decision: Decision = field(repr=False)


def explain(asked: Asked, country: Country, register: Register) -> Explained:
    """Read the question and decide it; raises Unclear."""
    levels = {post.level for post in readings(asked.post, "", register, asked.day, level=None)}
    unit = _unit(asked.place, country, asked.day, levels)
    try:
        place = country.on(unit.id, asked.day)
    except UnknownUnit:
        raise Unclear("no_unit_then", unit.name) from None
    post = _post("post", asked.post, register, asked.day, unit.level)
    then = _post("then", asked.then, register, asked.day, unit.level) if asked.then else None
    if asked.status is Status.MOVED and then is None:
        raise Unclear("then_missing", asked.post)
    subject = Subject(
        unit.id, status=asked.status, then=(held(then),) if then else (), act_date=asked.day, **as_main(post)
    )
    matter = Matter(subject, place, country.bodies(place), asked.day, asked.track)
    return Explained(post, then, unit, place, matter, decide(matter))


def _post(what: str, text: str, register: Register, day: date, level: Level) -> PostFacts:
    """The one post that a title means; what it leaves open the level of the unit says."""
    found = readings(text, "", register, day, level=None)
    if len(found) != 1:
        found = readings(text, "", register, day, level=level) or found
    if len(found) != 1:
        names = tuple(f"{post.name} ({post.level.value})" for post in found)
        raise Unclear(f"{what}_ambiguous" if found else f"{what}_unknown", text, names)
    return found[0]


def _unit(text: str, country: Country, day: date, levels: set[Level]) -> AreaFacts:
    """The unit that the name means, by its spelling, its kind, and the level that the post is of."""
    name, *above = (part.strip() for part in text.split(","))
    within: set[str] = set()
    for upper in reversed(above):
        found = _named(upper, country, day, within)
        within = {kin for area in found for kin in country.kin(area)}
        if not found:
            raise Unclear("place_unknown", upper)
    fits = _named(name, country, day, within)
    kind, spelled = unit_name(name).kind, accented_words(name)
    fits = [area for area in fits if accented_words(area.name) == spelled] or fits
    fits = [area for area in fits if unit_name(area.name).kind == kind] or fits
    fits = [area for area in fits if area.level in levels] or fits
    today = [area for area in fits if area.exists_on(day)]
    # A former unit is what it became, where that has its name still; else it may be the one that is meant.
    known = {kin for area in today for kin in country.kin(area)}
    meant = today + [area for area in fits if not area.exists_on(day) and area.id not in known]
    if len(meant) != 1:
        named = tuple(f"{area.name} ({_line(area, country)})" for area in meant)
        raise Unclear("place_ambiguous" if meant else "place_unknown", name, named)
    return meant[0]


def _named(name: str, country: Country, day: date, within: set[str]) -> list[AreaFacts]:
    return [area for level in _LEVELS for area in country.named(name, level, day, within)]


def _line(area: AreaFacts, country: Country) -> str:
    names = []
    parent = country.areas.get(area.parent_id or "")
    while parent is not None:
        names.append(parent.name)
        parent = country.areas.get(parent.parent_id or "")
    return ", ".join(names) or area.id
