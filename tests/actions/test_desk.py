"""An officer's desk on both databases: counts of the lists, sealed filters, notes and whom they name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.action import Forbidden, Stale
from portal.casework import actions as casework
from portal.casework import queries as committee_queries
from portal.conflicts import actions as conflicts
from portal.data.db import session
from portal.data.models.account import Account
from portal.data.models.case import Case, Record
from portal.data.models.desk import Mention, SavedFilter
from portal.data.models.office import StaffNotice
from portal.data.models.report import Under
from portal.desk import actions, queries
from portal.domain import clock
from portal.domain.noticing import Notice
from portal.papers import lists, notes
from portal.papers.deadlines import working_days_on
from portal.triage import actions as triage
from portal.triage import queries as board_queries
from tests.support import make, people

NOTE = "CANARY-NOTE chỉ tôi biết"


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def own(founded, login):
    actor, ring = founded.made.signed_in(login)
    return actor, ring, session().get_one(Account, actor.id)


def numbers(actor, day=None):
    found = queries.work(actor, day or clock.today())
    return {(one.stage, one.line.name): one.number for one in found}


def test_numbers_are_those_of_the_lists_and_leave_out_what_one_is_barred_from(founded):
    first, second = (make.case_of(make.report(founded.settings)) for _ in range(2))
    actor, _ring = founded.made.signed_in(f"member.{make.FRONT}")
    assert numbers(actor)["triage", "team"] == 2
    conflicts.stand_aside(actor, second)
    assert numbers(actor)["triage", "team"] == 1
    [listed] = board_queries.queue(actor, lists.at_front({"desk": "front"}, clock.today()).filters)
    assert listed.id == first.id
    assert ("casework", "team") not in numbers(actor)


def test_the_clock_decides_what_is_late_soon_and_silent(founded):
    case = make.case_of(make.report(founded.settings))
    actor, _ring = founded.made.signed_in(f"lead.{make.FRONT}")
    due = case.due_on
    for day, late, soon in (
        (due, 0, 1),
        (due + timedelta(days=1), 1, 0),
        (due - timedelta(days=30), 0, 0),
    ):
        found = numbers(actor, day)
        assert (found["triage", "late"], found["triage", "soon"]) == (late, soon), day
    reach = next(
        day for n in range(1, 20) if working_days_on(day := due - timedelta(days=n), lists.SOON) < due
    )
    assert numbers(actor, reach)["triage", "soon"] == 0
    routed = make.routed(founded)
    assert numbers(actor, routed.due_on)["triage", "silent"] == 0
    assert numbers(actor, routed.due_on + timedelta(days=1))["triage", "silent"] == 1


def test_a_number_stops_at_one_more_than_it_shows(founded, monkeypatch):
    monkeypatch.setattr(lists, "MOST_COUNTED", 1)
    for _ in range(3):
        make.report(founded.settings)
    actor, _ring = founded.made.signed_in(f"lead.{make.FRONT}")
    assert numbers(actor)["triage", "team"] == 2


def test_a_committee_sees_its_own_work_what_nobody_has_and_what_waits_for_a_resident(founded):
    case = make.verifying(founded)
    lead, ring = make.lead(founded)
    before = numbers(lead)
    assert (before["casework", "unassigned"], before["casework", "mine"]) == (1, 0)
    casework.assign(lead, make.now(case), account_id=lead.id, seen=make.now(case).version)
    [link] = make.casework_links(case)
    casework.ask(lead, make.now(case), ring, report_id=link.report_id, text="Hôm nào?")
    after = numbers(lead)
    shown = {name: after["casework", name] for name in ("unassigned", "mine", "resident")}
    assert shown == {"unassigned": 0, "mine": 1, "resident": 1}
    assert committee_queries.workload(lead, [lead.id]) == {lead.id: 1}


def test_a_filter_is_read_by_its_owner_alone(founded):
    actor, ring, account = own(founded, f"lead.{make.FRONT}")
    chosen = {"desk": "front", "late": "soon", "other": "x", "state": "A B"}
    actions.save_filter(actor, account, name=NOTE, stage="triage", query=chosen)
    [kept] = actions.read_filters(actor, account, ring)
    assert (kept.name, kept.stage, kept.query) == (NOTE, "triage", {"desk": "front", "late": "soon"})
    [row] = session().scalars(select(SavedFilter))
    assert b"CANARY" not in row.sealed
    other, their_ring, theirs = own(founded, f"member.{make.FRONT}")
    with pytest.raises(Forbidden):
        actions.read_filters(other, account, their_ring)
    with pytest.raises(Forbidden):
        actions.drop_filter(other, row)
    assert actions.read_filters(other, theirs, their_ring) == []
    actions.drop_filter(actor, row)
    assert not queries.has_saved(actor.id)


def test_nobody_keeps_filters_without_end(founded, monkeypatch):
    monkeypatch.setattr("portal.desk.actions.own.MOST", 1)
    actor, _ring, account = own(founded, f"lead.{make.FRONT}")
    actions.save_filter(actor, account, name="Một", stage="triage", query={})
    with pytest.raises(actions.TooMany):
        actions.save_filter(actor, account, name="Hai", stage="triage", query={})


@pytest.mark.parametrize("stage", ["triage", "casework"])
def test_a_note_for_oneself_is_nobody_elses_and_no_step(founded, stage):
    board = stage == "triage"
    act, body = (triage, make.FRONT) if board else (casework, make.COMMITTEE)
    case = make.case_of(make.report(founded.settings)) if board else make.verifying(founded)
    lead, ring = founded.made.signed_in(f"lead.{body}")
    member, theirs = founded.made.signed_in(f"member.{body}")
    version = make.now(case).version
    act.note_for_oneself(member, make.now(case), text=NOTE)
    assert make.now(case).version == version
    [row] = session().scalars(select(Record).where(Record.under == Under.OWN))
    assert b"CANARY" not in row.sealed_body
    assert [paper.content for paper in act.open_case(member, make.now(case), theirs).own] == [{"text": NOTE}]
    seen = act.open_case(lead, make.now(case), ring)
    assert seen.own == []
    assert all(NOTE not in str(paper.content) for paper in seen.papers)


def test_naming_a_colleague_leaves_a_notice_without_content_and_a_line_on_his_desk(founded):
    case = make.case_of(make.report(founded.settings))
    lead, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    member, theirs = founded.made.signed_in(f"member.{make.FRONT}")
    before = len(session().scalars(select(StaffNotice)).all())
    triage.note(lead, case, ring, text=NOTE, mention=member.id, seen=case.version)
    wanted = select(StaffNotice).where(StaffNotice.notice == Notice.MENTIONED)
    assert [row.account_id for row in session().scalars(wanted)] == [member.id]
    assert len(session().scalars(select(StaffNotice)).all()) == before + 1
    [pointed] = queries.mentions(member)
    assert (pointed.case.id, pointed.at_front) == (case.id, True)
    assert queries.mentions(lead) == []
    [paper] = [
        one for one in triage.open_case(member, make.now(case), theirs).papers if one.content.get("mention")
    ]
    assert paper.content["text"] == NOTE
    with pytest.raises(Forbidden):
        actions.lay_aside(lead, pointed.mention)
    actions.lay_aside(member, pointed.mention)
    assert session().scalars(select(Mention)).all() == []


def test_who_is_barred_or_of_another_body_cannot_be_named(founded):
    case = make.case_of(make.report(founded.settings))
    lead, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    member, _ = founded.made.signed_in(f"member.{make.FRONT}")
    foreign = founded.made.persons[f"lead.{make.COMMITTEE}"].account_id
    custodian = founded.made.persons[f"custodian.{make.FRONT}"].account_id
    assert [key for key, _name in notes.colleagues(lead, case.id)] == [member.id]
    conflicts.stand_aside(member, case)
    assert notes.colleagues(lead, case.id) == []
    case = session().get_one(Case, case.id, populate_existing=True)
    for account_id in (member.id, foreign, custodian, lead.id, "0" * 16):
        with pytest.raises(notes.NotAColleague):
            triage.note(lead, case, ring, text=NOTE, mention=account_id, seen=case.version)
    assert session().scalars(select(Mention)).all() == []
    assert all(paper.content.get("text") != NOTE for paper in triage.open_case(lead, case, ring).papers)


def test_a_line_on_the_desk_goes_with_the_right_to_the_case(founded):
    case = make.case_of(make.report(founded.settings))
    lead, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    member, _ = founded.made.signed_in(f"member.{make.FRONT}")
    triage.note(lead, case, ring, text=NOTE, mention=member.id, seen=case.version)
    conflicts.stand_aside(member, session().get_one(Case, case.id, populate_existing=True))
    assert queries.mentions(member) == []


def test_notes_and_notices_refuse_a_version_that_is_not_the_newest(founded):
    case = make.case_of(make.report(founded.settings))
    lead, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    old = case.version
    make.established(lead, case, ring)
    for act in (triage.note, triage.write):
        with pytest.raises(Stale):
            act(lead, make.now(case), ring, text=NOTE, seen=old)
