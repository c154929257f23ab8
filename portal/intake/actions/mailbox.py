"""What a resident does with his receipt: answer a question, add something, rate the answer."""

from typing import Any

from sqlalchemy import func, or_, select

from portal.action import action, current_act, session
from portal.data.files import NoRoom
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import (
    Attachment,
    Direction,
    Feedback,
    Grant,
    Message,
    MessageKind,
    Rating,
    Report,
)
from portal.domain import clock
from portal.domain.conflicts import ConflictSource
from portal.domain.evidence import Refusal
from portal.domain.life import RESTING, State, Step
from portal.domain.permissions import Actor, Permission, Role
from portal.papers import messages, moves, notices, reports
from portal.papers.conflicts import waiting_targets, watch
from portal.papers.files import FileInfo, FileRefused, keep
from portal.papers.keys import mailbox_grant, newest_key, open_as_reporter, report_grant
from portal.papers.life import take
from portal.vault.boxes import new_key
from portal.vault.envelope import ReportKeys

STAFF = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER, Role.INSPECTOR, Role.LEAD_INSPECTOR})
MESSAGES_A_DAY = 20  # design: more than anybody needs, and a lost receipt floods nobody
FILES_ADDED = 10  # beside those sent with the report


class NotOpen(Exception):
    """The question is answered already, or is none of this report's."""


class NobodyFree(Exception):
    """Who is named sits above everybody: no body on the portal may read the letter (decisions 3)."""


class NotNow(Exception):
    """There is nothing to rate yet, or it was rated."""


class TooMuch(Exception):
    """More messages in a day than anybody needs."""


def kept(report: Report, name: str, data: bytes) -> FileInfo:
    """Clean and store one file before its message, outside any transaction; raises FileRefused, Busy."""
    if _files_of(report.id) >= FILES_ADDED:
        raise FileRefused(Refusal.TOO_MANY)
    session().rollback()  # the reading ends here, for the cleaning takes its time
    try:
        return keep(name, data, with_original=False)
    except NoRoom:
        raise FileRefused(Refusal.NO_ROOM) from None


@action(Permission.MAILBOX_USE)
def reply(
    actor: Actor,
    report: Report,
    /,
    secret: bytes,
    *,
    question_id: str,
    text: str,
    files: tuple[FileInfo, ...] = (),
) -> None:
    """Answer an open question; the board's own question lets its case go on. Raises NotOpen, TooMuch."""
    question = session().get(Message, question_id)
    if question is None or not _is_open(question, report.id):
        raise NotOpen(question_id)
    letter = MessageKind.REPLY, {"text": text}, question.case_id, files
    write(actor, report, secret, question.body_id, *letter)
    case = locked(question.case_id) if question.case_id else None
    if case is not None and case.state is State.NEEDS_INFO and _asked(case, question):
        take(actor, case, Step.ANSWER_INFO)
        current_act().touch("case", case.id)


@action(Permission.MAILBOX_USE)
def add(
    actor: Actor,
    report: Report,
    /,
    secret: bytes,
    *,
    body_id: str,
    text: str,
    files: tuple[FileInfo, ...] = (),
) -> None:
    """Add something unasked, to a body that shares a mailbox with the resident. Raises NotOpen, TooMuch."""
    above = waiting_targets(report.id).values()
    if moves.granted(report.id, body_id) is None and body_id not in above:
        raise NotOpen(body_id)
    write(actor, report, secret, body_id, MessageKind.ADDITION, {"text": text}, None, files)


@action(Permission.MAILBOX_USE)
def rate(actor: Actor, report: Report, /, secret: bytes, *, rating: str, reason: str) -> None:
    """Rate the answer, once; the Front board reads it, not the one who answered (rule 40). Raises NotNow."""
    answered = [case for case in cases_of(report.id) if case.state in RESTING]
    feedback = feedback_of(report.id)
    if feedback.rating is not None or not answered:
        raise NotNow(report.id)
    feedback.rating, feedback.rated_on = Rating(rating), clock.today()
    content = {"rating": rating, "text": reason}
    write(actor, report, secret, answered[0].front_id, MessageKind.ADDITION, content, answered[0].id)


