"""Invitations, and the person who accepts one: an account with a key pair, waiting to be admitted."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from portal.accounts.actions.members import keep_a_holder
from portal.accounts.credentials import Credentials
from portal.accounts.names import login_of, token_digest
from portal.accounts.refusals import Because, NoInvitation, Refused
from portal.action import action, current_act, session
from portal.data.models.account import (
    Account,
    AccountState,
    Invitation,
    Member,
    MemberKey,
    MemberState,
    StaffSession,
)
from portal.data.models.body import Body
from portal.domain import clock
from portal.domain.permissions import Actor, Permission, Role
from portal.domain.roles import fit

DAYS = 7
"""How long an invitation may be accepted."""

_TOKEN_BYTES = 32


@dataclass(frozen=True)
class NewPerson:
    """Who is new: how he signs in, what he is called, and the credentials he made."""

    login: str
    display_name: str
    credentials: Credentials = field(repr=False)
    totp_counter: int = 0
    email: str = ""


@action(Permission.MEMBERS_INVITE)
def invite(actor: Actor, body: Body, /, *, display_name: str, roles: frozenset[Role]) -> str:
    """Make a place in `body` for one person; returns the token of his link, which is stored as a digest only.

    Raises Refused for roles that do not fit.
    """
    if not fit(roles, body.kind):
        raise Refused(Because.ROLES)
    return _invite(actor, body.id, display_name, roles)


@action(Permission.MEMBERS_INVITE)
def invite_again(actor: Actor, member: Member, /) -> str:
    """A new link for a member who lost his passphrase: accepting it replaces his key pair.

    Until then the old one works; afterwards he waits to be admitted again. Returns the token. Raises Refused
    for who left, and for the last holder of a root body's key, which would be lost with his.
    """
    if member.state is MemberState.LEFT:
        raise Refused(Because.NO_PART)
    keep_a_holder(member)
    session().execute(delete(Invitation).where(Invitation.replaces_account_id == member.account_id))
    current_act().touch("account", member.account_id)
    return _invite(
        actor, member.body_id, member.account.display_name, member.role_set, replaces=member.account_id
    )


def _invite(
    actor: Actor, body_id: str, display_name: str, roles: frozenset[Role], replaces: str | None = None
) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session().add(
        Invitation(
            id=token_digest(token),
            body_id=body_id,
            roles=",".join(sorted(roles)),
            display_name=display_name,
            invited_by=actor.id,
            expires_on=clock.today() + timedelta(days=DAYS),
            replaces_account_id=replaces,
        )
    )
    return token


@action(Permission.MEMBERS_INVITE)
def withdraw_invitation(actor: Actor, body: Body, /, *, invitation_id: str) -> None:
    """Take back an invitation of `body` that nobody accepted yet."""
    session().execute(delete(Invitation).where(Invitation.id == invitation_id, Invitation.body_id == body.id))


@action(Permission.INVITATION_ACCEPT)
def accept_invitation(
    actor: Actor, token: str, /, *, login: str, credentials: Credentials, counter: int = 0, email: str = ""
) -> Member:
    """The holder of a link becomes a waiting member, under keys that only his passphrase opens.

    The link works once. Raises NoInvitation, and Refused for a login name that is taken or misshapen.
    For a lost passphrase the login name stays; `credentials` must be made for the account that is replaced.
    `counter` is that of the one-time code shown with it, which does not work again.
    """
    found = session().scalar(select(Invitation).where(Invitation.id == token_digest(token)).with_for_update())
    if found is None or found.expires_on < clock.today():
        raise NoInvitation
    session().execute(delete(Invitation).where(Invitation.id == found.id))
    if found.replaces_account_id is not None:
        return _replace(found, credentials, counter)
    body = session().get_one(Body, found.body_id)
    roles = frozenset(Role(name) for name in found.roles.split(","))
    member = add_person(NewPerson(login, found.display_name, credentials, counter, email), body, roles)
    session().flush()
    return member


def add_person(person: NewPerson, body: Body, roles: frozenset[Role]) -> Member:
    """An account and its waiting membership; call inside an act. Raises Refused."""
    login = login_of(person.login)
    if login is None:
        raise Refused(Because.LOGIN_SHAPE)
    if not fit(roles, body.kind):
        raise Refused(Because.ROLES)
    if session().scalar(select(Account.id).where(Account.login == login)) is not None:
        raise Refused(Because.LOGIN_TAKEN)
    account = Account(
        id=person.credentials.account_id,
        login=login,
        display_name=person.display_name,
        email=person.email or None,
        state=AccountState.ACTIVE,
        totp_counter=person.totp_counter,
        created_on=clock.today(),
        **person.credentials.columns(),
    )
    session().add(account)
    try:
        session().flush()
    except IntegrityError:
        raise Refused(Because.LOGIN_TAKEN) from None
    member = Member(
        account_id=account.id,
        body_id=body.id,
        roles=",".join(sorted(roles)),
        state=MemberState.WAITING,
        since=clock.today(),
    )
    session().add(member)
    current_act().touch("account", account.id)
    current_act().touch("body", body.id)
    return member


def _replace(invitation: Invitation, credentials: Credentials, counter: int) -> Member:
    """New keys for an account whose passphrase is lost: nothing it could open before opens now."""
    account = session().get_one(Account, invitation.replaces_account_id)
    if account.id != credentials.account_id:
        raise Refused(Because.OTHER_KEY)
    member = (
        session()
        .scalars(select(Member).where(Member.account_id == account.id, Member.body_id == invitation.body_id))
        .first()
    )
    if member is None or member.state is MemberState.LEFT or account.state is AccountState.DISABLED:
        raise NoInvitation
    keep_a_holder(member)
    for name, value in credentials.columns().items():
        setattr(account, name, value)
    account.totp_counter = counter
    session().execute(delete(MemberKey).where(MemberKey.account_id == account.id))
    session().execute(delete(StaffSession).where(StaffSession.account_id == account.id))
    member.state, member.admitted_by = MemberState.WAITING, None
    current_act().touch("account", account.id)
    return member
