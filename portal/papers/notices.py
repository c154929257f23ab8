"""Notices to a body's staff: rows in the transaction of their cause; the worker sends them in batches."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import select

from portal.action import current_act, session
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.office import Outbox
from portal.domain import clock
from portal.domain.permissions import Role

BATCH_MINUTES = 15
MORNING = time(7, tzinfo=clock.VIETNAM)


def notify(body_id: str, notice: str, roles: frozenset[Role]) -> None:
    """Queue a notice for the admitted members of the body who have one of `roles`; inside an act."""
    _queue(people_of(body_id, roles), notice, _next_batch())


def remind(account_ids: Iterable[str], notice: str) -> None:
    """Queue a notice that no act of a person caused: it leaves in working hours; inside an act."""
    begin = datetime.combine(clock.today(), MORNING)
    _queue(account_ids, notice, max(_next_batch(), begin))


def _queue(account_ids: Iterable[str], notice: str, due_at: datetime) -> None:
    for account_id in sorted(account_ids):
        session().add(Outbox(notice=notice, account_id=account_id, due_at=due_at))


def people_of(body_id: str, roles: frozenset[Role]) -> set[str]:
    """The accounts of the body's admitted members who have one of `roles`."""
    people = session().execute(
        select(Member.roles, Member.account_id)
        .join(Account, Account.id == Member.account_id)
        .where(
            Member.body_id == body_id,
            Member.state == MemberState.ADMITTED,
            Account.state == AccountState.ACTIVE,
        )
    )
    return {
        account_id
        for held, account_id in people
        if not roles.isdisjoint(Role(name) for name in held.split(",") if name)
    }


def _next_batch() -> datetime:
    """The end of the running quarter of an hour; after a resident's act the next morning.

    Neither the stored row nor the mail then tells when a resident wrote (assurance P-13, P-15).
    """
    if current_act().day_only:
        return datetime.combine(clock.today() + timedelta(days=1), MORNING)
    now = clock.now().replace(second=0, microsecond=0)
    return now + timedelta(minutes=BATCH_MINUTES - now.minute % BATCH_MINUTES)
