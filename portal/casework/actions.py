"""What an inspection committee does with a case that was routed to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.action import action, current_act, session
from portal.casework import queries
from portal.data.models.account import Account, Member, MemberState
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.report import Direction, Grant, MessageKind, Under
from portal.domain import clock
from portal.domain.answers import Answer, Finding, require_real
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission, Role
from portal.papers import files, messages, notices, records
from portal.papers.keys import open_grant
from portal.papers.life import end_review, take
from portal.vault.ring import KeyRing

_REVIEWERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})


class NotHeard(Exception):
    """A conclusion needs the explanation of the person complained of, or its dated refusal (LTC 10(1)a)."""


class NotAMember(Exception):
    """Only an admitted inspector of the committee can be given the case."""


@dataclass(frozen=True)
class OpenedCase:
    """Everything a committee reads of a case."""

    case: Case
    handovers: tuple[dict[str, Any], ...]
    files: tuple[files.FileInfo, ...]
    papers: list[records.Paper]
    letters: dict[str, list[messages.Letter]]


@action(Permission.CASEWORK_QUEUE)
def open_queue(actor: Actor, obj: None, /, ring: KeyRing, cases: list[Case]) -> dict[str, dict[str, Any]]:
    """Office, post and category of the cases on a page of the queue, by case id."""
    heads: dict[str, dict[str, Any]] = {}
    for case in cases:
        if case.leader_id != actor.body_id:
            continue
        key = records.case_key_of(ring, case, actor.body)
        for link in queries.links(case.id):
            version = records.open_handover(key, link)
            if version is not None:
                heads[case.id] = version["head"]
        current_act().touch("case", case.id)
    return heads


@action(Permission.CASEWORK_VIEW)
def open_case(actor: Actor, case: Case, /, ring: KeyRing) -> OpenedCase:
    """Open the case; what residents wrote since is marked as seen."""
    key = records.case_key_of(ring, case, actor.body)
    links = queries.links(case.id)
    letters = {}
    for link in links:
        mailbox = _mailbox(ring, link.report_id, actor.body)
        letters[link.report_id] = messages.read(link.report_id, {actor.body: mailbox})
        messages.mark_seen(link.report_id, actor.body_id, Direction.FROM_REPORTER)
        current_act().touch("report", link.report_id)
    handovers = tuple(version for link in links if (version := records.open_handover(key, link)))
    papers = records.papers(case, {Under.CASE: key}, actor.body_id)
    return OpenedCase(case, handovers, records.case_files(case, key), papers, letters)


@action(Permission.CASEWORK_VIEW)
def open_file(actor: Actor, case: Case, /, ring: KeyRing, file_id: str) -> tuple[files.FileInfo, bytes]:
    """One file of the case or of its letters, cleaned copy; raises KeyError where it is not of this case."""
    opened = {file.id: file for file in records.case_files(case, _key(actor, case, ring))}
    for link in queries.links(case.id):
        mailbox = _mailbox(ring, link.report_id, actor.body)
        for letter in messages.read(link.report_id, {actor.body: mailbox}):
            opened |= {file.id: file for file in letter.files}
    current_act().touch("attachment", file_id)
    return opened[file_id], b"".join(files.content(opened[file_id]))


@action(Permission.CASEWORK_LEAD)
def accept(actor: Actor, case: Case, /, *, seen: int) -> None:
    """Take the case on (thụ lý); the residents read that it happened."""
    take(actor, case, Step.ACCEPT, seen=seen)


@action(Permission.CASEWORK_LEAD)
def return_case(actor: Actor, case: Case, /, ring: KeyRing, *, reason: str, seen: int) -> None:
    """Give the case back to the Front board, which reads the reason."""
    take(actor, case, Step.RETURN, reason, seen=seen)
    records.record(
        actor, case, _key(actor, case, ring), RecordKind.REASON, {"text": reason}, step=Step.RETURN
    )
    records.tell_front(actor, case, RecordKind.REASON, {"text": reason}, Step.RETURN)
    notices.notify(case.front_id, "returned", _REVIEWERS)
    case.leader_id = case.assignee_id = None


@action(Permission.CASEWORK_LEAD)
def assign(actor: Actor, case: Case, /, *, account_id: str, seen: int) -> None:
    """Give the case to an inspector of the committee; raises NotAMember."""
    if account_id not in {account.id for account in inspectors(actor.body)}:
        raise NotAMember(account_id)
    take(actor, case, Step.ASSIGN, seen=seen)
    case.assignee_id = account_id


def inspectors(body_id: str) -> list[Account]:
    """The admitted inspectors of a committee, by name."""
    rows = session().scalars(
        select(Member)
        .where(Member.body_id == body_id, Member.state == MemberState.ADMITTED)
        .order_by(Member.id)
    )
    work = {Role.INSPECTOR, Role.LEAD_INSPECTOR}
    return [row.account for row in rows if row.role_set & work]


@action(Permission.CASEWORK_WORK)
def note(actor: Actor, case: Case, /, ring: KeyRing, *, text: str) -> None:
    """A note that stays within the committee."""
    take(actor, case, Step.NOTE)
    records.record(actor, case, _key(actor, case, ring), RecordKind.NOTE, {"text": text}, step=Step.NOTE)


@action(Permission.CASEWORK_WORK)
def ask(actor: Actor, case: Case, /, ring: KeyRing, *, report_id: str, text: str) -> None:
    """Ask one resident; the question waits in the mailbox that this committee shares with that resident."""
    take(actor, case, Step.ASK_REPORTER)
    _write(actor, case, ring, report_id, MessageKind.QUESTION, {"text": text})


@action(Permission.CASEWORK_WORK)
def begin_verification(actor: Actor, case: Case, /, ring: KeyRing, *, plan: str, seen: int) -> None:
    """Start to verify (xác minh), with a plan."""
    take(actor, case, Step.BEGIN_VERIFICATION, seen=seen)
    records.record(
        actor, case, _key(actor, case, ring), RecordKind.NOTE, {"text": plan}, step=Step.BEGIN_VERIFICATION
    )


@action(Permission.CASEWORK_WORK)
def record_explanation(
    actor: Actor, case: Case, /, ring: KeyRing, *, text: str, dated: date, refused: bool
) -> None:
    """What the person complained of explained (giải trình), or his refusal, with its day."""
    take(actor, case, Step.RECORD_EXPLANATION)
    kind = RecordKind.EXPLANATION_REFUSED if refused else RecordKind.EXPLANATION
    key = _key(actor, case, ring)
    records.record(actor, case, key, kind, {"text": text}, step=Step.RECORD_EXPLANATION, dated=dated)


@action(Permission.CASEWORK_WORK)
def conclude(
    actor: Actor, case: Case, /, ring: KeyRing, *, finding: Finding, answer: Answer, seen: int
) -> None:
    """Conclude (kết luận); raises NotHeard without an explanation, NoRealAnswer without the four parts."""
    if not queries.was_heard(case.id):
        raise NotHeard(case.id)
    require_real(answer)
    take(actor, case, Step.CONCLUDE, seen=seen)
    content = {"finding": finding.value} | answer.as_content()
    records.record(actor, case, _key(actor, case, ring), RecordKind.CONCLUSION, content, step=Step.CONCLUDE)


@action(Permission.CASEWORK_LEAD)
def answer(actor: Actor, case: Case, /, ring: KeyRing, *, seen: int) -> None:
    """Send the conclusion to every resident of the case and to the Front board that forwarded it."""
    key = _key(actor, case, ring)
    conclusion = [
        paper
        for paper in records.papers(case, {Under.CASE: key}, actor.body_id)
        if paper.kind is RecordKind.CONCLUSION
    ][-1]
    take(actor, case, Step.ANSWER, seen=seen)
    for link in queries.links(case.id):
        _write(actor, case, ring, link.report_id, MessageKind.ANSWER, conclusion.content)
    records.tell_front(actor, case, RecordKind.CONCLUSION, conclusion.content, Step.ANSWER)
    notices.notify(case.front_id, "answered", _REVIEWERS)
    end_review(actor, case)


@action(Permission.CASEWORK_LEAD)
def close(actor: Actor, case: Case, /, *, seen: int) -> None:
    """End the committee's work on the case."""
    take(actor, case, Step.CLOSE, seen=seen)
    case.closed_on = clock.today()


def _key(actor: Actor, case: Case, ring: KeyRing) -> bytes:
    return records.case_key_of(ring, case, actor.body)


def _mailbox(ring: KeyRing, report_id: str, body_id: str) -> bytes:
    grant = session().get_one(Grant, (report_id, body_id))
    return open_grant(ring, grant).mailbox


def _write(
    actor: Actor, case: Case, ring: KeyRing, report_id: str, kind: MessageKind, content: dict[str, Any]
) -> None:
    session().get_one(CaseReport, (case.id, report_id))
    mailbox = _mailbox(ring, report_id, actor.body)
    messages.write(
        report_id,
        actor.body,
        mailbox,
        direction=Direction.TO_REPORTER,
        kind=kind,
        content=content,
        case_id=case.id,
    )
