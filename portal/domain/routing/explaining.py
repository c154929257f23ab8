"""One question in words: what a title may mean, where a unit stood on a day, and who is competent for it.

Everything comes from the reference files; nothing is asked of a database.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.domain.country import Country
from portal.domain.lineage import Standing, UnknownUnit
from portal.domain.offices import Register
from portal.domain.parties import AreaFacts, Level, PostFacts, Track
from portal.domain.place_query import accented_words, search_key
from portal.domain.routing.answers import Decision
from portal.domain.routing.asked import Matter
from portal.domain.routing.engine import decide
from portal.domain.stated import readings
from portal.domain.structure import unit_name
from portal.domain.subjects import Status, Subject, as_main, held

_OFFERED = re.compile(r"^(.+?) *\((.+)\)$")
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
    """The posts as read, the unit as named and as it stands on the day, and the decision.

    `namesakes`: units of that name that have ended and became something else, for the reader to notice.
    """

    post: PostFacts
    then: PostFacts | None
    unit: AreaFacts
    place: Standing
    matter: Matter = field(repr=False)
    decision: Decision = field(repr=False)
    namesakes: tuple[str, ...] = ()


def explain(asked: Asked, country: Country, register: Register) -> Explained:
    """Read the question and decide it; raises Unclear."""
    levels = {post.level for post in readings(asked.post, "", register, asked.day, level=None)}
    unit = _unit(asked.place, country, asked.day, levels)
    try:
        place = country.on(unit.id, asked.day)
    except UnknownUnit:
        raise Unclear("no_unit_then", unit.name) from None
    post = _post("post", asked.post, register, asked.day, unit.level)
    if max(post.level.rank, Level.COMMUNE.rank) < unit.level.rank:
        raise Unclear("unit_above", f"{post.name} – {unit.name}")
    then = _post("then", asked.then, register, asked.day, unit.level) if asked.then else None
    if asked.status is Status.MOVED and then is None:
        raise Unclear("then_missing", asked.post)
    subject = Subject(
        unit.id, status=asked.status, then=(held(then),) if then else (), act_date=asked.day, **as_main(post)
    )
    matter = Matter(subject, place, country.bodies(place), asked.day, asked.track)
    namesakes = _ended_namesakes(unit, country, asked.day)
    return Explained(post, then, unit, place, matter, decide(matter), namesakes)


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
    """The unit that the name means, by its spelling, its kind, and the level that the post is of.

    Also by its id, and as it is offered where several fit.
    """
    if text in country.areas:
        return country.areas[text]
    name, *above = (part.strip() for part in _OFFERED.sub(r"\1, \2", text).split(","))
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
    offered = [area for area in fits if search_key(_offer(area, country)) == search_key(text)]
    meant = offered or _likely(fits, country, day)
    if len(meant) != 1:
        named = tuple(_offer(area, country) for area in meant)
        raise Unclear("place_ambiguous" if meant else "place_unknown", name, named)
    return meant[0]


def _likely(fits: Sequence[AreaFacts], country: Country, day: date) -> list[AreaFacts]:
    """Of units of one full name those that stand on the day; otherwise the former ones may be meant too.

    A former unit is what it became, where that has its name still.
    """
    today = [area for area in fits if area.exists_on(day)]
    if today and len({area.name for area in fits}) == 1:
        return today
    known = {kin for area in today for kin in country.kin(area)}
    return today + [area for area in fits if not area.exists_on(day) and area.id not in known]


def _ended_namesakes(unit: AreaFacts, country: Country, day: date) -> tuple[str, ...]:
    """Units of the same name and kind that have ended, and are no part of the unit's own history."""
    own = country.kin(unit)
    same = country.named(unit.name, unit.level, day)
    ended = [area for area in same if area.name == unit.name and not area.exists_on(day)]
    return tuple(_offer(area, country) for area in ended if area.id not in own)


def _named(name: str, country: Country, day: date, within: set[str]) -> list[AreaFacts]:
    return [area for level in _LEVELS for area in country.named(name, level, day, within)]


def _offer(area: AreaFacts, country: Country) -> str:
    return f"{area.name} ({_line(area, country)})"


def _line(area: AreaFacts, country: Country) -> str:
    names = []
    parent = country.areas.get(area.parent_id or "")
    while parent is not None:
        names.append(parent.name)
        parent = country.areas.get(parent.parent_id or "")
    return ", ".join(names) or area.id
