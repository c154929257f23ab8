"""A competent body that is not on the portal: hand-over, its clock, and the return the board enters."""

from datetime import date
from typing import Any

from portal.action import action, current_act, session
from portal.data.models.case import Case, Handover, RecordKind
from portal.data.models.report import MessageKind, Under
from portal.domain import clock
from portal.domain.answers import Answer, Finding, require_real
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import records
from portal.papers.clocks import running_of
from portal.papers.life import end_review, take
from portal.papers.reports import keys_of
from portal.triage import queries
from portal.triage.actions.deciding import send
from portal.triage.actions.opening import bundles
from portal.triage.actions.routing import (
    HandoverVersion,
    NotRoutable,
    confirmed,
    explain,
    handed_of,
    in_order,
    settle,
)
from portal.vault.ring import KeyRing


@action(Permission.TRIAGE_DECIDE)
def hand_over(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    committee_id: str,
    register_no: str,
    versions: tuple[HandoverVersion, ...],
    seen: int,
) -> None:
    """Record that the case went, on paper or sealed, to a body without a key here; raises NotRoutable.

    What was handed over is kept under the report key, for it is the board's own paper.
    """
    found = bundles(ring, case, actor.body)
    proposal, answer = confirmed(case, [one.opened for one in found], committee_id)
    if answer.active:
        raise NotRoutable("active")
    settle(case, proposal, answer)
    take(actor, case, Step.HAND_OVER, seen=seen)
    row = session().get(Handover, case.id) or Handover(case_id=case.id)
    row.body_id, row.register_no, row.sent_on, row.due_on = (
        committee_id,
        register_no,
        clock.today(),
        running_of(case).due_on or clock.today(),
    )
    row.returned_on = None
    session().add(row)
    pieces = [
        handed_of(case, bundle, version)
        | {"files": [file.name for file in bundle.files if file.id in version.file_ids]}
        for bundle, version in zip(found, in_order(found, versions), strict=True)
    ]
    content = {"pieces": pieces, "version": case.version, "told": proposal.told}
    _keep(actor, case, ring, RecordKind.HANDED, content, Step.HAND_OVER)
    explain(actor, case, ring, proposal, answer)
    current_act().touch("body", committee_id)


@action(Permission.TRIAGE_DECIDE)
def record_return(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    finding: Finding,
    answer: Answer,
    dated: date,
    seen: int,
) -> None:
    """Enter what the body outside reported back; raises NoRealAnswer without the four parts."""
    require_real(answer)
    take(actor, case, Step.RECORD_RETURN, seen=seen)
    session().get_one(Handover, case.id).returned_on = dated
    content = {"finding": finding.value} | answer.as_content()
    _keep(actor, case, ring, RecordKind.OUTSIDE_RETURN, content, Step.RECORD_RETURN, dated)


@action(Permission.TRIAGE_DECIDE)
def answer_outside(actor: Actor, case: Case, /, ring: KeyRing, *, seen: int) -> None:
    """Send what came back to every resident of the case."""
    handover = session().get(Handover, case.id)
    if handover is None or handover.returned_on is None:
        raise NotRoutable("no_return")
    content = _returned(actor, case, ring)
    take(actor, case, Step.ANSWER, seen=seen)
    send(actor, case, ring, MessageKind.ANSWER, content)
    end_review(actor, case)


@action(Permission.TRIAGE_VIEW)
def outside_letter(actor: Actor, case: Case, /, ring: KeyRing) -> dict[str, str]:
    """What came back, as the resident will read it; empty where nothing did."""
    return _returned(actor, case, ring)


def _returned(actor: Actor, case: Case, ring: KeyRing) -> dict[str, str]:
    key = keys_of(ring, queries.reports(case.id)[0].id, actor.body).report_key()
    papers = records.papers(case, {Under.REPORT: key})
    returned = [paper.content for paper in papers if paper.kind is RecordKind.OUTSIDE_RETURN]
    return returned[-1] if returned else {}


@action(Permission.TRIAGE_DECIDE)
def close_outside(actor: Actor, case: Case, /, *, seen: int) -> None:
    """End a case that the board itself answered."""
    if case.leader_id is not None and session().get(Handover, case.id) is None:
        raise NotRoutable("with_committee")
    take(actor, case, Step.CLOSE, seen=seen)
    case.closed_on = clock.today()


def _keep(
    actor: Actor,
    case: Case,
    ring: KeyRing,
    kind: RecordKind,
    content: dict[str, Any],
    step: Step,
    dated: date | None = None,
) -> None:
    key = keys_of(ring, queries.reports(case.id)[0].id, actor.body).report_key()
    records.record(actor, case, key, kind, content, under=Under.REPORT, step=step, dated=dated)
