"""The cases that wait to be sealed anew by an officer of a body: the list, and its number for the menu."""

from sqlalchemy import Select, exists, func, select

from portal.action import session
from portal.data.models.conflict import CaseBar, CaseLock
from portal.domain.conflicts import LockState
from portal.domain.permissions import Actor

MOST_COUNTED = 100
"""Whoever has more than 99 reads "99+" (decisions 20)."""


def waiting_for(actor: Actor) -> Select[CaseLock]:
    """The tasks of the officer's body, oldest first, without those he has no part in."""
    barred = exists().where(CaseBar.case_id == CaseLock.case_id, CaseBar.account_id == actor.id)
    wanted = select(CaseLock).where(
        CaseLock.to_body_id == actor.body, CaseLock.state == LockState.WAITING, ~barred
    )
    return wanted.order_by(CaseLock.found_on, CaseLock.id)


def number_waiting(actor: Actor) -> int:
    """How many, counted up to MOST_COUNTED."""
    counted = waiting_for(actor).with_only_columns(CaseLock.id).limit(MOST_COUNTED).subquery()
    return session().scalar(select(func.count()).select_from(counted)) or 0
