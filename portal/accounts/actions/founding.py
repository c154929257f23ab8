"""Founding bodies and renewing their keys, from the two roots downwards (decisions 8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from portal.accounts.actions.enrolling import NewPerson, add_person
from portal.accounts.refusals import Because, Refused
from portal.action import action, current_act, session
from portal.data.bodies import bodies_above
from portal.data.models.account import Account, AccountState, Member, MemberKey, MemberState
from portal.data.models.body import Body, BodyKey
from portal.domain import clock
from portal.domain.keys import KeyPurpose
from portal.domain.permissions import Actor, ActorKind, Permission, Role
from portal.domain.roles import PURPOSES, purposes_of
from portal.domain.structure import is_active
from portal.vault.ring import Held, seal_body_secret
from portal.vault.sealing import new_key_pair

SYSTEM = Actor("system", ActorKind.SYSTEM)
"""Who acts on the command line."""

HOLDERS = 2
"""How many people hold the content key of a root body from its first day."""


@dataclass(frozen=True)
class Holder:
    """One person of the ceremony, with the roles he begins with."""

    person: NewPerson
    roles: frozenset[Role]


@action(Permission.SYSTEM_RUN)
def found_root(actor: Actor, body: Body, /, *, holders: Sequence[Holder]) -> None:
    """Make the keys of a body that nothing stands above, sealed to its first people.

    At least two hold its content; a Front board's custodian key needs one holder of its own. Raises Refused.
    """
    if body.superior_id is not None:
        raise Refused(Because.NOT_A_ROOT)
    by_purpose = {purpose: _holding(holders, purpose, body) for purpose in _purposes(body)}
    if len(by_purpose[KeyPurpose.CONTENT]) < HOLDERS or not all(by_purpose.values()):
        raise Refused(Because.TOO_FEW_HOLDERS)
    _refuse_founded(body)
    people = [(holder, add_person(holder.person, body, holder.roles)) for holder in holders]
    session().flush()
    for purpose in _purposes(body):
        secret, held = _make_key(body, purpose, 1, None)
        for holder, member in people:
            if purpose in purposes_of(holder.roles, body.kind):
                give(member.account, secret, held)
    for _, member in people:
        member.state, member.admitted_by = MemberState.ADMITTED, actor.id


def _holding(holders: Sequence[Holder], purpose: KeyPurpose, body: Body) -> list[Holder]:
    return [holder for holder in holders if purpose in purposes_of(holder.roles, body.kind)]


@action(Permission.BODIES_FOUND)
def found_body(actor: Actor, body: Body, /) -> None:
    """Make the keys of a body below, sealed to the keys of the body above (recovery and first admission).

    The body above must be active; raises Refused.
    """
    _refuse_founded(body)
    above = body.superior_id
    if above is None or not is_active(above, bodies_above([above])):
        raise Refused(Because.ABOVE_NOT_ACTIVE)
    for purpose in _purposes(body):
        _make_key(body, purpose, 1, _newest(above, purpose))


@action(Permission.KEYS_ROTATE)
def rotate_body_key(actor: Actor, body: Body, /) -> None:
    """Give the body new keys, sealed to the members it has now and to the body above.

    What was sealed before stays readable to members; whoever left opens nothing that is sealed from now on.
    Bodies below follow one by one (queries.behind). Raises Refused where the body was never founded, and for
    a root body's key that nobody would hold.
    """
    members = session().scalars(
        select(Member)
        .join(Account, Account.id == Member.account_id)
        .where(
            Member.body_id == body.id,
            Member.state == MemberState.ADMITTED,
            Account.state == AccountState.ACTIVE,
        )
    )
    holders = list(members)
    for purpose in _purposes(body):
        old = _newest(body.id, purpose)
        if old is None:
            raise Refused(Because.NOT_FOUNDED)
        superior = _newest(body.superior_id, purpose) if body.superior_id else None
        theirs = [one for one in holders if purpose in purposes_of(one.role_set, body.kind)]
        if superior is None and not theirs:
            raise Refused(Because.TOO_FEW_HOLDERS)
        secret, held = _make_key(body, purpose, old.version + 1, superior)
        for member in theirs:
            give(member.account, secret, held)
        session().execute(
            update(BodyKey)
            .where(BodyKey.body_id == body.id, BodyKey.purpose == purpose, BodyKey.version <= old.version)
            .where(BodyKey.retired_on.is_(None))
            .values(retired_on=clock.today())
        )


def give(account: Account, secret: bytes, held: Held) -> None:
    """Seal a body's secret to a person's own key."""
    body_id, purpose, version = held
    session().add(
        MemberKey(
            account_id=account.id,
            body_id=body_id,
            purpose=KeyPurpose(purpose),
            version=version,
            sealed_secret=seal_body_secret(account.public_key, secret, held),
        )
    )
    current_act().touch("account", account.id)


def _make_key(body: Body, purpose: KeyPurpose, version: int, superior: BodyKey | None) -> tuple[bytes, Held]:
    """A new key pair of the body; its secret is returned for its first holders and kept nowhere in clear."""
    pair, held = new_key_pair(), (body.id, purpose.value, version)
    session().add(
        BodyKey(
            body_id=body.id,
            purpose=purpose,
            version=version,
            public_key=pair.public,
            sealed_to_superior=seal_body_secret(superior.public_key, pair.secret, held) if superior else None,
            superior_id=superior.body_id if superior else None,
            superior_version=superior.version if superior else None,
            created_on=clock.today(),
        )
    )
    session().flush()
    return pair.secret, held


def _newest(body_id: str, purpose: KeyPurpose) -> BodyKey | None:
    return session().scalar(
        select(BodyKey)
        .where(BodyKey.body_id == body_id, BodyKey.purpose == purpose)
        .order_by(BodyKey.version.desc())
        .limit(1)
    )


def _purposes(body: Body) -> tuple[KeyPurpose, ...]:
    if body.kind not in PURPOSES:
        raise Refused(Because.NO_PART)
    return PURPOSES[body.kind]


def _refuse_founded(body: Body) -> None:
    if _newest(body.id, KeyPurpose.CONTENT) is not None:
        raise Refused(Because.FOUNDED)
