"""What a person does with his own account: a new passphrase, known or lost."""

from datetime import date

from sqlalchemy import delete, update

from portal.accounts import credentials
from portal.accounts.actions.signing import (
    account_called,
    mark_failure,
    myself,
    second_factor,
    set_apart,
)
from portal.accounts.credentials import Credentials
from portal.accounts.refusals import Because, Refused, WrongSignIn
from portal.action import Stale, action, session
from portal.data.models.account import Account, AccountState, StaffSession
from portal.data.models.office import Outbox, StaffNotice
from portal.domain.noticing import Notice, Way
from portal.domain.permissions import Actor, Permission
from portal.papers.notices import shown_now
from portal.vault.passphrase import STANDARD, Cost


def change_passphrase(actor: Actor, account: Account, /, *, old: str, new: str, cost: Cost = STANDARD) -> str:
    """Seal the person's secret under a new passphrase; returns the new recovery code, to be printed.

    The key pair stays, every session ends, this one too. Raises WrongSignIn, TooLong, Busy.
    """
    before = set_apart(account)
    opened = credentials.unlock(before, old)
    if before is None or opened is None:
        mark_failure(before)
        raise WrongSignIn
    made = credentials.make(
        new,
        account_id=before.id,
        totp_seed=opened.totp_seed,
        cost=cost,
        person_secret=opened.person_secret,
    )
    current = session().get_one(Account, before.id)
    reseal(actor, current, made=made, verifier=before.verifier, counter=None)
    return made.recovery_code


def recover(
    login: str, code: str, one_time: str, new: str, *, code_required: bool, cost: Cost = STANDARD
) -> str:
    """A new passphrase by the printed recovery code and the second factor (security test B5).

    Returns the next recovery code; the one used is worth nothing any more. Raises WrongSignIn, TooLong, Busy.
    """
    account = set_apart(account_called(login))
    opened = credentials.recover(account, code)
    try:
        if account is None or opened is None:
            raise WrongSignIn
        counter = second_factor(account, opened.totp_seed, one_time, required=code_required)
        made = credentials.make(
            new,
            account_id=account.id,
            totp_seed=opened.totp_seed,
            cost=cost,
            person_secret=opened.person_secret,
        )
        current = session().get_one(Account, account.id)
        reseal(myself(account), current, made=made, verifier=account.verifier, counter=counter)
    except WrongSignIn:
        mark_failure(account)
        raise
    return made.recovery_code


@action(Permission.ACCOUNT_OWN)
def reseal(
    actor: Actor, account: Account, /, *, made: Credentials, verifier: bytes, counter: int | None
) -> None:
    """Store what a new passphrase made; Stale where another change came between, Refused for another key."""
    if account.state is not AccountState.ACTIVE:
        raise WrongSignIn
    if account.verifier != verifier:
        raise Stale
    if account.public_key != made.public_key or account.id != made.account_id:
        raise Refused(Because.OTHER_KEY)
    if counter is not None:
        if counter <= account.totp_counter:
            raise WrongSignIn
        account.totp_counter = counter
    for name, value in made.columns().items():
        setattr(account, name, value)
    session().execute(delete(StaffSession).where(StaffSession.account_id == account.id))


@action(Permission.ACCOUNT_OWN)
def set_email(actor: Actor, account: Account, /, *, email: str) -> None:
    """Where notices go that something waits ("" for nowhere); they never carry content."""
    account.email = email or None
    account.mail_failed_on = None


@action(Permission.ACCOUNT_OWN)
def choose_notices(actor: Actor, account: Account, /, *, way: Way) -> None:
    """How to hear by mail from now on; what waits already leaves as it was to, or not at all."""
    account.notice_way = way
    if way is Way.NONE:
        session().execute(delete(Outbox).where(Outbox.account_id == account.id))


@action(Permission.ACCOUNT_OWN)
def read_notices(
    actor: Actor, account: Account, /, *, day: date | None = None, notice: Notice | None = None
) -> None:
    """Mark one's notices as read: all that stand in the list, or those of one kind and day."""
    mine = update(StaffNotice).where(shown_now(account.id), StaffNotice.unread)
    if day is not None and notice is not None:
        mine = mine.where(StaffNotice.shown_on == day, StaffNotice.notice == notice)
    session().execute(mine.values(unread=False))
