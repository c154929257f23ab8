"""Where a case goes, told and kept: explanation, the two tracks as linked cases, the province's queue."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from portal.action import Forbidden, Stale, session
from portal.casework import actions as casework
from portal.conflicts import actions as conflicts
from portal.data.models.account import Account
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, CaseStep, Record, RecordKind
from portal.data.models.report import Grant, GrantScope
from portal.data.reference import shipped
from portal.domain import clock
from portal.domain.answers import Finding
from portal.domain.conflicts import Relation
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind
from portal.domain.life import Desk, IllegalStep, State, Step
from portal.domain.parties import PartyMember, Track
from portal.domain.permissions import Actor, ActorKind
from portal.domain.posts import POSTS
from portal.domain.routing.sentence import NOT_IMPARTIAL
from portal.domain.stated import Stated
from portal.intake.actions import mailbox as residents
from portal.intake.queries import mailbox
from portal.papers.lists import Filters
from portal.registry.actions import generate_bodies
from portal.triage import actions, queries
from tests.support import make
from tests.support import people as made_people
from tests.support.make import ANSWER, COMMITTEE, FRONT

CITY_FRONT, CITY_UBND = "front.P79b", "committee.P79b"
CHAIR = Stated(post="committee.commune.chair", member=PartyMember.YES)
TEXT = "Bản chuyển đi đã bỏ tên."


@pytest.fixture
def founded(prepared):
    found = prepared("people", made_people.found)
    generate_bodies(Actor("system", ActorKind.SYSTEM), shipped(POSTS))
    return found


def begun(founded: Any, stated: Stated | None = None, **told: Any) -> tuple[Any, Case, Actor, Any]:
    """A classified case at the ward's board, with facts; the report, the case, the reviewer and his keys."""
    sent = make.report(founded.settings, **told)
    case = make.case_of(sent)
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    actions.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    if stated is not None:
        actions.establish(actor, case, ring, stated=stated, seen=case.version)
    return sent, case, actor, ring


def send(sent: Any, case: Case, actor: Actor, ring: Any, **named: Any) -> None:
    """To wherever the engine says, on the portal or outside."""
    route = actions.prepare(actor, case, ring)[1].route
    given = {"versions": (actions.HandoverVersion(sent.report_id, TEXT, "", ()),), "seen": case.version}
    if route.active:
        actions.route(actor, case, ring, committee_id=route.body.id, **given)
    else:
        actions.hand_over(actor, case, ring, committee_id=route.body.id, register_no="12/MT", **given)


def box(founded: Any, sent: Any) -> mailbox.Box:
    session().rollback()
    found = mailbox.passed(sent.code, founded.settings.pepper.encode())
    report = mailbox.report(found.lookup)
    return mailbox.box(report, found.secret)


# Explanation. -----------------------------------------------------------------------------------------------


def test_the_resident_reads_one_sentence_and_the_committee_the_whole_trace(founded) -> None:
    sent, case, actor, ring = begun(founded, CHAIR)
    send(sent, case, actor, ring)
    opened = box(founded, sent)
    letter = opened.explained(opened.cases[0])
    assert letter is not None
    assert letter.content["post"] == "Chủ tịch Ủy ban nhân dân"
    assert letter.content["reason"] == "chức vụ này do cấp tỉnh quản lý"
    city, keys = founded.made.signed_in("lead.inspection.P79b")
    [handed] = casework.open_case(city, case, keys).reports
    assert handed.version["routing"]["rule"] == "by_managing_level"
    assert handed.version["routing"]["trace"][0]["rule"] == "crime_at_once"
    told = actions.open_case(actor, case, ring).routing
    assert told == handed.version["routing"]


def test_the_sentence_stays_as_it_was_when_the_facts_change(founded) -> None:
    sent, case, actor, ring = begun(founded, CHAIR)
    send(sent, case, actor, ring)
    opened = box(founded, sent)
    before = opened.explained(opened.cases[0]).content
    lead, keys = founded.made.signed_in("lead.inspection.P79b")
    casework.return_case(lead, case, keys, reason="Không đúng thẩm quyền", seen=case.version)
    staff = Stated(post="committee.commune.staff")
    actions.establish(actor, case, ring, stated=staff, seen=case.version)
    opened = box(founded, sent)
    assert opened.explained(opened.cases[0]) is None  # the board has it again; the letter stays
    assert before in [letter.content for letter in opened.letters]
    send(sent, case, actor, ring)
    opened = box(founded, sent)
    assert opened.explained(opened.cases[0]).content["body"] == "Ủy ban Kiểm tra Đảng ủy phường Tân Sơn Nhì"
    assert before in [letter.content for letter in opened.letters]


def test_a_conflict_reveals_nobody_to_the_resident(founded) -> None:
    name = session().get_one(Account, founded.made[f"member.{COMMITTEE}"].account_id).display_name
    office = replace(make.telling().office, person=name)
    stated = Stated(post="committee.commune.staff")
    sent, case, actor, ring = begun(founded, stated, office=office)
    send(sent, case, actor, ring)
    content = box(founded, sent).explained(case).content
    assert content["reason"] == NOT_IMPARTIAL
    assert name not in str(content)
    told = actions.open_case(actor, case, ring).routing
    assert told["skipped"][0]["name"] == "Ủy ban Kiểm tra Đảng ủy phường Tân Sơn Nhì"
    assert name not in str(told)


