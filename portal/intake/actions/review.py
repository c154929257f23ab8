"""The one request for review by the level above (rule 40): another board gets the report."""

from typing import Any

from portal.action import action, current_act, session
from portal.data.models.body import BodyKey
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Direction, Grant, MessageKind, Report
from portal.domain import clock
from portal.domain.kinds import ReportKind
from portal.domain.life import MOVES, Step
from portal.domain.permissions import Actor, Permission
from portal.intake.actions.mailbox import NotNow, feedback_of, locked, write
from portal.intake.queries.review import board_above, told_by
from portal.papers import messages
from portal.papers.beside import case_beside
from portal.papers.conflicts import bar, verdict_on
from portal.papers.keys import Opened, open_as_reporter, report_grant
from portal.papers.life import take
from portal.vault.boxes import new_key
from portal.vault.envelope import ReportKeys


class NobodyAbove(Exception):
    """No active board above is free of conflict: guidance takes the place of a review (decisions 3)."""


@action(Permission.MAILBOX_USE)
def request_review(actor: Actor, report: Report, /, secret: bytes, *, case_id: str, text: str) -> None:
    """Ask the nearest active, unconflicted board above to look again; raises NotNow, NobodyAbove.

    The report is sealed to that board here, in the resident's session: only his receipt can open it for them.
    """
    feedback = feedback_of(report.id)
    if session().get(CaseReport, (case_id, report.id)) is None or feedback.review_on is not None:
        raise NotNow(case_id)
    case = locked(case_id)
    if case.state not in MOVES[Step.REQUEST_REVIEW].sources or report.kind is ReportKind.PRAISE:
        raise NotNow(case_id)
    keys = open_as_reporter(secret, session().get_one(Grant, (report.id, report.body_id)))
    board = board_above(report, keys.report_key(), case.front_id, clock.today(), also=text)
    if board is None:
        raise NobodyAbove(case_id)
    contested = _last_answer(report, case, secret)
    take(actor, case, Step.REQUEST_REVIEW)
    review = case_beside(case, board.body_id, review_of=case.id)
    session().add(CaseReport(case_id=review.id, report_id=report.id, added_on=clock.today()))
    bar(review, verdict_on(f"{told_by(report, keys.report_key())}\n{text}", [board.body_id]).barred)
    let_in(report, keys, board)
    feedback.review_on = clock.today()
    content = {"text": text, "contested": contested}
    write(actor, report, secret, board.body_id, MessageKind.REVIEW, content, review.id)
    current_act().touch("case", case.id, review.id)


def let_in(report: Report, keys: Opened, board: BodyKey) -> None:
    """The board's grant: the report key, and a mailbox of its own."""
    if session().get(Grant, (report.id, board.body_id)) is None:
        fresh = ReportKeys(keys.report_key(), new_key())
        session().add(Grant(**report_grant(fresh, report.id, board, report.reporter_public)))
        session().flush()


def _last_answer(report: Report, case: Case, secret: bytes) -> dict[str, Any]:
    """What was answered to this resident in the case; empty where nothing was."""
    keys = {}
    for body_id in (case.front_id, case.leader_id):
        grant = session().get(Grant, (report.id, body_id)) if body_id else None
        if grant is not None:
            keys[grant.body_id] = open_as_reporter(secret, grant).mailbox
    answers = [
        letter.content
        for letter in messages.read(report.id, keys)
        if letter.kind is MessageKind.ANSWER
        and letter.direction is Direction.TO_REPORTER
        and letter.case_id == case.id
    ]
    return answers[-1] if answers else {}
