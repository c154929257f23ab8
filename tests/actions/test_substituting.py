"""What a substitute sees, hears and may not do while he stands in, on both databases; and the attacks."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from portal.accounts import actions as accounts
from portal.action import Forbidden, session
from portal.app import create_app
from portal.casework import actions as casework
from portal.casework import queries as committee
from portal.casework import showing
from portal.conflicts import actions as conflicts
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Member
from portal.data.models.case import Case
from portal.data.models.followed import Followed
from portal.data.models.leave import Leave
from portal.data.models.office import StaffNotice
from portal.desk import actions as own_desk
from portal.desk import queries as desk
from portal.domain import clock
from portal.domain.entries import Ask, Entry, Owed
from portal.domain.noticing import Notice
from portal.domain.permissions import Permission, Role, may
from portal.domain.substituting import LeaveReason
from portal.papers.lists import at_committee
from portal.triage import actions as triage
from portal.worker.clocks import readers
from tests.support import make, people

BODY = make.COMMITTEE
LEAD, MEMBER, SECOND = f"lead.{BODY}", f"member.{BODY}", f"second.{BODY}"


@pytest.fixture
def founded(prepared):
    founded = prepared("people", people.found)
    people.join(founded.made, LEAD, BODY, "second", {Role.INSPECTOR})
    return founded


def away(founded, who=MEMBER, substitute=SECOND, first=0, last=2):
    today = clock.today()
    accounts.enter_leave(
        founded.made.actor(who),
        session().get_one(Member, founded.made[who].member_id),
        substitute_id=founded.made[substitute].account_id,
        reason=LeaveReason.ANNUAL,
        first=today + timedelta(days=first),
        last=today + timedelta(days=last),
    )


def given(founded, who=MEMBER) -> Case:
    """A case that the committee's head gave to somebody."""
    case = make.routed(founded)
    lead, _ = make.lead(founded)
    casework.assign(lead, case, account_id=founded.made[who].account_id, seen=case.version)
    return make.now(case)


def in_place(founded, who=SECOND) -> tuple[int | None, list[str]]:
    """The number on the desk, and the cases of the list that it leads to."""
    actor, _ = founded.made.signed_in(who)
    found = {one.line.name: one.number for one in desk.work(actor, clock.today())}
    listed = at_committee({"mine": "in_place"}, actor, clock.today())
    return found.get("in_place"), [case.id for case in committee.queue(actor, listed.filters)]


def later(days: int):
    return clock.at(clock.now() + timedelta(days=days))


def heard(notice: Notice) -> list[str]:
    session().rollback()
    return sorted(session().scalars(select(StaffNotice.account_id).where(StaffNotice.notice == notice)).all())


def warned(case: Case) -> set[str]:
    """Whom the worker would warn that half of the time of this case is over."""
    row = SimpleNamespace(
        case_id=case.id,
        front_id=case.front_id,
        leader_id=case.leader_id,
        assignee_id=case.assignee_id,
        desk=case.desk,
    )
    return readers([(row, False)])


def ids(founded, *logins: str) -> list[str]:
    return sorted(founded.made[login].account_id for login in logins)


def test_the_desk_lists_what_the_substitute_holds_and_only_while_he_does(founded):
    case = given(founded)
    assert in_place(founded) == (None, [])
    away(founded, first=1, last=2)
    assert in_place(founded) == (None, [])
    for days in (1, 2):
        with later(days):
            assert in_place(founded) == (1, [case.id])
            assert in_place(founded, LEAD) == (None, [])
    with later(3):
        assert in_place(founded) == (None, [])


def test_he_works_on_the_case_by_the_rights_of_his_own_roles(founded):
    case = given(founded)
    away(founded)
    actor, ring = founded.made.signed_in(SECOND)
    assert actor.stands_for == frozenset(ids(founded, MEMBER))
    casework.note(actor, case, ring, text="Đã nhận làm thay.")
    assert not may(actor, Permission.CASEWORK_LEAD, make.now(case).facts())


