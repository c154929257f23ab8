"""Withdrawing (rút phản ánh): noted on the case and sent to who has it; it ends nothing by itself."""

from sqlalchemy import select

from portal.action import action, current_act, session
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Message, MessageKind, Report
from portal.domain.life import MOVES, Step
from portal.domain.permissions import Actor, Permission
from portal.domain.telling import Pressed
from portal.intake.actions.mailbox import NotNow, locked, write
from portal.papers import moves
from portal.papers.life import take


@action(Permission.MAILBOX_USE)
def withdraw(
    actor: Actor, report: Report, /, secret: bytes, *, case_id: str, pressed: Pressed, text: str
) -> None:
    """Say, once for a case, that one withdraws, and whether somebody pressed (LTC art. 33; rule 35).

    Raises NotNow, and what every letter may raise.
    """
    if session().get(CaseReport, (case_id, report.id)) is None or withdrawn(report.id, case_id):
        raise NotNow(case_id)
    case = locked(case_id)
    if case.state not in MOVES[Step.WITHDRAW].sources:
        raise NotNow(case_id)
    take(actor, case, Step.WITHDRAW)
    content = {"withdrawn": pressed.value, "text": text}
    write(actor, report, secret, _holder(report, case), MessageKind.WITHDRAWAL, content, case.id)
    current_act().touch("case", case.id)


def withdrawn(report_id: str, case_id: str) -> bool:
    """True if this resident withdrew from this case; others of the same case may have not."""
    found = select(Message.id).where(
        Message.report_id == report_id,
        Message.case_id == case_id,
        Message.kind == MessageKind.WITHDRAWAL,
    )
    return session().scalar(found.limit(1)) is not None


def _holder(report: Report, case: Case) -> str:
    """The committee where it shares a mailbox with the resident, else the board."""
    committee = case.leader_id
    return committee if committee and moves.granted(report.id, committee) else case.front_id
