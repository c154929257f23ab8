"""The members of a body: admitted by people who hold its keys, changed, and gone."""

from sqlalchemy import delete, func, or_, select, update

from portal.accounts.refusals import Because, Refused
from portal.action import Stale, action, current_act, session
from portal.data.models.account import (
    Account,
    AccountState,
    Member,
    MemberKey,
    MemberState,
    StaffSession,
)
from portal.data.models.body import BodyKey
from portal.data.models.case import Case
from portal.domain import clock
from portal.domain.keys import KeyPurpose
from portal.domain.permissions import Actor, Permission, Role
from portal.domain.roles import fit, purposes_of
from portal.papers import leaves
from portal.papers.comparing import compare_appointed, compare_newcomer
from portal.papers.hiding import shown_to
from portal.papers.kinship import leads
from portal.vault.errors import NotHeld
from portal.vault.fingerprint import fingerprint as fingerprint_of
from portal.vault.ring import Held, KeyRing

_CUSTODY = (KeyPurpose.CUSTODIAN,)


def admit(actor: Actor, member: Member, /, *, ring: KeyRing, fingerprint: str) -> None:
    """Seal the body's keys to a waiting member, whose fingerprint was compared on both screens.

    A custodian is admitted by a custodian, everybody else by a lead; each of the body or of the one above.
    Raises Forbidden, Stale where the key is no longer the one compared, Refused where the ring lacks the key.
    """
    if purposes_of(member.role_set, member.body.kind) == _CUSTODY:
        admit_custodian(actor, member, ring=ring, fingerprint=fingerprint)
    else:
        admit_member(actor, member, ring=ring, fingerprint=fingerprint)


@action(Permission.MEMBERS_ADMIT)
def admit_member(actor: Actor, member: Member, /, *, ring: KeyRing, fingerprint: str) -> None:
    """Admit an officer, or somebody whose roles need no key."""
    purposes = purposes_of(member.role_set, member.body.kind)
    if KeyPurpose.CUSTODIAN in purposes:
        raise Refused(Because.KEY_NOT_HELD)
    _admit(actor, member, purposes, ring, fingerprint)


@action(Permission.CUSTODIANS_ADMIT)
def admit_custodian(actor: Actor, member: Member, /, *, ring: KeyRing, fingerprint: str) -> None:
    """Admit a custodian: he gets the custodian key and no other (decisions 10)."""
    if purposes_of(member.role_set, member.body.kind) != _CUSTODY:
        raise Refused(Because.KEY_NOT_HELD)
    _admit(actor, member, _CUSTODY, ring, fingerprint)


def _admit(
    actor: Actor, member: Member, purposes: tuple[KeyPurpose, ...], ring: KeyRing, compared: str
) -> None:
    account = member.account
    if member.state is not MemberState.WAITING or account.state is not AccountState.ACTIVE:
        raise Stale
    if fingerprint_of(account.public_key) != compared:
        raise Stale
    if KeyPurpose.CUSTODIAN not in purposes:
        compare_newcomer(actor, member, ring)
    # Every version: who joins later must be able to open what came before.
    session().execute(
        delete(MemberKey).where(MemberKey.account_id == account.id, MemberKey.body_id == member.body_id)
    )
    for purpose in purposes:
        keys = (
            session()
            .scalars(select(BodyKey).where(BodyKey.body_id == member.body_id, BodyKey.purpose == purpose))
            .all()
        )
        if not keys:
            raise Refused(Because.NOT_FOUNDED)
        for key in keys:
            _pass_on(ring, key, account)
    member.state, member.admitted_by, member.since = MemberState.ADMITTED, actor.id, clock.today()
    current_act().touch("account", account.id)


def _pass_on(ring: KeyRing, key: BodyKey, account: Account) -> None:
    held: Held = (key.body_id, key.purpose.value, key.version)
    try:
        if key.version not in ring.versions(key.body_id, key.purpose.value):
            if key.sealed_to_superior is None or key.superior_id is None or key.superior_version is None:
                raise NotHeld(key.body_id)
            superior: Held = (key.superior_id, key.purpose.value, key.superior_version)
            ring.take_up(superior, key.sealed_to_superior, held)
        sealed = ring.pass_on(account.public_key, held)
    except NotHeld:
        raise Refused(Because.KEY_NOT_HELD) from None
    session().add(
        MemberKey(
            account_id=account.id,
            body_id=key.body_id,
            purpose=key.purpose,
            version=key.version,
            sealed_secret=sealed,
        )
    )


