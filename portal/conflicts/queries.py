"""What the pages of conflicts read without opening anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from portal.action import session
from portal.data.models.account import Account
from portal.data.models.case import CaseReport
from portal.data.models.conflict import CaseLock, Relative
from portal.data.models.report import Grant, GrantScope
from portal.domain.conflicts import LockState
from portal.domain.permissions import Actor
from portal.papers.resealing import waiting_for

MOST = 200


@dataclass(frozen=True)
class Progress:
    """How far the sealing anew of one case has come, in reports."""

    done: int
    whole: int


def account(account_id: str) -> Account | None:
    """One account by id."""
    return session().get(Account, account_id)


def relative(relative_id: str) -> Relative | None:
    """One declaration by id."""
    return session().get(Relative, relative_id)


def lock(lock_id: str) -> CaseLock | None:
    """A task to seal anew; None once it is done, or was never one."""
    found = session().get(CaseLock, lock_id)
    return found if found is not None and found.state is LockState.WAITING else None


def waiting(actor: Actor) -> Sequence[CaseLock]:
    """The tasks of the officer's body, oldest first, without those he has no part in."""
    return session().scalars(waiting_for(actor).limit(MOST)).all()


def reports_left(lock: CaseLock) -> list[str]:
    """The reports of the case that boards other than the one above can still open."""
    wanted = (
        select(CaseReport.report_id)
        .where(CaseReport.case_id == lock.case_id)
        .where(
            exists().where(
                Grant.report_id == CaseReport.report_id,
                Grant.scope == GrantScope.REPORT,
                Grant.body_id != lock.to_body_id,
            )
        )
        .order_by(CaseReport.report_id)
    )
    return list(session().scalars(wanted))


def progress(lock: CaseLock) -> Progress:
    """How many of the reports are sealed anew."""
    whole = session().scalars(select(CaseReport.report_id).where(CaseReport.case_id == lock.case_id)).all()
    return Progress(len(whole) - len(reports_left(lock)), len(whole))
