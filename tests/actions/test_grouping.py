"""One report as several cases, several reports as one case: nobody sees more than his own matter."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from portal.action import Forbidden, Stale, session
from portal.casework import actions as casework
from portal.conflicts import actions as conflicts
from portal.data.models.account import Account
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, CaseReport, Record, RecordKind
from portal.data.models.conflict import CaseBar
from portal.data.models.report import Attachment, Under
from portal.data.reference import shipped
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind
from portal.domain.life import Desk, IllegalStep, State
from portal.domain.parting import NotApart, Part
from portal.domain.permissions import Actor, ActorKind
from portal.domain.posts import POSTS
from portal.domain.telling import Contact, Openness
from portal.intake.actions import mailbox as residents
from portal.intake.actions import review
from portal.intake.queries import mailbox
from portal.papers.lists import Filters
from portal.registry.actions import generate_bodies
from portal.triage import actions, queries, showing
from tests.support import make
from tests.support import people as made_people
from tests.support.make import ANSWER, COMMITTEE, FRONT

FIRST = "Ông Trần Văn Một ở bộ phận một cửa giữ hồ sơ mười hai ngày."
SECOND = "Bà Lê Thị Hai ở trạm y tế thu tiền không có biên lai."
BOTH = "Tôi nộp đơn ngày 02/03/2026."


@pytest.fixture
def founded(prepared):
    return prepared("people", made_people.found)


def reviewer(founded: Any, login: str = f"lead.{FRONT}") -> tuple[Actor, Any]:
    found: tuple[Actor, Any] = founded.made.signed_in(login)
    return found


def parts(files: tuple[str, ...] = (), letters: tuple[str, ...] = ()) -> tuple[Part, ...]:
    one = Part("Trần Văn Một", "Bộ phận một cửa", "việc giữ hồ sơ", (0, 2), (), files[:1], signs=True)
    two = Part("Lê Thị Hai", "Trạm y tế phường", "việc thu tiền", (1, 2), letters, files[1:])
    return one, two


def told(founded: Any, **changes: Any) -> tuple[Any, Case, Actor, Any]:
    office = replace(make.telling().office, person="Trần Văn Một")
    changes = {"story": f"{FIRST}\n{SECOND}\n{BOTH}", "office": office} | changes
    sent = make.report(founded.settings, **changes)
    actor, ring = reviewer(founded)
    case = make.case_of(sent)
    actions.classify(actor, case, ring, kind=Kind.PETITION, why="Hai người", seen=case.version)
    return sent, case, actor, ring


def apart(founded: Any, **changes: Any) -> tuple[Any, Case, Case, Actor, Any]:
    sent, case, actor, ring = told(founded, **changes)
    [other_id] = actions.split(actor, case, ring, parts=parts(), seen=case.version)
    return sent, case, session().get_one(Case, other_id), actor, ring


def box(founded: Any, sent: Any) -> mailbox.Box:
    session().rollback()
    found = mailbox.passed(sent.code, founded.settings.pepper.encode())
    return mailbox.box(mailbox.report(found.lookup), found.secret)


def route(sent: Any, case: Case, actor: Actor, ring: Any, *more: Any, narrative: str = "") -> None:
    """To the ward's committee, with what the sheet proposes as the version."""
    make.established(actor, case, ring)
    found, _ = actions.prepare(actor, case, ring)
    texts = {one.opened.report.id: one.opened.content["story"] for one in found}
    files = {one.opened.report.id: tuple(file.id for file in one.files) for one in found}
    versions = tuple(
        actions.HandoverVersion(one.report_id, narrative or texts[one.report_id], "", files[one.report_id])
        for one in (sent, *more)
    )
    actions.route(actor, case, ring, committee_id=COMMITTEE, versions=versions, seen=case.version)


# Split. -----------------------------------------------------------------------------------------------------


def test_each_matter_is_a_case_with_its_own_clock_and_part(founded) -> None:
    _sent, case, other, actor, ring = apart(founded)
    assert (case.matter, other.matter, other.split_from) == (1, 2, case.id)
    assert (other.state, other.kind, other.due_on) == (State.RECEIVED, Kind.PETITION, case.due_on)
    assert other.due_rule == "classify"
    [part] = actions.open_case(actor, other, ring).parts
    assert part.story == (SECOND, BOTH)
    assert (part.person, part.office, part.first) == ("Lê Thị Hai", "Trạm y tế phường", False)
    [part] = actions.open_case(actor, case, ring).parts
    assert part.story == (FIRST, BOTH)
    assert {one.id for one in queries.sisters(case)} == {other.id}
    assert {one.id for one in queries.sisters(other)} == {case.id}


