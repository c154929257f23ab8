"""Somebody complained of who is named later: recorded, and compared like what the resident typed."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.action import action, session
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.report import Under
from portal.domain.conflicts import ConflictSource
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers.conflicts import verdict_on, watch
from portal.papers.life import take
from portal.papers.records import case_key_of, record
from portal.papers.reports import keys_of
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class Added:
    """What the addition led to, as far as the one who made it may know it: true where he lost the case.

    `above` is the body that takes over from his own: None where nobody is left. Both are told only to one
    who is not in conflict himself: for him the case does not exist.
    """

    lost: bool = False
    may_know: bool = False
    above: str | None = None

    def __bool__(self) -> bool:
        return self.lost


@action(Permission.TRIAGE_DECIDE)
def name_for_board(actor: Actor, case: Case, /, ring: KeyRing, *, name: str, seen: int) -> Added:
    """Add a person complained of to the board's papers; returns whether the actor lost the case by it."""
    # The board's papers lie under the key of the case's own report, not of one that was joined to it.
    first = select(CaseReport.report_id).where(CaseReport.case_id == case.id)
    own = first.order_by(CaseReport.joined_from.is_not(None), CaseReport.report_id)
    report_id = session().scalars(own.limit(1)).one()
    return _name(actor, case, keys_of(ring, report_id, actor.body).report_key(), Under.REPORT, name, seen)


@action(Permission.CASEWORK_WORK)
def name_for_committee(actor: Actor, case: Case, /, ring: KeyRing, *, name: str, seen: int) -> Added:
    """Add a person complained of to the committee's papers; returns whether the actor lost the case by it."""
    return _name(actor, case, case_key_of(ring, case, actor.body), Under.CASE, name, seen)


def _name(actor: Actor, case: Case, key: bytes, under: Under, name: str, seen: int) -> Added:
    take(actor, case, Step.NAME_PERSON, seen=seen)
    record(actor, case, key, RecordKind.PERSON, {"text": name}, under=under, step=Step.NAME_PERSON)
    found = watch(actor, case, name, ConflictSource.PERSON_NAMED)
    if actor.body not in found.locked:
        return Added(lost=actor.id in found.barred)
    mine = [lock for lock in case.locks if lock.body_id == actor.body]
    if not mine or actor.id in verdict_on(name, [actor.body]).barred:
        return Added(lost=True)
    return Added(lost=True, may_know=True, above=mine[0].to_body_id)
