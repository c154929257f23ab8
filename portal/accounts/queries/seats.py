"""Who is signed in: from a cookie to a person with his keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, select, update

from portal.accounts.session_times import ABSOLUTE, CONFIRMED, IDLE, SEEN_EVERY, session_place
from portal.action import session
from portal.data import db
from portal.data.models.account import (
    Account,
    AccountState,
    Member,
    MemberKey,
    MemberState,
    StaffSession,
)
from portal.data.models.registry import InheritedKey
from portal.domain import clock
from portal.domain.permissions import Actor, ActorKind
from portal.papers import leaves
from portal.vault.errors import Broken
from portal.vault.ring import KeyRing
from portal.vault.sessions import parse_cookie, unlock


@dataclass(frozen=True)
class Seat:
    """A member of staff in an unlocked session."""

    actor: Actor
    ring: KeyRing
    display_name: str
    body_name: str
    session_id: str
    recently_confirmed: bool


def signed_in(cookie: str | None) -> Seat | None:
    """Who holds this cookie; None for a wrong or ended session, a shut account, a member who left."""
    read = parse_cookie(cookie) if cookie else None
    found = _open_session(read.row_id) if read else None
    if read is None or found is None:
        return None
    row, member = found
    now = clock.now()
    if now - row.seen_at >= IDLE or now - row.started_at >= ABSOLUTE:
        _forget(row.id)
        return None
    try:
        secret = unlock(read.secret, row.sealed_secret, session_place(row.id, row.account_id))
    except Broken:
        return None
    seat = Seat(
        actor_of(member),
        ring_of(row.account_id, secret) if member.state is MemberState.ADMITTED else KeyRing(secret, {}),
        member.account.display_name,
        member.body.name,
        row.id,
        now - row.confirmed_at < CONFIRMED,
    )
    if now - row.seen_at >= SEEN_EVERY:
        _note_seen(row.id)
    return seat


_OPEN = (
    select(StaffSession, Member)
    .join(Member, Member.id == StaffSession.member_id)
    .join(Account, Account.id == StaffSession.account_id)
    .where(
        StaffSession.id == bindparam("row_id"),
        Account.state == AccountState.ACTIVE,
        Member.state != MemberState.LEFT,
        Member.account_id == StaffSession.account_id,
    )
    # What another process changed a moment ago counts on this very request.
    .execution_options(populate_existing=True)
)
"""Built once: every request of the staff asks it, and building it took longer than its answer."""


def _open_session(row_id: str) -> tuple[StaffSession, Member] | None:
    row = session().execute(_OPEN, {"row_id": row_id}).first()
    return (row[0], row[1]) if row else None


def _forget(row_id: str) -> None:
    with db.housekeeping() as current:
        current.execute(delete(StaffSession).where(StaffSession.id == row_id))


def _note_seen(row_id: str) -> None:
    with db.housekeeping() as current:
        current.execute(update(StaffSession).where(StaffSession.id == row_id).values(seen_at=clock.now()))


def actor_of(member: Member) -> Actor:
    """The member as an actor: who waits has no role yet, and no key."""
    admitted = member.state is MemberState.ADMITTED
    roles = member.role_set if admitted else frozenset()
    pairs = leaves.pairs_of(member.account_id, clock.today()) if admitted else leaves.ALONE
    return Actor(
        member.account_id,
        ActorKind.STAFF,
        roles,
        member.body_id,
        unlocked=admitted,
        stands_for=pairs.stands_for,
        one_with=pairs.one_with,
    )


def ring_of(account_id: str, person_secret: bytes) -> KeyRing:
    """The keys that are sealed to this person."""
    rows = session().execute(
        select(MemberKey.body_id, MemberKey.purpose, MemberKey.version, MemberKey.sealed_secret).where(
            MemberKey.account_id == account_id
        )
    )
    held = {(body, purpose.value, version): blob for body, purpose, version, blob in rows}
    ring = KeyRing(person_secret, held)
    _inherit(ring, {body for body, _, _ in held})
    return ring


def _inherit(ring: KeyRing, bodies: set[str]) -> None:
    """The keys of bodies whose place these took, and of those that they had followed in their turn."""
    seen, wanted = set(bodies), set(bodies)
    while wanted:
        rows = session().scalars(select(InheritedKey).where(InheritedKey.heir_id.in_(wanted))).all()
        for row in rows:
            purpose = row.purpose.value
            heir = (row.heir_id, purpose, row.heir_version)
            ring.inherit((row.old_id, purpose, row.version), heir, row.sealed_secret)
        wanted = {row.old_id for row in rows} - seen
        seen |= wanted


def membership(account_id: str) -> Member | None:
    """The person's place: the newest one that has not ended."""
    return (
        session()
        .scalars(
            select(Member)
            .where(Member.account_id == account_id, Member.state != MemberState.LEFT)
            .order_by(Member.since.desc(), Member.id)
            .limit(1)
        )
        .first()
    )


def sessions_of(account_id: str) -> Sequence[StaffSession]:
    """The person's sessions that are still open, newest first."""
    now = clock.now()
    return (
        session()
        .scalars(
            select(StaffSession)
            .where(
                StaffSession.account_id == account_id,
                StaffSession.seen_at > now - IDLE,
                StaffSession.started_at > now - ABSOLUTE,
            )
            .order_by(StaffSession.started_at.desc())
        )
        .all()
    )
