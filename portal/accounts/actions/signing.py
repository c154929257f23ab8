"""Signing in and out, and being asked again. One wrong answer looks like any other (security test B1)."""

from sqlalchemy import delete, select, update

from portal.accounts import credentials
from portal.accounts.names import login_of
from portal.accounts.queries import actor_of, membership, ring_of
from portal.accounts.refusals import WrongSignIn
from portal.accounts.session_times import ABSOLUTE, session_place
from portal.action import action, session
from portal.data import db
from portal.data.models.account import Account, AccountState, LoginMark, StaffSession
from portal.domain import clock
from portal.domain.permissions import Actor, ActorKind, Permission
from portal.vault.ring import KeyRing
from portal.vault.sessions import lock, new_session
from portal.vault.totp import check


def sign_in(login: str, passphrase: str, code: str, *, code_required: bool) -> str:
    """The value of a new session's cookie. Raises WrongSignIn, and TooLong or Busy before any work.

    `code_required`: an account without a second factor may not enter at all (everywhere but in the demo).
    """
    account = set_apart(account_called(login))
    opened = credentials.unlock(account, passphrase)
    try:
        if account is None or opened is None:
            raise WrongSignIn
        counter = second_factor(account, opened.totp_seed, code, required=code_required)
        current = session().get_one(Account, account.id)
        return open_session(myself(account), current, person_secret=opened.person_secret, counter=counter)
    except WrongSignIn:
        mark_failure(account)
        raise


def second_factor(account: Account, seed: str | None, code: str, *, required: bool) -> int | None:
    """The counter of the one-time code, None where there is no second factor; raises WrongSignIn."""
    if seed is None:
        if required:
            raise WrongSignIn
        return None
    counter = check(seed, code, clock.now(), account.totp_counter)
    if counter is None:
        raise WrongSignIn
    return counter


@action(Permission.ACCOUNT_OWN)
def open_session(actor: Actor, account: Account, /, *, person_secret: bytes, counter: int | None) -> str:
    """A session whose row opens with its cookie only; each one-time code works once (security test B4)."""
    member = membership(account.id)
    if account.state is not AccountState.ACTIVE or member is None:
        raise WrongSignIn
    if counter is not None:
        if counter <= account.totp_counter:
            raise WrongSignIn
        account.totp_counter = counter
    made, now = new_session(), clock.now()
    session().execute(
        delete(StaffSession).where(
            StaffSession.account_id == account.id, StaffSession.started_at < now - ABSOLUTE
        )
    )
    session().add(
        StaffSession(
            id=made.row_id,
            account_id=account.id,
            member_id=member.id,
            sealed_secret=lock(made.secret, person_secret, session_place(made.row_id, account.id)),
            started_at=now,
            seen_at=now,
            confirmed_at=now,
        )
    )
    return made.cookie_value


@action(Permission.ACCOUNT_OWN)
def sign_out(actor: Actor, account: Account, /, *, session_id: str) -> None:
    """End one of the person's own sessions; a session of somebody else stays."""
    session().execute(
        delete(StaffSession).where(StaffSession.account_id == account.id, StaffSession.id == session_id)
    )


def confirm(account_id: str, session_id: str, passphrase: str) -> None:
    """The passphrase again, before what cannot be undone: good for ten minutes. Raises WrongSignIn."""
    account = set_apart(session().get(Account, account_id))
    if credentials.unlock(account, passphrase) is None:
        mark_failure(account)
        raise WrongSignIn
    with db.housekeeping() as current:
        current.execute(
            update(StaffSession).where(StaffSession.id == session_id).values(confirmed_at=clock.now())
        )


def mark_failure(account: Account | None) -> None:
    """Keep that a sign-in failed (security test B3): for whom and when, not from where or what was typed."""
    account_id = account.id if account else None
    with db.housekeeping() as current:
        current.add(LoginMark(account_id=account_id, at=clock.now()))


def sign_in_ring(login: str, passphrase: str) -> tuple[Actor, KeyRing]:
    """Actor and keys of an account without a session: for loaders and tests, never for a page."""
    account = set_apart(account_called(login))
    opened = credentials.unlock(account, passphrase)
    member = membership(account.id) if account else None
    if account is None or opened is None or member is None:
        raise WrongSignIn
    return actor_of(member), ring_of(account.id, opened.person_secret)


def account_called(login: str) -> Account | None:
    """The account of a typed login name."""
    name = login_of(login)
    return session().scalar(select(Account).where(Account.login == name)) if name else None


def set_apart(account: Account | None) -> Account | None:
    """The account as read, off the session: no connection is held while a passphrase is checked."""
    if account is not None and account in session():
        session().refresh(account)
        session().expunge(account)
    session().rollback()
    return account


def myself(account: Account) -> Actor:
    """Somebody who showed that the account is his, before or without a session."""
    return Actor(account.id, ActorKind.STAFF)
