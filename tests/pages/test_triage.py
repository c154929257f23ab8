"""The Front board's pages, walked as a reviewer does."""

import pytest
from sqlalchemy import select

from portal.app import create_app
from portal.data.db import session
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Report
from portal.domain.life import State
from portal.domain.permissions import Actor, ActorKind
from portal.intake.actions.reprisal import report_reprisal
from portal.intake.queries import mailbox
from portal.triage import queries
from tests.support import make
from tests.support import people as made_people
from tests.support.pages import Pages

SEND = {"looked_through": "y", "send": "1"}
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    return prepared("people", made_people.found)


@pytest.fixture
def pages(founded) -> Pages:
    opened = Pages(create_app(founded.settings))
    opened.sign_in(f"lead.{make.FRONT}")
    return opened


@pytest.fixture
def case(founded) -> Case:
    sent = make.report(founded.settings)
    link = session().scalars(select(CaseReport).where(CaseReport.report_id == sent.report_id)).one()
    found = session().get(Case, link.case_id)
    assert found is not None
    return found


def again(case: Case) -> Case:
    session().rollback()
    session().expire_all()
    found = session().get(Case, case.id)
    assert found is not None
    return found


FACTS = {"who": "person", "post": "none", "member": "unknown", "status": "unknown"}


def established(pages: Pages, case: Case, level: str = "commune") -> None:
    pages.post("triage.facts", FACTS | {"managing_level": level}, case_id=case.id)


def test_the_filter_is_folded_and_says_what_is_chosen(pages: Pages, case: Case) -> None:
    fold = pages.get("/can-bo/phan-loai/?desk=front&late=1").select_one("details.gs-fold")
    assert not fold.has_attr("open")
    assert " ".join(fold.select_one("summary").text.split()) == (
        "Bộ lọc (Đang chờ: Mặt trận; Thời hạn: Chỉ việc quá hạn)"
    )
    assert fold.select_one("form select[name=desk] option[selected]")["value"] == "front"


def test_the_queue_names_the_office_and_leads_to_the_case(pages: Pages, case: Case) -> None:
    [link] = pages.get("triage.queue").select("a.gs-queue__link")
    assert "Ủy ban nhân dân phường Tân Sơn Nhì" in link.text
    assert make.STORY[:30] in pages.get(link["href"]).text


@pytest.mark.parametrize(
    ("filters", "rows"), [("desk=front", 1), ("desk=committee", 0), ("state=received", 1), ("late=1", 0)]
)
def test_the_filters_choose(pages: Pages, case: Case, filters: str, rows: int) -> None:
    assert len(pages.get(f"/can-bo/phan-loai/?{filters}").select("a.gs-queue__link")) == rows


@pytest.mark.parametrize(
    "nonsense", ["desk=%00", "state=x", "after=zz_1", "after=2026-01-01_" + "a" * 99, "late=9"]
)
def test_nonsense_in_the_address_is_no_fault(pages: Pages, case: Case, nonsense: str) -> None:
    pages.get(f"/can-bo/phan-loai/?{nonsense}")


def test_a_question_is_previewed_before_it_leaves(pages: Pages, case: Case) -> None:
    shown = pages.post("triage.ask", {"text": "Việc xảy ra hôm nào?"}, expect=200, case_id=case.id)
    assert "Người phản ánh sẽ đọc" in shown.text
    assert again(case).state is State.RECEIVED
    pages.post("triage.ask", {"text": "Việc xảy ra hôm nào?", "send": "1"}, case_id=case.id)
    assert again(case).state is State.NEEDS_INFO


def test_a_refusal_needs_a_reason_from_the_list(pages: Pages, case: Case) -> None:
    page = pages.post("triage.decline", {"send": "1"}, expect=422, case_id=case.id)
    assert "Chọn một lý do" in page.select_one(".govuk-error-summary").text
    pages.post("triage.decline", {"reason": "no_facts", "text": "", "send": "1"}, case_id=case.id)
    assert again(case).state is State.DECLINED


def test_routing_asks_for_the_kind_first(pages: Pages, case: Case) -> None:
    established(pages, case)
    page = pages.post(
        "triage.route",
        {"r0-narrative": "Bản chuyển đi đã bỏ tên.", **SEND},
        expect=422,
        case_id=case.id,
    )
    assert "Hãy phân loại trước" in page.select_one(".govuk-error-summary").text
    assert "Bản chuyển đi đã bỏ tên." in page.select_one("textarea[name=r0-narrative]").text


