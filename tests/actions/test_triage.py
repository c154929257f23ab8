"""The Front board's acts on real reports: what each may read and do, and what the next one gets."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from portal.action import Forbidden, Stale, session
from portal.casework import actions as casework
from portal.data.models.account import Account
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, CaseGrant, CaseReport
from portal.data.models.report import Grant, GrantScope
from portal.domain import clock
from portal.domain.answers import Answer, Finding, NoRealAnswer
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind, ReportKind
from portal.domain.life import IllegalStep, State
from portal.domain.parties import BodyKind, Level, PostGroup
from portal.domain.permissions import Actor, ActorKind
from portal.domain.routing import Route
from portal.domain.telling import LeadQuestion, Office, Openness, Said, Telling
from portal.intake.actions import mailbox
from portal.intake.actions.submit import hand_in
from portal.papers.composing import Sent, Source
from portal.triage import actions, queries
from portal.vault.errors import NotHeld
from portal.vault.receipts import reporter_keys
from tests.support import make
from tests.support import people as made_people

PEPPER = b"p" * 40
WARD = "C27019b"
FRONT, COMMITTEE, CITY_COMMITTEE = f"front.{WARD}", f"inspection.{WARD}", "inspection.P79b"
STORY = "Tôi nộp hồ sơ ngày 02/03/2026. Tôi tên là Phan Văn Mẫu, số điện thoại 0900 000 000. CANARY-STORY"
REAL = Answer(
    "Đã kiểm tra sổ tiếp nhận và hỏi ba người có mặt.",
    "Hồ sơ để chậm mười hai ngày không có lý do.",
    "Đã nhắc nhở và trả kết quả cho người dân.",
    "Quy chế làm việc của Ủy ban nhân dân phường, điều 7.",
)
LEAD = dict.fromkeys(LeadQuestion, True)
TELLING = Telling(
    kind=ReportKind.ACT,
    area_id=WARD,
    area_name="Phường Tân Sơn Nhì",
    category="delay",
    story=STORY,
    office=Office(
        f"committee.{WARD}",
        "Ủy ban nhân dân phường Tân Sơn Nhì",
        BodyKind.COMMITTEE,
        Level.COMMUNE,
        WARD,
        group=PostGroup.STAFF,
    ),
    lead=LEAD,
)


@pytest.fixture
def people(prepared):
    return prepared("people", made_people.found).made


def send(telling: Telling = TELLING) -> tuple[Sent, Case]:
    source = Source(os.urandom(16).hex(), os.urandom(32), PEPPER)
    sent = hand_in(telling, source, identity_store="portal")
    assert isinstance(sent, Sent)
    link = session().scalars(select(CaseReport).where(CaseReport.report_id == sent.report_id)).one()
    case = session().get(Case, link.case_id)
    assert case is not None
    return sent, case


def version(case: Case, narrative: str = "Hồ sơ nộp ngày 02/03/2026 bị để chậm.") -> actions.HandoverVersion:
    return actions.HandoverVersion(queries.reports(case.id)[0].id, narrative, "", ())


def routed(people, *, level: Level = Level.COMMUNE, committee: str = COMMITTEE) -> Case:
    _, case = send()
    actor, ring = people.signed_in(f"lead.{FRONT}")
    actions.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    make.established(actor, case, ring, level)
    actions.route(
        actor,
        case,
        ring,
        committee_id=committee,
        versions=(version(case),),
        seen=case.version,
    )
    return case


def test_the_receiving_board_reads_what_was_sent_and_the_reading_is_on_record(people) -> None:
    sent, case = send()
    actor, ring = people.signed_in(f"member.{FRONT}")
    opened = actions.open_case(actor, case, ring)
    assert opened.reports[0].content["story"] == STORY
    entry = session().scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    assert (entry.act, entry.actor_id) == ("triage.open_case", actor.id)
    assert f"report:{sent.report_id}" in entry.objects
    assert "CANARY" not in entry.objects + entry.changes


@pytest.mark.parametrize(
    "login", ["lead.front.C27013b", "lead.inspection.C27019b", "custodian.front.C27019b", "admin.front.P79b"]
)
def test_nobody_else_reads_it(people, login: str) -> None:
    _, case = send()
    actor, ring = people.signed_in(login)
    with pytest.raises(Forbidden):
        actions.open_case(actor, case, ring)


def test_even_without_the_gate_another_board_holds_no_key(people) -> None:
    _, case = send()
    _, ring = people.signed_in("lead.front.C27013b")
    own, _ = people.signed_in(f"lead.{FRONT}")
    with pytest.raises(NotHeld):
        actions.open_case(own, case, ring)


def test_a_question_stops_the_case_until_it_is_answered(people) -> None:
    _, case = send()
    actor, ring = people.signed_in(f"lead.{FRONT}")
    actions.ask(actor, case, ring, text="Việc xảy ra hôm nào?", seen=case.version)
    assert case.state is State.NEEDS_INFO
    assert case.due_rule == "wait_for_reporter"
    actions.resume(actor, case, ring, reason="Quá hạn trả lời", seen=case.version)
    assert case.state is State.RECEIVED


def test_a_refusal_needs_no_words_of_its_own_and_says_where_to_go(people) -> None:
    _, case = send()
    actor, ring = people.signed_in(f"lead.{FRONT}")
    actions.decline(actor, case, ring, reason=DeclineReason.COMPLAINT, text="", seen=case.version)
    [letter] = actions.open_case(actor, case, ring).letters[queries.reports(case.id)[0].id]
    assert case.state is State.DECLINED
    assert letter.content["instead"]
    assert letter.content["law"]


def test_the_second_of_two_deciders_is_told(people) -> None:
    _, case = send()
    actor, ring = people.signed_in(f"lead.{FRONT}")
    seen = case.version
    actions.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=seen)
    with pytest.raises(Stale):
        actions.decline(actor, case, ring, reason=DeclineReason.NO_FACTS, text="", seen=seen)
    assert case.state is State.RECEIVED


def test_the_engine_names_the_committee_of_the_managing_level(people) -> None:
    _, case = send()
    actor, ring = people.signed_in(f"lead.{FRONT}")
    for level, committee in ((Level.COMMUNE, COMMITTEE), (Level.PROVINCE, CITY_COMMITTEE)):
        make.established(actor, case, ring, level)
        _, decision = actions.prepare(actor, case, ring)
        answer = decision.answer
        assert isinstance(answer, Route)
        assert answer.body.id == committee


def test_a_member_of_the_committee_is_examined_one_level_up(people) -> None:
    _, case = send(replace(TELLING, at_inspection=Said.YES))
    actor, ring = people.signed_in(f"lead.{FRONT}")
    make.established(actor, case, ring)
    _, decision = actions.prepare(actor, case, ring)
    answer = decision.answer
    assert isinstance(answer, Route)
    assert (answer.body.id, answer.rule) == (CITY_COMMITTEE, "conflict_goes_up")


@pytest.mark.parametrize(
    ("login", "examined_by"),
    [(f"member.{COMMITTEE}", CITY_COMMITTEE), (f"lead.{CITY_COMMITTEE}", "inspection.VN")],
)
def test_a_committee_on_which_somebody_named_sits_gets_nothing(people, login: str, examined_by: str) -> None:
    name = session().get_one(Account, people[login].account_id).display_name
    _, case = send(replace(TELLING, office=replace(TELLING.office, person=name)))
    actor, ring = people.signed_in(f"lead.{FRONT}")
    actions.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    make.established(actor, case, ring)
    _, decision = actions.prepare(actor, case, ring)
    answer = decision.answer
    assert isinstance(answer, Route)
    assert (answer.body.id, answer.rule) == (examined_by, "conflict_goes_up")
    given = {"versions": (version(case),), "seen": case.version}
    for conflicted in {COMMITTEE, CITY_COMMITTEE} - {examined_by}:
        with pytest.raises(actions.NotRoutable, match="other_committee"):
            actions.route(actor, case, ring, committee_id=conflicted, **given)
        assert session().get(CaseGrant, (case.id, conflicted)) is None


def test_the_committee_gets_the_version_and_never_the_report_key(people) -> None:
    case = routed(people)
    report = queries.reports(case.id)[0]
    grant = session().get_one(Grant, (report.id, COMMITTEE))
    assert grant.scope is GrantScope.MAILBOX
    actor, ring = people.signed_in(f"member.{COMMITTEE}")
    opened = casework.open_case(actor, case, ring)
    assert opened.reports[0].version["narrative"] == "Hồ sơ nộp ngày 02/03/2026 bị để chậm."
    assert "CANARY" not in str(opened.reports)
    assert session().get(CaseGrant, (case.id, FRONT)) is None


def test_the_board_cannot_send_past_the_engine(people) -> None:
    _, case = send()
    actor, ring = people.signed_in(f"lead.{FRONT}")
    given = {"versions": (version(case),)}
    with pytest.raises(actions.NotRoutable, match="kind"):
        actions.route(actor, case, ring, committee_id=COMMITTEE, seen=case.version, **given)
    actions.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    with pytest.raises(actions.NotRoutable, match="undecided"):
        actions.route(actor, case, ring, committee_id=COMMITTEE, seen=case.version, **given)
    make.established(actor, case, ring)
    with pytest.raises(actions.NotRoutable, match="other_committee"):
        actions.route(actor, case, ring, committee_id=CITY_COMMITTEE, seen=case.version, **given)
    assert (case.state, case.leader_id) == (State.RECEIVED, None)


@pytest.mark.parametrize("missing", LeadQuestion)
def test_an_anonymous_report_without_a_basis_is_not_routed(people, missing: LeadQuestion) -> None:
    _, case = send(replace(TELLING, lead=LEAD | {missing: False}))
    actor, ring = people.signed_in(f"lead.{FRONT}")
    actions.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    with pytest.raises(actions.NotRoutable, match="anonymous_path"):
        actions.route(
            actor,
            case,
            ring,
            committee_id=COMMITTEE,
            versions=(version(case),),
            seen=case.version,
        )


def test_the_board_learns_the_outcome_and_not_the_notes(people) -> None:
    case = routed(people)
    lead, ring = people.signed_in(f"lead.{COMMITTEE}")
    casework.accept(lead, case, seen=case.version)
    casework.begin_verification(lead, case, ring, plan="CANARY-PLAN", seen=case.version)
    casework.record_explanation(
        lead, case, ring, text="CANARY-EXPLANATION", dated=clock.today(), refused=False
    )
    casework.conclude(lead, case, ring, finding=Finding.VIOLATION, answer=REAL, seen=case.version)
    casework.answer(lead, case, ring, seen=case.version)
    actor, own = people.signed_in(f"lead.{FRONT}")
    opened = actions.open_case(actor, case, own)
    assert [paper.content["found"] for paper in opened.told] == [REAL.found]
    assert "CANARY-PLAN" not in str(opened)
    assert "CANARY-EXPLANATION" not in str(opened)


def test_a_returned_case_comes_back_with_its_reason_and_can_go_elsewhere(people) -> None:
    case = routed(people)
    lead, ring = people.signed_in(f"lead.{COMMITTEE}")
    casework.return_case(lead, case, ring, reason="Người này do thành phố quản lý", seen=case.version)
    actor, own = people.signed_in(f"lead.{FRONT}")
    make.established(actor, case, own, Level.PROVINCE)
    [told] = actions.open_case(actor, case, own).told
    assert told.content["text"] == "Người này do thành phố quản lý"
    actions.route(
        actor,
        case,
        own,
        committee_id=CITY_COMMITTEE,
        versions=(version(case, "Bản thứ hai"),),
        seen=case.version,
    )
    with pytest.raises(Forbidden):
        casework.open_case(lead, case, ring)
    city, keys = people.signed_in(f"lead.{CITY_COMMITTEE}")
    assert casework.open_case(city, case, keys).reports[0].version["narrative"] == "Bản thứ hai"


def test_a_body_outside_gets_a_recorded_handover_with_its_clock(people) -> None:
    ward = "C27031b"
    telling = replace(
        TELLING, area_id=ward, office=replace(TELLING.office, body_id=f"committee.{ward}", area_id=ward)
    )
    moment = datetime(2026, 6, 30, 3, tzinfo=UTC)
    with clock.at(moment):
        sent, case = send(telling)
        assert sent.board_id == "front.P79b"  # the ward's own board has no key yet
        actor, ring = people.signed_in("lead.front.P79b")
        actions.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
        given = {
            "committee_id": f"inspection.{ward}",
            "versions": (version(case),),
        }
        make.established(actor, case, ring)
        with pytest.raises(actions.NotRoutable, match="not_active"):
            actions.route(actor, case, ring, seen=case.version, **given)
        actions.hand_over(actor, case, ring, register_no="12/MTTQ", seen=case.version, **given)
    handover = queries.handover(case.id)
    assert handover is not None
    assert (case.state, handover.due_on.isoformat()) == (State.OUTSIDE, "2026-07-28")
    bad = replace(REAL, done="Đã tiếp thu")
    with pytest.raises(NoRealAnswer):
        actions.record_return(
            actor, case, ring, finding=Finding.NONE, answer=bad, dated=clock.today(), seen=case.version
        )
    actions.record_return(
        actor, case, ring, finding=Finding.NONE, answer=REAL, dated=clock.today(), seen=case.version
    )
    actions.answer_outside(actor, case, ring, seen=case.version)
    assert case.state is State.ANSWERED
    actions.close_outside(actor, case, seen=case.version)
    with pytest.raises(IllegalStep):
        actions.close_outside(actor, case, seen=case.version)


def test_praise_is_passed_on_and_starts_no_clock(people) -> None:
    _, case = send(replace(TELLING, kind=ReportKind.PRAISE, category="praise", openness=Openness.ANONYMOUS))
    actor, ring = people.signed_in(f"lead.{FRONT}")
    actions.commend(actor, case, ring, text="Cảm ơn bạn.", seen=case.version)
    assert (case.state, case.kind, case.due_on) == (State.ANSWERED, Kind.PRAISE, None)


def test_what_the_resident_adds_goes_along_to_the_committee(people) -> None:
    sent, case = send()
    report = queries.reports(case.id)[0]
    pair = reporter_keys(sent.code, PEPPER)
    reporter = Actor("reporter", ActorKind.REPORTER, report_id=report.id)
    mailbox.add(reporter, report, pair.secret, body_id=FRONT, text="CANARY-ADDED")
    actor, ring = people.signed_in(f"lead.{FRONT}")
    [bundle], _ = actions.prepare(actor, case, ring)
    assert [letter.content["text"] for letter in bundle.added] == ["CANARY-ADDED"]
