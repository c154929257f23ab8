"""Whom a conflict touches: relatives, persons without a part, and what is hidden from them."""

from dataclasses import replace

import pytest
from sqlalchemy import event, select

from portal.accounts import actions as accounts
from portal.action import Forbidden, session
from portal.casework import actions as casework
from portal.casework import queries as committee_queries
from portal.conflicts import actions, queries
from portal.conflicts.actions.declaring import NotAName
from portal.data import db
from portal.data.models.account import Account, Member
from portal.data.models.case import Case
from portal.data.models.conflict import CaseBar, CaseLock, Relative
from portal.data.models.office import StaffNotice
from portal.data.models.report import Grant, Message, Report
from portal.domain.conflicts import BarReason, LockState, Relation
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind
from portal.domain.permissions import Actor, ActorKind, Role
from portal.domain.routing import Route
from portal.domain.telling import Contact, Openness
from portal.intake.actions import mailbox
from portal.intake.actions.review import request_review
from portal.intake.queries.mailbox import box, passed
from portal.oversight import actions as oversight
from portal.oversight import queries as audit_queries
from portal.papers.lists import Filters
from portal.triage import actions as triage
from portal.triage import queries as board_queries
from portal.vault.names import name_digest
from tests.support import make, people

FRONT, COMMITTEE = make.FRONT, make.COMMITTEE
CITY, CITY_COMMITTEE = "front.P79b", "inspection.P79b"
NAME = "Phạm Thị Bích Vân"
STORY = f"{make.STORY} Người nhận tiền là chị pham thi  BÍCH VÂN, ai cũng biết."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def declare(founded, login: str, name: str = NAME) -> None:
    actor, ring = founded.made.signed_in(login)
    account = session().get_one(Account, actor.id)
    actions.declare_relative(actor, account, ring, name=name, relation=Relation.SIBLING)


def bars(case: Case) -> dict[str, BarReason]:
    rows = session().scalars(select(CaseBar).where(CaseBar.case_id == case.id))
    return {row.account_id: row.reason for row in rows}


def locks(case: Case) -> dict[str, CaseLock]:
    rows = session().scalars(select(CaseLock).where(CaseLock.case_id == case.id))
    return {row.body_id: row for row in rows}


def resident(founded, sent) -> tuple[Actor, Report, bytes]:
    found = passed(sent.code, founded.settings.pepper.encode())
    assert found is not None
    report = session().get_one(Report, sent.report_id)
    return Actor("reporter", ActorKind.REPORTER, report_id=report.id), report, found.secret


def test_a_relative_is_read_by_the_member_alone_and_stands_nowhere_in_clear(founded) -> None:
    declare(founded, f"member.{FRONT}")
    actor, ring = founded.made.signed_in(f"member.{FRONT}")
    account = session().get_one(Account, actor.id)
    [one] = actions.read_relatives(actor, account, ring)
    assert (one.name, one.relation) == (NAME, Relation.SIBLING)
    other, _ = founded.made.signed_in(f"lead.{FRONT}")
    with pytest.raises(Forbidden):
        actions.read_relatives(other, account, ring)
    _, theirs = founded.made.signed_in(f"lead.{FRONT}")
    assert actions.read_relatives(actor, account, theirs)[0].name is None
    stored = str(
        [tuple(row) for table in db.Base.metadata.sorted_tables for row in session().execute(select(table))]
    ).encode()
    for word in (NAME, "Bích Vân", "pham thi bich van"):
        for form in (word.encode(), word.lower().encode(), repr(word.encode())[2:-1].encode()):
            assert form not in stored
    assert session().scalars(select(Relative.digest)).one() == name_digest("pham thi bich van")
    assert b"pham thi bich van" not in name_digest("pham thi bich van")


def test_a_name_that_no_text_could_show_is_not_taken(founded) -> None:
    with pytest.raises(NotAName):
        declare(founded, f"member.{FRONT}", "Vân")