def test_a_member_of_a_cell_goes_through_the_party_committee(founded) -> None:
    sent, case, actor, ring = begun(founded, Stated(post="party.cell.member"))
    send(sent, case, actor, ring)
    assert (case.state, case.leader_id, case.route_rule) == (State.OUTSIDE, "party.C27019b", "own_cell")
    assert box(founded, sent).explained(case).content["body"] == "Đảng ủy phường Tân Sơn Nhì"


# Two tracks. ------------------------------------------------------------------------------------------------


def test_the_other_track_is_a_case_of_its_own(founded) -> None:
    sent, case, actor, ring = begun(founded, CHAIR)
    twin_id = actions.open_track(actor, case, ring, seen=case.version)
    twin = session().get_one(Case, twin_id)
    assert (case.linked_to, twin.linked_to) == (twin.id, case.id)
    assert (case.track, twin.track, twin.state) == (Track.PARTY, Track.STATE, State.RECEIVED)
    assert twin.due_rule == "classify"
    send(sent, case, actor, ring)
    send(sent, twin, actor, ring)
    assert (case.state, case.leader_id) == (State.ROUTED, "inspection.P79b")
    assert (twin.state, twin.leader_id, twin.route_rule) == (State.OUTSIDE, CITY_UBND, "head_or_deputy")
    given = {"finding": Finding.NONE, "answer": ANSWER, "dated": clock.today(), "seen": twin.version}
    actions.record_return(actor, twin, ring, **given)
    actions.answer_outside(actor, twin, ring, seen=twin.version)
    actions.close_outside(actor, twin, seen=twin.version)
    assert (twin.state, make.now(case).state) == (State.CLOSED, State.ROUTED)


def test_the_resident_sees_both_and_each_answer_with_its_track(founded) -> None:
    sent, case, actor, ring = begun(founded, CHAIR)
    twin = session().get_one(Case, actions.open_track(actor, case, ring, seen=case.version))
    given = {"reason": DeclineReason.NO_FACTS, "text": "", "seen": twin.version}
    actions.decline(actor, twin, ring, **given)
    send(sent, case, actor, ring)
    opened = box(founded, sent)
    assert {one.id for one in opened.cases} == {case.id, twin.id}
    assert {opened.track(one.case_id) for one in opened.letters} == {Track.PARTY, Track.STATE}
    assert [one.id for one in opened.reviewable] == [twin.id]
    assert opened.explained(session().get_one(Case, twin.id)) is None


@pytest.mark.parametrize(
    "stated",
    [
        Stated(post="committee.commune.staff", member=PartyMember.NO),
        Stated(post="party.commune.secretary", member=PartyMember.YES),
    ],
)
def test_where_one_track_is_open_there_is_no_other(founded, stated: Stated) -> None:
    _, case, actor, ring = begun(founded, stated)
    with pytest.raises(actions.NotRoutable, match="one_track"):
        actions.open_track(actor, case, ring, seen=case.version)
    assert session().scalars(select(Case).where(Case.linked_to.is_not(None))).all() == []


def test_a_track_is_opened_once(founded) -> None:
    _, case, actor, ring = begun(founded, CHAIR)
    old = case.version
    twin = session().get_one(Case, actions.open_track(actor, case, ring, seen=old))
    for one in (case, twin):
        with pytest.raises(actions.NotRoutable, match="one_track"):
            actions.open_track(actor, one, ring, seen=one.version)
    with pytest.raises(Stale):
        actions.decline(actor, case, ring, reason=DeclineReason.NO_FACTS, text="", seen=old)


def test_whoever_has_no_part_in_one_track_has_none_in_the_other(founded) -> None:
    _, case, actor, ring = begun(founded, CHAIR)
    member, _ = founded.made.signed_in(f"member.{FRONT}")
    conflicts.stand_aside(member, case)
    twin = session().get_one(Case, actions.open_track(actor, case, ring, seen=case.version))
    third, keys = founded.made.signed_in(f"member.{FRONT}")
    with pytest.raises(Forbidden):
        actions.open_case(third, twin, keys)
    assert conflicts.name_for_board(actor, case, ring, name=f"Người lead.{FRONT}", seen=case.version)
    for one in (case, twin):
        with pytest.raises(Forbidden):
            actions.open_case(actor, make.now(one), ring)


# The province. ----------------------------------------------------------------------------------------------