def test_a_committee_sees_its_own_matter_only(founded) -> None:
    files = (make.stored("mot.jpg", b"mot"), make.stored("hai.jpg", b"hai"))
    sent, case, actor, ring = told(founded, files=files)
    ids = [file.id for file in actions.open_case(actor, case, ring).reports[0].files]
    by_name = {file.name: file.id for file in actions.open_case(actor, case, ring).reports[0].files}
    assert len(ids) == 2
    chosen = parts((by_name["mot.jpg"], by_name["hai.jpg"]))
    [other_id] = actions.split(actor, case, ring, parts=chosen, seen=case.version)
    other = session().get_one(Case, other_id)
    route(sent, other, actor, ring)
    lead, keys = founded.made.signed_in(f"lead.{COMMITTEE}")
    opened = casework.open_case(lead, other, keys)
    [handed] = opened.reports
    assert handed.version["narrative"] == f"{SECOND}\n{BOTH}"
    assert handed.version["person"] == "Lê Thị Hai"
    assert handed.version["head"]["office"]["name"] == "Trạm y tế phường"
    assert handed.version["signs"] == {}
    assert "Trần Văn Một" not in str(handed.version)
    assert [file.name for file in opened.files] == ["hai.jpg"]
    with pytest.raises(Forbidden):
        casework.open_case(lead, case, keys)


def test_each_matter_is_answered_in_the_same_mailbox(founded) -> None:
    sent, case, _other, actor, ring = apart(founded)
    actions.decline(actor, case, ring, reason=DeclineReason.NO_FACTS, text="", seen=case.version)
    opened = box(founded, sent)
    assert [(opened.matter(one.id), opened.state(one)) for one in opened.cases] == [
        (1, State.DECLINED),
        (2, State.RECEIVED),
    ]
    notice, refusal = opened.letters
    assert [one["told"] for one in notice.content["matters"]] == ["việc giữ hồ sơ", "việc thu tiền"]
    assert opened.matter(refusal.case_id) == 1
    assert "Lê Thị Hai" not in str([letter.content for letter in opened.letters])


def test_a_question_on_one_matter_is_not_answered_by_a_reply_on_the_other(founded) -> None:
    sent, case, other, actor, ring = apart(founded)
    actions.ask(actor, case, ring, text="Phiếu hẹn số mấy?", seen=case.version)
    actions.ask(actor, other, ring, text="Thu bao nhiêu tiền?", seen=other.version)
    opened = box(founded, sent)
    first, second = opened.questions
    resident = make_reporter(opened)
    secret = mailbox.passed(sent.code, founded.settings.pepper.encode()).secret
    residents.reply(resident, opened.report, secret, question_id=second.id, text="Năm mươi nghìn.")
    opened = box(founded, sent)
    assert [one.id for one in opened.questions] == [first.id]
    assert (case.state, other.state) == (State.NEEDS_INFO, State.RECEIVED)
    residents.reply(resident, opened.report, secret, question_id=first.id, text="Số 12.")
    assert box(founded, sent).questions == []


def make_reporter(opened: mailbox.Box) -> Actor:
    return Actor("reporter", ActorKind.REPORTER, report_id=opened.report.id)


def test_the_other_officials_post_is_asked_before_the_case_goes(founded) -> None:
    generate_bodies(Actor("system", ActorKind.SYSTEM), shipped(POSTS))
    post = replace(make.telling().office, post="committee.commune.staff", person="Trần Văn Một")
    _, case, other, actor, ring = apart(founded, office=post)
    assert actions.prepare(actor, case, ring)[1].route is not None
    assert actions.prepare(actor, other, ring)[1].route is None