def test_a_case_from_which_the_substitute_is_barred_is_neither_shown_nor_reachable(founded):
    shut, open_ = given(founded), given(founded)
    away(founded)
    actor, ring = founded.made.signed_in(SECOND)
    conflicts.stand_aside(actor, shut)
    assert in_place(founded) == (1, [open_.id])
    assert not may(actor, Permission.CASEWORK_VIEW, make.now(shut).facts())
    with pytest.raises(Forbidden):
        casework.open_case(actor, make.now(shut), ring)
    lead, keys = make.lead(founded)
    casework.note(lead, make.now(shut), keys, text="Xem giúp.", mention=founded.made[MEMBER].account_id)
    assert heard(Notice.MENTIONED) == ids(founded, MEMBER)
    assert desk.mentions(actor) == []
    assert not warned(make.now(shut)) & set(ids(founded, SECOND))


def test_whoever_is_barred_is_not_named_on_the_page_of_the_case_as_standing_in(founded):
    shut, open_ = given(founded), given(founded)
    away(founded)
    conflicts.stand_aside(founded.made.actor(SECOND), shut)
    actor, ring = make.lead(founded)
    for case_id, named in ((shut.id, False), (open_.id, True)):
        with create_app(founded.settings).test_request_context():
            case = session().get_one(Case, case_id)
            shown = showing.of(actor, case, casework.open_case(actor, case, ring))
        assert ("làm thay" in shown["assignee"]) is named


def test_a_mention_of_the_absent_one_comes_to_both_and_only_he_lays_it_aside(founded):
    case = given(founded)
    away(founded)
    lead, ring = make.lead(founded)
    casework.note(lead, case, ring, text="Xem giúp.", mention=founded.made[MEMBER].account_id)
    assert heard(Notice.MENTIONED) == ids(founded, MEMBER, SECOND)
    actor, _ = founded.made.signed_in(SECOND)
    [pointed] = desk.mentions(actor)
    assert pointed.mention.account_id == founded.made[MEMBER].account_id
    with pytest.raises(Forbidden):
        own_desk.lay_aside(actor, pointed.mention)


def test_the_clock_warns_the_substitute_too(founded):
    case = given(founded)
    before = warned(case)
    assert set(ids(founded, MEMBER)) <= before
    assert not before & set(ids(founded, SECOND))
    away(founded)
    assert warned(case) == before | set(ids(founded, SECOND))


def remedy(founded, follower) -> Followed:
    """A remedy whose evidence `follower` recorded."""
    case = make.answered(founded)
    lead, ring = make.lead(founded)
    today = clock.today()
    what = casework.Entered(
        Entry.REMEDY, today, "Trả đủ hồ sơ còn giữ.", today + timedelta(days=9), {Ask.TO: "Ủy ban nhân dân"}
    )
    casework.record_outcome(lead, case, ring, what=what)
    [owed] = [one for one in committee.followed(case.id) if one.owes is Owed.EVIDENCE]
    actor, keys = founded.made.signed_in(follower)
    casework.follow_up(actor, owed, keys, dated=today, text="Sổ giao nhận ghi đã trả đủ.")
    return committee.followed_one(owed.record_id)


def check(founded, who, row) -> None:
    actor, ring = founded.made.signed_in(who)
    casework.check_remedy(actor, row, ring, done=True, text="Đã đến xem tận nơi.")


@pytest.mark.parametrize(("did", "checks"), [(MEMBER, SECOND), (SECOND, MEMBER), (SECOND, SECOND)])
def test_nobody_is_the_second_person_for_himself_or_for_the_other_of_the_two(founded, did, checks):
    row = remedy(founded, did)
    away(founded)
    with pytest.raises(Forbidden):
        check(founded, checks, row)
    check(founded, LEAD, committee.followed_one(row.record_id))


