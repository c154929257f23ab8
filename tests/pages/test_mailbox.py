"""The resident's mailbox through its pages: every POST leads on by 303 and nothing typed is lost."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.action import session
from portal.app import create_app
from portal.data.models.case import Case
from portal.data.models.report import Message, Report
from portal.domain.declining import DeclineReason
from portal.domain.life import State
from portal.domain.receipts import check_symbol, format_groups
from portal.domain.telling import Openness
from portal.intake.actions import mailbox as actions
from portal.intake.queries import mailbox as queries
from portal.intake.routes import writing
from portal.papers.files import FileInfo
from portal.triage import actions as triage
from portal.web import guessing
from tests.support import make, people
from tests.support.pages import Pages, hidden_of

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
BOX = "/tra-cuu/hop-thu"
DAY = date(2026, 11, 3)


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def pages(founded):
    return Pages(create_app(founded.settings.model_copy(update={"face": "public"})))


@pytest.fixture
def sent(founded):
    return make.report(founded.settings)


def enter(pages, sent):
    pages.post("/tra-cuu/", {"code": format_groups(sent.code)})
    assert pages.leads_to == BOX


def question(founded, sent, text="Việc xảy ra ngày nào?"):
    actor, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    case = make.case_of(sent)
    triage.ask(actor, case, ring, text=text, seen=case.version)
    return case


def cookies(pages):
    return {cookie.key: cookie for cookie in pages.client._cookies.values()}


def test_the_code_opens_the_mailbox_and_never_stands_in_an_address(pages, sent):
    enter(pages, sent)
    soup = pages.get(BOX)
    assert "Chúng tôi đã nhận phản ánh của bạn" in soup.get_text()
    text = pages.answer.get_data(as_text=True)
    assert sent.code not in text.replace("-", "")
    assert make.STORY[:30] not in text
    cookie = cookies(pages)["mailbox"]
    assert cookie.http_only
    assert cookie.same_site == "Strict"
    assert sent.code not in cookie.value
    assert pages.answer.headers["Cache-Control"] == "no-store"
    assert pages.answer.headers["Referrer-Policy"] == "no-referrer"


def nobodys(code):
    symbols = code[:5] + ("Z" if code[5] != "Z" else "Y") + code[6:-1]
    return symbols + check_symbol(symbols)


def test_a_wrong_code_and_nobodys_code_look_the_same(pages, sent):
    wrong = sent.code[:-1] + ("0" if sent.code[-1] != "0" else "1")
    seen = []
    for typed in (wrong, nobodys(sent.code)):
        pages.post("/tra-cuu/", {"code": typed})
        head = (pages.answer.status_code, pages.leads_to, sorted(pages.answer.headers.keys()))
        soup = pages.get("/tra-cuu/")
        assert soup.select_one("input[name=code]")["value"] == typed
        text = re.sub(r'name="csrf_token" value="[^"]*"', "", pages.answer.get_data(as_text=True))
        seen.append((head, text.replace(typed, "…")))
    assert seen[0] == seen[1]
    assert "Mã này chưa đúng" in seen[0][1]
    assert "Mã này chưa đúng" not in pages.get("/tra-cuu/").get_text()


@pytest.mark.parametrize("typed", ["", "x", "\x00", "\ud800", "é" * 500, "0" * 300_000, "<b>", "🙂" * 24])
def test_whatever_is_typed_the_answer_is_a_page(pages, sent, typed):
    page = pages.get("/tra-cuu/")
    data = hidden_of(page) | {"code": typed.encode("utf-8", "surrogatepass")}
    answer = pages.client.post("/tra-cuu/", data=data)
    assert answer.status_code == 303
    pages.get("/tra-cuu/")


def test_a_code_of_a_megabyte_is_refused(pages):
    data = hidden_of(pages.get("/tra-cuu/")) | {"code": "0" * 1_000_000}
    assert pages.client.post("/tra-cuu/", data=data).status_code == 413


def test_a_flood_of_guesses_alarms_and_locks_no_real_code_out(pages, sent, monkeypatch, caplog):
    for name, value in {"ALARM": 3, "SHED": 4, "EVERY": 1, "_shed_in": ""}.items():
        monkeypatch.setattr(guessing, name, value)
    for _ in range(4):
        pages.post("/tra-cuu/", {"code": "x"}, expect=303)
    assert [one.message for one in caplog.records if "alarm" in one.message] == [
        "alarm: 3 wrong receipt codes within an hour"
    ]
    pages.post("/tra-cuu/", {"code": "x"}, expect=429)
    enter(pages, sent)


@pytest.mark.parametrize("page", ["", "/bo-sung", "/danh-gia", "/tep/0000000000000000", "/nhac-xem.ics"])
def test_without_the_code_every_page_asks_for_it(pages, page):
    pages.get(BOX + page, expect=303)
    assert pages.leads_to == "/tra-cuu/"


def test_a_question_is_read_and_answered(pages, founded, sent):
    case = question(founded, sent)
    enter(pages, sent)
    soup = pages.get(BOX)
    assert "Việc xảy ra ngày nào?" in soup.get_text()
    link = soup.select_one('a[href*="/tra-loi/"]')["href"]
    pages.post(link, {"text": "Ngày 3 tháng 3, khoảng chín giờ."})
    assert pages.leads_to == BOX
    after = pages.get(BOX)
    assert "Đã gửi câu trả lời" in after.get_text()
    assert "khoảng chín giờ" not in after.get_text()
    assert not after.select('a[href*="/tra-loi/"]')
    assert make.now(case).state.value == "received"
    pages.get(link, expect=404)


def test_an_empty_answer_comes_back_with_its_fault(pages, founded, sent):
    question(founded, sent)
    enter(pages, sent)
    link = pages.get(BOX).select_one('a[href*="/tra-loi/"]')["href"]
    pages.post(link, {"text": ""})
    assert pages.leads_to == link
    assert "Hãy viết điều bạn muốn gửi" in pages.get(link).select_one(".govuk-error-summary").get_text()


def test_a_text_that_is_too_long_is_kept_whole(pages, sent):
    enter(pages, sent)
    text = "Đúng vậy. " * 500
    pages.post(f"{BOX}/bo-sung", {"text": text, "body": make.FRONT})
    soup = pages.get(f"{BOX}/bo-sung")
    assert "Nhiều nhất" in soup.select_one(".govuk-error-summary").get_text()
    assert soup.select_one("textarea").text.strip() == text.strip()


def test_text_with_the_code_in_it_is_not_sent(pages, sent):
    enter(pages, sent)
    pages.post(f"{BOX}/bo-sung", {"text": f"Mã của tôi là {format_groups(sent.code)}.", "body": make.FRONT})
    soup = pages.get(f"{BOX}/bo-sung")
    assert "Hãy bỏ mã ra" in soup.select_one(".govuk-error-summary").get_text()


def test_what_was_typed_survives_the_end_of_the_twenty_minutes(pages, sent):
    enter(pages, sent)
    form = hidden_of(pages.get(f"{BOX}/bo-sung"))
    pages.client.delete_cookie("mailbox")
    pages.send(f"{BOX}/bo-sung", form | {"text": "Một đoạn dài đã gõ.", "body": make.FRONT})
    assert pages.leads_to == "/tra-cuu/"
    assert "chữ bạn vừa gõ vẫn còn" in pages.get("/tra-cuu/").get_text()
    enter(pages, sent)
    link = pages.get(BOX).select_one(".gs-notice a")["href"]
    soup = pages.get(link)
    assert soup.select_one("textarea").text.strip() == "Một đoạn dài đã gõ."
    assert not soup.select(".govuk-error-summary")
    pages.post(link, {"text": "Một đoạn dài đã gõ.", "body": make.FRONT})
    assert not pages.get(BOX).select(".gs-notice--warning")


def test_an_answer_to_a_question_that_was_just_answered_becomes_an_addition(pages, founded, sent):
    question(founded, sent)
    enter(pages, sent)
    link = pages.get(BOX).select_one('a[href*="/tra-loi/"]')["href"]
    form = hidden_of(pages.get(link))
    pages.send(link, form | {"text": "Lần một."})
    pages.send(link, form | {"text": "Lần hai, từ cửa sổ khác."})
    assert pages.leads_to == f"{BOX}/bo-sung"
    assert pages.get(f"{BOX}/bo-sung").select_one("textarea").text.strip() == "Lần hai, từ cửa sổ khác."


def test_a_file_travels_with_a_letter(pages, sent, monkeypatch):
    stored = []

    def keep(report, name, data) -> FileInfo:
        stored.append((name, data))
        return make.stored(name, data)

    monkeypatch.setattr(actions, "kept", keep)
    enter(pages, sent)
    pages.post(f"{BOX}/bo-sung", {"text": "", "body": make.FRONT, "file": (BytesIO(b"jpeg"), "../ảnh 1.jpg")})
    assert pages.leads_to == BOX
    assert stored == [("ảnh 1.jpg", b"jpeg")]
    assert "1 tệp" in pages.get(BOX).get_text()


def test_a_file_that_cannot_be_taken_says_why_and_keeps_the_text(pages, sent):
    enter(pages, sent)
    sent_file = (BytesIO(b"MZ not a picture"), "a.jpg")
    pages.post(f"{BOX}/bo-sung", {"text": "Kèm ảnh.", "body": make.FRONT, "file": sent_file})
    soup = pages.get(f"{BOX}/bo-sung")
    assert "không nhận loại tệp này" in soup.select_one(".govuk-error-summary").get_text()
    assert soup.select_one("textarea").text.strip() == "Kèm ảnh."


def test_the_answer_is_read_rated_and_reviewed(pages, founded, sent):
    make.answered(founded, sent)
    enter(pages, sent)
    text = pages.get(BOX).get_text()
    assert all(part in text for part in make.ANSWER.as_content().values())
    pages.post(f"{BOX}/danh-gia", {"rating": ""})
    assert "Chọn một mức" in pages.get(f"{BOX}/danh-gia").get_text()
    pages.post(f"{BOX}/danh-gia", {"rating": "unsatisfied", "text": "Chưa ai xin lỗi."})
    soup = pages.get(BOX)
    assert "Không hài lòng" in soup.get_text()
    link = soup.select_one('a[href*="/xem-lai/"]')["href"]
    assert "Thành phố Hồ Chí Minh" in pages.get(link).get_text()
    pages.post(link, {"text": "Chưa hỏi người cùng đi."})
    after = pages.get(BOX)
    assert "Cấp trên đang xem lại" in after.get_text()
    assert not after.select('a[href*="/xem-lai/"], a[href*="/danh-gia"]')
    pages.get(link, expect=404)


def test_where_nobody_above_can_review_the_page_says_what_to_do(pages, founded, sent, monkeypatch):
    monkeypatch.setattr(writing, "board_above", lambda *given: None)
    case = make.answered(founded, sent)
    enter(pages, sent)
    soup = pages.get(f"{BOX}/xem-lai/{case.id}")
    assert "Không có gì thay đổi" in soup.get_text()
    assert not soup.select("textarea")


def test_another_reports_case_and_question_are_not_found(pages, founded, sent):
    other = make.report(founded.settings)
    case = make.answered(founded, other)
    enter(pages, sent)
    pages.get(f"{BOX}/xem-lai/{case.id}", expect=404)
    pages.get(f"{BOX}/tra-loi/0000000000000000", expect=404)
    pages.get(f"{BOX}/tep/0000000000000000", expect=404)


def test_no_address_that_stays_in_the_history_names_a_row(pages, founded, sent):
    """Whoever holds the phone, and knows ids from a copy or a colleague, learns of no report from it."""
    case = question(founded, sent)
    enter(pages, sent)
    asked = pages.get(BOX).select_one("a[href*='/tra-loi/']")["href"]
    letters = session().scalars(select(Message).where(Message.report_id == sent.report_id)).all()
    assert not any(one.id in asked for one in letters)
    pages.post(asked, {"text": "Ngày 3 tháng 3."})
    assert pages.leads_to == BOX
    actor, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    case = make.case_of(sent)
    reason = next(iter(DeclineReason))
    triage.decline(actor, case, ring, reason=reason, text="Vì vậy.", seen=case.version)
    wanted = pages.get(BOX).select_one("a[href*='/xem-lai/']")["href"]
    assert case.id not in wanted
    assert pages.get(wanted).select_one("textarea[name=text]")
    known = {case.id, sent.report_id, *(one.id for one in letters)}
    assert not any(one in link["href"] for link in pages.get(BOX).select("a[href]") for one in known)


def test_an_address_of_another_mailbox_leads_nowhere(pages, founded, sent):
    question(founded, sent)
    enter(pages, sent)
    asked = pages.get(BOX).select_one("a[href*='/tra-loi/']")["href"]
    other = make.report(founded.settings)
    question(founded, other)
    enter(pages, other)
    pages.get(asked, expect=404)


def test_the_reminder_names_nothing(pages, sent):
    enter(pages, sent)
    pages.get(f"{BOX}/nhac-xem.ics")
    text = pages.answer.get_data(as_text=True)
    assert "DTSTART;VALUE=DATE:" in text
    assert "SUMMARY:Việc cần xem" in text
    assert "phản ánh" not in text.lower()


def test_leaving_makes_the_browser_forget(pages, sent):
    enter(pages, sent)
    pages.post("/tra-cuu/thoat", {}, form_on=BOX)
    assert "mailbox" not in cookies(pages)
    pages.get(BOX, expect=303)
    pages.client.get("/tra-cuu/thoat")


def test_whoever_stays_anonymous_reads_so(pages, founded, sent):
    enter(pages, sent)
    assert "Cổng không có tên của bạn" in pages.get(BOX).get_text()
    named = make.report(founded.settings, openness=Openness.CONFIDENTIAL)
    enter(pages, named)
    assert "Chưa ai mở danh tính" in pages.get(BOX).get_text()


def test_the_pages_speak_english_too(pages, sent):
    pages.get("/tra-cuu/?lang=en")
    pages.post("/tra-cuu/?lang=en", {"code": sent.code})
    assert pages.leads_to == f"{BOX}?lang=en"
    pages.get(pages.leads_to)


def test_an_opened_identity_is_told_with_its_day(pages, founded, sent, monkeypatch):
    real = queries.box
    opened = replace(
        real(session().get_one(Report, sent.report_id), secret_of(founded, sent)), openings=[DAY]
    )
    enter(pages, sent)
    monkeypatch.setattr(queries, "box", lambda report, secret: opened)
    assert "Ngày 03/11/2026, danh tính của bạn đã được mở." in pages.get(BOX).get_text()


def secret_of(founded, sent):
    return queries.passed(sent.code, founded.settings.pepper.encode()).secret


def test_who_suffers_says_so_and_is_told_where_it_stands(pages, founded, sent):
    page = pages.reporter(sent.code)
    assert page.select_one('a[href$="/bi-tra-thu"]')
    form = pages.get("mailbox.reprisal").get_text(" ", strip=True)
    assert "Thành phố Hồ Chí Minh" in form
    pages.post("mailbox.reprisal", {"text": "Ngắn"})
    assert pages.get("mailbox.reprisal").select_one("textarea").get_text(strip=True) == "Ngắn"
    pages.post("mailbox.reprisal", {"text": "Sau khi tôi phản ánh, tôi bị cắt việc không lý do."})
    shown = pages.get("mailbox.status")
    assert "Việc bạn báo bị trả thù" in shown.get_text()
    assert not shown.select_one('a[href$="/bi-tra-thu"]')
    pages.get("mailbox.reprisal", 404)


def test_where_nobody_may_read_a_reprisal_the_page_says_where_to_go(pages, founded, sent, monkeypatch):
    monkeypatch.setattr("portal.intake.routes.writing.protecting_board", lambda *given, **more: None)
    pages.reporter(sent.code)
    assert "gọi 113" in pages.get("mailbox.reprisal").get_text()


def test_after_the_second_answer_the_page_says_what_the_law_still_offers(pages, founded, sent):
    """One review, by other people; its answer and the first case stand side by side, and no third way in."""
    old = make.answered(founded, sent)
    enter(pages, sent)
    pages.post(pages.get(BOX).select_one('a[href*="/xem-lai/"]')["href"], {"text": "Chưa hỏi người cùng đi."})
    assert "khởi kiện" not in pages.get(BOX).get_text()
    session().rollback()
    review = session().scalars(select(Case).where(Case.review_of == old.id)).one()
    actor, ring = founded.made.signed_in("lead.front.P79b")
    assert actor.body not in (old.front_id, old.leader_id)
    settled = DeclineReason.ALREADY_SETTLED
    triage.decline(actor, review, ring, reason=settled, text="Đã hỏi người cùng đi.", seen=review.version)
    page = pages.get(BOX)
    text = page.get_text(" ", strip=True)
    for part in ("Đã hỏi người cùng đi.", make.ANSWER.found, "Luật Tố cáo 2018, điều 37", "khởi kiện"):
        assert part in text
    assert not page.select('a[href*="/xem-lai/"]')
    assert make.now(old).state is State.CLOSED


def test_after_the_end_the_page_asks_and_leads_on_who_suffers(pages, founded, sent, monkeypatch):
    make.answered(founded, sent)
    enter(pages, sent)
    assert "Bạn có an toàn không?" not in pages.get(BOX).get_text()
    monkeypatch.setattr(queries.Box, "look_due", lambda self, day: 1)
    assert "Bạn có an toàn không?" in pages.get(BOX).get_text()
    pages.post(f"{BOX}/con-an-toan", {"suffered": ""})
    assert "Chọn có hoặc không" in pages.get(f"{BOX}/con-an-toan").get_text()
    monkeypatch.setattr("portal.intake.actions.reprisal.look_due", lambda *days: 1)
    pages.post(f"{BOX}/con-an-toan", {"suffered": "yes"})
    assert pages.leads_to.endswith("/bi-tra-thu")