def test_a_committee_member_named_in_one_matter_bars_that_matter_only(founded) -> None:
    name = session().get_one(Account, founded.made[f"member.{COMMITTEE}"].account_id).display_name
    _sent, case, actor, ring = told(founded, story=f"{FIRST}\nÔng {name} nhận quà.\n{BOTH}")
    two = replace(parts()[1], person=name)
    [other_id] = actions.split(actor, case, ring, parts=(parts()[0], two), seen=case.version)
    other = session().get_one(Case, other_id)
    make.established(actor, case, ring)
    make.established(actor, other, ring)
    assert actions.prepare(actor, case, ring)[1].route.body.id == COMMITTEE
    assert actions.prepare(actor, other, ring)[1].route.body.id != COMMITTEE


def test_who_has_no_part_at_the_board_has_none_in_any_matter(founded) -> None:
    _sent, case, actor, ring = told(founded)
    member, keys = reviewer(founded, f"member.{FRONT}")
    conflicts.stand_aside(member, case)
    session().refresh(case)
    [other_id] = actions.split(actor, case, ring, parts=parts(), seen=case.version)
    other = session().get_one(Case, other_id)
    for one in (case, other):
        with pytest.raises(Forbidden):
            actions.open_case(member, one, keys)


def test_a_wrong_sharing_changes_nothing(founded) -> None:
    _, case, actor, ring = told(founded)
    one, two = parts()
    with pytest.raises(NotApart, match="lost"):
        actions.split(actor, case, ring, parts=(one, replace(two, passages=(2,))), seen=case.version)
    with pytest.raises(Stale):
        actions.split(actor, case, ring, parts=(one, two), seen=case.version + 1)
    session().rollback()
    assert (case.matter, list(queries.sisters(case))) == (None, [])
    assert session().scalars(select(Record).where(Record.kind == RecordKind.PART)).all() == []


def test_a_matter_may_be_split_again(founded) -> None:
    sent, case, other, actor, ring = apart(founded)
    again = (
        Part("Lê Thị Hai", "Trạm y tế", "việc thu tiền", (0,)),
        Part("", "Phòng khám", "việc nộp đơn", (1,)),
    )
    [third_id] = actions.split(actor, other, ring, parts=again, seen=other.version)
    third = session().get_one(Case, third_id)
    assert (third.matter, third.split_from) == (3, case.id)
    assert [part.story for part in actions.open_case(actor, third, ring).parts] == [(BOTH,)]
    assert [part.story for part in actions.open_case(actor, other, ring).parts] == [(SECOND,)]
    assert [opened.matter for opened in box(founded, sent).cases] == [1, 2, 3]


def test_a_split_is_one_act_in_the_audit_with_no_words(founded) -> None:
    _, _, other, _, _ = apart(founded)
    entry = session().scalars(select(AuditEntry).where(AuditEntry.act == "triage.split")).one()
    assert f"case:{other.id}" in str(entry.objects)
    assert "Hai" not in str(entry.objects) + str(entry.changes)


# Join. ------------------------------------------------------------------------------------------------------


def two(founded: Any, **changes: Any) -> tuple[Any, Any, Case, Case, Actor, Any]:
    """Two residents on one matter at one board: the sent ones, their cases, the reviewer and his keys."""
    actor, ring = reviewer(founded)
    sent = [make.report(founded.settings), make.report(founded.settings, **changes)]
    cases = [make.case_of(one) for one in sent]
    for case in cases:
        actions.classify(actor, case, ring, kind=Kind.PETITION, why="Kể một việc", seen=case.version)
    return sent[0], sent[1], cases[0], cases[1], actor, ring


def joined(founded: Any, **changes: Any) -> tuple[Any, Any, Case, Case, Actor, Any]:
    first, second, into, case, actor, ring = two(founded, **changes)
    actions.join(actor, case, ring, into=into.id, why="Cùng người, cùng ngày", seen=case.version)
    return first, second, into, case, actor, ring


def test_the_joined_case_rests_and_its_papers_stay(founded) -> None:
    first, second, into, case, actor, ring = joined(founded)
    assert (case.state, case.desk, case.due_on, case.joined_to) == (
        State.JOINED,
        Desk.NOBODY,
        None,
        into.id,
    )
    assert [one.report.id for one in actions.open_case(actor, into, ring).reports] == [
        first.report_id,
        second.report_id,
    ]
    assert [one.report.id for one in actions.open_case(actor, case, ring).reports] == [second.report_id]
    kinds = showing.kinds_of(actions.open_case(actor, case, ring).papers)
    assert [paper.content["text"] for paper in kinds] == ["Kể một việc"]
    ids = [one.id for one in queries.queue(actor, Filters(desk=Desk.FRONT))]
    assert into.id in ids
    assert case.id not in ids