def test_a_relative_of_the_boards_lead_sends_a_report_above(founded) -> None:
    declare(founded, f"lead.{FRONT}")
    assert make.report(founded.settings, story=STORY).board_id == CITY
    assert make.report(founded.settings).board_id == FRONT


def test_a_relative_of_another_member_bars_him_alone(founded) -> None:
    declare(founded, f"member.{FRONT}")
    sent = make.report(founded.settings, story=STORY)
    case = make.case_of(sent)
    member, ring = founded.made.signed_in(f"member.{FRONT}")
    lead, theirs = founded.made.signed_in(f"lead.{FRONT}")
    assert sent.board_id == FRONT
    assert bars(case) == {member.id: BarReason.RELATIVE}
    assert board_queries.queue(member, Filters()) == []
    assert triage.open_queue(member, None, ring, [case]) == {}
    assert [one.id for one in board_queries.queue(lead, Filters())] == [case.id]
    with pytest.raises(Forbidden):
        triage.open_case(member, case, ring)
    assert triage.open_case(lead, case, theirs)
    actor, report, secret = resident(founded, sent)
    mailbox.add(actor, report, secret, body_id=FRONT, text="Tôi còn giữ phiếu hẹn.")
    told = set(session().scalars(select(StaffNotice.account_id)))
    assert lead.id in told
    assert member.id not in told


@pytest.mark.parametrize(("login", "locked"), [(f"member.{FRONT}", False), (f"lead.{FRONT}", True)])
def test_a_relative_declared_later_counts_from_then_on(founded, login: str, locked: bool) -> None:
    case = make.case_of(make.report(founded.settings, story=STORY))
    declare(founded, login, "Ai Đó Khác")
    assert (bars(case), locks(case)) == ({}, {})
    declare(founded, login)
    actor, ring = founded.made.signed_in(login)
    with pytest.raises(Forbidden):
        triage.open_case(actor, session().get_one(Case, case.id), ring)
    assert set(locks(case)) == ({FRONT} if locked else set())
    assert bars(case) == ({} if locked else {actor.id: BarReason.RELATIVE})


def test_a_letter_never_goes_to_the_body_that_it_puts_in_conflict(founded) -> None:
    sent = make.report(founded.settings)
    case = make.case_of(sent)
    before, ring = founded.made.signed_in(f"lead.{FRONT}")
    actor, report, secret = resident(founded, sent)
    text = f"Tôi mới biết người ấy là Người member.{FRONT}."
    mailbox.add(actor, report, secret, body_id=FRONT, text=text)
    lock = locks(case)[FRONT]
    assert (lock.source, lock.to_body_id) == ("letter", CITY)
    letter = session().scalars(select(Message).where(Message.report_id == report.id)).one()
    assert letter.body_id == CITY
    assert session().get(Grant, (report.id, CITY)) is not None
    with pytest.raises(Forbidden):
        triage.open_case(before, case, ring)
    opened = box(report, secret)
    assert opened.moving == {FRONT: CITY}
    assert opened.desks == [CITY]
    mailbox.add(actor, report, secret, body_id=CITY, text="Thêm một điều nữa.")
    officer, above = founded.made.signed_in(f"lead.{CITY}")
    while not actions.go_on(officer, lock, above):
        pass
    case = session().get_one(Case, case.id)
    letters = triage.open_case(officer, case, above).letters[report.id]
    assert [one.content["text"] for one in letters[:2]] == [text, "Thêm một điều nữa."]
    assert "được chuyển lên" in letters[2].content["sentence"]
    assert len(box(session().get_one(Report, report.id), secret).letters) == 3


