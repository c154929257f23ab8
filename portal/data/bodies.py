"""Reading the bodies: with whether each has a key and somebody at work, and with all above it."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import exists, select

from portal.data.db import session
from portal.data.models.account import Account, AccountState, Member, MemberKey, MemberState
from portal.data.models.body import Body, BodyKey
from portal.domain.keys import KeyPurpose
from portal.domain.parties import BodyFacts, BodyKind

_KEYED = exists().where(
    BodyKey.body_id == Body.id, BodyKey.purpose == KeyPurpose.CONTENT, BodyKey.retired_on.is_(None)
)
# A key in use that lies under another body than the one above: who could open it is not who is asked about
# conflicts, so the body takes no part until it renews its keys.
_ASTRAY = exists().where(
    BodyKey.body_id == Body.id,
    BodyKey.retired_on.is_(None),
    BodyKey.superior_id.is_not(None),
    BodyKey.superior_id.is_distinct_from(Body.superior_id),
)
# Somebody at work who can open what is sealed to the body; a custodian alone could not read a report.
_STAFFED = exists().where(
    Member.body_id == Body.id,
    Member.state == MemberState.ADMITTED,
    Account.id == Member.account_id,
    Account.state == AccountState.ACTIVE,
    MemberKey.account_id == Member.account_id,
    MemberKey.body_id == Body.id,
    MemberKey.purpose == KeyPurpose.CONTENT,
)
_FACTS = select(
    Body.id,
    Body.kind,
    Body.level,
    Body.area_id,
    Body.name,
    Body.superior_id,
    Body.valid_from,
    Body.valid_to,
    (_KEYED & ~_ASTRAY & _STAFFED).label("active"),
)
"""In the order of BodyFacts."""


def bodies_above(ids: Iterable[str]) -> dict[str, BodyFacts]:
    """The bodies and all above them, each with whether it has a key and a member of its own."""
    found: dict[str, BodyFacts] = {}
    wanted = set(ids)
    while wanted:
        rows = [BodyFacts(*row) for row in session().execute(_FACTS.where(Body.id.in_(wanted)))]
        found |= {one.id: one for one in rows}
        wanted = {one.superior_id for one in rows if one.superior_id} - found.keys()
    return found


def bodies_in(area_ids: Iterable[str]) -> dict[str, BodyFacts]:
    """Every body of the units, by id, of all periods."""
    rows = session().execute(_FACTS.where(Body.area_id.in_(list(area_ids))))
    return {row.id: BodyFacts(*row) for row in rows}


def bodies_of(area_id: str, day: date | None = None) -> list[BodyFacts]:
    """The bodies of one unit in the order of their kinds; on a `day` only those that exist then."""
    order = {kind: place for place, kind in enumerate(BodyKind)}
    rows = session().execute(_FACTS.where(Body.area_id == area_id))
    found = sorted((BodyFacts(*row) for row in rows), key=lambda one: (order[one.kind], one.id))
    return [one for one in found if day is None or one.exists_on(day)]


def every_body() -> Iterator[BodyFacts]:
    """Every body of all periods; the few that are active are asked for once, not row by row."""
    active = set(session().scalars(select(Body.id).where(_KEYED, ~_ASTRAY, _STAFFED)))
    columns = (
        Body.id,
        Body.kind,
        Body.level,
        Body.area_id,
        Body.name,
        Body.superior_id,
        Body.valid_from,
        Body.valid_to,
    )
    for row in session().execute(select(*columns)):
        yield BodyFacts(*row, active=row[0] in active)