def test_each_resident_is_answered_in_his_own_mailbox_and_learns_of_nobody(founded) -> None:
    first, second, into, _case, actor, ring = joined(founded, story="Người thứ hai kể. CANARY-TWO")
    route(first, into, actor, ring, second)
    lead, keys = founded.made.signed_in(f"lead.{COMMITTEE}")
    assert {one.version["narrative"] for one in casework.open_case(lead, into, keys).reports} == {
        make.STORY,
        "Người thứ hai kể. CANARY-TWO",
    }
    casework.accept(lead, into, seen=into.version)
    casework.begin_verification(lead, into, keys, plan="Xem sổ nhận hồ sơ.", seen=into.version)
    casework.record_explanation(lead, into, keys, text="Có lỗi.", dated=make.date(2026, 4, 2), refused=False)
    finding = make.Finding.PARTLY
    casework.conclude(lead, into, keys, finding=finding, answer=ANSWER, seen=into.version)
    casework.answer(lead, into, keys, seen=into.version)
    for one, other in ((first, second), (second, first)):
        opened = box(founded, one)
        assert [found.id for found in opened.cases] == [into.id]
        assert opened.state(opened.cases[0]) is State.ANSWERED
        assert opened.letters[-1].content["found"] == ANSWER.found
        assert other.report_id not in str(opened)
    assert "CANARY-TWO" not in str([letter.content for letter in box(founded, first).letters])


def test_a_review_that_one_asked_for_is_not_shown_to_the_other(founded) -> None:
    first, second, into, _case, actor, ring = joined(founded)
    actions.decline(actor, into, ring, reason=DeclineReason.NO_FACTS, text="", seen=into.version)
    opened = box(founded, second)
    secret = mailbox.passed(second.code, founded.settings.pepper.encode()).secret
    review.request_review(make_reporter(opened), opened.report, secret, case_id=into.id, text="Xin xem lại.")
    mine, others = box(founded, second), box(founded, first)
    assert mine.state(mine.cases[0]) is State.UNDER_REVIEW
    assert others.state(others.cases[0]) is State.ANSWERED
    assert len(others.cases) == 1


def test_bars_of_both_are_united(founded) -> None:
    _, _, into, case, actor, ring = two(founded)
    member, keys = reviewer(founded, f"member.{FRONT}")
    conflicts.stand_aside(member, case)
    session().refresh(case)
    actions.join(actor, case, ring, into=into.id, why="Cùng việc", seen=case.version)
    with pytest.raises(Forbidden):
        actions.open_case(member, into, keys)
    assert member.id in {one.account_id for one in session().scalars(select(CaseBar)).all()}


def test_what_bars_later_in_one_bars_in_the_other(founded) -> None:
    _, _, into, case, _actor, _ring = joined(founded)
    member, keys = reviewer(founded, f"member.{FRONT}")
    conflicts.stand_aside(member, into)
    with pytest.raises(Forbidden):
        actions.open_case(member, case, keys)


def test_a_name_in_the_second_report_moves_the_routing(founded) -> None:
    name = session().get_one(Account, founded.made[f"member.{COMMITTEE}"].account_id).display_name
    _, _, into, _, actor, ring = joined(founded, story=f"Ông {name} cũng có mặt hôm đó.")
    make.established(actor, into, ring)
    assert actions.prepare(actor, into, ring)[1].route.body.id != COMMITTEE


def test_a_wrong_join_is_undone_with_its_version_and_files(founded) -> None:
    file = make.stored("nha.jpg", b"nha")
    first, second, into, case, actor, ring = joined(founded, files=(file,))
    route(first, into, actor, ring, second)
    lead, keys = founded.made.signed_in(f"lead.{COMMITTEE}")
    assert [one.name for one in casework.open_case(lead, into, keys).files] == ["nha.jpg"]
    actions.unjoin(actor, case, ring, reason="Khác ngày, khác người", seen=case.version)
    assert (case.state, case.joined_to, case.due_rule) == (State.RECEIVED, None, "classify")
    session().refresh(into)
    opened = casework.open_case(lead, into, keys)
    assert [one.report_id for one in opened.reports] == [first.report_id]
    assert opened.files == ()
    left = select(Attachment).where(Attachment.report_id == second.report_id)
    assert [row.under for row in session().scalars(left)] == [Under.REPORT]
    assert [one.id for one in box(founded, second).cases] == [case.id]
    assert [one.id for one in box(founded, first).cases] == [into.id]