def write(
    actor: Actor,
    report: Report,
    secret: bytes,
    body_id: str,
    kind: MessageKind,
    content: dict[str, Any],
    case_id: str | None = None,
    files: tuple[FileInfo, ...] = (),
) -> None:
    """One message of the resident's; whoever writes has read what was sent to him. Inside an act.

    Names in it are compared first, as at sending: it never goes to a body that it puts in conflict.
    """
    if _messages_today(report.id) >= MESSAGES_A_DAY or _files_of(report.id) + len(files) > FILES_ADDED:
        raise TooMuch(report.id)
    for case in cases_of(report.id):
        watch(actor, case, str(content.get("text", "")), ConflictSource.LETTER)
    grant = grant_for(report, secret, body_id)
    messages.write(
        report.id,
        grant.body_id,
        open_as_reporter(secret, grant).mailbox,
        direction=Direction.FROM_REPORTER,
        kind=kind,
        content=content,
        case_id=case_id,
        files=files,
    )
    messages.mark_seen(report.id, None, Direction.TO_REPORTER)
    about = reports.cases_of(report.id)
    holders = moves.heirs(about, grant.body_id) or [grant.body_id]
    notices.notify(holders[-1], "message", STAFF, cases=about)


def grant_for(report: Report, secret: bytes, body_id: str) -> Grant:
    """The grant under which a letter to `body_id` is sealed; raises NotOpen, NobodyFree.

    Where that body lost the case to a conflict, the body above gets a mailbox of its own, and a board the
    report key, here in the resident's session: nothing new is sealed to the body in conflict.
    """
    above = waiting_targets(report.id)
    target = above.get(body_id, body_id)
    if target is None:
        raise NobodyFree(body_id)
    found = moves.granted(report.id, target)
    if found is not None:
        return found
    key = newest_key(target)
    below = [body for body, higher in above.items() if higher == target]
    held = select(Grant).where(Grant.report_id == report.id, Grant.body_id.in_(below))
    old = session().scalars(held.order_by(Grant.body_id).limit(1)).first()
    if key is None or old is None:
        raise NotOpen(body_id)
    opened = open_as_reporter(secret, old)
    if opened.report is None:
        row = mailbox_grant(new_key(), report.id, key, report.reporter_public)
    else:
        keys = ReportKeys(opened.report, new_key())
        row = report_grant(keys, report.id, key, report.reporter_public)
    fresh = Grant(**row)
    session().add(fresh)
    session().flush()
    return fresh


def locked(case_id: str) -> Case:
    """The case as it is in this transaction, kept from other writers."""
    return session().get_one(Case, case_id, populate_existing=True, with_for_update=True)


def cases_of(report_id: str) -> list[Case]:
    """The cases of a report as they are in this transaction, reviews last."""
    ids = session().scalars(select(CaseReport.case_id).where(CaseReport.report_id == report_id)).all()
    found = [locked(case_id) for case_id in sorted(ids)]
    return sorted(
        found,
        key=lambda case: (case.review_of is not None, case.reprisal_of is not None, case.opened_on, case.id),
    )


def feedback_of(report_id: str) -> Feedback:
    """The row of what the resident thought; a new one where there is none."""
    feedback = session().get(Feedback, report_id, populate_existing=True)
    if feedback is None:
        feedback = Feedback(report_id=report_id)
        session().add(feedback)
    return feedback


def _asked(case: Case, question: Message) -> bool:
    """Whether the board that has the case asked, or one whose place it took."""
    return question.body_id in (case.front_id, *moves.formers([case.id], case.front_id))


def _is_open(question: Message, report_id: str) -> bool:
    if question.report_id != report_id or question.kind is not MessageKind.QUESTION:
        return False
    later = select(Message.id).where(
        Message.report_id == report_id,
        Message.body_id == question.body_id,
        Message.kind == MessageKind.REPLY,
        Message.place > question.place,
    )
    if question.case_id is not None:
        later = later.where(or_(Message.case_id.is_(None), Message.case_id == question.case_id))
    return session().scalar(later.limit(1)) is None


def _messages_today(report_id: str) -> int:
    found = select(func.count()).where(
        Message.report_id == report_id,
        Message.direction == Direction.FROM_REPORTER,
        Message.sent_on == clock.today(),
    )
    return session().scalar(found) or 0


def _files_of(report_id: str) -> int:
    found = (
        select(func.count())
        .select_from(Attachment)
        .join(Message, Message.id == Attachment.message_id)
        .where(Message.report_id == report_id, Message.direction == Direction.FROM_REPORTER)
    )
    return session().scalar(found) or 0
