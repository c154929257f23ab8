"""Answering: what every resident of the case reads, and what the Front board that forwarded may know."""

from datetime import date
from typing import Any

from portal.action import action, session
from portal.casework import queries
from portal.casework.actions.deciding import REVIEWERS
from portal.casework.actions.opening import conclusion_of, key_of, mailbox_of
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.report import Direction, MessageKind
from portal.domain.answers import Answer, Finding, require_real
from portal.domain.life import IllegalStep, Step
from portal.domain.permissions import Actor, Permission
from portal.papers import messages, notices, records
from portal.papers.life import end_review, take
from portal.vault.ring import KeyRing


@action(Permission.CASEWORK_LEAD)
def answer(actor: Actor, case: Case, /, ring: KeyRing, *, seen: int) -> None:
    """Send the conclusion to every resident of the case and to the Front board that forwarded it."""
    content = conclusion_of(actor, case, ring)
    take(actor, case, Step.ANSWER, seen=seen)
    if content is None:
        raise IllegalStep("nothing is concluded")
    write_to_all(actor, case, ring, MessageKind.ANSWER, content)
    records.tell_front(actor, case, RecordKind.CONCLUSION, content, Step.ANSWER)
    notices.notify(case.front_id, "answered", REVIEWERS, cases=[case.id])
    end_review(actor, case)


@action(Permission.CASEWORK_LEAD)
def correct(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    finding: Finding,
    answer: Answer,
    why: str,
    seen: int,
) -> None:
    """Answer anew, dated and naming the answer it corrects, which stays (rule 43); raises NoRealAnswer.

    Everybody who got the wrong answer gets this one: the residents and the Front board that forwarded.
    """
    require_real(answer)
    key, before = key_of(actor, case, ring), queries.answered_on(case.id)
    take(actor, case, Step.CORRECT, why, seen=seen)
    if before is None:
        raise IllegalStep("nothing was answered")
    content = corrected(finding, answer, before, why)
    records.record(actor, case, key, RecordKind.CONCLUSION, content, step=Step.CORRECT)
    write_to_all(actor, case, ring, MessageKind.ANSWER, content)
    records.tell_front(actor, case, RecordKind.CONCLUSION, content, Step.CORRECT)
    notices.notify(case.front_id, "answered", REVIEWERS, cases=[case.id])


def corrected(finding: Finding, answer: Answer, before: date, why: str) -> dict[str, Any]:
    """The corrected answer as its readers see it; `before` is the day of the one it corrects."""
    corrects = {"on": before.isoformat(), "why": why}
    return {"finding": finding.value, **answer.as_content(), "corrects": corrects}


def write_to_all(
    actor: Actor, case: Case, ring: KeyRing, kind: MessageKind, content: dict[str, Any]
) -> list[str]:
    """The same message to every resident of the case, as each reads it alone; returns the ids. In an act."""
    return [write(actor, case, ring, link.report_id, kind, content) for link in queries.links(case.id)]


def write(
    actor: Actor, case: Case, ring: KeyRing, report_id: str, kind: MessageKind, content: dict[str, Any]
) -> str:
    """A message to the resident of one report of the case; returns its id. Inside an act."""
    session().get_one(CaseReport, (case.id, report_id))
    keys = mailbox_of(actor, report_id, ring)
    return messages.write(
        report_id,
        keys.body_id,
        keys.mailbox,
        direction=Direction.TO_REPORTER,
        kind=kind,
        content=content,
        case_id=case.id,
    )
