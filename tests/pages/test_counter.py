"""The counter through its pages: one page by typing, nothing lost, a slip once, a bare register."""

import io
import re
from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from sqlalchemy import select, update

from portal.action import session
from portal.app import create_app
from portal.data import db
from portal.data.models.account import StaffSession
from portal.data.models.case import Case, CaseReport
from portal.data.models.draft import Draft
from portal.data.models.paper import PaperEntry
from portal.data.models.report import Attachment, Identity, Report
from portal.domain import clock
from portal.domain.receipts import format_groups
from portal.intake.queries import mailbox
from tests.support import canaries, make, people, world
from tests.support.pages import Pages, hidden_of

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
ENTER, SLIP, REGISTER = "/can-bo/so-don/nhap", "/can-bo/so-don/phieu", "/can-bo/so-don/"
BOX = "/tra-cuu/hop-thu"
STORY = "Ông phó chủ tịch hẹn ba lần không tiếp, giấy tờ để quá hạn hai tháng không trả lời."
DAY = {"received-day": "2", "received-month": "11", "received-year": "2026"}
LETTER = DAY | {
    "channel": "paper",
    "register_no": " 12 / đt",
    "place": "tan son nhi",
    "office": "ubnd",
    "title": "",
    "person": "Trần Văn Thử",
    "category": "delay",
    "story": STORY,
    "openness": "anonymous",
    "names_somebody": "yes",
    "has_evidence": "yes",
    "can_be_verified": "yes",
}


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def app(founded):
    return create_app(founded.settings)


@pytest.fixture
def pages(app, founded):
    return officer(app, founded)


def officer(app, founded, login=f"member.{make.FRONT}"):
    found = Pages(app)
    found.client.set_cookie("staff", world.seat(world.World(founded.made), login))
    return found


def send(pages, soup, expect, /, **given):
    """Press the button of the page seen last, with everything that stands in its fields and `given`."""
    data = fields_of(soup) | given
    button = {} if {"attach", "drop", "discard"} & given.keys() else {"send": "1"}
    return pages.send(ENTER, data | button, expect)


def fields_of(soup):
    """What a browser would send of the page's form."""
    form = soup.select_one("form#entry")
    typed = form.select("input[type=hidden], input[type=text]")
    found = {str(one["name"]): str(one.get("value", "")) for one in typed}
    found |= {str(one["name"]): one.get_text().lstrip("\n") for one in form.select("textarea")}
    for one in form.select("input[type=radio], input[type=checkbox]"):
        if one.has_attr("checked"):
            found[str(one["name"])] = str(one["value"])
    for one in form.select("select"):
        chosen = one.select_one("option[selected]")
        found[str(one["name"])] = str(chosen["value"]) if chosen else ""
    return found


def entered(pages, **given):
    """A whole letter: typed, looked at, sent; the page of the slip."""
    settled = send(pages, pages.get(ENTER), 200, **LETTER | given)
    send(pages, settled, 303)
    assert pages.leads_to == SLIP, pages.text[:500]
    return pages.get(SLIP)


def code_of(soup):
    return "".join(soup.select_one("#receipt").get_text().split())


def errors(soup):
    return [one.get_text(" ", strip=True) for one in soup.select(".govuk-error-summary li")]


def test_a_letter_is_typed_looked_at_and_sealed(pages):
    page = pages.get(ENTER)
    assert page.select_one("input[name=place]")["value"].startswith("Phường Tân Sơn Nhì")
    settled = send(pages, page, 200, **LETTER)
    assert settled.select_one("input[name=area][checked]")["value"] == "C27019b"
    assert settled.select_one("input[name=body][checked]")["value"] == "committee.C27019b"
    assert settled.select_one("button[autofocus]")["name"] == "send"
    assert session().scalars(select(Report)).all() == []
    send(pages, settled, 303)
    slip = pages.get(SLIP)
    assert "12/ĐT" in slip.get_text()
    assert "Use this code" in slip.select_one('[lang="en"]').get_text()
    assert slip.select_one("svg.gs-qr") is not None
    session().rollback()
    report = session().scalars(select(Report)).one()
    assert (report.received_on, report.body_id, report.channel.value) == (
        date(2026, 11, 2),
        make.FRONT,
        "paper",
    )
    queue = pages.get("triage.queue").get_text(" ", strip=True)
    assert "Đơn, thư giấy" in queue
    case = pages.get("triage.case", case_id=case_of(report).id).get_text(" ", strip=True)
    assert "số 12/ĐT" in case
    assert STORY in case


