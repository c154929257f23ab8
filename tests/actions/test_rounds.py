"""Supervision rounds of a Front board through their whole life, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from portal.action import Forbidden, Stale, session
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Member, MemberState
from portal.data.models.audit import AuditEntry
from portal.data.models.office import StaffNotice
from portal.data.models.round import Round, RoundItem, RoundMember, RoundPaper
from portal.domain import clock
from portal.domain.conflicts import BarReason
from portal.domain.life import IllegalStep
from portal.domain.permissions import Permission, may
from portal.domain.rounds import Demand, Duty, Outcome, RoundState, Subject
from portal.papers import conflicts
from portal.papers.rounds import dues_of, waiting_of
from portal.rounds import actions, queries
from portal.worker import rounds as worker
from tests.support import make, people

SUPERVISED = f"committee.{make.WARD}"
TEXT = "Đã xem sổ tiếp công dân, còn mười đơn chưa trả lời."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


class Board:
    """The own ward's Front board: `member` draws up, `lead` approves."""

    def __init__(self, founded):
        self.people = founded.made
        self.lead, self.lead_ring = self.people.signed_in(f"lead.{make.FRONT}")
        self.member, self.ring = self.people.signed_in(f"member.{make.FRONT}")

    def whole(self, **changes):
        plan = actions.Plan(
            Subject.RECEPTION,
            clock.today() + timedelta(days=40),
            (SUPERVISED,),
            (self.member.id,),
            "Giám sát việc tiếp công dân",
            "Xem việc tiếp công dân có đúng luật không.",
            "Sổ tiếp công dân, đơn đã trả lời từ đầu năm.",
            "Hội trường phường",
        )
        return replace(plan, **changes)

    def planned(self, **changes):
        body = queries.board(make.FRONT)
        return now(actions.plan(self.member, body, self.whole(**changes)))

    def do(self, act, one, actor=None, **given):
        session().rollback()
        fresh = now(one.id)
        act(actor or self.member, fresh, seen=fresh.version, **given)
        return now(one.id)

    def approved(self):
        return self.do(actions.approve, self.planned(), self.lead)

    def recommended(self, demand=Demand.WORK):
        one = self.do(actions.announce, self.approved(), dated=clock.today(), text="Công văn số 12")
        one = self.do(actions.receive_report, one, dated=clock.today(), text=TEXT)
        one = self.do(actions.hold, one, dated=clock.today(), text=TEXT)
        one = self.do(actions.find, one, dated=clock.today(), text=TEXT)
        return self.do(actions.recommend, one, dated=clock.today(), text=TEXT, demand=demand)

    def open(self, one):
        session().rollback()
        return actions.open_round(self.member, now(one.id), self.ring)


def now(round_id):
    session().expire_all()
    return session().get_one(Round, round_id)


@pytest.fixture
def board(founded):
    return Board(founded)


