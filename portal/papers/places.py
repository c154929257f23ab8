"""Places and offices that the form offers: units found by any name, their bodies, the posts of a body."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.action import session
from portal.data import territory
from portal.data.models.body import Body
from portal.domain import clock
from portal.domain.lineage import UnknownUnit
from portal.domain.parties import BodyFacts, BodyKind, PostFacts, PostGroup
from portal.domain.places import Found
from portal.papers.line import place_of, posts_of

MOST_PLACES = 12
# The order in which residents meet them.
_ORDER = (
    BodyKind.COMMITTEE,
    BodyKind.POLICE,
    BodyKind.SCHOOL,
    BodyKind.HEALTH,
    BodyKind.NEIGHBOURHOOD,
    BodyKind.DEPARTMENT,
    BodyKind.INSPECTORATE,
    BodyKind.COUNCIL,
    BodyKind.FRONT,
    BodyKind.PARTY,
    BodyKind.INSPECTION,
)
_RANKS = tuple(PostGroup)


@dataclass(frozen=True)
class Bodies:
    """The bodies of the place itself, and those of the units above it, nearest first."""

    own: tuple[BodyFacts, ...]
    above: tuple[BodyFacts, ...]

    def named(self, body_id: str) -> BodyFacts | None:
        return next((body for body in (*self.own, *self.above) if body.id == body_id), None)


def places(typed: str) -> Found:
    """Units of today that fit what was typed; former names lead to them."""
    return territory.search_places(typed, clock.today(), limit=MOST_PLACES) if typed else Found()


def bodies(area_id: str) -> Bodies:
    """The standard bodies of a place, as of today or of the last day of a former unit."""
    day = clock.today()
    try:
        above = [unit.id for unit in place_of(area_id, day).line if unit.id != area_id]
    except UnknownUnit:
        return Bodies((), ())
    rows = session().scalars(select(Body).where(Body.area_id.in_([area_id, *above])))
    known = [row.as_facts() for row in rows]
    own = [body for body in known if body.area_id == area_id]
    upper = [body for body in known if body.area_id != area_id and body.exists_on(day)]
    return Bodies(_sorted(own), _sorted(upper))


def _sorted(found: Iterable[BodyFacts]) -> tuple[BodyFacts, ...]:
    return tuple(sorted(found, key=lambda body: (body.level.rank, _ORDER.index(body.kind))))


def posts(body: BodyFacts | None) -> list[PostFacts]:
    """The posts of a body by rank, heads before deputies, as of today or of its last day; none if unknown."""
    if body is None:
        return []
    found = posts_of(body.kind, body.level, min(clock.today(), body.valid_to or date.max))
    return sorted(found, key=lambda post: (_RANKS.index(post.group), post.post.endswith("-deputy")))
