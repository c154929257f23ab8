"""Reading the bodies and posts: who receives, who is competent, who is active, which posts there are."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import exists, or_, select

from portal.data.db import session
from portal.data.models.account import Member, MemberState
from portal.data.models.body import Body, BodyKey, PostTemplate
from portal.data.territory import standing_of
from portal.domain.keys import KeyPurpose
from portal.domain.lineage import Standing
from portal.domain.parties import BodyFacts, BodyKind, Level, PostFacts, Subject, Track
from portal.domain.receiving import NobodyLeft, Reception, receiving_board
from portal.domain.routing import Answer, Matter, decide
from portal.domain.structure import body_id

COMPETENT = (BodyKind.INSPECTION, BodyKind.COMMITTEE, BodyKind.POLICE)
"""Kinds of body that a case may be routed to."""

_ACTIVE = (
    exists()
    .where(BodyKey.body_id == Body.id, BodyKey.purpose == KeyPurpose.CONTENT, BodyKey.retired_on.is_(None))
    .correlate(Body)
    & exists().where(Member.body_id == Body.id, Member.state == MemberState.ADMITTED).correlate(Body)
).label("active")
_WITH_ACTIVE = select(
    Body.id,
    Body.kind,
    Body.level,
    Body.area_id,
    Body.name,
    Body.superior_id,
    Body.valid_from,
    Body.valid_to,
    _ACTIVE,
)
"""In the order of BodyFacts."""


def bodies_above(ids: Iterable[str]) -> dict[str, BodyFacts]:
    """The bodies and all above them, each with whether it has a key and a member of its own."""
    found: dict[str, BodyFacts] = {}
    wanted = set(ids)
    while wanted:
        rows = [BodyFacts(*row) for row in session().execute(_WITH_ACTIVE.where(Body.id.in_(wanted)))]
        found |= {one.id: one for one in rows}
        wanted = {one.superior_id for one in rows if one.superior_id} - found.keys()
    return found


def bodies_along(place: Standing, *kinds: BodyKind) -> dict[str, BodyFacts]:
    """The bodies of these kinds along a line (and at the candidates of a split unit), with all above them."""
    units = {unit.id for unit in (*place.line, *place.candidates)}
    return bodies_above(body_id(kind, unit) for kind in kinds for unit in units)


def receiving(
    subject: Subject, day: date, *, place_id: str | None = None, named_on: Iterable[str] = ()
) -> Reception | NobodyLeft:
    """The Front board that receives on `day`; `place_id` where the line starts elsewhere than at the office.

    Raises UnknownUnit.
    """
    place = standing_of(place_id or subject.area_id, day)
    return receiving_board(subject, place, bodies_along(place, BodyKind.FRONT), day, named_on)


def competent(subject: Subject, day: date, *, track: Track = Track.PARTY) -> Answer:
    """The body competent for a matter received on `day`, or what must be asked first; raises UnknownUnit."""
    place = standing_of(subject.area_id, day)
    return decide(Matter(subject, place, bodies_along(place, *COMPETENT), day, track))


def names_on(body_ids: Iterable[str]) -> list[tuple[str, str]]:
    """(body id, name) of the members of these bodies, to be compared in memory with what was typed."""
    rows = session().scalars(
        select(Member).where(Member.body_id.in_(list(body_ids)), Member.state != MemberState.LEFT)
    )
    return [(member.body_id, member.account.display_name) for member in rows]


def body(wanted: str) -> BodyFacts | None:
    """One body with whether it has a key and a member of its own."""
    row = session().execute(_WITH_ACTIVE.where(Body.id == wanted)).first()
    return BodyFacts(*row) if row else None


def bodies_of(area_id: str, day: date | None = None) -> list[BodyFacts]:
    """The bodies of one unit in the order of their kinds; on a `day` only those that exist then."""
    rows = session().execute(_WITH_ACTIVE.where(Body.area_id == area_id))
    order = {kind: place for place, kind in enumerate(BodyKind)}
    found = sorted((BodyFacts(*row) for row in rows), key=lambda one: (order[one.kind], one.id))
    return [one for one in found if day is None or one.exists_on(day)]


def post(template_id: str) -> PostFacts | None:
    """One template by its id."""
    found = session().get(PostTemplate, template_id)
    return found.as_facts() if found else None


def posts_on(day: date, *, levels: Iterable[Level] = (), kind: BodyKind | None = None) -> list[PostFacts]:
    """The templates in force on `day`, by level, kind of body and rank within it."""
    asked = select(PostTemplate).where(
        or_(PostTemplate.valid_from.is_(None), PostTemplate.valid_from <= day),
        or_(PostTemplate.valid_to.is_(None), PostTemplate.valid_to >= day),
    )
    wanted = list(levels)
    if wanted:
        asked = asked.where(PostTemplate.level.in_(wanted))
    if kind is not None:
        asked = asked.where(PostTemplate.body_kind == kind)
    found = [one.as_facts() for one in session().scalars(asked)]
    kinds, groups = list(BodyKind), ("head", "deputy", "member", "staff")
    return sorted(
        found,
        key=lambda p: (p.level.rank, kinds.index(p.body_kind), groups.index(p.group), p.id),
    )