def test_to_end_the_leave_does_not_make_a_second_person_of_him_the_same_day(founded):
    """The head stands in for his officer, ends the leave, and would check what the other recorded."""
    row = remedy(founded, MEMBER)
    away(founded, MEMBER, LEAD)
    lead, _ = make.lead(founded)
    accounts.end_leave(lead, session().scalars(select(Leave)).one())
    assert in_place(founded, LEAD) == (None, [])
    with pytest.raises(Forbidden):
        check(founded, LEAD, row)
    with later(1):
        check(founded, LEAD, committee.followed_one(row.record_id))


def test_a_draft_of_the_absent_one_is_not_approved_by_the_head_who_stands_in(founded):
    case = make.answered(founded)
    today = clock.today()
    draft = casework.Entered(Entry.PUBLICATION, today, "Đã trả đủ hồ sơ và xin lỗi.", today, {})
    actor, ring = founded.made.signed_in(MEMBER)
    casework.enter(actor, case, ring, what=draft)
    [row] = [one for one in committee.followed(case.id) if one.owes is Owed.APPROVAL]
    away(founded, MEMBER, LEAD)
    lead, keys = make.lead(founded)
    with pytest.raises(Forbidden):
        casework.approve_publication(lead, row, keys, yes=True, text="Đã đọc.")
    with later(3):
        lead, keys = make.lead(founded)
        casework.approve_publication(
            lead, committee.followed_one(row.record_id), keys, yes=True, text="Đã đọc."
        )


def _expired(founded):
    away(founded, last=0)
    return later(1)


def _shut_out(founded):
    away(founded)
    place = session().get_one(Member, founded.made[MEMBER].member_id)
    accounts.disable(founded.made.actor(LEAD), place)
    return later(0)


@pytest.mark.parametrize("how", [_expired, _shut_out])
def test_what_is_over_gives_nothing(founded, how):
    case = given(founded)
    with how(founded):
        assert in_place(founded) == (None, [])
        assert not warned(make.now(case)) & set(ids(founded, SECOND))


@pytest.mark.parametrize(
    "beside", ["member.inspection.C27013b", f"member.{make.FRONT}", f"lead.{make.FRONT}"]
)
def test_a_row_forged_for_somebody_of_another_body_holds_for_nobody(founded, beside):
    """Written past the rules: the membership and the roles are asked anew each time."""
    case = given(founded)
    stranger = founded.made[beside]
    today = clock.today()
    row = Leave(
        body_id=BODY,
        account_id=founded.made[MEMBER].account_id,
        substitute_id=stranger.account_id,
        reason=LeaveReason.OTHER,
        first_on=today,
        last_on=today,
        entered_by=stranger.account_id,
        entered_on=today,
    )
    act = Act("tests.leave", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        current.add(row)
        audit.append(current, act)
    actor = founded.made.actor(beside)
    assert actor.stands_for == frozenset()
    assert committee.queue(actor, at_committee({"mine": "in_place"}, actor, today).filters) == []
    assert not may(actor, Permission.CASEWORK_VIEW, make.now(case).facts())
    assert stranger.account_id not in warned(make.now(case))


def test_who_stands_in_for_nobody_gets_nothing_by_the_address(founded):
    given(founded)
    assert in_place(founded) == (None, [])
    assert in_place(founded, LEAD) == (None, [])


def test_at_a_board_a_mention_comes_to_the_substitute_as_well(founded):
    front = make.FRONT
    away(founded, f"member.{front}", f"lead.{front}")
    case = make.case_of(make.report(founded.settings))
    people.join(founded.made, f"lead.{front}", front, "third", {Role.REVIEWER})
    actor, ring = founded.made.signed_in(f"third.{front}")
    triage.note(
        actor, case, ring, text="Xem.", mention=founded.made[f"member.{front}"].account_id, seen=case.version
    )
    assert heard(Notice.MENTIONED) == ids(founded, f"member.{front}", f"lead.{front}")
    [pointed] = desk.mentions(founded.made.actor(f"lead.{front}"))
    assert pointed.at_front
