"""A withdrawal is noted and ends nothing; a correction is a new answer that names the old one."""

from datetime import UTC, datetime

import pytest

from portal.action import Forbidden, session
from portal.casework import actions as casework
from portal.data.models.case import RecordKind
from portal.data.models.report import MessageKind, Report
from portal.domain import clock
from portal.domain.answers import Answer, Finding, NoRealAnswer
from portal.domain.life import IllegalStep, State
from portal.domain.permissions import Actor, ActorKind
from portal.domain.telling import Pressed
from portal.intake.actions.mailbox import NotNow
from portal.intake.actions.withdraw import withdraw
from portal.intake.queries.mailbox import box, passed
from portal.triage import actions as triage
from tests.support import make, people

RIGHT = Answer(
    checked="Đã xem lại sổ nhận hồ sơ và lịch trực.",
    found="Hồ sơ trả đúng hẹn, phiếu hẹn ghi sai ngày.",
    done="Đã báo bộ phận một cửa ghi đúng ngày hẹn.",
    ground="Nghị định 118/2025/NĐ-CP, điều 20.",
)
WHY = "Phiếu hẹn gốc cho thấy ngày khác."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def take_back(founded, sent, case, pressed=Pressed.NO, text="Việc đã được trả."):
    found = passed(sent.code, founded.settings.pepper.encode())
    report = session().get_one(Report, sent.report_id)
    actor = Actor("reporter", ActorKind.REPORTER, report_id=report.id)
    withdraw(actor, report, found.secret, case_id=case.id, pressed=pressed, text=text)


def opened(founded, sent):
    found = passed(sent.code, founded.settings.pepper.encode())
    return box(session().get_one(Report, sent.report_id), found.secret)


def correct(founded, case, answer=RIGHT, why=WHY):
    actor, ring = make.lead(founded)
    casework.correct(actor, case, ring, finding=Finding.NONE, answer=answer, why=why, seen=case.version)


def test_a_withdrawal_reaches_the_committee_and_moves_nothing(founded):
    sent = make.report(founded.settings)
    case = make.verifying(founded, sent)
    due, state = case.due_on, case.state
    take_back(founded, sent, case, Pressed.YES, "Có người đến nhà.")
    case = make.now(case)
    assert (case.state, case.due_on, case.closed_on) == (state, due, None)
    actor, ring = make.lead(founded)
    letter = casework.open_case(actor, case, ring).reports[0].letters[-1]
    assert letter.kind is MessageKind.WITHDRAWAL
    assert letter.content == {"withdrawn": "yes", "text": "Có người đến nhà."}
    casework.conclude(actor, case, ring, finding=Finding.PARTLY, answer=make.ANSWER, seen=case.version)
    assert case.state is State.CONCLUDED


def test_a_withdrawal_before_triage_goes_to_the_board(founded):
    sent = make.report(founded.settings)
    case = make.case_of(sent)
    take_back(founded, sent, case)
    assert make.now(case).state is State.RECEIVED
    actor, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    letters = triage.open_case(actor, make.now(case), ring).letters[sent.report_id]
    assert letters[-1].kind is MessageKind.WITHDRAWAL


def test_one_withdraws_once_and_only_while_somebody_works(founded):
    sent = make.report(founded.settings)
    case = make.case_of(sent)
    assert opened(founded, sent).withdrawable == [case]
    take_back(founded, sent, case)
    assert opened(founded, sent).withdrawable == []
    with pytest.raises(NotNow):
        take_back(founded, sent, case)
    later = make.report(founded.settings)
    ended = make.answered(founded, later)
    assert opened(founded, later).withdrawable == []
    with pytest.raises(NotNow):
        take_back(founded, later, ended)


def test_nobody_withdraws_from_the_case_of_another(founded):
    sent, other = make.report(founded.settings), make.report(founded.settings)
    with pytest.raises(NotNow):
        take_back(founded, sent, make.case_of(other))
    found = passed(sent.code, founded.settings.pepper.encode())
    report = session().get_one(Report, other.report_id)
    stranger = Actor("reporter", ActorKind.REPORTER, report_id=sent.report_id)
    case = make.case_of(other)
    with pytest.raises(Forbidden):
        withdraw(stranger, report, found.secret, case_id=case.id, pressed=Pressed.NO, text="")


def test_a_correction_names_the_answer_that_stays(founded):
    sent = make.report(founded.settings)
    with clock.at(datetime(2026, 7, 1, 2, tzinfo=UTC)):
        case = make.answered(founded, sent)
    with clock.at(datetime(2026, 7, 9, 2, tzinfo=UTC)):
        correct(founded, case)
    assert case.state is State.ANSWERED
    answers = [one for one in opened(founded, sent).letters if one.kind is MessageKind.ANSWER]
    assert [one.content["found"] for one in answers] == [make.ANSWER.found, RIGHT.found]
    assert answers[1].content["corrects"] == {"on": "2026-07-01", "why": WHY}
    front, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    told = triage.open_case(front, make.now(case), ring).told
    assert [paper.kind for paper in told] == [RecordKind.CONCLUSION] * 2
    # A correction can be corrected: it then names the correction.
    with clock.at(datetime(2026, 7, 20, 2, tzinfo=UTC)):
        correct(founded, make.now(case))
    last = [one for one in opened(founded, sent).letters if one.kind is MessageKind.ANSWER][-1]
    assert last.content["corrects"]["on"] == "2026-07-09"


def test_a_correction_needs_real_parts_a_reason_and_something_to_correct(founded):
    case = make.concluded(founded)
    with pytest.raises(IllegalStep):
        correct(founded, case)
    case = make.answered(founded)
    with pytest.raises(NoRealAnswer):
        correct(founded, case, Answer("", "Đã tiếp thu.", "", ""))
    with pytest.raises(IllegalStep):
        correct(founded, case, why=" ")
    actor, ring = founded.made.signed_in(f"member.{make.COMMITTEE}")
    given = {"finding": Finding.NONE, "answer": RIGHT, "why": WHY, "seen": case.version}
    with pytest.raises(Forbidden):
        casework.correct(actor, case, ring, **given)
