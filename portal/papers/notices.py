"""Notices to a body's staff: rows in the transaction of their cause; the worker sends them in batches."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import Select, select

from portal.action import current_act, session
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.office import Outbox
from portal.domain import clock
from portal.domain.permissions import Role
from portal.papers.hiding import blind_to

BATCH_MINUTES = 15
MORNING = time(7, tzinfo=clock.VIETNAM)
_AT_WORK = (
    select(Member.roles, Member.account_id)
    .join(Account, Account.id == Member.account_id)
    .where(Member.state == MemberState.ADMITTED, Account.state == AccountState.ACTIVE)
)


def notify(body_id: str, notice: str, roles: frozenset[Role], *, cases: Iterable[str]) -> None:
    """Queue a notice for the admitted members of the body who have one of `roles`; inside an act.

    Whoever has no part in one of `cases`, which it is about, gets none.
    """
    accounts, bodies = blind_to(cases)
    if body_id not in bodies:
        _queue(people_of(body_id, roles) - accounts, notice, _next_batch())


def tell(account_id: str, notice: str) -> None:
    """Queue a notice for one person who, the caller found, has a part in what it is about; inside an act."""
    _queue([account_id], notice, _next_batch())


def notify_all(notice: str, roles: frozenset[Role]) -> None:
    """Queue a notice for everybody of the installation who has one of `roles`; inside an act."""
    _queue(_people(_AT_WORK, roles), notice, _next_batch())


def remind(account_ids: Iterable[str], notice: str) -> None:
    """Queue a notice that no act of a person caused: it leaves in working hours; inside an act."""
    begin = datetime.combine(clock.today(), MORNING)
    _queue(account_ids, notice, max(_next_batch(), begin))


def people_of(body_id: str, roles: frozenset[Role]) -> set[str]:
    """The accounts of the body's admitted members who have one of `roles`."""
    return _people(_AT_WORK.where(Member.body_id == body_id), roles)


def _people(found: Select[str, str], roles: frozenset[Role]) -> set[str]:
    return {
        account_id
        for held, account_id in session().execute(found)
        if not roles.isdisjoint(Role(name) for name in held.split(",") if name)
    }


def _queue(account_ids: Iterable[str], notice: str, due_at: datetime) -> None:
    for account_id in sorted(account_ids):
        session().add(Outbox(notice=notice, account_id=account_id, due_at=due_at))


def _next_batch() -> datetime:
    """The end of the running quarter of an hour; after a resident's act the next morning.

    Neither the stored row nor the mail then tells when a resident wrote (assurance P-13, P-15).
    """
    if current_act().day_only:
        return datetime.combine(clock.today() + timedelta(days=1), MORNING)
    now = clock.now().replace(second=0, microsecond=0)
    return now + timedelta(minutes=BATCH_MINUTES - now.minute % BATCH_MINUTES)
