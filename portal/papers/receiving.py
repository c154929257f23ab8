"""Which Front board will receive a report, and the keys it is sealed to."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Row, and_, bindparam, exists, select

from portal.action import session
from portal.data.db import store
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.body import Body, BodyKey
from portal.data.models.conflict import Relative
from portal.domain.conflicts import BarReason, Sitting, judge, named_in
from portal.domain.keys import KeyPurpose
from portal.domain.lineage import Standing
from portal.domain.parties import BodyFacts, BodyKind
from portal.domain.receiving import NobodyLeft, Reception, Skipped, receiving_board
from portal.domain.structure import body_id
from portal.domain.telling import Telling
from portal.papers.keys import newest_key
from portal.papers.kinship import kin_named, leads
from portal.papers.line import place_of

_KEPT_SECONDS = 60.0
_MOST_KEPT = 10_000
# Bodies change by decree; the public half of one version of a key never changes.
_bodies: WeakKeyDictionary[Engine, dict[str, "_Kept"]] = WeakKeyDictionary()
_publics: WeakKeyDictionary[Engine, dict[tuple[str, int], BodyKey]] = WeakKeyDictionary()

_SITTING = (
    select(
        BodyKey.body_id,
        BodyKey.version,
        Member.state,
        Account.state,
        Account.display_name,
        Account.id.label("account_id"),
        Member.roles,
        exists().where(Relative.account_id == Account.id).label("has_kin"),
        BodyKey.superior_id.label("under"),
    )
    .outerjoin(Member, and_(Member.body_id == BodyKey.body_id, Member.state != MemberState.LEFT))
    .outerjoin(Account, Account.id == Member.account_id)
    .where(
        BodyKey.purpose == KeyPurpose.CONTENT,
        BodyKey.retired_on.is_(None),
        BodyKey.body_id.in_(bindparam("boards", expanding=True)),
    )
)

Seat = Row[str, int, MemberState, AccountState, str, str, str, bool, str | None]


class _Kept(NamedTuple):
    """When a body was read (seconds of the process), and its facts: inactive, active."""

    at: float
    facts: tuple[BodyFacts, BodyFacts]


@dataclass(frozen=True)
class Plan:
    """The receiving board, the public key in use, the boards passed over, and its people without a part."""

    board: BodyFacts
    key: BodyKey
    skipped: tuple[Skipped, ...] = ()
    barred: Mapping[str, BarReason] = field(default_factory=dict)


@dataclass(frozen=True)
class IdentityKeys:
    """The two keys under which a name is sealed: both persons are needed (decisions 10)."""

    identity: BodyKey
    custodian: BodyKey


def reception(telling: Telling, day: date) -> Plan | NobodyLeft:
    """Climb to the lowest active board without a conflict, as known now; raises UnknownUnit.

    The names of those who sit on the boards are compared in memory with what was typed (decisions 2).
    """
    subject = telling.subject()
    place = place_of(subject.area_id, day)
    fronts = _fronts(place)
    sitting = session().connection().execute(_SITTING, {"boards": list(fronts)}).all()
    # As in data.bodies: a key that lies under another than the board above would be opened unasked.
    astray = {row.body_id for row in sitting if row.under not in (None, fronts[row.body_id][0].superior_id)}
    active = {row.body_id for row in sitting if _is_at_work(row)} - astray
    boards = {board_id: facts[board_id in active] for board_id, facts in fronts.items()}
    people, typed = _people(sitting), telling.typed()
    kin = kin_named(typed, {row.account_id for row in sitting if row.has_kin})
    verdict = judge(people, named_in(typed, people), kin)
    answer = receiving_board(subject, place, boards, day, verdict.bodies)
    if isinstance(answer, Reception):
        board = answer.board.id
        version = max(row.version for row in sitting if row.body_id == board)
        here = {one.account_id for one in people if one.body_id == board}
        barred = {account: why for account, why in verdict.barred.items() if account in here}
        return Plan(answer.board, _public(board, version), answer.skipped, barred)
    return answer


def identity_keys(board_id: str) -> IdentityKeys | None:
    """The keys for a name at this board; None where it has nobody to keep names."""
    identity = newest_key(board_id, KeyPurpose.IDENTITY)
    custodian = newest_key(board_id, KeyPurpose.CUSTODIAN)
    return IdentityKeys(identity, custodian) if identity and custodian else None


def _is_at_work(row: Seat) -> bool:
    return row[2] is MemberState.ADMITTED and row[3] is AccountState.ACTIVE


def _people(sitting: Iterable[Seat]) -> list[Sitting]:
    # Whoever was only invited sits on nothing yet; else an invented name could steer reports.
    return [
        Sitting(row.account_id, row.body_id, row.display_name, leads(row.roles))
        for row in sitting
        if row[2] is MemberState.ADMITTED
    ]


def _fronts(place: Standing) -> dict[str, tuple[BodyFacts, BodyFacts]]:
    """The Front boards of the line, each as it is without people and with, kept for a minute per process."""
    kept = _bodies.setdefault(store().engine, {})
    if len(kept) > _MOST_KEPT:
        kept.clear()
    ids = [body_id(BodyKind.FRONT, unit.id) for unit in place.line]
    oldest = time.monotonic() - _KEPT_SECONDS
    unknown = [one for one in ids if one not in kept or kept[one].at < oldest]
    if unknown:
        for body in session().scalars(select(Body).where(Body.id.in_(unknown))):
            kept[body.id] = _Kept(time.monotonic(), (body.as_facts(), body.as_facts(active=True)))
    return {one: kept[one].facts for one in ids if one in kept}


def _public(board_id: str, version: int) -> BodyKey:
    kept = _publics.setdefault(store().engine, {})
    found = kept.get((board_id, version))
    if found is None:
        row = session().get_one(BodyKey, (board_id, KeyPurpose.CONTENT, version))
        found = kept[board_id, version] = BodyKey(
            body_id=row.body_id, purpose=row.purpose, version=row.version, public_key=row.public_key
        )
    return found
