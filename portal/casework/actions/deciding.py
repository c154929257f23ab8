"""Deciding whose work it is: take the case on, give it back, give it to an inspector, end it."""

from sqlalchemy import delete

from portal.action import action, session
from portal.casework import queries
from portal.casework.actions.opening import key_of
from portal.data.models.case import Case, CaseGrant, RecordKind
from portal.domain import clock
from portal.domain.entries import Owed
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission, Role
from portal.papers import notices, records, searching
from portal.papers.life import take
from portal.vault.ring import KeyRing

REVIEWERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})


class NotAMember(Exception):
    """Only an admitted inspector of the committee can be given the case."""


class OpenRemedy(Exception):
    """A case with remedy steps that nobody checked yet cannot be closed."""


@action(Permission.CASEWORK_LEAD)
def accept(actor: Actor, case: Case, /, *, seen: int) -> None:
    """Take the case on (thụ lý); the residents read that it happened."""
    take(actor, case, Step.ACCEPT, seen=seen)


@action(Permission.CASEWORK_LEAD)
def return_case(actor: Actor, case: Case, /, ring: KeyRing, *, reason: str, seen: int) -> None:
    """Give the case back to the Front board, which reads the reason."""
    key = key_of(actor, case, ring)
    take(actor, case, Step.RETURN, reason, seen=seen)
    records.record(actor, case, key, RecordKind.REASON, {"text": reason}, step=Step.RETURN)
    records.tell_front(actor, case, RecordKind.REASON, {"text": reason}, Step.RETURN)
    notices.notify(case.front_id, "returned", REVIEWERS, cases=[case.id])
    # What was handed over is given back: the committee keeps no key of it (promise 2: keys first).
    session().execute(delete(CaseGrant).where(CaseGrant.case_id == case.id))
    searching.forget([case.id], [actor.body])
    case.leader_id = case.assignee_id = None


@action(Permission.CASEWORK_LEAD)
def assign(actor: Actor, case: Case, /, *, account_id: str, seen: int) -> None:
    """Give the case to an inspector of the committee; raises NotAMember."""
    if account_id not in {account.id for account in queries.inspectors(actor.body, case.id)}:
        raise NotAMember(account_id)
    take(actor, case, Step.ASSIGN, seen=seen)
    case.assignee_id = account_id


@action(Permission.CASEWORK_LEAD)
def close(actor: Actor, case: Case, /, *, seen: int) -> None:
    """End the committee's work on the case; raises OpenRemedy."""
    if any(one.is_open and one.owes is Owed.EVIDENCE for one in queries.followed(case.id)):
        raise OpenRemedy(case.id)
    take(actor, case, Step.CLOSE, seen=seen)
    case.closed_on = clock.today()
