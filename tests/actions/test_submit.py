"""Sending a report: who receives it, what is stored, and what happens when it is sent twice."""

import os
import threading
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import event, func, select

from portal.data import audit, db
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case, CaseReport
from portal.data.models.draft import Draft
from portal.data.models.report import Attachment, Grant, Identity, Report
from portal.domain import clock
from portal.domain.drafting import Sketch
from portal.domain.kinds import ReportKind
from portal.domain.life import State
from portal.domain.parties import BodyKind, Level, PostGroup
from portal.domain.receiving import NobodyLeft
from portal.domain.telling import Contact, Office, Openness, Said, Telling
from portal.domain.told import telling_of
from portal.intake.actions.draft import begin
from portal.intake.actions.submit import DraftMoved, hand_in, sent_before
from portal.intake.queries.draft import draft
from portal.papers.composing import Sent, Source
from portal.papers.files import keep
from portal.papers.keys import open_as_reporter
from portal.papers.reports import open_part
from portal.vault.boxes import place
from portal.vault.envelope import open_report_keys
from portal.vault.identity import open_inner, peel_outer
from portal.vault.receipts import lookup_value, reporter_keys
from tests.support import country

CHAIR = Office(
    "committee.c1",
    "Ủy ban nhân dân phường Tân Sơn Nhì",
    BodyKind.COMMITTEE,
    Level.COMMUNE,
    "c1",
    "",
    "committee.commune.chair",
    "Chủ tịch Ủy ban nhân dân",
    PostGroup.HEAD,
    "Ông Trần Văn Bình",
)
CANARY = "con-chim-hoàng-yến-9183"
TELLING = Telling(
    ReportKind.ACT,
    "c1",
    "Phường Tân Sơn Nhì, Thành phố Hồ Chí Minh",
    "delay",
    f"Hồ sơ nộp từ tháng ba, {CANARY}, đến nay không ai trả lời.",
    CHAIR,
    street=f"đường {CANARY}",
    said={"past_due": True, "no_answer": False},
    when="2026-03",
    period=f"nhiều lần {CANARY}",
    where=f"một cửa {CANARY}",
    openness=Openness.CONFIDENTIAL,
    contact=Contact(f"Người {CANARY}", "0900 000 000", "Số 1"),
    lead={"names_somebody": True},
)


@pytest.fixture
def made(prepared):
    return prepared("country", country.found)


@pytest.fixture
def source(made) -> Source:
    return fresh(made)


def fresh(made, **given) -> Source:
    return Source(os.urandom(16).hex(), os.urandom(32), made.settings.pepper.encode(), **given)


def send(telling: Telling, source: Source, **given) -> Sent:
    sent = hand_in(telling, source, **given)
    assert isinstance(sent, Sent)
    return sent


def opened(made, sent: Sent) -> tuple[Report, Grant, bytes, bytes]:
    """The report, its grant, and both keys as the board opens them."""
    db.session().rollback()
    report = db.session().get_one(Report, sent.report_id)
    grant = db.session().get_one(Grant, (sent.report_id, sent.board_id))
    secret = made.made.secrets[sent.board_id, "content"]
    keys = open_report_keys(secret, grant.sealed_to_body, sent.report_id, sent.board_id)
    return report, grant, keys.report_key, keys.mailbox_key


def number(model) -> int:
    db.session().rollback()
    return db.session().scalar(select(func.count()).select_from(model))


def test_the_board_opens_exactly_what_was_told(made, source):
    sent = send(TELLING, source)
    assert sent.board_id == country.front("c1")
    report, _, report_key, mailbox_key = opened(made, sent)
    content = open_part(report_key, report.id, "content", report.sealed_content)
    assert telling_of(content) == replace(TELLING, contact=Contact())
    head = open_part(report_key, report.id, "head", report.sealed_head)
    assert head["post"]["name"] == "Chủ tịch Ủy ban nhân dân"
    assert head["office"]["body_id"] == "committee.c1"
    status = open_part(mailbox_key, report.id, "status", report.sealed_status)
    assert status["board"] == {"id": sent.board_id, "name": sent.board_name}
    assert status["next_look"] == sent.next_look.isoformat()