def case_of(report):
    link = select(CaseReport.case_id).where(CaseReport.report_id == report.id)
    return session().get_one(Case, session().scalars(link).one())


def test_the_page_begins_anew_after_the_slip(pages):
    entered(pages)
    pages.post("counter.handed", {}, form_on=SLIP)
    page = pages.get(pages.leads_to)
    assert page.select_one("textarea[name=story]").get_text().strip() == ""
    pages.get(SLIP, expect=303)
    assert session().scalars(select(Draft)).all() == []


def test_names_that_fit_nothing_or_several_are_asked_about(pages):
    page = send(pages, pages.get(ENTER), 422, **LETTER | {"place": "khong co noi nay", "office": "x"})
    assert any("Không tìm thấy nơi nào" in one for one in errors(page))
    page = send(pages, page, 422, place="tan son nhi", office="nha van hoa", title="")
    assert any("Chọn một dòng" in one for one in errors(page))
    page = send(pages, page, 200, body="other")
    send(pages, page, 303)
    session().rollback()
    assert session().scalars(select(Report)).one().post_level is None


def test_what_was_confirmed_is_what_is_sent(pages):
    """A name that changes after the look is looked at again."""
    settled = send(pages, pages.get(ENTER), 200, **LETTER)
    again = send(pages, settled, 200, place="tay thanh", area="")
    assert again.select_one("input[name=area][checked]")["value"] == "C27013b"
    send(pages, again, 303)
    assert "Đơn vị bạn không giữ bản nào" in pages.get(SLIP).get_text()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"register_no": ""}, "Ghi số đến của đơn"),
        ({"received-day": "30", "received-month": "12", "received-year": "2099"}, "Ngày này chưa đến"),
        ({"story": "ngắn"}, "Cần ít nhất 20 ký tự"),
        ({"openness": ""}, "Chọn một cách"),
        ({"has_evidence": ""}, "Chọn có hoặc không"),
        ({"name": "Ai Đó"}, "Đơn không nêu tên thì để trống"),
        ({"category": "khong-co"}, "Hãy chọn một trong các mục"),
        ({"channel": "fax"}, "Hãy chọn một trong các mục"),
    ],
    ids=["number", "future", "short", "openness", "answers", "name", "category", "channel"],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(pages, given, told):
    page = send(pages, pages.get(ENTER), 422, **LETTER | given)
    assert any(told in one for one in errors(page)), errors(page)
    again = pages.get(ENTER)
    expected = (LETTER | given)["story"]
    for shown in (page, again):
        assert shown.select_one("textarea[name=story]").get_text().strip() == expected
    assert session().scalars(select(PaperEntry)).all() == []


def test_a_number_that_is_taken_is_said_and_the_text_stays(pages):
    entered(pages)
    page = send(pages, pages.get(ENTER), 200, **LETTER)
    page = send(pages, page, 422)
    assert any("đã có trong sổ của năm 2026" in one for one in errors(page))
    assert page.select_one("textarea[name=story]").get_text().strip() == STORY


def test_another_window_gets_both_texts(pages):
    page = pages.get(ENTER)
    send(pages, page, 422, **LETTER | {"story": "chữ của cửa sổ một"})
    moved = send(pages, page, 409, **LETTER | {"story": STORY})
    assert "đã được sửa ở cửa sổ khác" in moved.get_text()
    assert "chữ của cửa sổ một" in moved.get_text()
    assert moved.select_one("textarea[name=story]").get_text().strip() == STORY
    send(pages, send(pages, moved, 200), 303)


def test_a_double_click_enters_one_letter(pages):
    settled = send(pages, pages.get(ENTER), 200, **LETTER)
    send(pages, settled, 303)
    send(pages, settled, 303)
    assert pages.leads_to == SLIP
    session().rollback()
    assert len(session().scalars(select(PaperEntry)).all()) == 1