@action(Permission.MEMBERS_ROLES)
def change_roles(actor: Actor, member: Member, /, *, roles: frozenset[Role]) -> None:
    """Other roles with the same keys; his sessions end. Other keys need a new invitation: Refused."""
    kind = member.body.kind
    if member.state is MemberState.LEFT or not fit(roles, kind):
        raise Refused(Because.ROLES)
    if not fit(roles | member.role_set, kind):
        raise Refused(Because.ROLES)
    led = leads(member.roles)
    member.roles = ",".join(sorted(roles))
    if leads(member.roles) and not led:
        compare_appointed(actor, member)
    leaves.end_unsuited(actor, member)
    _end_sessions(member.account_id)


@action(Permission.MEMBERS_END)
def end_membership(actor: Actor, member: Member, /) -> int:
    """The member leaves: his keys of this body and his sessions go, his cases wait for somebody else.

    Returns how many cases became unassigned, of those that the actor may know of. Renew the body's keys next
    (rotate_body_key). Raises Refused for the last holder of a root body's key, which nobody could open again.
    """
    if member.state is MemberState.LEFT:
        raise Stale
    keep_a_holder(member)
    member.state, member.until = MemberState.LEFT, clock.today()
    session().execute(
        delete(MemberKey).where(
            MemberKey.account_id == member.account_id, MemberKey.body_id == member.body_id
        )
    )
    leaves.end_all_of(actor, member)
    _end_sessions(member.account_id)
    return _release_cases(actor, member)


def keep_a_holder(member: Member) -> None:
    """Raise Refused where nobody could open a root body's keys again without this member."""
    if member.body.superior_id is not None:
        return
    for purpose in purposes_of(member.role_set, member.body.kind):
        of_it = (BodyKey.body_id == member.body_id, BodyKey.purpose == purpose)
        newest = session().scalar(select(func.max(BodyKey.version)).where(*of_it))
        others = session().scalar(
            select(func.count(MemberKey.account_id.distinct()))
            .join(Account, Account.id == MemberKey.account_id)
            .where(
                MemberKey.body_id == member.body_id,
                MemberKey.purpose == purpose,
                MemberKey.version == newest,
                MemberKey.account_id != member.account_id,
                Account.state == AccountState.ACTIVE,
            )
        )
        if not others:
            raise Refused(Because.LAST_HOLDER)


def _release_cases(actor: Actor, member: Member) -> int:
    of_the_body = or_(Case.front_id == member.body_id, Case.leader_id == member.body_id)
    held = select(Case.id).where(Case.assignee_id == member.account_id, of_the_body)
    known = len(session().scalars(held.where(*shown_to(actor))).all())
    cases = session().scalars(held).all()
    if cases:
        session().execute(update(Case).where(Case.id.in_(cases)).values(assignee_id=None))
        current_act().touch("case", *cases)
    return known


@action(Permission.ACCOUNTS_DISABLE)
def disable(actor: Actor, member: Member, /) -> None:
    """Shut the account: its sessions end at once; his keys stay sealed to him until he leaves."""
    member.account.state = AccountState.DISABLED
    current_act().touch("account", member.account_id)
    leaves.end_all_of(actor, member)
    _end_sessions(member.account_id)


@action(Permission.ACCOUNTS_DISABLE)
def enable(actor: Actor, member: Member, /) -> None:
    """Open the account again. Where the body's keys were renewed meanwhile, he waits to be admitted again."""
    member.account.state = AccountState.ACTIVE
    current_act().touch("account", member.account_id)
    if member.state is MemberState.ADMITTED and not _holds_the_newest(member):
        member.state = MemberState.WAITING


def _holds_the_newest(member: Member) -> bool:
    for purpose in purposes_of(member.role_set, member.body.kind):
        missing = session().scalar(
            select(BodyKey.version)
            .where(
                BodyKey.body_id == member.body_id,
                BodyKey.purpose == purpose,
                BodyKey.version.not_in(
                    select(MemberKey.version).where(
                        MemberKey.account_id == member.account_id,
                        MemberKey.body_id == member.body_id,
                        MemberKey.purpose == purpose,
                    )
                ),
            )
            .limit(1)
        )
        if missing is not None:
            return False
    return True


def _end_sessions(account_id: str) -> None:
    session().execute(delete(StaffSession).where(StaffSession.account_id == account_id))
