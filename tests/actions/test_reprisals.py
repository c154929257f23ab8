"""A resident who suffers for a report: a case of its own at the board above, read first; protection."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.action import Forbidden, Stale, session
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, CaseReport
from portal.data.models.office import StaffNotice
from portal.data.models.protection import Protection
from portal.data.models.report import Grant, MessageKind, Report
from portal.data.models.timing import CaseClock
from portal.domain import clock
from portal.domain.declining import DeclineReason
from portal.domain.kinds import ReportKind
from portal.domain.life import State
from portal.domain.permissions import Actor, ActorKind
from portal.domain.reprisals import Measure, MeasureState
from portal.intake.actions import mailbox
from portal.intake.actions.reprisal import report_reprisal, tell_look
from portal.intake.actions.review import NobodyAbove
from portal.intake.queries import mailbox as queries
from portal.triage import actions as triage
from portal.triage import queries as triage_queries
from tests.support import make, people

CITY = "front.P79b"
TEXT = "Sau khi tôi phản ánh, cán bộ đó cắt hợp đồng thuê sạp của tôi."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


class Resident:
    """Who holds the receipt of a report."""

    def __init__(self, founded, **told):
        self.sent = make.report(founded.settings, **told)
        found = queries.passed(self.sent.code, founded.settings.pepper.encode())
        assert found is not None
        self.secret = found.secret
        self.actor = Actor("reporter", ActorKind.REPORTER, report_id=self.sent.report_id)

    @property
    def report(self):
        return session().get_one(Report, self.sent.report_id)

    def suffers(self, text=TEXT):
        session().rollback()
        return report_reprisal(self.actor, self.report, self.secret, text=text)

    def box(self):
        session().rollback()
        return queries.box(self.report, self.secret)


@pytest.fixture
def resident(founded):
    return Resident(founded)


def case_of(case_id):
    session().rollback()
    return session().get_one(Case, case_id)


def test_it_is_a_case_of_its_own_at_the_board_above(founded, resident):
    case = case_of(resident.suffers())
    assert (case.front_id, case.report_kind, case.state) == (CITY, ReportKind.REPRISAL, State.RECEIVED)
    links = session().scalars(
        select(CaseReport.case_id).where(CaseReport.report_id == resident.sent.report_id)
    )
    assert len(set(links)) == 2
    earlier = session().get_one(Case, case.reprisal_of)
    assert (earlier.front_id, earlier.state) == (make.FRONT, State.RECEIVED)


def test_the_board_above_reads_report_and_letter(founded, resident):
    case = case_of(resident.suffers())
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    opened = triage.open_case(actor, case, ring)
    assert opened.reports[0].content["story"] == make.STORY
    [letters] = opened.letters.values()
    assert [(one.kind, one.content) for one in letters] == [(MessageKind.REPRISAL, {"text": TEXT})]


def test_the_board_below_learns_nothing_of_it(founded, resident):
    case = case_of(resident.suffers())
    below, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    with pytest.raises(Forbidden):
        triage.open_case(below, case, ring)
    session().rollback()
    opened = triage.open_case(below, session().get_one(Case, case.reprisal_of), ring)
    assert opened.letters == {resident.sent.report_id: []}
    assert triage_queries.urgent(below) == []
    told = session().scalars(select(StaffNotice.account_id)).all()
    assert told
    assert below.id not in told
    assert founded.made[f"member.{make.FRONT}"].account_id not in told


def test_it_has_a_clock_of_one_working_day_and_the_leads_hear_of_it(founded, resident):
    case = case_of(resident.suffers())
    [row] = session().scalars(select(CaseClock).where(CaseClock.case_id == case.id))
    assert (row.rule, row.row_id, row.length) == ("protect", "P5", 1)
    assert case.due_on == row.due_on
    leads = session().scalars(select(StaffNotice.account_id).where(StaffNotice.notice == "reprisal")).all()
    assert leads == [founded.made[f"lead.{CITY}"].account_id]


def test_it_stands_before_what_came_earlier(founded, resident):
    waits = Resident(founded)
    case = case_of(resident.suffers())
    above = founded.made.actor(f"member.{CITY}")
    assert [one.id for one in triage_queries.urgent(above)] == [case.id]
    assert waits.sent.report_id != resident.sent.report_id


def test_while_one_is_open_more_is_added_to_it(founded, resident):
    case_id = resident.suffers()
    assert not resident.box().may_report_reprisal
    with pytest.raises(mailbox.NotNow):
        resident.suffers()
    session().rollback()
    mailbox.add(resident.actor, resident.report, resident.secret, body_id=CITY, text="Còn bị đe dọa nữa.")
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    [letters] = triage.open_case(actor, case_of(case_id), ring).letters.values()
    assert [one.kind for one in letters] == [MessageKind.REPRISAL, MessageKind.ADDITION]


def test_who_is_named_there_does_not_receive_it(founded):
    resident = Resident(founded)
    case = case_of(resident.suffers(f"{TEXT} Người lead.{CITY} cũng dọa tôi."))
    assert case.front_id == "front.VN"


def test_where_nobody_is_free_nothing_is_sealed(founded, monkeypatch):
    resident = Resident(founded)
    monkeypatch.setattr("portal.intake.actions.reprisal.protecting_board", lambda *given, **more: None)
    with pytest.raises(NobodyAbove):
        resident.suffers()
    session().rollback()
    assert session().scalars(select(Grant.body_id)).all() == [make.FRONT]


def test_at_the_top_the_receiving_board_itself_reads_it(founded):
    resident = Resident(founded, story=f"{make.STORY} Người lead.{CITY} bao che.")
    assert resident.sent.board_id == "front.VN"
    assert case_of(resident.suffers()).front_id == "front.VN"


def protected(founded, case, **changes):
    actor, ring = founded.made.signed_in(f"member.{CITY}")
    given = {"measure": Measure.WORK, "body": "Liên đoàn Lao động phường", "text": "Đề nghị giữ việc làm."}
    return triage.ask_protection(actor, case, ring, dated=clock.today(), **given | changes)


def test_a_measure_is_asked_for_and_its_result_recorded(founded, resident):
    case = case_of(resident.suffers())
    one = protected(founded, case)
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    given = {"protection_id": one, "dated": clock.today(), "text": "Đã giữ sạp cho người phản ánh."}
    triage.settle_protection(actor, case_of(case.id), ring, state=MeasureState.TAKEN, **given)
    [row] = triage_queries.protections(case.id)
    assert (row.measure, row.state, row.settled_on) == (Measure.WORK, MeasureState.TAKEN, clock.today())
    papers = {paper.id: paper.content for paper in triage.open_case(actor, case_of(case.id), ring).papers}
    assert papers[row.asked_record]["body"] == "Liên đoàn Lao động phường"
    assert papers[row.settled_record] == {"text": "Đã giữ sạp cho người phản ánh."}
    with pytest.raises(Stale):
        triage.settle_protection(actor, case_of(case.id), ring, state=MeasureState.REFUSED, **given)
    acts = session().scalars(select(AuditEntry.act).where(AuditEntry.act.like("triage.%protection"))).all()
    assert sorted(acts) == ["triage.ask_protection", "triage.settle_protection"]


def test_protection_is_for_reprisals_and_of_their_own_board(founded, resident):
    case = case_of(resident.suffers())
    below, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    given = {"measure": Measure.LIFE, "body": "Công an", "text": "Đề nghị bảo vệ.", "dated": clock.today()}
    with pytest.raises(triage.NoReprisal):
        triage.ask_protection(below, session().get_one(Case, case.reprisal_of), ring, **given)
    with pytest.raises(Forbidden):
        triage.ask_protection(below, case_of(case.id), ring, **given)
    assert session().scalar(select(Protection.id)) is None


def ended(founded, resident, days):
    """The case of the resident as one that ended so many days ago."""
    actor, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    case = make.case_of(resident.sent)
    triage.decline(actor, case, ring, reason=DeclineReason.NO_FACTS, text="", seen=case.version)
    act = Act("tests.ended", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        current.get_one(Case, case.id).closed_on = clock.today() - timedelta(days=days)
        audit.append(current, act)
    session().rollback()


@pytest.mark.parametrize(("days", "number"), [(29, 0), (30, 1), (59, 1), (60, 2), (209, 6), (210, 0)])
def test_after_the_end_the_resident_is_asked_six_times(founded, resident, days, number):
    ended(founded, resident, days)
    box = resident.box()
    assert box.look_due(clock.today()) == number
    ahead = box.next_look(clock.today())
    assert (ahead is None) == (days >= 180)
    if not number:
        with pytest.raises(mailbox.NotNow):
            tell_look(resident.actor, resident.report, suffered=False)
        return
    tell_look(resident.actor, resident.report, suffered=True)
    assert resident.box().look_due(clock.today()) == 0
    with pytest.raises(mailbox.NotNow):
        tell_look(resident.actor, resident.report, suffered=False)


def test_nobody_is_asked_while_a_case_goes_on(resident):
    assert resident.box().look_due(clock.today() + timedelta(days=40)) == 0
