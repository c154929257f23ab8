"""Notices by e-mail: rows of the outbox, leased in small pieces by any number of workers, without content.

Each mail is sent at least once. A worker that dies between the server's "taken" and the removal of the row
leaves a mail that another one sends again: SMTP cannot tell. Both then carry the same Message-ID.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from portal.action import action, current_act, session
from portal.config import Settings
from portal.data.db import housekeeping, new_id
from portal.data.models.account import Account, Member, MemberState
from portal.data.models.body import Body
from portal.data.models.office import Outbox
from portal.domain import clock
from portal.domain.noticing import Notice
from portal.domain.permissions import Actor, ActorKind, Permission, Role
from portal.papers import notices
from portal.worker.smtp import SECONDS, MailServer, NotTaken, ServerAway

log = logging.getLogger("portal.worker")
WORKER = Actor("worker", ActorKind.SYSTEM)
PIECE = 20  # rows that one worker holds at a time: what waits for the lease's end if it dies
LEASE = timedelta(minutes=2)
_ENOUGH = timedelta(seconds=2 * SECONDS)
MAX_ATTEMPTS, MAX_REFUSALS = 12, 3
AWAY_WAIT = timedelta(seconds=30)
STUCK = timedelta(hours=1)
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Letter:
    """One mail to be sent: the rows that it stands for, one person's."""

    id: str
    account_id: str
    address: str
    rows: tuple[str, ...]
    attempts: int


def send_waiting(settings: Settings) -> int:
    """Send what is due, one mail per person; returns how many left. A mail server at fault raises nothing."""
    if not settings.smtp_url:
        return _discard_due()
    sent = 0
    with MailServer(settings) as server:
        while letters := claim():
            try:
                sent += _send(server, letters)
            except ServerAway as fault:
                log.warning("the mail server takes no mail: %s", fault)
                _wait(letters)
                break
    return sent


def claim() -> list[Letter]:
    """Lease some due rows that nobody holds, and put each person's into one mail."""
    moment = clock.now()
    if session().scalar(select(Outbox.id).where(_free(moment)).limit(1)) is None:
        session().rollback()
        return []
    with housekeeping() as current:
        wanted = select(Outbox).where(_free(moment)).order_by(Outbox.due_at).limit(PIECE)
        rows = current.scalars(wanted.with_for_update(skip_locked=True)).all()
        fresh: dict[str, str] = {}
        for row in rows:
            # A row that went into a mail before goes into the same one again, and nothing else does.
            row.letter = row.letter or fresh.setdefault(row.account_id, new_id())
            row.lease_until = moment + LEASE
            row.attempts += 1
        current.flush()
        return _letters([row.id for row in rows])


def _free(moment: datetime) -> ColumnElement[bool]:
    return and_(Outbox.due_at <= moment, or_(Outbox.lease_until.is_(None), Outbox.lease_until < moment))


def _letters(ids: list[str]) -> list[Letter]:
    found = select(Outbox, Account.email).join(Account, Account.id == Outbox.account_id)
    rows = session().execute(found.where(Outbox.id.in_(ids)).order_by(Outbox.letter, Outbox.id))
    grouped: dict[str, list[tuple[Outbox, str | None]]] = {}
    for row, address in rows:
        grouped.setdefault(row.letter or row.id, []).append((row, address))
    return [
        Letter(
            letter,
            many[0][0].account_id,
            many[0][1] or "",
            tuple(row.id for row, _ in many),
            max(row.attempts for row, _ in many),
        )
        for letter, many in grouped.items()
    ]


def _send(server: MailServer, letters: list[Letter]) -> int:
    """Send these; raises ServerAway with the rest unsent and still leased."""
    until = clock.now() + LEASE - _ENOUGH
    sent = 0
    while letters and clock.now() < until:  # what is left then is free again before it could be sent twice
        letter = letters[0]
        if letter.address:
            try:
                server.send(letter.address, letter.id)
                sent += 1
            except NotTaken as fault:
                log.warning("a notice could not be sent: %s", fault)
                _again(letters.pop(0), for_good=fault.for_good)
                continue
        _forget(letter.rows)
        letters.pop(0)
    return sent


def _discard_due() -> int:
    """Without a mail server nobody will ever read the rows; they must not pile up."""
    if session().scalar(select(Outbox.id).where(Outbox.due_at <= clock.now()).limit(1)) is not None:
        with housekeeping() as current:
            current.execute(delete(Outbox).where(Outbox.due_at <= clock.now()))
    session().rollback()
    return 0


def _forget(ids: Iterable[str]) -> None:
    with housekeeping() as current:
        # Deleted, not marked: a row kept would tell for ever that something came, and when.
        current.execute(delete(Outbox).where(Outbox.id.in_(list(ids))))


def _wait(letters: list[Letter]) -> None:
    """Nobody's fault but the server's: all of them soon again, and the try does not count."""
    ids = [one for letter in letters for one in letter.rows]
    if not ids:
        return
    with housekeeping() as current:
        current.execute(
            update(Outbox)
            .where(Outbox.id.in_(ids))
            .values(lease_until=clock.now() + AWAY_WAIT, attempts=Outbox.attempts - 1)
        )


def _again(letter: Letter, *, for_good: bool) -> None:
    """Try later, ever more rarely; in the end give the address up and tell the administrators."""
    if letter.attempts >= (MAX_REFUSALS if for_good else MAX_ATTEMPTS):
        give_up(WORKER, None, letter.account_id)
        return
    wait = timedelta(minutes=min(2**letter.attempts, 720))
    with housekeeping() as current:
        current.execute(
            update(Outbox)
            .where(Outbox.id.in_(letter.rows))
            .values(lease_until=None, due_at=clock.now() + wait)
        )


@action(Permission.SYSTEM_RUN)
def give_up(actor: Actor, nothing: None, /, account_id: str) -> None:
    """No more mail to this person until he saves his address anew; he and his administrators read why."""
    account = session().get_one(Account, account_id, with_for_update=True, populate_existing=True)
    account.mail_failed_on = account.mail_failed_on or clock.today()
    session().execute(delete(Outbox).where(Outbox.account_id == account_id))
    current_act().touch("account", account_id)
    notices.show({account_id} | _administrators_of(account_id), Notice.MAIL_FAILS)


def _administrators_of(account_id: str) -> set[str]:
    """Of the person's body, else of the nearest body above it that has one; else all there are."""
    member = select(Member.body_id).where(
        Member.account_id == account_id, Member.state == MemberState.ADMITTED
    )
    body_id = session().scalar(member.limit(1))
    while body_id:
        found = notices.people_of(body_id, _ADMINISTRATORS)
        if found:
            return found
        body_id = session().scalar(select(Body.superior_id).where(Body.id == body_id))
    return notices.people_with(_ADMINISTRATORS)


def watch() -> int:
    """Tell the administrators, in the portal, once a day, that mail waits for more than an hour."""
    oldest = session().scalar(select(Outbox.due_at).order_by(Outbox.due_at).limit(1))
    session().rollback()
    if oldest is None or clock.now() - oldest < STUCK:
        return 0
    return tell_stuck(WORKER, None)


@action(Permission.SYSTEM_RUN)
def tell_stuck(actor: Actor, nothing: None, /) -> int:
    """The mail server has taken nothing for an hour; returns how many were told."""
    return notices.show(notices.people_with(_ADMINISTRATORS), Notice.MAIL_STUCK)
