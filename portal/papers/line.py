"""From the database to the facts of receiving and routing: units, bodies, members' names, posts."""

import time
from collections.abc import Iterable
from datetime import date

from sqlalchemy import exists, select

from portal.action import session
from portal.data.db import store
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.body import Body, BodyKey, PostTemplate
from portal.domain.keys import KeyPurpose
from portal.domain.lineage import Standing, standing
from portal.domain.parties import CENTRE, AreaFacts, BodyFacts, PostFacts, SuccessorFacts, in_force

_KEPT_SECONDS = 60.0
_kept: dict[tuple[int, str, date], tuple[float, Standing]] = {}


def place_of(area_id: str, day: date) -> Standing:
    """Where the unit stands on `day`, with the units above it; raises UnknownUnit.

    Kept for a minute per process: units change by decree, not by the hour.
    """
    key = (id(store()), area_id, day)
    known = _kept.get(key)
    if known is None or time.monotonic() - known[0] > _KEPT_SECONDS:
        if len(_kept) > 20_000:
            _kept.clear()
        known = _kept[key] = (time.monotonic(), standing(area_id, day, *_family(area_id)))
    return known[1]


def _family(area_id: str) -> tuple[dict[str, AreaFacts], dict[str, list[SuccessorFacts]]]:
    """The unit, all its successors, and whatever stands above any of them."""
    areas: dict[str, AreaFacts] = {}
    heirs: dict[str, list[SuccessorFacts]] = {}
    wanted = {area_id}
    while wanted:
        rows = session().scalars(select(Area).where(Area.area_id.in_(wanted))).all()
        links = session().scalars(select(AreaSuccessor).where(AreaSuccessor.old_id.in_(wanted))).all()
        areas |= {row.area_id: row.as_facts() for row in rows}
        for link in links:
            heirs.setdefault(link.old_id, []).append(link.as_facts())
        wanted = {row.parent_id for row in rows if row.parent_id} | {link.new_id for link in links}
        wanted -= areas.keys() | {CENTRE}
    return areas, heirs


def bodies_of(place: Standing) -> dict[str, BodyFacts]:
    """Every body of the place's units and of all units above, by id, with what is active of them."""
    units = {unit.id for unit in place.line} | {unit.id for unit in place.candidates}
    return {body.id: body for body in _with_activity(Body.area_id.in_(units))}


def body_facts(*ids: str) -> dict[str, BodyFacts]:
    """The named bodies by id, with what is active of them."""
    return {body.id: body for body in _with_activity(Body.id.in_(ids))}


def _with_activity(condition: object) -> Iterable[BodyFacts]:
    keyed = exists().where(
        BodyKey.body_id == Body.id, BodyKey.purpose == KeyPurpose.CONTENT, BodyKey.retired_on.is_(None)
    )
    staffed = exists().where(
        Member.body_id == Body.id,
        Member.state == MemberState.ADMITTED,
        Member.account_id == Account.id,
        Account.state == AccountState.ACTIVE,
    )
    rows = session().execute(select(Body, keyed & staffed).where(condition))  # type: ignore[arg-type]
    return [body.as_facts(active=bool(active)) for body, active in rows]


def names_on(body_ids: Iterable[str]) -> dict[str, list[str]]:
    """Names of the people who sit on the bodies now, for the comparison before sealing (decisions 2)."""
    rows = session().execute(
        select(Member.body_id, Account.display_name)
        .join(Account, Account.id == Member.account_id)
        .where(Member.body_id.in_(list(body_ids)), Member.state != MemberState.LEFT)
    )
    found: dict[str, list[str]] = {}
    for body_id, name in rows:
        found.setdefault(body_id, []).append(name)
    return found


def posts_of(body_kind: str, level: str, day: date) -> list[PostFacts]:
    """The dated templates of posts of a kind of body at a level, as in force on `day`."""
    rows = session().scalars(
        select(PostTemplate)
        .where(PostTemplate.body_kind == body_kind, PostTemplate.level == level)
        .order_by(PostTemplate.id)
    )
    return [row.as_facts() for row in rows if in_force(day, row.valid_from, row.valid_to)]


def post(template_id: str) -> PostFacts | None:
    """One template of a post by id."""
    row = session().get(PostTemplate, template_id)
    return row.as_facts() if row else None