def employ(who, body_id):
    """This account also sits in another body."""
    row = {"id": f"seat{who[:12]}", "account_id": who, "body_id": body_id, "roles": "reviewer"}
    row |= {"state": MemberState.ADMITTED, "since": clock.today()}
    act = Act("tests.seat", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        current.execute(insert(Member), [row])
        audit.append(current, act)
    session().rollback()


def test_a_round_runs_from_its_plan_to_its_end(board):
    one = board.recommended()
    assert one.state is RoundState.RECOMMENDED
    one = board.do(actions.record_answer, one, dated=clock.today(), text="Sẽ trả lời trong tháng.")
    due = clock.today() + timedelta(days=30)
    task = {"body_id": SUPERVISED, "due_on": due, "text": "Trả lời mười đơn còn lại."}
    one = board.do(actions.follow_up, one, **task)
    with pytest.raises(actions.ItemsOpen):
        board.do(actions.close, one, text="Đã xong mọi việc.")
    [item] = queries.items(one.id)
    seen = {"item_id": item.id, "outcome": Outcome.DONE, "text": "Đã trả lời đủ.", "dated": clock.today()}
    one = board.do(actions.check, one, **seen)
    one = board.do(actions.close, one, text="Đã xong mọi việc.")
    assert one.state is RoundState.CLOSED
    opened = board.open(one)
    assert [i.check for i in opened.items] == ["Đã trả lời đủ."]
    assert opened.plan["title"] == "Giám sát việc tiếp công dân"
    assert waiting_of(now(one.id)) is None


def test_who_drew_it_up_does_not_approve_it(board):
    body = queries.board(make.FRONT)
    one = now(actions.plan(board.lead, body, board.whole()))
    with pytest.raises(Forbidden):
        board.do(actions.approve, one, board.lead)
    with pytest.raises(Forbidden):
        board.do(actions.approve, board.planned(), board.member)
    assert board.do(actions.approve, board.planned(), board.lead).approved_by == board.lead.id


def test_a_changed_plan_is_approved_anew_and_not_by_who_changed_it(board):
    one = board.approved()
    one = board.do(actions.change, one, board.lead, plan=board.whole(title="Giám sát việc trả lời đơn"))
    assert (one.state, one.approved_by) == (RoundState.PLANNED, None)
    with pytest.raises(Forbidden):
        board.do(actions.approve, one, board.lead)
    assert board.open(one).plan["title"] == "Giám sát việc trả lời đơn"


def test_another_board_finds_no_round(board, founded):
    one = board.planned()
    for login in (
        "lead.front.C27013b",
        "lead.front.P79b",
        f"lead.{make.COMMITTEE}",
        f"custodian.{make.FRONT}",
    ):
        other, ring = founded.made.signed_in(login)
        with pytest.raises(Forbidden):
            actions.open_round(other, now(one.id), ring)
        assert queries.rounds(other) == []


def test_nobody_of_the_team_works_in_a_supervised_body(board):
    employ(board.member.id, SUPERVISED)
    body = queries.board(make.FRONT)
    with pytest.raises(actions.WorksThere):
        actions.plan(board.lead, body, board.whole())
    with pytest.raises(Forbidden):
        board.planned(team=(board.lead.id,))
    one = now(actions.plan(board.lead, body, board.whole(team=(board.lead.id,))))
    assert not may(board.member, Permission.ROUNDS_READ, one.facts())
    assert queries.rounds(board.member) == []
    assert [r.id for r in queries.rounds(board.lead)] == [one.id]


def test_who_goes_to_work_there_later_is_found_at_approval_and_reads_no_more(board):
    one = board.planned()
    employ(board.member.id, SUPERVISED)
    with pytest.raises(actions.WorksThere):
        board.do(actions.approve, one, board.lead)
    with pytest.raises(Forbidden):
        board.open(one)


@pytest.mark.parametrize(
    "changes",
    [
        {"bodies": ()},
        {"bodies": ("committee.C27013b",)},
        {"bodies": (make.FRONT,)},
        {"team": ()},
        {"team": ("x",)},
    ],
)
def test_only_bodies_of_its_place_and_its_own_officers_are_taken(board, changes):
    with pytest.raises(actions.NotOffered):
        board.planned(**changes)
    assert session().scalar(select(Round.id)) is None


def test_the_dates_are_counted_from_the_meeting(board):
    one = board.planned(meets_on=date(2027, 3, 31))
    days = {due.duty: due.last for due in dues_of(one)}
    # 16/3 is a Tuesday, 24/3 a Wednesday, 15/4 a Thursday.
    assert days == {
        Duty.REQUEST: date(2027, 3, 16),
        Duty.REPORT: date(2027, 3, 24),
        Duty.RESULT: date(2027, 4, 15),
    }


@pytest.mark.parametrize(("demand", "row"), [(Demand.CORRUPTION, 15), (Demand.WORK, 15)])
def test_the_answer_has_its_clock_and_one_extension(board, demand, row):
    one = board.recommended(demand)
    first = waiting_of(one)
    assert first is not None
    assert (first.duty, first.last >= clock.today() + timedelta(days=row)) == (Duty.ANSWER, True)
    one = board.do(actions.give_time, one, text="Việc phức tạp, xin thêm thời gian.")
    longer = waiting_of(one)
    assert longer is not None
    assert longer.last >= clock.today() + timedelta(days=2 * row)
    with pytest.raises(IllegalStep):
        board.do(actions.give_time, one, text="  ")


def test_a_missed_day_stays_late(board):
    one = board.do(actions.announce, board.approved(), dated=clock.today(), text="Công văn số 12")
    act = Act("tests.meets", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        current.get_one(Round, one.id).meets_on = clock.today() + timedelta(days=5)
        audit.append(current, act)
    request = next(due for due in dues_of(now(one.id)) if due.duty is Duty.REQUEST)
    assert request.done == clock.today()
    assert request.is_late(clock.today())


def test_a_warning_goes_out_once_and_again_when_it_is_late(board, monkeypatch):
    one = board.approved()

    def told():
        return session().scalars(select(StaffNotice.notice).where(StaffNotice.notice == "round_due")).all()

    assert (worker.run(), told()) == (0, [])
    request = next(due for due in dues_of(now(one.id)) if due.duty is Duty.REQUEST)
    for day, number in ((request.last, 1), (request.last + timedelta(days=1), 1)):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        assert worker.run() == number
        session().rollback()
        assert worker.run() == 0
        session().rollback()
    assert len(told()) == 2 * 2  # the member and the lead, twice


def test_a_case_is_linked_by_whoever_may_read_it_and_hidden_from_whoever_is_barred(board, founded):
    one, case = board.planned(), make.case_of(make.report(founded.settings))
    one = board.do(actions.link, one, case_id=case.id)
    assert [row.id for row in queries.linked(board.lead, one.id)] == [case.id]
    act = Act("tests.barred", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        conflicts.bar(case, {board.lead.id: BarReason.RELATIVE})
        audit.append(current, act)
    session().rollback()
    assert queries.linked(board.lead, one.id) == []
    assert queries.linkable(board.lead, one.id) == []
    assert [row.id for row in queries.linked(board.member, one.id)] == [case.id]
    with pytest.raises(Forbidden):
        board.do(actions.unlink, one, board.lead, case_id=case.id)
    with pytest.raises(actions.NotOffered):
        board.do(actions.link, board.planned(), board.lead, case_id=case.id)
    one = board.do(actions.unlink, one, case_id=case.id)
    assert queries.linked(board.member, one.id) == []


def test_a_case_of_another_board_is_not_linked(board, founded):
    office = replace(make.telling().office, body_id="committee.C27013b", area_id="C27013b")
    other = make.report(founded.settings, area_id="C27013b", area_name="Phường Tây Thạnh", office=office)
    case = make.case_of(other)
    assert case.front_id != make.FRONT
    for wanted in (case.id, "0" * 16):
        with pytest.raises(actions.NotOffered):
            board.do(actions.link, board.planned(), case_id=wanted)


def test_what_was_typed_is_sealed_to_the_board(board):
    one = board.recommended()
    board.do(actions.record_answer, one, dated=clock.today(), text=TEXT)
    blobs = [row.sealed_body for row in session().scalars(select(RoundPaper))]
    assert len(blobs) == 7
    assert not [blob for blob in blobs if b"cong" in blob or "đơn".encode() in blob]
    assert all(isinstance(blob, bytes) for blob in blobs)


def test_two_at_once_do_not_overwrite_each_other(board):
    one = board.planned()
    board.do(actions.approve, one, board.lead)
    with pytest.raises(Stale):
        actions.announce(board.member, now(one.id), dated=clock.today(), text="số 1", seen=1)


def test_every_act_is_in_the_log_with_the_round(board):
    one = board.approved()
    board.open(one)
    found = (
        session()
        .execute(select(AuditEntry.act, AuditEntry.objects).where(AuditEntry.act.like("rounds.%")))
        .all()
    )
    assert {row.act for row in found} == {"rounds.plan", "rounds.approve", "rounds.open_round"}
    assert all(one.id in row.objects for row in found)
    assert session().scalar(select(RoundMember.account_id)) == board.member.id
    assert session().scalar(select(RoundItem.id)) is None
