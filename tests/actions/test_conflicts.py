"""A conflict found late: locked at once, sealed anew by the body above; the one below opens nothing."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from portal.accounts import actions as accounts
from portal.accounts import credentials
from portal.action import Forbidden, Stale, session
from portal.casework import actions as casework
from portal.conflicts import actions, queries
from portal.conflicts.actions import board
from portal.data import audit, db, migrate
from portal.data.models.account import Account, Member
from portal.data.models.case import Case, CaseGrant, CaseReport, CaseStep
from portal.data.models.conflict import CaseLock
from portal.data.models.report import Attachment, Grant, Identity, Message, Report
from portal.domain import clock
from portal.domain.conflicts import LockState
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind
from portal.domain.life import State, Step
from portal.domain.permissions import ANYBODY, Actor, ActorKind, Role
from portal.domain.telling import Contact, Openness
from portal.intake.actions import mailbox
from portal.intake.queries.mailbox import box, passed
from portal.oversight import actions as oversight
from portal.papers.files import content, opened_description
from portal.papers.keys import open_case_key, open_grant
from portal.papers.reports import open_part
from portal.triage import actions as triage
from portal.triage import queries as board_queries
from portal.vault.boxes import place
from portal.vault.errors import Broken, NotHeld
from portal.vault.fingerprint import fingerprint
from portal.vault.identity import peel_outer
from tests.support import make, people
from tests.support.people import CHEAP, PASSPHRASE

FRONT, COMMITTEE = make.FRONT, make.COMMITTEE
CITY, CITY_COMMITTEE = "front.P79b", "inspection.P79b"
NAME = "Đỗ Thị Người Mới"
STORY = f"{make.STORY} Bà do thi nguoi moi biết việc này."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def waiting(founded, body_id: str, role: Role, name: str = NAME) -> Member:
    """Somebody of this name who was invited and waits to be admitted."""
    lead = founded.made.actor(f"lead.{body_id}")
    link = accounts.invite(lead, people.body(body_id), display_name=name, roles=frozenset({role}))
    made = credentials.make(PASSPHRASE, cost=CHEAP)
    return accounts.accept_invitation(ANYBODY, link, login=f"moi.{body_id}"[:60], credentials=made)


def admitted(founded, body_id: str, role: Role, name: str = NAME) -> Member:
    member = waiting(founded, body_id, role, name)
    actor, ring = founded.made.signed_in(f"lead.{body_id}")
    accounts.admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))
    return member


def lock_of(case, body_id: str = FRONT) -> CaseLock:
    return (
        session()
        .scalars(select(CaseLock).where(CaseLock.case_id == case.id, CaseLock.body_id == body_id))
        .one()
    )


def resealed(founded, lock: CaseLock) -> None:
    actor, ring = founded.made.signed_in(f"member.{lock.to_body_id}")
    for _ in range(10):
        if actions.go_on(actor, lock, ring):
            return
    raise AssertionError("it never ends")


def opened_box(founded, code: str):
    found = passed(code, founded.settings.pepper.encode())
    assert found is not None
    report = session().scalars(select(Report).where(Report.lookup == found.lookup)).one()
    return report, found.secret, box(report, found.secret)


def test_who_is_admitted_later_never_sees_the_case_about_him(founded) -> None:
    case = make.case_of(make.report(founded.settings, story=STORY))
    member = admitted(founded, FRONT, Role.REVIEWER)
    lock = lock_of(case)
    assert (lock.state, lock.to_body_id, lock.source) == (LockState.WAITING, CITY, "member_admitted")
    for login in (f"lead.{FRONT}", f"member.{FRONT}", member.account.login):
        actor, ring = founded.made.signed_in(login)
        with pytest.raises(Forbidden):
            triage.open_case(actor, case, ring)
        assert board_queries.queue(actor, board_queries.Filters()) == []
    actor, _ = founded.made.signed_in(f"lead.{CITY}")
    assert [one.id for one in queries.waiting(actor)] == [lock.id]


def test_who_is_admitted_later_does_not_read_the_closed_case_about_him_either(founded) -> None:
    case = make.case_of(make.report(founded.settings, story=STORY))
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.decline(lead, case, ring, reason=DeclineReason.NO_FACTS, text="", seen=case.version)
    member = admitted(founded, FRONT, Role.REVIEWER)
    actor, ring = founded.made.signed_in(member.account.login)
    with pytest.raises(Forbidden):
        triage.open_case(actor, case, ring)
    assert board_queries.queue(actor, board_queries.Filters()) == []
    assert not session().scalars(select(CaseLock)).all(), "nothing is decided there any more"
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    assert triage.open_case(lead, case, ring).reports


def test_a_case_about_others_stays_where_it_is(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    admitted(founded, FRONT, Role.REVIEWER)
    assert not session().scalars(select(CaseLock)).all()
    assert session().get_one(type(case), case.id).front_id == FRONT


def test_sealed_anew_the_board_below_opens_nothing_and_the_one_above_works_on(founded) -> None:
    file = make.stored("anh.jpg", b"\xff\xd8 what the picture shows")
    contact = Contact("Người Kể", "0900 000 001", "Nhà")
    sent = make.report(
        founded.settings, story=STORY, files=(file,), contact=contact, openness=Openness.CONFIDENTIAL
    )
    case = make.case_of(sent)
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.ask(lead, case, ring, text="Việc xảy ra hôm nào?", seen=case.version)
    old_grant = session().get_one(Grant, (sent.report_id, FRONT))
    old_keys = open_grant(ring, old_grant)
    old_row = session().scalars(select(Attachment).where(Attachment.report_id == sent.report_id)).one()
    old_file = opened_description(old_row.sealed_meta, old_keys.report_key(), "attachment", old_row.id)
    admitted(founded, FRONT, Role.REVIEWER)
    due_before = case.due_on
    resealed(founded, lock_of(case))
    session().expire_all()
    case = session().get_one(type(case), case.id)

    # The keys it had, and those it could ever get with the ring it has, open nothing of what is stored now.
    assert session().get(Grant, (sent.report_id, FRONT)) is None
    report = session().get_one(Report, sent.report_id)
    for part in ("head", "content"):
        with pytest.raises(Broken):
            open_part(old_keys.report_key(), report.id, part, getattr(report, f"sealed_{part}"))
    for row in session().scalars(select(Message).where(Message.report_id == report.id)):
        with pytest.raises(Broken):
            mailbox.messages.unbox_json(
                old_keys.mailbox, row.sealed_body, bound_to=place("message", row.id, "body")
            )
    new_row = session().scalars(select(Attachment).where(Attachment.report_id == sent.report_id)).one()
    assert new_row.clean_blob != old_file.clean_blob
    with pytest.raises(Broken):
        b"".join(content(replace(old_file, clean_blob=new_row.clean_blob)))
    grant = session().get_one(Grant, (sent.report_id, CITY))
    with pytest.raises(NotHeld):
        open_grant(ring, grant)
    identity = session().get_one(Identity, sent.report_id)
    assert (identity.body_id, identity.custodian_body_id) == (CITY, FRONT)
    with pytest.raises(Broken):
        peel_outer(
            ring.loaded(FRONT, "identity"), identity.sealed, place("report", sent.report_id, "identity")
        )

    # The board above has it, with a clock of its own; the old date stays visible.
    assert (case.front_id, case.state, case.assignee_id) == (CITY, State.RECEIVED, None)
    assert lock_of(case).due_was == due_before
    assert case.due_rule == "classify"
    actor, above = founded.made.signed_in(f"member.{CITY}")
    opened = triage.open_case(actor, case, above)
    assert opened.reports[0].content["story"] == STORY
    letter, moved = opened.letters[report.id]
    assert letter.content["text"] == "Việc xảy ra hôm nào?"
    assert moved.content["sentence"].startswith("Phản ánh này được chuyển lên")
    assert letter.content["by"].endswith("phường Tân Sơn Nhì")
    _, data = triage.open_file(actor, case, above, new_row.id)
    assert data == b"\xff\xd8 what the picture shows"
    triage.write(actor, case, above, text="Chúng tôi đã nhận hồ sơ.")

    # The receipt opens everything.
    _, _, mine = opened_box(founded, sent.code)
    assert [one.content["text"] for one in mine.letters if "text" in one.content] == [
        "Việc xảy ra hôm nào?",
        "Chúng tôi đã nhận hồ sơ.",
    ]
    assert mine.desks == [CITY]
    steps = session().scalars(
        select(CaseStep.step).where(CaseStep.case_id == case.id).order_by(CaseStep.version)
    )
    assert list(steps) == [Step.ASK_INFO, Step.LOCK, Step.HAND_UP]


def test_a_name_is_opened_by_the_custodian_above_after_the_take_over(founded) -> None:
    contact = Contact("Người Kể", "0900 000 001", "Nhà")
    sent = make.report(founded.settings, story=STORY, contact=contact, openness=Openness.CONFIDENTIAL)
    admitted(founded, FRONT, Role.REVIEWER)
    resealed(founded, lock_of(make.case_of(sent)))
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    identity = session().get_one(Identity, sent.report_id)
    opening = oversight.ask(actor, identity, ring=ring, reason="Cần gặp để nhận chứng cứ gốc.")
    row = session().get_one(oversight.IdentityOpening, opening)
    custodian, theirs = founded.made.signed_in(f"custodian.{CITY}")
    assert oversight.read_reason(custodian, row, ring=theirs)
    oversight.grant(custodian, row, ring=theirs)
    assert oversight.read_identity(actor, row, ring=ring)["name"] == "Người Kể"


def test_a_committee_in_conflict_loses_case_key_and_mailbox(founded) -> None:
    file = make.stored("anh.jpg", b"\xff\xd8 what the picture shows")
    sent = make.report(founded.settings, files=(file,))
    case = make.verifying(founded, sent)
    lead, ring = make.lead(founded)
    casework.ask(lead, case, ring, report_id=sent.report_id, text="Bạn nộp hồ sơ ngày nào?")
    member = founded.made[f"member.{COMMITTEE}"]
    casework.assign(lead, case, account_id=member.account_id, seen=case.version)
    key = open_case_key(ring, session().get_one(CaseGrant, (case.id, COMMITTEE)))
    name = session().get_one(Account, member.account_id).display_name
    assert actions.name_for_committee(lead, case, ring, name=name, seen=case.version)
    with pytest.raises(Forbidden):
        casework.open_case(lead, case, ring)
    front, front_ring = founded.made.signed_in(f"lead.{FRONT}")
    assert triage.open_case(front, case, front_ring)
    resealed(founded, lock_of(case, COMMITTEE))
    session().expire_all()
    assert session().get(CaseGrant, (case.id, COMMITTEE)) is None
    assert session().get(Grant, (sent.report_id, COMMITTEE)) is None
    link = session().get_one(CaseReport, (case.id, sent.report_id))
    with pytest.raises(Broken):
        casework.opening.records.open_handover(key, link)
    with pytest.raises(NotHeld):
        open_case_key(ring, session().get_one(CaseGrant, (case.id, CITY_COMMITTEE)))
    assert (case.leader_id, case.state, case.assignee_id) == (CITY_COMMITTEE, State.ROUTED, None)
    actor, above = founded.made.signed_in(f"lead.{CITY_COMMITTEE}")
    opened = casework.open_case(actor, case, above)
    assert opened.reports[0].version["narrative"] == make.STORY
    assert {paper.content["text"] for paper in opened.papers} >= {"Xem sổ nhận hồ sơ.", name}
    [file_info] = opened.files
    assert casework.open_file(actor, case, above, file_info.id)[1] == b"\xff\xd8 what the picture shows"
    casework.accept(actor, case, seen=case.version)
    assert case.due_rule == "settle"
    _, _, mine = opened_box(founded, sent.code)
    texts = [one.content["text"] for one in mine.letters if "text" in one.content]
    assert texts == ["Bạn nộp hồ sơ ngày nào?"]


def test_an_interruption_in_the_middle_loses_nothing(founded, monkeypatch) -> None:
    """Two reports in one case: after the first the session ends, in the middle of the second it fails."""
    first = make.report(founded.settings, story=STORY)
    second = make.report(founded.settings, files=(make.stored("a.jpg", b"\xff\xd8 a"),))
    case = make.case_of(first)
    _join(case.id, make.case_of(second).id, second.report_id)
    lead, ring = founded.made.signed_in(f"lead.{FRONT}")
    triage.classify(lead, case, ring, kind=Kind.PETITION, why="Vì kể một việc", seen=case.version)
    admitted(founded, FRONT, Role.REVIEWER)
    lock = lock_of(case)
    actor, above = founded.made.signed_in(f"lead.{CITY}")
    assert queries.progress(lock) == queries.Progress(0, 2)
    assert not actions.go_on(actor, lock, above)
    assert queries.progress(lock) == queries.Progress(1, 2)
    with pytest.raises(Stale):
        actions.hand_up(actor, lock, above)

    def fails(*given, **more):
        raise OSError("the power is gone")

    monkeypatch.setattr(board.anew, "move_records", fails)
    with pytest.raises(OSError, match="power"):
        actions.go_on(actor, lock, above)
    monkeypatch.undo()
    for sent in (first, second):
        report, _, mine = opened_box(founded, sent.code)
        key = next(keys.report for keys in mine.keys.values())
        assert open_part(key, report.id, "content", report.sealed_content)["story"]
    assert queries.progress(lock) == queries.Progress(1, 2)

    actor, above = founded.made.signed_in(f"member.{CITY}")
    assert not actions.go_on(actor, lock, above)
    assert actions.go_on(actor, lock, above)
    case = session().get_one(Case, case.id, populate_existing=True)
    opened = triage.open_case(actor, case, above)
    assert [one.content["story"] for one in opened.reports]
    assert [paper.content["text"] for paper in opened.papers] == ["Vì kể một việc"]
    assert len(opened.reports) == 2
    with pytest.raises(Forbidden):
        actions.go_on(*founded.made.signed_in(f"lead.{FRONT}")[:1], lock, above)


def _join(case_id: str, other_id: str, report_id: str) -> None:
    """Two residents told of the same matter: one case."""
    act = db.guard.Act("tests.join", "system", None, day_only=False)
    with db.guard.acting(act), db.transaction() as current:
        current.execute(delete(CaseReport).where(CaseReport.report_id == report_id))
        current.execute(delete(Case).where(Case.id == other_id))
        current.add(CaseReport(case_id=case_id, report_id=report_id, added_on=clock.today()))
        audit.append(current, act)


def test_a_file_that_came_meanwhile_is_not_lost(founded) -> None:
    """What was stored anew before the resident wrote once more is tried again, not half done."""
    sent = make.report(founded.settings, story=STORY)
    case = make.case_of(sent)
    admitted(founded, FRONT, Role.REVIEWER)
    lock = lock_of(case)
    actor, ring = founded.made.signed_in(f"lead.{CITY}")
    report, secret, _ = opened_box(founded, sent.code)
    file = make.stored("b.jpg", b"\xff\xd8 b")
    resident = Actor("reporter", ActorKind.REPORTER, report_id=report.id)
    mailbox.add(resident, report, secret, body_id=CITY, text="Thêm ảnh.", files=(file,))
    assert not actions.go_on(actor, lock, ring)
    assert actions.go_on(actor, lock, ring)
    opened = triage.open_case(actor, session().get_one(Case, case.id), ring)
    letter, _moved = opened.letters[report.id]
    assert [one.name for one in letter.files] == ["b.jpg"]


def test_tables_come_with_data_and_go_again(founded) -> None:
    """The migration on a database at work, down and up, on both databases."""
    contact = Contact("Người Kể", "0900 000 001", "Nhà")
    sent = make.report(founded.settings, contact=contact, openness=Openness.CONFIDENTIAL)
    sealed = session().get_one(Identity, sent.report_id).sealed
    founded.store.close()
    migrate.downgrade(founded.settings.database, "0003")
    migrate.upgrade(founded.settings.database)
    db.use_store(None)
    again = db.open_store(founded.settings.database, founded.settings.blobs)
    try:
        row = session().get_one(Identity, sent.report_id)
        assert (row.sealed, row.custodian_body_id) == (sealed, None)
        assert not session().scalars(select(CaseLock)).all()
    finally:
        again.close()