def test_what_nobody_can_determine_goes_to_the_province(founded) -> None:
    sent, case, actor, ring = begun(founded)
    actions.refer(actor, case, ring, seen=case.version)
    assert (case.state, case.front_id, case.referred_from) == (State.UNDETERMINED, CITY_FRONT, FRONT)
    assert (case.desk, case.due_rule) == (Desk.FRONT, "determine")
    grant = session().get_one(Grant, (sent.report_id, CITY_FRONT))
    assert grant.scope is GrantScope.REPORT
    city, keys = founded.made.signed_in(f"lead.{CITY_FRONT}")
    assert actions.open_case(city, case, keys).reports[0].content["story"] == make.STORY
    assert [one.id for one in queries.queue(city, Filters(state=State.UNDETERMINED))] == [case.id]
    step = session().scalars(select(CaseStep).where(CaseStep.case_id == case.id)).all()[-1]
    assert (step.step, step.body_id) == (Step.REFER, FRONT)
    entry = session().scalars(select(AuditEntry).where(AuditEntry.act == "triage.refer")).one()
    assert f"body:{CITY_FRONT}" in entry.objects
    opened = box(founded, sent)
    assert "để xác định" in opened.explained(opened.cases[0]).content["sentence"]
    assert opened.desks == [CITY_FRONT]


def test_the_board_below_follows_and_decides_nothing(founded) -> None:
    sent, case, actor, ring = begun(founded)
    actions.refer(actor, case, ring, seen=case.version)
    assert queries.queue(actor, Filters()) == []
    assert [one.id for one in queries.followed(actor, Filters())] == [case.id]
    assert actions.open_queue(actor, None, ring, [case]).keys() == {case.id}
    assert actions.open_case(actor, case, ring).reports[0].content["story"] == make.STORY
    with pytest.raises(Forbidden):
        actions.decline(actor, case, ring, reason=DeclineReason.NO_FACTS, text="", seen=case.version)
    city, keys = founded.made.signed_in(f"lead.{CITY_FRONT}")
    actions.establish(city, case, keys, stated=CHAIR, seen=case.version)
    send(sent, case, city, keys)
    assert (case.state, case.leader_id) == (State.ROUTED, "inspection.P79b")
    assert actions.open_case(actor, make.now(case), ring).told == []


def test_letters_go_along_in_words(founded) -> None:
    sent, case, actor, ring = begun(founded)
    key = founded.settings.pepper.encode()
    secret = mailbox.passed(sent.code, key).secret
    report = mailbox.report(mailbox.passed(sent.code, key).lookup)
    reporter = Actor("reporter", ActorKind.REPORTER, report_id=report.id)
    residents.add(reporter, report, secret, body_id=FRONT, text="CANARY-LETTER")
    actions.refer(actor, case, ring, seen=make.now(case).version)
    city, keys = founded.made.signed_in(f"lead.{CITY_FRONT}")
    papers = actions.open_case(city, case, keys).papers
    assert [one.content["text"] for one in papers if one.kind is RecordKind.LETTERS] == ["CANARY-LETTER"]
    assert not any(b"CANARY" in one.sealed_body for one in session().scalars(select(Record)))


def test_where_the_rules_answer_nobody_is_asked(founded) -> None:
    _, case, actor, ring = begun(founded, CHAIR)
    with pytest.raises(actions.NotRoutable, match="decided"):
        actions.refer(actor, case, ring, seen=case.version)
    assert session().get(Grant, (queries.reports(case.id)[0].id, CITY_FRONT)) is None


def test_a_board_in_conflict_is_passed_over(founded) -> None:
    name = session().get_one(Account, founded.made[f"member.{CITY_FRONT}"].account_id).display_name
    office = replace(make.telling().office, person=name)
    other = make.case_of(make.report(founded.settings, office=office))
    assert other.front_id == "front.VN"
    centre, keys = founded.made.signed_in("lead.front.VN")
    actions.refer(centre, other, keys, seen=other.version)
    assert (other.state, other.front_id, other.referred_from) == (State.UNDETERMINED, "front.VN", None)
    with pytest.raises(IllegalStep):
        actions.refer(centre, other, keys, seen=other.version)


def test_a_follower_in_conflict_follows_no_more(founded) -> None:
    _, case, actor, ring = begun(founded)
    actions.refer(actor, case, ring, seen=case.version)
    city, keys = founded.made.signed_in(f"lead.{CITY_FRONT}")
    conflicts.name_for_board(city, case, keys, name=f"Người lead.{FRONT}", seen=case.version)
    assert make.now(case).referred_from is None
    with pytest.raises(Forbidden):
        actions.open_case(actor, case, ring)


def test_a_relative_at_the_board_below_bars_that_person_only(founded) -> None:
    member, own = founded.made.signed_in(f"member.{FRONT}")
    account = session().get_one(Account, member.id)
    conflicts.declare_relative(member, account, own, name="Trần Văn Lạ", relation=Relation.SIBLING)
    _, case, actor, ring = begun(founded)
    actions.refer(actor, case, ring, seen=case.version)
    city, keys = founded.made.signed_in(f"lead.{CITY_FRONT}")
    conflicts.name_for_board(city, case, keys, name="Trần Văn Lạ", seen=case.version)
    assert make.now(case).referred_from == FRONT
    with pytest.raises(Forbidden):
        actions.open_case(member, case, own)
    assert actions.open_case(actor, case, ring)
