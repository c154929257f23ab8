"""Printed case files: each copy has a number in its case, who printed it, when, and how much it shows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from portal.action import session
from portal.data.models.case import Case
from portal.data.models.desk import CasePrint
from portal.domain import clock
from portal.domain.masking import Profile
from portal.domain.permissions import Actor


@dataclass(frozen=True)
class Copy:
    """One printed copy: its number within the case, and the moment."""

    number: int
    at: datetime
    profile: Profile


def next_copy(actor: Actor, case: Case, profile: Profile) -> Copy:
    """Enter the next copy of a case, whose row the gate has locked; inside an act."""
    last = session().scalar(select(func.max(CasePrint.number)).where(CasePrint.case_id == case.id)) or 0
    at = clock.now()
    session().add(
        CasePrint(
            case_id=case.id,
            number=last + 1,
            account_id=actor.id,
            body_id=actor.body_id,
            profile=profile,
            printed_at=at,
        )
    )
    return Copy(last + 1, at, profile)
