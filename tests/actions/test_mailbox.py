"""What a resident does with his receipt, on both databases."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from portal.action import Forbidden, session
from portal.casework import actions as casework
from portal.data import db
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Feedback, Grant, Identity, IdentityOpening, MessageKind, Report
from portal.domain import clock
from portal.domain.declining import DeclineReason
from portal.domain.evidence import Refusal
from portal.domain.life import State
from portal.domain.permissions import Actor, ActorKind
from portal.domain.receipts import check_symbol
from portal.domain.telling import Contact, Openness
from portal.intake.actions import mailbox
from portal.intake.actions.review import NobodyAbove, request_review
from portal.intake.queries import mailbox as queries
from portal.oversight import actions as oversight
from portal.papers.files import FileRefused
from portal.triage import actions as triage
from portal.vault.errors import Broken
from tests.support import make, people


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


class Resident:
    """Who holds the receipt of a report."""

    def __init__(self, founded, **told):
        self.sent = make.report(founded.settings, **told)
        self.pepper = founded.settings.pepper.encode()
        found = queries.passed(self.sent.code, self.pepper)
        assert found is not None
        self.lookup, self.secret = found.lookup, found.secret
        self.actor = Actor("reporter", ActorKind.REPORTER, report_id=self.sent.report_id)

    @property
    def report(self):
        return session().get_one(Report, self.sent.report_id)

    @property
    def case(self):
        return make.case_of(self.sent)

    def box(self):
        session().rollback()
        return queries.box(self.report, self.secret)

    def do(self, act, **given):
        return act(self.actor, self.report, self.secret, **given)


@pytest.fixture
def resident(founded):
    return Resident(founded)


@pytest.fixture
def front(founded):
    return founded.made.signed_in(f"lead.{make.FRONT}")


def entries():
    return session().scalar(select(func.count()).select_from(AuditEntry))


@contextmanager
def counting():
    """The SQL statements of the block."""
    statements = []

    def note(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(db.store().engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.store().engine, "before_cursor_execute", note)


def altered(code):
    other = "Z" if code[3] != "Z" else "Y"
    symbols = code[:3] + other + code[4:-1]
    return symbols + check_symbol(symbols)


def test_a_code_opens_its_mailbox_however_it_is_typed(resident):
    code = resident.sent.code
    typed = "  " + "-".join(code[i : i + 4] for i in range(0, 24, 4)).lower() + "\u200b "
    assert queries.passed(typed, resident.pepper).lookup == resident.lookup


def test_a_wrong_code_and_nobodys_code_cost_the_same(resident, monkeypatch):
    counted = {"digests": 0}
    real = queries.lookup_value

    def digest(*given):
        counted["digests"] += 1
        return real(*given)

    monkeypatch.setattr(queries, "lookup_value", digest)
    costs = []
    wrong = resident.sent.code[:-1] + ("0" if resident.sent.code[-1] != "0" else "1")
    for typed in (wrong, altered(resident.sent.code), "", "x" * 1_000_000):
        counted["digests"] = 0
        with counting() as statements:
            assert queries.passed(typed, resident.pepper) is None
        costs.append((counted["digests"], len(statements)))
    assert set(costs) == {(3, 1)}


def test_a_new_mailbox_tells_who_received_and_when_to_look(resident):
    box = resident.box()
    assert box.status["board"]["id"] == make.FRONT
    assert box.letters == []
    assert box.desks == [make.FRONT]
    assert not box.may_rate
    assert box.reviewable == []
    assert box.next_look(clock.today()) > clock.today()


def test_the_secret_of_another_receipt_opens_nothing(founded, resident):
    other = Resident(founded)
    with pytest.raises(Broken):
        queries.box(resident.report, other.secret)
    with pytest.raises(Forbidden):
        mailbox.add(other.actor, resident.report, other.secret, body_id=make.FRONT, text="x")


def test_reading_writes_nothing(resident, front):
    triage.write(*front[:1], resident.case, front[1], text="Đã nhận.")
    before = entries()
    assert resident.box().letters[0].content == {"text": "Đã nhận."}
    assert entries() == before


def test_answering_the_boards_question_lets_the_case_go_on(resident, front):
    actor, ring = front
    case = resident.case
    triage.ask(actor, case, ring, text="Việc xảy ra ngày nào?", seen=case.version)
    assert case.state is State.NEEDS_INFO
    (question,) = resident.box().questions
    resident.do(mailbox.reply, question_id=question.id, text="Ngày 3 tháng 3.")
    assert make.now(case).state is State.RECEIVED
    box = resident.box()
    assert box.questions == []
    assert box.letters[0].seen
    letters = triage.open_case(actor, resident.case, ring).letters[resident.sent.report_id]
    assert [letter.content["text"] for letter in letters] == ["Việc xảy ra ngày nào?", "Ngày 3 tháng 3."]


def test_a_question_is_answered_once(resident, front):
    actor, ring = front
    case = resident.case
    triage.ask(actor, case, ring, text="Việc xảy ra ngày nào?", seen=case.version)
    (question,) = resident.box().questions
    resident.do(mailbox.reply, question_id=question.id, text="Ngày 3.")
    before = entries()
    with pytest.raises(mailbox.NotOpen):
        resident.do(mailbox.reply, question_id=question.id, text="Lần nữa.")
    with pytest.raises(mailbox.NotOpen):
        resident.do(mailbox.reply, question_id="0000000000000000", text="Không có.")
    assert entries() == before


def test_nobody_answers_a_question_to_somebody_else(founded, resident, front):
    actor, ring = front
    case = resident.case
    triage.ask(actor, case, ring, text="Việc xảy ra ngày nào?", seen=case.version)
    (question,) = resident.box().questions
    with pytest.raises(mailbox.NotOpen):
        Resident(founded).do(mailbox.reply, question_id=question.id, text="Của người khác.")


def test_a_committees_question_changes_no_state(founded, resident):
    case = make.verifying(founded, resident.sent)
    actor, ring = make.lead(founded)
    casework.ask(actor, case, ring, report_id=resident.sent.report_id, text="Có phiếu hẹn không?")
    (question,) = resident.box().questions
    file = make.stored("phiếu hẹn.jpg", b"jpeg")
    resident.do(mailbox.reply, question_id=question.id, text="", files=(file,))
    assert make.now(case).state is State.VERIFYING
    letters = casework.open_case(actor, make.now(case), ring).reports[0].letters
    assert letters[-1].files[0].name == "phiếu hẹn.jpg"
    assert casework.open_file(actor, make.now(case), ring, letters[-1].files[0].id)[1] == b"jpeg"


def test_an_addition_goes_to_whoever_has_the_case_now(founded, resident):
    assert resident.box().desks == [make.FRONT]
    make.routed(founded, resident.sent)
    assert resident.box().desks == [make.COMMITTEE]
    resident.do(mailbox.add, body_id=make.COMMITTEE, text="Còn một việc nữa.")
    actor, ring = make.lead(founded)
    (letter,) = casework.open_case(actor, resident.case, ring).reports[0].letters
    assert (letter.kind, letter.content) == (MessageKind.ADDITION, {"text": "Còn một việc nữa."})
    with pytest.raises(mailbox.NotOpen):
        resident.do(mailbox.add, body_id="inspection.P79b", text="Không có hộp thư chung.")


def test_a_lost_receipt_floods_nobody(resident, monkeypatch):
    monkeypatch.setattr(mailbox, "MESSAGES_A_DAY", 2)
    for _ in range(2):
        resident.do(mailbox.add, body_id=make.FRONT, text="Thêm.")
    with pytest.raises(mailbox.TooMuch):
        resident.do(mailbox.add, body_id=make.FRONT, text="Thêm.")
    with clock.at(datetime.now(UTC) + timedelta(days=1)):
        resident.do(mailbox.add, body_id=make.FRONT, text="Thêm.")


def test_files_have_a_limit(resident, monkeypatch):
    monkeypatch.setattr(mailbox, "FILES_ADDED", 1)
    resident.do(mailbox.add, body_id=make.FRONT, text="", files=(make.stored("1.jpg", b"1"),))
    with pytest.raises(FileRefused) as refused:
        mailbox.kept(resident.report, "2.jpg", b"2")
    assert refused.value.reason is Refusal.TOO_MANY


def test_an_answer_is_rated_once_and_the_front_board_reads_why(founded, resident, front):
    with pytest.raises(mailbox.NotNow):
        resident.do(mailbox.rate, rating="satisfied", reason="")
    make.answered(founded, resident.sent)
    assert resident.box().may_rate
    resident.do(mailbox.rate, rating="unsatisfied", reason="Chưa ai xin lỗi.")
    assert not resident.box().may_rate
    with pytest.raises(mailbox.NotNow):
        resident.do(mailbox.rate, rating="satisfied", reason="")
    actor, ring = front
    letters = triage.open_case(actor, resident.case, ring).letters[resident.sent.report_id]
    assert letters[-1].content == {"rating": "unsatisfied", "text": "Chưa ai xin lỗi."}
    committee, keys = make.lead(founded)
    opened = casework.open_case(committee, resident.case, keys)
    assert all("rating" not in letter.content for letter in opened.reports[0].letters)


def test_a_review_opens_a_case_at_the_board_above(founded, resident):
    old = make.answered(founded, resident.sent)
    assert [case.id for case in resident.box().reviewable] == [old.id]
    resident.do(request_review, case_id=old.id, text="Chưa hỏi người cùng đi.")
    assert make.now(old).state is State.UNDER_REVIEW
    review = session().scalars(select(Case).where(Case.review_of == old.id)).one()
    assert (review.front_id, review.state, review.area_id) == ("front.P79b", State.RECEIVED, old.area_id)
    assert review.due_rule == "classify"
    actor, ring = founded.made.signed_in("lead.front.P79b")
    opened = triage.open_case(actor, review, ring)
    assert opened.reports[0].content["story"] == make.STORY
    (letter,) = opened.letters[resident.sent.report_id]
    assert letter.kind is MessageKind.REVIEW
    assert letter.content["text"] == "Chưa hỏi người cùng đi."
    assert letter.content["contested"]["found"] == make.ANSWER.found
    box = resident.box()
    assert len(box.cases) == 2
    assert box.reviewable == []
    assert box.desks == ["front.P79b"]


def test_a_review_is_asked_for_once(founded, resident):
    old = make.answered(founded, resident.sent)
    resident.do(request_review, case_id=old.id, text="Xem lại giúp.")
    with pytest.raises(mailbox.NotNow):
        resident.do(request_review, case_id=old.id, text="Lần hai.")


def test_a_review_that_is_answered_ends_the_first_case(founded, resident):
    old = make.answered(founded, resident.sent)
    resident.do(request_review, case_id=old.id, text="Xem lại giúp.")
    review = session().scalars(select(Case).where(Case.review_of == old.id)).one()
    actor, ring = founded.made.signed_in("lead.front.P79b")
    settled = DeclineReason.ALREADY_SETTLED
    triage.decline(actor, review, ring, reason=settled, text="Đã xem lại toàn bộ.", seen=review.version)
    assert make.now(old).state is State.CLOSED
    assert resident.box().reviewable == []


def test_a_review_is_not_asked_for_before_the_end(founded, resident):
    case = make.routed(founded, resident.sent)
    with pytest.raises(mailbox.NotNow):
        resident.do(request_review, case_id=case.id, text="Sao lâu thế.")


def test_a_review_climbs_past_a_board_on_which_a_named_person_sits(founded):
    """Somebody of the city's board is named in the story: no board at or below it may review."""
    resident = Resident(founded, story=make.STORY + " Người lead.front.P79b cũng biết.")
    assert resident.sent.board_id == "front.VN"
    old = make.case_of(resident.sent)
    actor, ring = founded.made.signed_in("lead.front.VN")
    triage.decline(actor, old, ring, reason=DeclineReason.NO_FACTS, text="", seen=old.version)
    before = entries(), session().scalar(select(func.count()).select_from(Grant))
    with pytest.raises(NobodyAbove):
        resident.do(request_review, case_id=old.id, text="Xem lại giúp.")
    assert (entries(), session().scalar(select(func.count()).select_from(Grant))) == before
    assert make.now(old).state is State.DECLINED
    assert session().get(Feedback, resident.sent.report_id) is None
    assert session().scalar(select(func.count()).select_from(CaseReport)) == 1


def test_residents_acts_carry_the_day_only(founded, resident):
    resident.do(mailbox.add, body_id=make.FRONT, text="Thêm.")
    last = session().scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert last.act == "intake.add"
    assert "reporter" in last.actor_id
    assert resident.sent.code not in str(vars(last))


def test_the_resident_sees_that_his_identity_was_opened(founded):
    resident = Resident(
        founded, openness=Openness.NAMED, contact=Contact("Người Dân Mẫu", "0900 000 001", "")
    )
    assert resident.box().status["identity_kept"]
    member, ring = founded.made.signed_in(f"member.{make.FRONT}")
    identity = session().get_one(Identity, resident.sent.report_id)
    opening_id = oversight.ask(member, identity, ring=ring, reason="Cần mời lên làm việc theo đơn.")
    assert resident.box().openings == []
    custodian, keys = founded.made.signed_in(f"custodian.{make.FRONT}")
    oversight.grant(custodian, session().get_one(IdentityOpening, opening_id), ring=keys)
    assert resident.box().openings == [clock.today()]