def test_the_text_of_an_ended_session_is_there_after_signing_in(app, founded, pages):
    page = pages.get(ENTER)
    with db.housekeeping() as current:
        old = clock.now() - timedelta(hours=1)
        current.execute(update(StaffSession).values(seen_at=old))
    send(pages, page, 303, **LETTER)
    assert unquote(pages.leads_to) == f"/can-bo/dang-nhap?next={ENTER}"
    session().rollback()
    assert STORY.encode() not in b"".join(session().scalars(select(Draft.sealed_body)))
    stranger = officer(app, founded, f"lead.{make.FRONT}").get(ENTER)
    assert STORY not in stranger.get_text()
    pages.client.set_cookie("staff", world.seat(world.World(founded.made), f"member.{make.FRONT}"))
    back = pages.get(ENTER)
    assert "Phiên làm việc đã hết" in back.get_text()
    assert back.select_one("textarea[name=story]").get_text().strip() == STORY
    send(pages, send(pages, back, 200), 303)
    assert session().scalars(select(Draft)).all() == []


def test_a_stranger_leaves_nothing_at_a_form_that_is_not_his(app, pages):
    stranger = Pages(app)
    token = hidden_of(stranger.get("/tra-cuu/"))["csrf_token"]
    for owner in ("", "x", "gAAAA"):
        stranger.send(ENTER, {"csrf_token": token, "owner": owner, "story": STORY}, 303)
    assert session().scalars(select(Draft)).all() == []


def test_scans_are_cleaned_kept_and_sent_along(pages):
    photo = canaries.photo("zqmaker", 424_242_421)
    page = send(pages, pages.get(ENTER), 200, **LETTER, attach="1", file=(io.BytesIO(photo), "don.jpg"))
    assert "don.jpg" in page.get_text()
    assert "vị trí chụp" in page.get_text()
    bad = send(pages, page, 422, file=(io.BytesIO(b"GIF89a;"), "x.gif"))
    assert any("x.gif" in one for one in errors(bad))
    drop = bad.select_one("button[name=drop]")["value"]
    gone = send(pages, bad, 200, drop=drop)
    assert "don.jpg" not in gone.get_text()
    again = send(pages, gone, 200, file=(io.BytesIO(photo), "don.jpg"))
    send(pages, again, 303)
    session().rollback()
    report = session().scalars(select(Report)).one()
    file = session().scalars(select(Attachment).where(Attachment.report_id == report.id)).one()
    case = case_of(report)
    pages.client.get(pages.address("triage.file", case_id=case.id, file_id=file.id))
    assert b"zqmaker" not in pages.client.get(f"/can-bo/phan-loai/{case.id}/tep/{file.id}").data


def test_a_name_about_corruption_is_not_even_kept_while_typing(pages):
    named = {"openness": "named", "name": "Nguyễn Thị Người Gửi", "category": "asking_money"}
    page = send(pages, pages.get(ENTER), 200, **LETTER | named)
    assert "Nguyễn Thị Người Gửi" not in page.get_text() + str(pages.get(ENTER))
    assert "tên người gửi không được ghi vào Cổng" in page.get_text()
    send(pages, page, 303)
    assert "phong bì dán kín" in pages.get(SLIP).get_text()
    session().rollback()
    assert session().scalars(select(Identity)).all() == []


def test_a_name_is_sealed_as_from_the_form(pages):
    named = {"openness": "confidential", "name": "Nguyễn Thị Người Gửi", "phone": "0900"}
    entered(pages, **named)
    session().rollback()
    assert len(session().scalars(select(Identity)).all()) == 1


def test_a_conflict_is_only_told_to_be_elsewhere(pages):
    slip = entered(pages, ties="front")
    text = slip.get_text()
    assert "Đã chuyển niêm phong đến nơi nhận khác" in text
    assert "Thành phố Hồ Chí Minh" not in text
    register = pages.get(REGISTER).get_text(" ", strip=True)
    assert "12/ĐT" in register
    assert "Đã chuyển nơi nhận khác" in register
    assert "Không có hồ sơ nào" in pages.get("triage.queue").get_text()


def test_without_a_slip_nobody_gets_the_code(pages):
    slip = entered(pages, no_slip="y")
    assert slip.select_one("#receipt") is None
    assert "Không in phiếu" in slip.get_text()


