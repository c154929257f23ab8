"""Verifying: plan, notes, questions to residents, the explanation of the person complained of, conclusion."""

from datetime import date

from portal.action import action
from portal.casework import queries
from portal.casework.actions.answering import write
from portal.casework.actions.opening import key_of
from portal.data.models.case import Case, RecordKind
from portal.data.models.report import MessageKind
from portal.domain.answers import Answer, Finding, require_real
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import notes, records
from portal.papers.life import take
from portal.vault.ring import KeyRing


class NotHeard(Exception):
    """A conclusion needs the explanation of the person complained of, or its dated refusal (LTC 10(1)a)."""


@action(Permission.CASEWORK_WORK)
def note(
    actor: Actor, case: Case, /, ring: KeyRing, *, text: str, mention: str = "", seen: int | None = None
) -> None:
    """A note within the committee; raises NotAColleague where a person named has no part in the case."""
    key = key_of(actor, case, ring)
    take(actor, case, Step.NOTE, seen=seen)
    content = {"text": text} | ({"mention": mention} if mention else {})
    records.record(actor, case, key, RecordKind.NOTE, content, step=Step.NOTE)
    if mention:
        notes.point(actor, case, mention)


@action(Permission.CASEWORK_WORK)
def note_for_oneself(actor: Actor, case: Case, /, *, text: str) -> None:
    """A note that only its author opens, no step of the case."""
    notes.keep_own(actor, case, text)


@action(Permission.CASEWORK_WORK)
def ask(
    actor: Actor, case: Case, /, ring: KeyRing, *, report_id: str, text: str, seen: int | None = None
) -> None:
    """Ask one resident; the question waits in the mailbox that this committee shares with that resident."""
    take(actor, case, Step.ASK_REPORTER, seen=seen)
    write(actor, case, ring, report_id, MessageKind.QUESTION, {"text": text})


@action(Permission.CASEWORK_WORK)
def begin_verification(actor: Actor, case: Case, /, ring: KeyRing, *, plan: str, seen: int) -> None:
    """Start to verify (xác minh), with a plan."""
    key = key_of(actor, case, ring)
    take(actor, case, Step.BEGIN_VERIFICATION, seen=seen)
    records.record(actor, case, key, RecordKind.NOTE, {"text": plan}, step=Step.BEGIN_VERIFICATION)


@action(Permission.CASEWORK_WORK)
def record_explanation(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    text: str,
    dated: date,
    refused: bool,
    seen: int | None = None,
) -> None:
    """What the person complained of explained (giải trình), or his refusal, with its day."""
    key = key_of(actor, case, ring)
    take(actor, case, Step.RECORD_EXPLANATION, seen=seen)
    kind = RecordKind.EXPLANATION_REFUSED if refused else RecordKind.EXPLANATION
    records.record(actor, case, key, kind, {"text": text}, step=Step.RECORD_EXPLANATION, dated=dated)


@action(Permission.CASEWORK_WORK)
def conclude(
    actor: Actor, case: Case, /, ring: KeyRing, *, finding: Finding, answer: Answer, seen: int
) -> None:
    """Conclude (kết luận); raises NotHeard without an explanation, NoRealAnswer without the four parts."""
    if not queries.was_heard(case.id):
        raise NotHeard(case.id)
    require_real(answer)
    key = key_of(actor, case, ring)
    take(actor, case, Step.CONCLUDE, seen=seen)
    content = {"finding": finding.value} | answer.as_content()
    records.record(actor, case, key, RecordKind.CONCLUSION, content, step=Step.CONCLUDE)
