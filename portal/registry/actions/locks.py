"""Conflicts outlive a reorganisation: the heir has as little as the ended body, and it takes its tasks."""

from collections.abc import Callable, Iterable

from sqlalchemy import select

from portal.action import current_act, session
from portal.data.models.body import Body
from portal.data.models.conflict import CaseLock
from portal.domain import clock
from portal.domain.conflicts import LockState
from portal.domain.reorganising import Plan
from portal.papers import notices
from portal.papers.conflicts import OFFICERS


def move_locks(plan: Plan, holder_of: Callable[[Body], str]) -> None:
    """Locks that are not done follow the bodies that end; inside the act that closed them.

    `holder_of`: the body that has from now on what an ended one had.
    """
    wanted = select(CaseLock).where(CaseLock.state != LockState.DONE).order_by(CaseLock.id)
    locks = session().scalars(wanted).all()
    goes = {body.id: holder_of(body) for body in _ended(plan, locks)}
    for lock in locks:
        if lock.to_body_id in goes:
            lock.to_body_id = goes[lock.to_body_id]
            if lock.state is LockState.WAITING:
                notices.notify(lock.to_body_id, "reseal", OFFICERS[lock.side], cases=[lock.case_id])
            current_act().touch("case", lock.case_id)
    session().flush()
    for lock in locks:
        if lock.body_id in goes:
            _lock_too(lock, goes[lock.body_id])
    session().flush()


def _ended(plan: Plan, locks: Iterable[CaseLock]) -> list[Body]:
    ids = {one for lock in locks for one in (lock.body_id, lock.to_body_id) if one}
    bodies = session().scalars(select(Body).where(Body.id.in_(ids)))
    return [body for body in bodies if body.area_id in plan.ends]


def _lock_too(lock: CaseLock, heir_id: str) -> None:
    """The heir has the case as little as the body it follows; the task itself stays with the first lock."""
    if heir_id == lock.to_body_id:
        return
    known = select(CaseLock.id).where(CaseLock.case_id == lock.case_id, CaseLock.body_id == heir_id)
    if session().scalar(known) is not None:
        return
    state = LockState.PASSED if lock.to_body_id else LockState.NOBODY
    session().add(
        CaseLock(
            case_id=lock.case_id,
            body_id=heir_id,
            side=lock.side,
            source=lock.source,
            state=state,
            to_body_id=lock.to_body_id,
            found_on=clock.today(),
        )
    )
    current_act().touch("case", lock.case_id)