def test_the_slip_is_its_officers_alone(app, founded, pages):
    entered(pages)
    cookie = pages.client.get_cookie("slip")
    other = officer(app, founded, f"lead.{make.FRONT}")
    other.client.set_cookie("slip", cookie.value)
    other.get(SLIP, expect=303)


def test_the_register_is_printed_by_day_and_holds_no_content(pages):
    entered(pages)
    today = clock.today()
    asked = f"?day-day={today.day}&day-month={today.month}&day-year={today.year}"
    for page in (pages.get(REGISTER), pages.get(REGISTER + asked), pages.get(f"{REGISTER}in{asked}")):
        text = page.get_text(" ", strip=True)
        assert "12/ĐT" in text
        assert "02/11/2026" in text
        for typed in (STORY, "Trần Văn Thử", "Ủy ban nhân dân"):
            assert typed not in text
    empty = pages.get(f"{REGISTER}?day-day=1&day-month=11&day-year=2026")
    assert "12/ĐT" not in empty.get_text()
    pages.get(f"{REGISTER}?day-day=x")


# The code that an officer saw -------------------------------------------------------------------------------


def test_at_first_use_a_new_code_is_taken_and_the_old_one_is_nobodys(app, founded, pages):
    old = code_of(entered(pages))
    session().rollback()
    report = session().scalars(select(Report)).one()
    actor, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    make.triage.write(actor, case_of(report), ring, text="Thư của Mặt trận zqletterqz")
    holder = Pages(app)
    first = holder.reporter(format_groups(old))
    text = first.get_text(" ", strip=True)
    assert "Hãy nhận mã mới" in text
    assert "Chúng tôi đã nhận" in text
    assert "zqletterqz" not in text
    assert "MTTQ" not in first.main.get_text()
    for page in ("/bo-sung", "/danh-gia", "/nhac-xem.ics"):
        holder.get(BOX + page, expect=303)
        assert holder.leads_to == BOX
    shown = holder.get(f"{BOX}/doi-ma")
    new = code_of(shown)
    assert new != old
    assert code_of(holder.get(f"{BOX}/doi-ma")) == new
    holder.post(f"{BOX}/doi-ma", {})
    assert holder.leads_to == BOX
    assert "zqletterqz" in holder.get(BOX).get_text()
    holder.get(f"{BOX}/doi-ma", expect=303)
    clerk = Pages(app)
    clerk.post("/tra-cuu/", {"code": old})
    assert clerk.leads_to == "/tra-cuu/"
    wrong = _bare(clerk.get("/tra-cuu/"), old)
    nobody = mailbox._nobodys_code()
    clerk.post("/tra-cuu/", {"code": nobody})
    assert _bare(clerk.get("/tra-cuu/"), nobody) == wrong
    assert "zqletterqz" in Pages(app).reporter(new).get_text()


def _bare(soup, typed):
    return re.sub(r'name="csrf_token" [^>]*', "", str(soup)).replace(typed, "…")


def test_a_session_of_the_old_code_ends_with_it(app, pages):
    old = code_of(entered(pages))
    clerk, holder = Pages(app), Pages(app)
    clerk.reporter(old)
    holder.reporter(old)
    holder.get(f"{BOX}/doi-ma")
    holder.post(f"{BOX}/doi-ma", {})
    clerk.get(BOX, expect=303)
    assert clerk.leads_to == "/tra-cuu/"


def test_a_code_that_was_not_shown_is_not_taken(app, pages):
    old = code_of(entered(pages))
    holder = Pages(app)
    holder.reporter(old)
    shown = holder.get(f"{BOX}/doi-ma")
    holder.send(f"{BOX}/doi-ma", hidden_of(shown) | {"name": "0" * 20})
    assert holder.leads_to == f"{BOX}/doi-ma"
    session().rollback()
    assert session().scalars(select(Report)).one().code_shared


def test_a_receipt_of_the_form_is_not_changed(app, founded):
    sent = make.report(founded.settings)
    holder = Pages(app)
    holder.reporter(sent.code)
    holder.get(f"{BOX}/doi-ma", expect=303)
    assert holder.leads_to == BOX
