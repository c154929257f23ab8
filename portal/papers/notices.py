"""Notices to a body's staff: rows in the transaction of their cause; the worker sends them in batches."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from sqlalchemy import select

from portal.action import current_act, session
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.office import Outbox
from portal.domain import clock
from portal.domain.permissions import Role
from portal.papers.hiding import blind_to

BATCH_MINUTES = 15
MORNING = time(7, tzinfo=clock.VIETNAM)


def notify(body_id: str, notice: str, roles: frozenset[Role], *, cases: Iterable[str]) -> None:
    """Queue a notice for the admitted members of the body who have one of `roles`; inside an act.

    Whoever has no part in one of `cases`, which it is about, gets none.
    """
    accounts, bodies = blind_to(cases)
    if body_id in bodies:
        return
    people = session().execute(
        select(Member.roles, Member.account_id)
        .join(Account, Account.id == Member.account_id)
        .where(
            Member.body_id == body_id,
            Member.state == MemberState.ADMITTED,
            Account.state == AccountState.ACTIVE,
        )
    )
    for held, account_id in people:
        if account_id not in accounts and not roles.isdisjoint(
            Role(name) for name in held.split(",") if name
        ):
            session().add(Outbox(notice=notice, account_id=account_id, due_at=_next_batch()))


def _next_batch() -> datetime:
    """The end of the running quarter of an hour; after a resident's act the next morning.

    Neither the stored row nor the mail then tells when a resident wrote (assurance P-13, P-15).
    """
    if current_act().day_only:
        return datetime.combine(clock.today() + timedelta(days=1), MORNING)
    now = clock.now().replace(second=0, microsecond=0)
    return now + timedelta(minutes=BATCH_MINUTES - now.minute % BATCH_MINUTES)
