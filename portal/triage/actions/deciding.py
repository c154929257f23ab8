"""Deciding: the kind, a question to the resident, a refusal with where to go instead, praise passed on."""

from typing import Any

from portal.action import action
from portal.data.models.case import Case, RecordKind
from portal.data.models.report import Direction, MessageKind, Under
from portal.domain import clock, declining
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import messages, records
from portal.papers.life import end_review, require_unmoved, take
from portal.papers.reports import keys_of
from portal.triage import queries
from portal.vault.ring import KeyRing


@action(Permission.TRIAGE_DECIDE)
def classify(actor: Actor, case: Case, /, ring: KeyRing, *, kind: Kind, why: str, seen: int) -> None:
    """Set the legal kind; every change keeps who, when and why (rule 10)."""
    take(actor, case, Step.CLASSIFY, seen=seen)
    case.kind = kind
    _keep(actor, case, ring, {"kind": kind.value, "text": why}, Step.CLASSIFY)


@action(Permission.TRIAGE_DECIDE)
def ask(actor: Actor, case: Case, /, ring: KeyRing, *, text: str, seen: int) -> None:
    """Ask the residents of the case for what is missing; the clock waits for them."""
    take(actor, case, Step.ASK_INFO, seen=seen)
    send(actor, case, ring, MessageKind.QUESTION, {"text": text})


@action(Permission.TRIAGE_DECIDE)
def write(actor: Actor, case: Case, /, ring: KeyRing, *, text: str, seen: int | None = None) -> None:
    """A notice to the residents that changes nothing else."""
    require_unmoved(case, seen)
    send(actor, case, ring, MessageKind.NOTICE, {"text": text})


@action(Permission.TRIAGE_DECIDE)
def resume(actor: Actor, case: Case, /, ring: KeyRing, *, reason: str, seen: int) -> None:
    """Go on without the resident's answer."""
    take(actor, case, Step.RESUME, reason, seen=seen)
    _keep(actor, case, ring, {"text": reason}, Step.RESUME)


@action(Permission.TRIAGE_DECIDE)
def decline(
    actor: Actor, case: Case, /, ring: KeyRing, *, reason: DeclineReason, text: str, seen: int
) -> None:
    """Refuse with a reason from the closed list; the resident reads it and where to go instead (rule 41).

    A reason that names a kind sets it: the earlier ones stay on record (rule 10).
    """
    facts = declining.facts_of(reason)
    take(actor, case, Step.DECLINE, text or facts.title, seen=seen)
    content = {
        "reason": reason.value,
        "told": facts.told,
        "law": facts.law,
        "instead": facts.instead,
        "text": text,
    }
    kind = declining.KIND_OF.get(reason)
    if kind is not None:
        case.kind = kind
    _keep(actor, case, ring, content | ({"kind": kind.value} if kind else {}), Step.DECLINE)
    send(actor, case, ring, MessageKind.ANSWER, content)
    end_review(actor, case)


@action(Permission.TRIAGE_DECIDE)
def commend(actor: Actor, case: Case, /, ring: KeyRing, *, text: str, seen: int) -> None:
    """Pass praise on and thank the resident; praise starts no investigation (rule 9)."""
    take(actor, case, Step.COMMEND, seen=seen)
    case.kind = Kind.PRAISE
    _keep(actor, case, ring, {"text": text, "kind": Kind.PRAISE.value}, Step.COMMEND)
    send(actor, case, ring, MessageKind.ANSWER, {"text": text})
    case.closed_on = clock.today()


def send(actor: Actor, case: Case, ring: KeyRing, kind: MessageKind, content: dict[str, Any]) -> None:
    """The same message to every resident of the case, each in his own mailbox; none learns of another."""
    for report in queries.reports(case.id):
        keys = keys_of(ring, report.id, actor.body)
        messages.write(
            report.id,
            keys.body_id,
            keys.mailbox,
            direction=Direction.TO_REPORTER,
            kind=kind,
            content=content,
            case_id=case.id,
        )


def _keep(actor: Actor, case: Case, ring: KeyRing, content: dict[str, Any], step: Step) -> None:
    """The board's own paper, under the report key: the first report's, where there are several."""
    key = keys_of(ring, queries.reports(case.id)[0].id, actor.body).report_key()
    records.record(actor, case, key, RecordKind.REASON, content, under=Under.REPORT, step=step)
