"""What an inspection committee does with a case, on both databases."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from portal.action import Forbidden, Stale, session
from portal.casework import actions, queries
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, RecordKind
from portal.data.models.report import Under
from portal.domain.answers import Answer, Fault, Finding, NoRealAnswer, Part
from portal.domain.life import Desk, IllegalStep, State
from portal.papers import records
from portal.triage import actions as triage
from portal.vault.errors import Broken
from tests.support import make, people


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def lead(founded):
    return make.lead(founded)


def entries():
    return session().scalar(select(func.count()).select_from(AuditEntry))


def test_the_queue_shows_matters_as_one_audited_act(founded, lead):
    actor, ring = lead
    cases = [make.routed(founded) for _ in range(3)]
    before = entries()
    found = queries.queue(actor, queries.Filters())
    heads = actions.open_queue(actor, None, ring, found)
    assert {case.id for case in found} == {case.id for case in cases} == set(heads)
    assert heads[cases[0].id]["category"] == "delay"
    assert entries() == before + 1


def test_the_queue_has_lists_and_goes_on_where_the_page_ended(founded, lead, monkeypatch):
    actor, _ = lead
    monkeypatch.setattr(queries, "PAGE", 2)
    cases = sorted((make.routed(founded) for _ in range(3)), key=lambda case: case.id)
    first = queries.queue(actor, queries.Filters())
    assert len(first) == 3
    last = first[1]
    rest = queries.queue(actor, queries.Filters(), (last.opened_on, last.id))
    assert [case.id for case in first[:2] + rest] == [case.id for case in cases]
    assert not queries.queue(actor, queries.Filters(desk=Desk.NOBODY))
    assert not queries.queue(actor, queries.Filters(state=State.ACCEPTED))
    assert not queries.queue(actor, queries.Filters(assignee_ids=frozenset({actor.id})))
    assert not queries.queue(actor, queries.Filters(overdue_on=date(2026, 1, 1)))


def test_an_open_case_shows_what_was_handed_over_and_not_the_report(founded, lead):
    actor, ring = lead
    case = make.routed(founded)
    opened = actions.open_case(actor, case, ring)
    assert opened.reports[0].version["narrative"] == make.STORY
    assert opened.reports[0].letters == []
    assert opened.papers == []


def test_the_whole_way_to_the_answer(founded, lead):
    actor, ring = lead
    case = make.answered(founded)
    assert case.state is State.ANSWERED
    opened = actions.open_case(actor, case, ring)
    (letter,) = opened.reports[0].letters
    assert letter.content == {"finding": "partly"} | make.ANSWER.as_content()
    front, front_ring = founded.made.signed_in(f"lead.{make.FRONT}")
    told = triage.open_case(front, case, front_ring).told
    assert [paper.kind for paper in told] == [RecordKind.CONCLUSION]
    assert told[0].content["found"] == make.ANSWER.found
    actions.close(actor, case, seen=case.version)
    assert case.state is State.CLOSED


def test_a_conclusion_needs_the_explanation_or_its_refusal(founded, lead):
    actor, ring = lead
    case = make.verifying(founded, heard=False)
    with pytest.raises(actions.NotHeard):
        actions.conclude(actor, case, ring, finding=Finding.NONE, answer=make.ANSWER, seen=case.version)
    assert case.state is State.VERIFYING
    day = date(2026, 5, 4)
    actions.record_explanation(actor, case, ring, text="Không đến dù mời ba lần.", dated=day, refused=True)
    actions.conclude(actor, case, ring, finding=Finding.NONE, answer=make.ANSWER, seen=case.version)
    papers = actions.open_case(actor, case, ring).papers
    assert [paper.kind for paper in papers][-2:] == [RecordKind.EXPLANATION_REFUSED, RecordKind.CONCLUSION]
    assert papers[-2].dated == day


def test_a_conclusion_needs_the_four_parts(founded, lead):
    actor, ring = lead
    case = make.verifying(founded)
    thin = Answer(make.ANSWER.checked, "Đã tiếp thu.", "", make.ANSWER.ground)
    with pytest.raises(NoRealAnswer) as refused:
        actions.conclude(actor, case, ring, finding=Finding.NONE, answer=thin, seen=case.version)
    assert refused.value.faults == {Part.FOUND: Fault.EMPTY_PHRASE, Part.DONE: Fault.TOO_SHORT}


def test_a_returned_case_tells_the_front_why_and_is_gone_for_the_committee(founded, lead):
    actor, ring = lead
    case = make.routed(founded)
    actions.return_case(actor, case, ring, reason="Việc này do thành phố quản lý.", seen=case.version)
    assert (case.state, case.leader_id) == (State.RETURNED, None)
    with pytest.raises(Forbidden):
        actions.open_case(actor, case, ring)
    front, front_ring = founded.made.signed_in(f"lead.{make.FRONT}")
    told = triage.open_case(front, case, front_ring).told
    assert told[0].content == {"text": "Việc này do thành phố quản lý."}


def test_a_case_that_comes_again_opens_without_the_papers_of_its_first_time(founded, lead):
    """Its case key is a new one; what was written under the old key is not lost noise but left out."""
    actor, ring = lead
    sent = make.report(founded.settings)
    case = make.routed(founded, sent)
    actions.note(actor, case, ring, text="Lần một.")
    actions.return_case(actor, case, ring, reason="Thiếu giấy tờ kèm theo.", seen=case.version)
    make.routed(founded, sent)
    actions.note(actor, case, ring, text="Lần hai.")
    opened = actions.open_case(actor, case, ring)
    assert [paper.content["text"] for paper in opened.papers] == ["Lần hai."]


def test_only_an_inspector_of_the_committee_can_be_given_the_case(founded, lead):
    actor, _ = lead
    case = make.routed(founded)
    member = founded.made[f"member.{make.COMMITTEE}"]
    with pytest.raises(actions.NotAMember):
        stranger = founded.made["member.inspection.P79b"].account_id
        actions.assign(actor, case, account_id=stranger, seen=case.version)
    actions.assign(actor, case, account_id=member.account_id, seen=case.version)
    assert case.assignee_id == member.account_id
    assert member.account_id in {account.id for account in queries.inspectors(actor.body, case.id)}


def test_an_inspector_works_and_only_the_lead_decides(founded):
    case = make.routed(founded)
    actor, ring = founded.made.signed_in(f"member.{make.COMMITTEE}")
    actions.note(actor, case, ring, text="Đã nhận.")
    with pytest.raises(Forbidden):
        actions.accept(actor, case, seen=case.version)


@pytest.mark.parametrize(
    "login", ["lead.inspection.P79b", "lead.inspection.C27013b", f"lead.front.{make.WARD}"]
)
def test_nobody_else_opens_the_case(founded, login):
    case = make.routed(founded)
    actor, ring = founded.made.signed_in(login)
    with pytest.raises(Forbidden):
        actions.open_case(actor, case, ring)


def test_two_deciders_at_once_one_wins(founded, lead):
    actor, _ = lead
    case = make.routed(founded)
    seen = case.version
    actions.accept(actor, case, seen=seen)
    with pytest.raises(Stale):
        actions.accept(actor, case, seen=seen)


def test_a_step_out_of_order_is_refused_and_leaves_nothing(founded, lead):
    actor, ring = lead
    case = make.routed(founded)
    before = entries()
    with pytest.raises(IllegalStep):
        actions.answer(actor, case, ring, seen=case.version)
    assert entries() == before
    assert session().get_one(Case, case.id).state is State.ROUTED


def test_a_question_goes_to_one_resident_only(founded, lead):
    actor, ring = lead
    case = make.verifying(founded)
    other = make.report(founded.settings)
    (link,) = queries.links(case.id)
    actions.ask(actor, case, ring, report_id=link.report_id, text="Ngày nào bạn nộp hồ sơ?")
    assert actions.open_case(actor, case, ring).reports[0].letters[-1].content["text"].startswith("Ngày")
    with pytest.raises(NoResultFound):
        actions.ask(actor, case, ring, report_id=other.report_id, text="Ngày nào bạn nộp hồ sơ?")


def test_a_foreign_file_is_not_found(founded, lead):
    actor, ring = lead
    case = make.routed(founded)
    with pytest.raises(KeyError):
        actions.open_file(actor, case, ring, "0000000000000000")


def test_a_broken_new_paper_is_never_left_out(founded, lead):
    """Only papers older than the last routing may lie under a lost key."""
    actor, ring = lead
    case = make.verifying(founded)
    key = records.case_key_of(ring, case, actor.body)
    routed = queries.routed_at(case.id)
    assert records.papers(case, {Under.CASE: key}, actor.body, lost_before=routed)
    with pytest.raises(Broken):
        records.papers(case, {Under.CASE: bytes(32)}, actor.body, lost_before=routed)