def test_a_committees_letter_goes_to_the_committee_above(founded) -> None:
    sent = make.report(founded.settings)
    case = make.routed(founded, sent)
    actor, report, secret = resident(founded, sent)
    mailbox.add(actor, report, secret, body_id=COMMITTEE, text=f"Có cả Người lead.{COMMITTEE}.")
    lock = locks(case)[COMMITTEE]
    assert lock.to_body_id == CITY_COMMITTEE
    officer, ring = founded.made.signed_in(f"lead.{CITY_COMMITTEE}")
    assert actions.go_on(officer, lock, ring)
    case = session().get_one(Case, case.id)
    [one] = casework.open_case(officer, case, ring).reports
    typed, moved = one.letters
    assert typed.content["text"] == f"Có cả Người lead.{COMMITTEE}."
    assert "được chuyển lên" in moved.content["sentence"]


def test_nobody_left_is_guidance_and_nothing_is_sealed_any_more(founded) -> None:
    sent = make.report(founded.settings)
    case = make.case_of(sent)
    actor, report, secret = resident(founded, sent)
    with pytest.raises(mailbox.NobodyFree):
        mailbox.add(actor, report, secret, body_id=FRONT, text="Người lead.front.VN cũng biết.")
    assert locks(case) == {}, "what was not sent locked nothing"
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    actions.name_for_board(lead, case, ring, name="Người lead.front.VN", seen=case.version)
    assert locks(case)[FRONT].state is LockState.NOBODY
    opened = box(report, secret)
    assert (opened.moving, opened.desks) == ({FRONT: None, CITY: None, "front.VN": None}, [])