def test_a_case_is_routed_with_its_version(pages: Pages, case: Case) -> None:
    established(pages, case)
    pages.post("triage.classify", {"kind": "petition", "why": ""}, case_id=case.id)
    pages.post(
        "triage.route",
        {"r0-narrative": "Bản chuyển đi đã bỏ tên.", **SEND},
        case_id=case.id,
    )
    routed = again(case)
    assert (routed.state, routed.leader_id) == (State.ROUTED, make.COMMITTEE)
    assert "Đang ở ủy ban kiểm tra" in pages.get("triage.case", case_id=case.id).text


def test_a_version_leaves_only_when_it_was_looked_through(pages: Pages, case: Case) -> None:
    established(pages, case)
    pages.post("triage.classify", {"kind": "petition", "why": ""}, case_id=case.id)
    typed = {"r0-narrative": "Tôi tên là Phan Văn Mẫu, hồ sơ bị chậm."}
    page = pages.post("triage.route", typed | {"send": "1"}, expect=422, case_id=case.id)
    assert "Hãy đọc lại bản chuyển đi" in page.select_one(".govuk-error-summary").text
    assert "Tự xưng tên" in page.select_one("main").text
    assert again(case).state is State.RECEIVED


def test_looking_at_the_proposal_again_sends_nothing(pages: Pages, case: Case) -> None:
    established(pages, case, "province")
    pages.post("triage.classify", {"kind": "petition", "why": ""}, case_id=case.id)
    typed = {
        "r0-narrative": "Bản đã bỏ tên.",
        "looked_through": "y",
        "look": "1",
    }
    page = pages.post("triage.route", typed, expect=200, case_id=case.id)
    assert "Thành ủy Thành phố Hồ Chí Minh" in page.select_one("main").text
    assert again(case).state is State.RECEIVED


def test_an_empty_version_does_not_leave(pages: Pages, case: Case) -> None:
    established(pages, case)
    pages.post("triage.classify", {"kind": "petition", "why": ""}, case_id=case.id)
    pages.post(
        "triage.route",
        {"r0-narrative": " ", **SEND},
        expect=422,
        case_id=case.id,
    )
    assert again(case).state is State.RECEIVED


def test_two_reviewers_at_once_lose_nothing(pages: Pages, case: Case) -> None:
    old = {"seen": str(case.version)}
    pages.post("triage.classify", {"kind": "petition", "why": ""}, case_id=case.id)
    page = pages.post("triage.ask", {"text": "Câu đã gõ", "send": "1", **old}, expect=409, case_id=case.id)
    assert "Câu đã gõ" in page.select_one("textarea[name=text]").text
    assert again(case).state is State.RECEIVED


@pytest.mark.parametrize("login", ["lead.front.C27013b", "lead.inspection.C27019b", "auditor.front.P79b"])
def test_a_foreign_case_looks_like_a_missing_one(founded, case: Case, login: str) -> None:
    pages = Pages(create_app(founded.settings))
    pages.sign_in(login)
    for endpoint in ("triage.case", "triage.ask", "triage.route", "triage.decline", "triage.close"):
        pages.get(endpoint, expect=404, case_id=case.id)
        pages.get(endpoint, expect=404, case_id="missing")


def test_a_reprisal_is_read_first_and_its_protection_recorded(founded) -> None:
    sent = make.report(founded.settings)
    found = mailbox.passed(sent.code, founded.settings.pepper.encode())
    assert found is not None
    report = session().get_one(Report, sent.report_id)
    resident = Actor("reporter", ActorKind.REPORTER, report_id=sent.report_id)
    case_id = report_reprisal(resident, report, found.secret, text="Sau khi phản ánh tôi bị cắt việc.")
    pages = Pages(create_app(founded.settings))
    pages.sign_in(*founded.made.signed_in("lead.front.P79b"))
    assert "xem trước mọi việc khác" in pages.get("triage.queue").get_text()
    day = {"dated-day": "2", "dated-month": "4", "dated-year": "2026"}
    asked = {"measure": "work", "body": "Liên đoàn Lao động", "text": "Đề nghị giữ việc làm."} | day
    pages.post("triage.ask_protection", asked | {"body": ""}, 422, case_id=case_id)
    pages.post("triage.ask_protection", asked, case_id=case_id)
    [one] = queries.protections(case_id)
    done = {"state": "taken", "text": "Đã được nhận lại làm."} | day
    pages.post("triage.settle_protection", done, case_id=case_id, protection_id=one.id)
    shown = pages.get("triage.case", case_id=case_id).get_text(" ", strip=True)
    for text in ("Liên đoàn Lao động: Đề nghị giữ việc làm.", "Đã áp dụng", "Đã được nhận lại làm."):
        assert text in shown
