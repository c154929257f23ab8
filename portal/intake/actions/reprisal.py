"""“Tôi bị trả thù, trù dập”: a linked case at the board above, at once (iso37002 24; LTC 47–51)."""

from portal.action import action, current_act, session
from portal.data.models.case import CaseReport
from portal.data.models.protection import ReprisalLook
from portal.data.models.report import Grant, MessageKind, Report
from portal.domain import clock
from portal.domain.kinds import ReportKind
from portal.domain.life import RESTING
from portal.domain.permissions import Actor, Permission, Role
from portal.domain.reprisals import look_due
from portal.intake.actions.mailbox import NotNow, cases_of, write
from portal.intake.actions.review import NobodyAbove, let_in
from portal.intake.queries.mailbox import answered_looks
from portal.intake.queries.review import protecting_board
from portal.papers import notices
from portal.papers.beside import case_beside
from portal.papers.keys import open_as_reporter

LEADS = frozenset({Role.LEAD_REVIEWER})


@action(Permission.MAILBOX_USE)
def report_reprisal(actor: Actor, report: Report, /, secret: bytes, *, text: str) -> str:
    """Open a case of reprisal beside those of the report; returns its id. Raises NotNow, NobodyAbove.

    It goes to the board above the one that received the report; that one is told nothing. While such a case
    is open, more is added to it as to any other.
    """
    known = cases_of(report.id)
    if any(case.reprisal_of and case.state not in RESTING for case in known):
        raise NotNow(report.id)
    keys = open_as_reporter(secret, session().get_one(Grant, (report.id, report.body_id)))
    board = protecting_board(report, keys.report_key(), clock.today(), also=text)
    if board is None:
        raise NobodyAbove(report.id)
    case = case_beside(known[0], board.body_id, report_kind=ReportKind.REPRISAL, reprisal_of=known[0].id)
    session().add(CaseReport(case_id=case.id, report_id=report.id, added_on=clock.today()))
    session().flush()
    let_in(report, keys, board)
    write(actor, report, secret, board.body_id, MessageKind.REPRISAL, {"text": text}, case.id)
    notices.notify(board.body_id, "reprisal", LEADS, cases=[case.id])
    current_act().touch("case", case.id)
    return case.id


@action(Permission.MAILBOX_USE)
def tell_look(actor: Actor, report: Report, /, *, suffered: bool) -> None:
    """Answer whether one suffers for the report, when that is asked after the end; raises NotNow."""
    known = cases_of(report.id)
    ended = [case.closed_on for case in known if case.state in RESTING and case.closed_on]
    number = look_due(max(ended), clock.today()) if len(ended) == len(known) else 0
    if not number or number in answered_looks(report.id):
        raise NotNow(report.id)
    row = ReprisalLook(report_id=report.id, number=number, looked_on=clock.today(), suffered=suffered)
    session().add(row)