def test_a_task_goes_on_upwards_when_the_body_above_is_named_meanwhile(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    added = f"Người member.{FRONT} và Nguyễn Thị Vào Sau"
    assert actions.name_for_board(lead, case, ring, name=added, seen=case.version)
    made = people.join(founded.made, f"lead.{CITY}", CITY, "sau", {Role.REVIEWER})
    _rename(made.account_id, "Nguyễn Thị Vào Sau")
    lock = locks(case)[FRONT]
    officer, above = founded.made.signed_in(f"member.{CITY}")
    assert not actions.go_on(officer, lock, above)
    assert (lock.to_body_id, lock.state) == ("front.VN", LockState.WAITING)
    assert locks(case)[CITY].state is LockState.PASSED
    with pytest.raises(Forbidden):
        actions.go_on(officer, lock, above)
    centre, root = founded.made.signed_in("lead.front.VN")
    while not actions.go_on(centre, lock, root):
        pass
    assert session().get_one(Case, case.id).front_id == "front.VN"


def _rename(account_id: str, name: str) -> None:
    """As if he had been invited under this name."""
    act = db.guard.Act("tests.rename", "system", None, day_only=False)
    with db.guard.acting(act), db.transaction() as current:
        current.get_one(Account, account_id).display_name = name
        audit_queries.audit.append(current, act)


def test_who_stands_aside_is_out_at_once_and_cannot_come_back(founded) -> None:
    case = make.routed(founded)
    lead, ring = make.lead(founded)
    member, theirs = founded.made.signed_in(f"member.{COMMITTEE}")
    casework.assign(lead, case, account_id=member.id, seen=case.version)
    actions.stand_aside(member, case)
    case = session().get_one(Case, case.id, populate_existing=True)
    assert case.assignee_id is None
    for act in (casework.open_case, casework.note):
        with pytest.raises(Forbidden):
            act(member, case, theirs, **({"text": "x"} if act is casework.note else {}))
    with pytest.raises(Forbidden):
        actions.stand_aside(member, case)
    assert committee_queries.queue(member, Filters()) == []
    assert member.id not in {one.id for one in committee_queries.inspectors(COMMITTEE, case.id)}
    with pytest.raises(casework.NotAMember):
        casework.assign(lead, case, account_id=member.id, seen=case.version)
    assert casework.open_case(lead, case, ring)


def test_at_routing_relatives_count_like_members(founded) -> None:
    declare(founded, f"member.{COMMITTEE}")
    case = make.case_of(make.report(founded.settings, story=STORY))
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    report = board_queries.reports(case.id)[0]
    version = triage.HandoverVersion(report.id, "Bản chuyển", "", ())
    make.established(actor, case, ring)
    given = {"versions": (version,), "seen": case.version}
    triage.route(actor, case, ring, committee_id=COMMITTEE, **given)
    assert bars(case) == {founded.made[f"member.{COMMITTEE}"].account_id: BarReason.RELATIVE}
    declare(founded, f"lead.{COMMITTEE}")
    other = make.case_of(make.report(founded.settings, story=STORY))
    make.established(actor, other, ring)
    answer = triage.prepare(actor, other, ring)[1].answer
    assert isinstance(answer, Route)
    assert answer.body.id == CITY_COMMITTEE


def test_a_person_added_counts_at_routing(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    actor, ring = founded.made.signed_in(f"lead.{FRONT}")
    assert not actions.name_for_board(actor, case, ring, name=f"Người member.{COMMITTEE}", seen=case.version)
    make.established(actor, case, ring)
    answer = triage.prepare(actor, case, ring)[1].answer
    assert isinstance(answer, Route)
    assert answer.body.id == CITY_COMMITTEE


def test_auditors_and_custodians_are_as_blind_as_officers(founded) -> None:
    auditor = people.join(founded.made, f"lead.{FRONT}", FRONT, "auditor", {Role.AUDITOR})
    other = people.join(founded.made, f"lead.{FRONT}", FRONT, "auditor2", {Role.AUDITOR})
    for login in (auditor.login, f"custodian.{FRONT}"):
        declare(founded, login)
    contact = Contact("Người Kể", "0900 000 001", "")
    sent = make.report(founded.settings, story=STORY, contact=contact, openness=Openness.CONFIDENTIAL)
    case = make.case_of(sent)
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.open_case(lead, case, ring)
    identity = session().get_one(oversight.Identity, sent.report_id)
    opening = oversight.ask(lead, identity, ring=ring, reason="Cần gặp để nhận chứng cứ gốc.")
    row = session().get_one(oversight.IdentityOpening, opening)
    custodian, keys = founded.made.signed_in(f"custodian.{FRONT}")
    assert audit_queries.openings(custodian) == []
    with pytest.raises(Forbidden):
        oversight.read_reason(custodian, row, ring=keys)

    def seen(login: str) -> str:
        actor, _ = founded.made.signed_in(login)
        pages = [audit_queries.entries(actor, audit_queries.Filters(act=act)) for act in _ACTS]
        return str([entry.objects for page in pages for entry in page.entries])

    assert case.id in seen(other.login)
    for gone in (case.id, sent.report_id, opening):
        assert gone not in seen(auditor.login)


_ACTS = ("", "intake.send", "triage.open_case", "oversight.ask", "accounts.admit_member")


def test_the_log_tells_an_auditor_of_no_case_that_a_relative_is_named_in(founded) -> None:
    """Of an act on many things it tells what was declared, never that a case was barred by it."""
    make.case_of(make.report(founded.settings, story=STORY))
    auditor = people.join(founded.made, f"lead.{FRONT}", FRONT, "auditor", {Role.AUDITOR})
    declare(founded, f"member.{FRONT}")
    assert session().scalars(select(CaseBar)).all(), "the relative is named"
    actor, _ = founded.made.signed_in(auditor.login)
    page = audit_queries.entries(actor, audit_queries.Filters(act="conflicts.declare_relative"))
    [entry] = page.entries
    assert {change.table for change in entry.changes} == {"relative"}


def test_the_board_that_follows_may_be_replaced_while_the_committee_works(founded) -> None:
    case = make.concluded(founded)
    added = make.now(case)
    lead, ring = make.lead(founded)
    assert not actions.name_for_committee(lead, added, ring, name=f"Người member.{FRONT}", seen=added.version)
    lock = locks(added)[FRONT]
    casework.answer(lead, added, ring, seen=added.version)
    officer, above = founded.made.signed_in(f"lead.{CITY}")
    while not actions.go_on(officer, lock, above):
        pass
    case = session().get_one(Case, case.id)
    assert (case.front_id, case.leader_id, case.state) == (CITY, COMMITTEE, "answered")
    [told] = triage.open_case(officer, case, above).told
    assert told.content["found"] == make.ANSWER.found
    assert lock.due_was is not None
    assert queries.lock(lock.id) is None


def test_a_list_asks_once_for_all_its_cases(founded) -> None:
    for _ in range(12):
        make.report(founded.settings)
    actor, _ = founded.made.signed_in(f"lead.{FRONT}")
    session().rollback()
    seen: list[str] = []
    event.listen(db.store().engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
    cases = board_queries.queue(actor, replace(Filters(), state="received"))
    assert len(cases) == 12
    assert all(case.facts().barred == frozenset() for case in cases)
    assert len(seen) <= 4, seen


def test_who_leaves_and_his_cases_are_counted_without_the_hidden_ones(founded) -> None:
    case = make.routed(founded)
    lead, _ = make.lead(founded)
    member = founded.made[f"member.{COMMITTEE}"]
    casework.assign(lead, case, account_id=member.account_id, seen=case.version)
    actions.stand_aside(lead, case)
    assert accounts.end_membership(lead, session().get_one(Member, member.member_id)) == 0
    assert session().get_one(Case, case.id, populate_existing=True).assignee_id is None


def test_who_becomes_lead_takes_his_relatives_with_him(founded) -> None:
    """Barred alone as a member; as the body's lead he puts it in conflict."""
    declare(founded, f"member.{FRONT}")
    case = make.case_of(make.report(founded.settings, story=STORY))
    other = make.case_of(make.report(founded.settings))
    lead = founded.made.actor(f"lead.{FRONT}")
    member = session().get_one(Member, founded.made[f"member.{FRONT}"].member_id)
    accounts.change_roles(lead, member, roles=frozenset({Role.LEAD_REVIEWER, Role.REVIEWER}))
    assert locks(case)[FRONT].source == "lead_appointed"
    assert locks(other) == {}
    accounts.change_roles(lead, member, roles=frozenset({Role.REVIEWER}))
    assert locks(case)[FRONT].state is LockState.WAITING


def test_texts_are_digested_only_where_somebody_on_the_line_declared(founded, monkeypatch) -> None:
    declare(founded, "member.front.C27013b")
    made: list[str] = []

    def noted(phrase: str) -> bytes:
        made.append(phrase)
        return name_digest(phrase)

    monkeypatch.setattr("portal.papers.kinship.name_digest", noted)
    make.report(founded.settings, story=STORY)
    assert made == []
    declare(founded, f"member.{CITY}")
    make.report(founded.settings, story=STORY)
    assert "pham thi bich van" in made
    assert len(made) == len(set(made))


def test_a_review_bars_whom_the_first_text_bars_at_the_board_above(founded) -> None:
    declare(founded, f"member.{CITY}")
    sent = make.report(founded.settings, story=STORY)
    case = make.case_of(sent)
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.decline(lead, case, ring, reason=DeclineReason.NO_FACTS, text="", seen=case.version)
    actor, report, secret = resident(founded, sent)
    request_review(actor, report, secret, case_id=case.id, text="Xem lại giúp.")
    review = session().scalars(select(Case).where(Case.review_of == case.id)).one()
    assert review.front_id == CITY
    related, ring = founded.made.signed_in(f"member.{CITY}")
    assert bars(review) == {related.id: BarReason.RELATIVE}
    with pytest.raises(Forbidden):
        triage.open_case(related, review, ring)
    assert board_queries.queue(related, board_queries.Filters()) == []
    lead, ring = founded.made.signed_in(f"lead.{CITY}")
    assert triage.open_case(lead, review, ring).reports