def test_after_the_answer_a_join_stays(founded) -> None:
    _, _, into, case, actor, ring = joined(founded)
    actions.decline(actor, into, ring, reason=DeclineReason.NO_FACTS, text="", seen=into.version)
    with pytest.raises(IllegalStep):
        actions.unjoin(actor, case, ring, reason="Nhầm", seen=case.version)
    session().rollback()
    assert case.state is State.JOINED


def test_a_named_resident_makes_the_joined_case_no_lead(founded) -> None:
    named = {"openness": Openness.CONFIDENTIAL, "contact": Contact(name="Phan Văn Mẫu", phone="0900000000")}
    _, _, into, case, actor, ring = joined(founded, **named)
    assert into.anonymous is False
    actions.unjoin(actor, case, ring, reason="Nhầm", seen=case.version)
    session().refresh(into)
    assert into.anonymous is True


@pytest.mark.parametrize("why", ["same_case", "no_such_case", "holds_others", "same_report", "other_kind"])
def test_what_cannot_be_joined_says_why(founded, why: str) -> None:
    _first, _second, into, case, actor, ring = two(founded)
    chosen = {"same_case": case.id, "no_such_case": "0" * 16}.get(why, into.id)
    if why == "holds_others":
        third = make.case_of(make.report(founded.settings))
        actions.join(actor, third, ring, into=case.id, why="Cùng việc", seen=third.version)
        session().refresh(case)
    if why == "same_report":
        part = (Part("A", "", "một", (0,), signs=True), Part("B", "", "hai", (1,)))
        [chosen] = actions.split(actor, case, ring, parts=part, seen=case.version)
    if why == "other_kind":
        chosen = make.case_of(make.report(founded.settings, kind=make.ReportKind.PRAISE)).id
    with pytest.raises(actions.NotTogether) as refused:
        actions.join(actor, case, ring, into=chosen, why="Cùng việc", seen=case.version)
    assert refused.value.why == why


def test_another_boards_case_is_not_found(founded) -> None:
    _, _, into, case, _actor, _ring = two(founded)
    other, keys = reviewer(founded, "lead.front.P79b")
    with pytest.raises(Forbidden):
        actions.join(other, case, keys, into=into.id, why="Cùng việc", seen=case.version)


def test_a_matter_of_a_split_report_is_joined_with_its_own_share_only(founded) -> None:
    sent, case, other, actor, ring = apart(founded)
    alone = make.report(founded.settings, story="Trạm y tế thu tiền của tôi.")
    into = make.case_of(alone)
    actions.classify(actor, into, ring, kind=Kind.PETITION, why="", seen=into.version)
    actions.join(actor, other, ring, into=into.id, why="Cùng người thu", seen=other.version)
    found, _ = actions.prepare(actor, into, ring)
    assert [one.opened.content["story"] for one in found] == [
        "Trạm y tế thu tiền của tôi.",
        f"{SECOND}\n{BOTH}",
    ]
    assert [opened.id for opened in box(founded, sent).cases if opened.matter] == [case.id]
    links = session().scalars(select(CaseReport).where(CaseReport.case_id == into.id)).all()
    assert {link.joined_from for link in links} == {None, other.id}


# Kinds. -----------------------------------------------------------------------------------------------------


def test_every_kind_stays_with_who_when_and_why(founded) -> None:
    _, case, actor, ring = told(founded)
    actions.classify(actor, case, ring, kind=Kind.DENUNCIATION, why="Có đơn ký tên", seen=case.version)
    actions.decline(
        actor, case, ring, reason=DeclineReason.COMPLAINT, text="Xem hướng dẫn", seen=case.version
    )
    kinds = showing.kinds_of(actions.open_case(actor, case, ring).papers)
    assert [(one.content["kind"], one.content["text"]) for one in kinds] == [
        ("petition", "Hai người"),
        ("denunciation", "Có đơn ký tên"),
        ("complaint", "Xem hướng dẫn"),
    ]
    assert {one.author_id for one in kinds} == {actor.id}
    assert case.kind is Kind.COMPLAINT