def test_the_receipt_opens_the_same_keys(made, source):
    sent = send(TELLING, source)
    report, grant, report_key, mailbox_key = opened(made, sent)
    pepper = made.settings.pepper.encode()
    assert report.lookup == lookup_value(sent.code, pepper)
    reader = open_as_reporter(reporter_keys(sent.code, pepper).secret, grant)
    assert (reader.report, reader.mailbox) == (report_key, mailbox_key)


def test_what_stands_in_clear(made, source):
    sent = send(TELLING, source)
    report, *_ = opened(made, sent)
    case = db.session().scalars(select(Case)).one()
    link = db.session().scalars(select(CaseReport)).one()
    assert (link.case_id, link.report_id, link.sealed_handover) == (case.id, report.id, None)
    for row in (report, case):
        assert row.area_id == "c1"
        assert row.post_level is Level.COMMUNE
        assert row.post_group is PostGroup.HEAD
        assert row.category_group == "service"
        assert row.anonymous is False
    assert (case.state, case.kind, case.track, case.leader_id) == (State.RECEIVED, None, None, None)
    assert (case.front_id, case.opened_on, case.due_rule) == (sent.board_id, clock.today(), "classify")


def test_nothing_typed_is_found_in_any_column(made, source):
    send(TELLING, source)
    db.session().rollback()
    for table in db.Base.metadata.sorted_tables:
        for row in db.session().execute(select(table)):
            for value in row:
                plain = value if isinstance(value, bytes) else str(value).encode()
                assert CANARY.encode() not in plain, table.name
                assert "Trần Văn Bình".encode() not in plain, table.name


def test_the_act_is_recorded_without_values(made, source):
    sent = send(TELLING, source)
    db.session().rollback()
    entry = db.session().scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert (entry.act, entry.actor_id, entry.at) == ("intake.send", "public", clock.today().isoformat())
    assert f"report:{sent.report_id}" in entry.objects
    assert "sealed_content" in entry.changes
    assert not audit.verify(db.session()).faults


def test_sent_twice_is_one_report_and_one_receipt(made, source):
    first = send(TELLING, source)
    second = send(TELLING, source)
    assert (second.code, second.report_id) == (first.code, first.report_id)
    assert second.identity_kept
    assert (number(Report), number(Case), number(Grant)) == (1, 1, 1)


def test_sent_twice_at_the_same_moment_is_one_report(made):
    _, held = begin(Sketch())
    source = replace(fresh(made), draft_id=held.ticket.draft_id, secret=held.ticket.secret)
    sent: list[Sent] = []
    gate = threading.Barrier(4)

    def press() -> None:
        gate.wait()
        sent.append(send(TELLING, source, draft_version=held.version))
        db.store().session.remove()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.code for one in sent}) == 1
    assert len({one.report_id for one in sent}) == 1
    assert len(sent) == 4
    assert (number(Report), number(Draft)) == (1, 0)
    assert draft(held.ticket) is None
    assert sent_before(source.code, source.pepper) is not None


def test_a_draft_that_changed_meanwhile_is_not_sent(made):
    _, held = begin(Sketch())
    source = replace(fresh(made), draft_id=held.ticket.draft_id, secret=held.ticket.secret)
    with pytest.raises(DraftMoved):
        hand_in(TELLING, source, draft_version=held.version + 1)
    assert (number(Report), number(Draft), number(AuditEntry)) == (0, 1, 0)
    assert sent_before(source.code, source.pepper) is None


def test_a_named_member_of_the_board_sends_it_above(made, source):
    story = "Bà nguyen thi phuong ở Mặt trận đã hẹn rồi không làm gì cả."
    sent = send(replace(TELLING, story=story), source)
    assert sent.board_id == country.front("79")
    report, _, _, mailbox_key = opened(made, sent)
    status = open_part(mailbox_key, report.id, "status", report.sealed_status)
    assert [one["reason"] for one in status["skipped"]] == ["conflict"]
    assert db.session().get(Grant, (report.id, country.front("c1"))) is None


def test_a_name_above_reaches_down_the_line(made, source):
    """Whoever sits at the city could open what the ward receives: it goes to the centre."""
    sent = send(replace(TELLING, story="Ông Lê Văn Thành Phố bảo chờ mãi không thấy gì."), source)
    assert sent.board_id == country.front("VN")


