"""The pages that say who is competent and why, and those that send a case to its other track or upwards."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from portal.app import create_app
from portal.data.models.case import Case
from portal.data.reference import shipped
from portal.domain.life import State
from portal.domain.permissions import Actor, ActorKind
from portal.domain.posts import POSTS
from portal.domain.receipts import format_groups
from portal.domain.routing import RULES
from portal.registry.actions import generate_bodies
from tests.support import make
from tests.support import people as made_people
from tests.support.pages import Pages

SEND = {"looked_through": "y", "send": "1", "r0-narrative": "Bản chuyển đi đã bỏ tên."}
CHAIR = {"who": "person", "post": "other", "post_other": "committee.commune.chair"}
REST = {"member": "yes", "status": "in_office"}
pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def founded(prepared):
    found = prepared("people", made_people.found)
    generate_bodies(Actor("system", ActorKind.SYSTEM), shipped(POSTS))
    return found


@pytest.fixture
def sent(founded) -> Any:
    return make.report(founded.settings)


@pytest.fixture
def case(sent) -> Case:
    return make.case_of(sent)


def entered(founded: Any, login: str) -> Pages:
    pages = Pages(create_app(founded.settings))
    pages.sign_in(login)
    return pages


@pytest.fixture
def pages(founded) -> Pages:
    return entered(founded, f"lead.{make.FRONT}")


def classified(pages: Pages, case: Case, kind: str = "petition", **facts: str) -> None:
    pages.post("triage.classify", {"kind": kind, "why": ""}, case_id=case.id)
    if facts:
        pages.post("triage.facts", facts, case_id=case.id)


def rows_of(page: BeautifulSoup) -> list[str]:
    """Every rule in its order: those that applied stand first, the others are folded."""
    whole = page.select_one("details:has(table)")
    table = whole.select_one("table")
    assert [cell.text for cell in table.select("thead th")] == [
        "Thứ tự",
        "Quy tắc",
        "Kết quả",
        "Căn cứ",
        "Hiệu lực",
    ]
    assert table.caption.text.strip()
    rows = sorted(whole.select("tbody tr"), key=lambda row: int(row.td.text))
    return [" ".join(row.text.split()) for row in rows]


def test_the_route_page_shows_every_rule_and_why(pages: Pages, case: Case) -> None:
    classified(pages, case, **CHAIR, **REST)
    page = pages.get("triage.route", case_id=case.id)
    rows = rows_of(page)
    assert "Khiếu nại: đến người đã ra quyết định Loại việc khác Luật Khiếu nại 2011" in rows[1]
    [applied] = [row for row in rows if "Cấp quản lý người giữ chức vụ xem xét Áp dụng" in row]
    assert "từ 30/05/2025" in applied
    assert any("Không có hiệu lực vào ngày tiếp nhận" in row and "đến 29/05/2025" in row for row in rows)
    assert len(rows) < len(RULES) + 3
    assert "Kỷ luật đảng" in page.select_one("dl").text


def test_board_and_committee_read_the_same_reasons(founded, pages: Pages, case: Case) -> None:
    classified(pages, case, **CHAIR, **REST)
    live = rows_of(pages.get("triage.case", case_id=case.id))
    pages.post("triage.route", SEND, case_id=case.id)
    board = rows_of(pages.get("triage.case", case_id=case.id))
    committee = entered(founded, "lead.inspection.P79b").get("casework.case", case_id=case.id)
    assert rows_of(committee) == board == live
    assert "Vì sao đến ủy ban này" in committee.text


def test_the_resident_reads_the_sentence_in_both_languages(founded, pages: Pages, sent, case: Case) -> None:
    classified(pages, case, **CHAIR, **REST)
    pages.post("triage.route", SEND, case_id=case.id)
    resident = Pages(create_app(founded.settings))
    resident.reporter(format_groups(sent.code))
    shown = resident.get("mailbox.status").select_one("section").text
    assert (
        "Phản ánh về Chủ tịch Ủy ban nhân dân cấp xã do Ủy ban Kiểm tra Thành ủy Thành phố Hồ Chí Minh xem "
        "xét, vì chức vụ này do cấp tỉnh quản lý." in shown
    )
    english = resident.get("mailbox.status", lang="en").select_one("section").text
    assert "because this office is managed at the provincial level." in english


@pytest.mark.parametrize(
    ("legal", "said", "endpoint", "reason"),
    [
        ("complaint", "Khiếu nại không chuyển ủy ban kiểm tra", "khong-thu-ly", "complaint"),
        ("crime", "ngay trong ngày", "khong-thu-ly", "crime"),
        ("procedure", "Cổng Dịch vụ công quốc gia", "khong-thu-ly", "procedure"),
        ("out_of_scope", "ngoài phạm vi của Cổng", "khong-thu-ly", "out_of_scope"),
        ("praise", "Lời khen không chuyển ủy ban kiểm tra", "bieu-duong", ""),
    ],
)
def test_guidance_leads_to_the_step_that_does_it(
    pages: Pages, case: Case, legal: str, said: str, endpoint: str, reason: str
) -> None:
    classified(pages, case, legal)
    page = pages.get("triage.route", case_id=case.id)
    notice = page.select_one(".gs-notice--warning")
    assert said in notice.text
    [link] = notice.select("ul a")
    assert re.search(f"/{endpoint}(\\?|$)", link["href"])
    chosen = pages.get(link["href"]).select("input[name=reason][checked]")
    assert [one["value"] for one in chosen] == ([reason] if reason else [])


def test_what_is_not_known_leads_to_the_facts_the_resident_or_the_province(pages: Pages, case: Case) -> None:
    classified(pages, case)
    links = pages.get("triage.route", case_id=case.id).select(".gs-notice--warning ul a")
    assert [link["href"].rsplit("/", 1)[1] for link in links] == ["du-kien", "hoi", "cap-tinh"]


def test_an_officer_of_another_line_gets_no_body_but_words(pages: Pages, case: Case) -> None:
    tax = {"who": "person", "post": "other", "post_other": "vertical.district.head", "member": "no"}
    classified(pages, case, **tax, status="left")
    page = pages.get("triage.route", case_id=case.id)
    assert page.select_one("textarea[name=r0-narrative]") is None
    assert "ngành dọc" in page.select_one(".gs-notice--warning").text
    pages.post("triage.decline", {"reason": "other_line", "text": "", "send": "1"}, case_id=case.id)
    assert make.now(case).state is State.DECLINED


def test_the_other_track_is_offered_once_and_shown_on_both(founded, pages: Pages, sent, case: Case) -> None:
    classified(pages, case, **CHAIR, **REST)
    assert "Còn một đường xử lý nữa" in pages.get("triage.route", case_id=case.id).text
    pages.post("triage.open_track", {}, case_id=case.id)
    twin = make.now(case).linked_to
    assert "Còn một đường xử lý nữa" not in pages.get("triage.route", case_id=case.id).text
    for one, other in ((case.id, twin), (twin, case.id)):
        assert pages.get("triage.case", case_id=one).select_one(f"a[href$='/{other}']") is not None
    shown = pages.get("triage.route", case_id=twin).select_one("main").text
    assert "Ủy ban nhân dân Thành phố Hồ Chí Minh" in shown
    page = pages.post("triage.open_track", {}, expect=422, case_id=case.id)
    assert "Việc này chỉ có một đường xử lý" in page.select_one(".govuk-error-summary").text
    resident = Pages(create_app(founded.settings))
    resident.reporter(format_groups(sent.code))
    headings = [one.text for one in resident.get("mailbox.status").select("section h2")]
    assert sorted(headings) == ["Đang ở bước nào: Kỷ luật đảng", "Đang ở bước nào: Pháp luật, công vụ"]


def test_a_page_that_is_too_old_opens_no_track_and_refers_nothing(pages: Pages, case: Case) -> None:
    old = {"seen": str(case.version)}
    classified(pages, case)
    for endpoint in ("triage.open_track", "triage.refer"):
        pages.post(endpoint, old, expect=409, case_id=case.id)
    assert (make.now(case).linked_to, case.state) == (None, State.RECEIVED)


def test_the_province_gets_what_nobody_can_determine(founded, pages: Pages, case: Case) -> None:
    classified(pages, case)
    pages.post("triage.refer", {}, case_id=case.id)
    page = pages.get("triage.case", case_id=case.id)
    assert "Đơn vị bạn theo dõi hồ sơ này" in page.text
    assert page.select("main a[href*='/khong-thu-ly'], main a[href*='/bao-tin']") == []
    assert len(pages.get("triage.queue", desk="followed").select("a.gs-queue__link")) == 1
    assert len(pages.get("triage.queue", desk="all").select("a.gs-queue__link")) == 0
    pages.get("triage.route", expect=404, case_id=case.id)
    city = entered(founded, "lead.front.P79b")
    [link] = city.get("triage.queue", state="undetermined").select("a.gs-queue__link")
    page = city.get(link["href"])
    assert "Cấp dưới chuyển lên" in page.text
    assert "Chưa xác định thẩm quyền" in page.text
    city.post("triage.facts", {**CHAIR, **REST}, case_id=case.id)
    city.post("triage.route", SEND, case_id=case.id)
    assert make.now(case).state is State.ROUTED


def test_where_the_rules_answer_the_province_is_not_asked(pages: Pages, case: Case) -> None:
    classified(pages, case, **CHAIR, **REST)
    page = pages.post("triage.refer", {}, expect=422, case_id=case.id)
    assert "không cần hỏi cấp tỉnh" in page.select_one(".govuk-error-summary").text


def test_the_guide_says_who_examines_whom(founded) -> None:
    page = Pages(create_app(founded.settings)).get("guide.way")
    table = page.select_one("#ai-xem-xet ~ table")
    rows = {row.td.text: row.text for row in table.select("tbody tr")}
    chair = next(text for name, text in rows.items() if name.startswith("Chủ tịch Ủy ban nhân dân · Xã"))
    assert chair.count("Tỉnh, thành phố") == 2
    assert not any("Huyện" in name for name in rows)
    before = page.select_one("#ai-xem-xet ~ details table")
    assert "Huyện, quận" in before.text