def test_nobody_is_left_when_the_centre_is_named(made, source):
    answer = hand_in(replace(TELLING, story="Trần Thị Trung Ương đã nhận đơn này rồi im."), source)
    assert isinstance(answer, NobodyLeft)
    assert (number(Report), number(AuditEntry)) == (0, 0)


@pytest.mark.parametrize(
    ("change", "board"),
    [
        ({"at_front": Said.YES}, "79"),
        ({"at_party": Said.YES}, "c1"),  # the party committee holds no key of this report
        ({"area_id": "c3", "area_name": "Xã Bình Chánh", "office": Office()}, "79"),
        ({"area_id": "o1", "area_name": "Phường Sơn Kỳ (cũ)", "office": Office()}, "79"),
        ({"office": replace(CHAIR, level=Level.PROVINCE, area_id="79", kind=BodyKind.DEPARTMENT)}, "79"),
        ({"office": replace(CHAIR, level=Level.CENTRAL, area_id="VN")}, "VN"),
        ({"office": Office()}, "c1"),
    ],
    ids=["at the front", "in the party", "no board yet", "split ward", "province", "centre", "unknown"],
)
def test_who_receives(made, source, change, board):
    assert send(replace(TELLING, **change), source).board_id == country.front(board)


def test_the_name_needs_two_persons(made, source):
    sent = send(TELLING, source)
    assert sent.identity_kept
    row = db.session().get_one(Identity, sent.report_id)
    where = place("report", sent.report_id, "identity")
    secrets = made.made.secrets
    inner = peel_outer(secrets[sent.board_id, "identity"], row.sealed, where)
    plain = open_inner(secrets[sent.board_id, "custodian"], inner, where)
    assert CANARY in plain.decode()


@pytest.mark.parametrize(
    ("change", "store"),
    [
        ({"category": "asking_money", "said": {}}, "portal"),
        ({"category": "construction_breach", "said": {"paid_to_ignore": True}}, "portal"),
        ({}, "none"),
        ({"openness": Openness.ANONYMOUS}, "portal"),
        ({"contact": Contact()}, "portal"),
    ],
    ids=["corruption", "a corrupt item", "switched off", "anonymous", "nothing given"],
)
def test_the_name_stays_outside(made, source, change, store):
    sent = send(replace(TELLING, **change), source, identity_store=store)
    assert not sent.identity_kept
    assert number(Identity) == 0


def test_files_are_wrapped_again_and_the_original_needs_two_persons(made):
    picture = BytesIO()
    Image.new("RGB", (30, 30)).save(picture, "JPEG")
    file = keep("a.jpg", picture.getvalue(), with_original=True)
    source = fresh(made, files=(file,))
    sent = send(TELLING, source)
    row = db.session().scalars(select(Attachment)).one()
    where = place("attachment", file.id, "original")
    secrets = made.made.secrets
    inner = peel_outer(secrets[sent.board_id, "identity"], row.sealed_original, where)
    assert open_inner(secrets[sent.board_id, "custodian"], inner, where).hex() == file.original_key


def test_an_original_stays_out_with_the_name(made):
    picture = BytesIO()
    Image.new("RGB", (30, 30)).save(picture, "JPEG")
    file = keep("a.jpg", picture.getvalue(), with_original=True)
    send(replace(TELLING, category="asking_money"), fresh(made, files=(file,)))
    row = db.session().scalars(select(Attachment)).one()
    assert (row.original_blob, row.sealed_original) == (None, None)


def test_two_reports_have_nothing_in_common(made):
    rows = []
    for _ in range(2):
        sent = send(TELLING, fresh(made))
        report, grant, *_ = opened(made, sent)
        rows.append((report.lookup, report.reporter_public, report.sealed_content, grant.sealed_to_body))
    for first, second in zip(*rows, strict=True):
        pieces = {first[at : at + 8] for at in range(len(first) - 8)}
        assert not pieces & {second[at : at + 8] for at in range(len(second) - 8)}


def test_a_send_takes_few_statements(made, source):
    """The hot path (bar: 0.30 of a bare insert): what can be read or sealed before is not in it."""
    send(TELLING, fresh(made))
    seen: list[str] = []
    event.listen(db.store().engine, "before_cursor_execute", lambda *a: seen.append(a[2].split()[0]))
    send(replace(TELLING, contact=Contact()), source)
    assert seen.count("INSERT") == 5
    assert len([one for one in seen if one == "SELECT"]) <= 3, seen
