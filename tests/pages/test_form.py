"""The public form as a resident walks through it."""

import gzip
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from portal.app import create_app
from portal.data import db
from portal.data.models.draft import Draft, DraftFile
from portal.data.models.report import Attachment, Report
from portal.domain import clock
from portal.domain.evidence import Busy
from portal.domain.receipts import is_code
from portal.intake.actions import evidence
from portal.worker import sweeps
from tests.support import country
from tests.support.resident import ANSWERS, FORM, KEPT, STORY, Resident, holding

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def app(prepared) -> Flask:
    return create_app(prepared("country", country.found).settings)


@pytest.fixture
def resident(app) -> Resident:
    return Resident(app)


def count(model) -> int:
    db.session().rollback()
    return db.session().scalar(select(func.count()).select_from(model))


def photo(colour="red") -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (40, 40), colour).save(file, "JPEG")
    file.seek(0)
    return file


def test_a_report_is_sent_and_the_receipt_shows_its_code(resident):
    page = resident.fill_in()
    assert page.heading == "Xem lại rồi gửi"
    assert "Ban Thường trực Ủy ban MTTQ Việt Nam phường Tân Sơn Nhì" in page.text
    assert STORY in page.text
    page = resident.submit()
    assert is_code(resident.code)
    assert page.soup.select_one("svg.gs-qr") is not None
    assert STORY not in page.text
    assert (count(Report), count(Draft)) == (1, 0)


def test_the_receipt_can_be_loaded_again_until_it_is_saved(resident):
    resident.fill_in()
    resident.submit()
    code = resident.code
    resident.see(f"{FORM}/bien-nhan")
    assert resident.code == code
    assert code[:4] in resident.see(f"{FORM}/bien-nhan/in").text
    resident.see(f"{FORM}/bien-nhan")
    resident.press(f"{FORM}/bien-nhan/da-luu")
    assert resident.see(f"{FORM}/bien-nhan").heading == "Xong"


def test_after_the_receipt_the_browser_holds_nothing(resident):
    """Two reports from one browser share no cookie and no token (assurance P-6)."""
    resident.fill_in()
    before = {name: resident.client.get_cookie(name).value for name in ("draft", "portal")}
    resident.submit()
    resident.press(f"{FORM}/bien-nhan/da-luu")
    assert [resident.client.get_cookie(name) for name in ("draft", "receipt", "portal")] == [None] * 3
    resident.see(f"{FORM}/")
    resident.fill_in()
    assert not set(before.values()) & {resident.client.get_cookie(name).value for name in before}


def test_a_place_that_was_reorganised_is_asked_again(app):
    resident = holding(
        app, place=KEPT["place"] | {"area_id": "gone"}, office=KEPT["office"] | {"area_id": "gone"}
    )
    assert resident.see(f"{FORM}/kiem-tra").address == f"{FORM}/dia-ban"


def test_the_receipt_page_ends_after_ten_minutes(resident, monkeypatch):
    resident.fill_in()
    resident.submit()
    cookie = resident.client.get_cookie("receipt")
    assert cookie is not None
    assert cookie.max_age == 600
    assert cookie.http_only


def test_the_reminder_holds_a_day_and_nothing_else(resident):
    resident.fill_in()
    resident.submit()
    answer = resident.client.get(f"{FORM}/bien-nhan/nhac-xem.ics")
    assert answer.mimetype == "text/calendar"
    assert "DTSTART;VALUE=DATE:" in answer.text
    assert resident.code not in answer.text.replace("-", "")
    assert "phản ánh" not in answer.text.lower()


def test_no_cookie_is_set_by_the_pages_without_a_form(app):
    client = app.test_client()
    for path in ("ngoai-pham-vi", "xong", "het-han"):
        assert "Set-Cookie" not in client.get(f"{FORM}/{path}").headers, path


def test_whoever_skips_ahead_comes_to_the_first_open_question(resident):
    resident.press(f"{FORM}/loai", kind="act")
    for slug in ("ke-lai", "dong-y", "kiem-tra", "lien-lac"):
        assert resident.see(f"{FORM}/{slug}").address == f"{FORM}/dia-ban"


def test_without_a_draft_every_question_leads_to_the_start(resident):
    for slug in ANSWERS:
        assert resident.see(f"{FORM}/{slug}").address == f"{FORM}/"


def test_a_wrong_answer_stays_in_its_field_with_the_fault(resident):
    resident.fill_in(until="ke-lai")
    page = resident.press(f"{FORM}/ke-lai", story="quá ngắn")
    assert page.errors
    assert page.soup.find("textarea", id="story").get_text().strip() == "quá ngắn"
    assert page.soup.title.get_text().startswith("Lỗi")


def test_an_answer_can_be_changed_from_the_check_page(resident):
    resident.fill_in()
    resident.see(f"{FORM}/ke-lai")
    page = resident.press(f"{FORM}/ke-lai", story="Một câu chuyện khác, đủ dài để gửi.")
    assert page.address == f"{FORM}/kiem-tra"
    assert "Một câu chuyện khác" in page.text


def test_another_place_asks_again_for_the_office(resident):
    resident.fill_in()
    resident.see(f"{FORM}/dia-ban")
    resident.find("tay thanh")
    page = resident.press(f"{FORM}/dia-ban", area="c2")
    assert page.address == f"{FORM}/co-quan"
    assert "đã đổi" in page.text


def test_a_second_window_shows_both_texts_and_loses_none(resident):
    resident.fill_in(until="ke-lai")
    first = resident.see(f"{FORM}/ke-lai")
    second = resident.see(f"{FORM}/ke-lai")
    resident.press(f"{FORM}/ke-lai", first, story="Chuyện thứ nhất, viết ở cửa sổ bên trái.")
    page = resident.press(f"{FORM}/ke-lai", second, story="Chuyện thứ hai, viết ở cửa sổ bên phải.")
    assert "cửa sổ khác" in page.text
    assert "Chuyện thứ nhất" in page.text
    assert "Chuyện thứ hai" in page.soup.find("textarea", id="story").get_text()
    resident.press(f"{FORM}/ke-lai", story="Cả hai chuyện, gộp lại thành một.")
    assert "Cả hai chuyện" in resident.see(f"{FORM}/ke-lai").soup.find("textarea").get_text()


def test_going_back_to_the_start_offers_to_go_on_or_to_choose_again(resident):
    resident.fill_in(until="ke-lai")
    assert "viết dở" in resident.see(f"{FORM}/").text
    page = resident.press(f"{FORM}/loai", kind="reprisal")
    assert "cửa sổ khác" not in page.text
    assert page.address == f"{FORM}/dau-hieu"


def test_what_another_window_changed_is_not_sent_unseen(resident):
    resident.fill_in()
    old = resident.see(f"{FORM}/kiem-tra")
    resident.see(f"{FORM}/ke-lai")
    resident.press(f"{FORM}/ke-lai", story="Bản mới hơn của câu chuyện này.")
    page = resident.press(f"{FORM}/gui", old)
    assert "chưa được gửi" in page.text
    assert count(Report) == 0


def test_no_other_board_gets_it_than_the_one_shown(resident):
    resident.fill_in()
    hidden = resident.page.form(f"{FORM}/gui")
    assert hidden["board"] == country.front("c1")
    resident.client.post(f"{FORM}/gui", data=hidden | {"board": country.front("c2")})
    assert count(Report) == 0
    assert "nơi nhận vừa đổi" in resident.see(f"{FORM}/kiem-tra?doi=1").text


def test_a_busy_server_says_so_and_keeps_everything(resident, monkeypatch):
    def busy(*given, **named):
        raise Busy

    resident.fill_in(until="bang-chung")
    monkeypatch.setattr(evidence, "keep", busy)
    page = resident.press(f"{FORM}/bang-chung/them", file=(photo(), "a.jpg"))
    assert "đang bận" in page.text
    resident.press(f"{FORM}/bang-chung")
    assert STORY in resident.see(f"{FORM}/ke-lai").soup.find("textarea").get_text()


def test_an_expired_draft_says_so_and_keeps_the_last_text(resident):
    resident.fill_in(until="ke-lai")
    with clock.at(datetime.now(UTC) + timedelta(hours=25)):
        assert resident.see(f"{FORM}/ke-lai").heading == "Bản nháp không còn"


def test_text_sent_to_an_expired_draft_is_kept(resident):
    resident.fill_in(until="ke-lai")
    old = resident.see(f"{FORM}/ke-lai")
    with clock.at(datetime.now(UTC) + timedelta(hours=25)):
        page = resident.press(f"{FORM}/ke-lai", old, story="Đoạn văn dài không được mất.")
        assert page.heading == "Bản nháp không còn"
        assert "Chuyện xảy ra" in page.text
        resident.see(f"{FORM}/")
        resident.fill_in(until="ke-lai")
        page = resident.see(f"{FORM}/ke-lai")
        assert "Đoạn văn dài không được mất." in page.soup.find("textarea").get_text()


def test_a_foreign_cookie_opens_nothing(resident, app):
    resident.fill_in(until="ke-lai")
    cookie = resident.client.get_cookie("draft").value
    stranger = app.test_client()
    half = cookie.partition(".")[0]
    stranger.set_cookie("draft", f"{half}.{'A' * 43}")
    answer = stranger.get(f"{FORM}/ke-lai", follow_redirects=True)
    assert "Bản nháp không còn" in answer.text


def test_a_chosen_file_goes_along_with_the_button_that_goes_on(resident):
    resident.fill_in(until="bang-chung")
    page = resident.press(f"{FORM}/bang-chung", file=(photo(), "vé xe.jpg"))
    assert page.address == f"{FORM}/ve-ban"
    assert "vé xe.jpg" in resident.see(f"{FORM}/bang-chung").text


def test_a_refused_file_is_not_passed_over(resident):
    resident.fill_in(until="bang-chung")
    page = resident.press(f"{FORM}/bang-chung", file=(BytesIO(b"MZ"), "vé xe.jpg"))
    assert page.address == f"{FORM}/bang-chung"
    assert "chưa được nhận" in page.text


def test_forgetting_erases_draft_and_files_at_once(resident):
    resident.fill_in(until="bang-chung")
    resident.press(f"{FORM}/bang-chung/them", file=(photo(), "a.jpg"))
    blobs = list(db.store().blobs.names_older_than(clock.today() + timedelta(days=1)))
    assert len(blobs) == 1
    page = resident.press(f"{FORM}/xoa-nhap")
    assert page.heading == "Đã xóa"
    assert (count(Draft), count(DraftFile)) == (0, 0)
    assert not list(db.store().blobs.names_older_than(clock.today() + timedelta(days=1)))


def test_what_is_out_of_scope_ends_and_is_erased(resident):
    resident.fill_in(until="viec-gi")
    page = resident.press(f"{FORM}/viec-gi", category="outside")
    assert page.heading == "Ngoài phạm vi của Cổng này"
    assert count(Draft) == 0
    assert resident.client.get_cookie("draft") is None
    resident.see(f"{FORM}/")
    assert resident.press(f"{FORM}/loai", kind="outside").heading == "Ngoài phạm vi của Cổng này"
    assert count(Draft) == 0


def test_a_lost_answer_is_answered_again_with_the_same_receipt(resident):
    """The browser never saw the 303: it sends again, with the draft's cookie and the old page."""
    page = resident.fill_in()
    cookie = resident.client.get_cookie("draft").value
    resident.submit()
    code = resident.code
    resident.client.set_cookie("draft", cookie)
    resident.client.delete_cookie("receipt")
    resident.press(f"{FORM}/gui", page)
    assert resident.code == code
    resident.client.set_cookie("draft", cookie)
    resident.client.delete_cookie("receipt")
    resident.see(f"{FORM}/kiem-tra")
    assert resident.code == code
    assert count(Report) == 1


def test_back_after_sending_shows_the_receipt_not_the_text(resident):
    resident.fill_in()
    resident.submit()
    assert resident.client.get_cookie("draft") is None
    assert resident.see(f"{FORM}/ke-lai").heading == "Đã gửi"


def test_files_travel_with_the_report(resident):
    resident.fill_in(until="bang-chung")
    page = resident.press(f"{FORM}/bang-chung/them", file=(photo(), "ảnh chụp.jpg"))
    assert "ảnh chụp.jpg" in page.text
    resident.press(f"{FORM}/bang-chung/them", file=(photo("blue"), "b.jpg"), original="y")
    page = resident.press(f"{FORM}/bang-chung/them", file=(BytesIO(b"PK\x03\x04"), "c.docx"))
    assert "chưa được nhận" in page.text
    ids = [one["value"] for one in page.soup.select('input[name="file"][type="hidden"]')]
    resident.press(f"{FORM}/bang-chung/bo", file=ids[0])
    for slug in ("bang-chung", "ve-ban", "dong-y"):
        resident.see(f"{FORM}/{slug}")
        resident.press(f"{FORM}/{slug}", **ANSWERS[slug])
    resident.submit()
    db.session().rollback()
    kept = db.session().scalars(select(Attachment)).all()
    assert len(kept) == 1
    assert kept[0].original_blob is not None
    assert kept[0].sealed_original is not None
    assert b"".join(db.store().blobs.read(kept[0].clean_blob))


def test_no_more_files_than_allowed(resident):
    resident.fill_in(until="bang-chung")
    for number in range(5):
        page = resident.press(f"{FORM}/bang-chung/them", file=(photo(), f"{number}.jpg"))
    assert page.soup.find("input", type="file") is None
    page = resident.see(f"{FORM}/bang-chung")
    token = page.form(f"{FORM}/bang-chung/bo")["csrf_token"]
    sent = {"csrf_token": token, "file": (photo(), "6.jpg")}
    resident.client.post(f"{FORM}/bang-chung/them", data=sent)
    assert "chưa được nhận" in resident.see(f"{FORM}/bang-chung").text
    assert count(DraftFile) == 5


def test_corruption_keeps_the_name_outside_and_offers_the_slip(resident):
    resident.fill_in(
        viec_gi={"category": "asking_money"},
        dau_hieu={},
        ve_ban={"openness": "named"},
        dong_y={"consent": "y"},
    )
    page = resident.submit()
    assert "phiếu" in page.text
    slip = resident.see(f"{FORM}/bien-nhan/phieu-danh-tinh")
    assert slip.heading == "Phiếu để lại tên"
    assert resident.client.get_cookie("receipt").value not in slip.response.text


def test_a_named_resident_gives_contact_and_the_check_page_shows_it(resident):
    resident.fill_in(until="dong-y", ve_ban={"openness": "confidential"})
    assert resident.page.address == f"{FORM}/lien-lac"
    resident.press(f"{FORM}/lien-lac", name="Người Kể")
    page = resident.press(f"{FORM}/dong-y", consent="y")
    assert "Người Kể" in page.text
    assert "Mở phiếu" not in resident.submit().text


def test_praise_asks_less(resident):
    resident.press(f"{FORM}/loai", kind="praise")
    resident.find()
    for slug in ("dia-ban", "co-quan", "chuc-vu", "ke-lai", "khi-nao", "bang-chung", "ve-ban"):
        assert resident.page.address == f"{FORM}/{slug}"
        resident.press(f"{FORM}/{slug}", **ANSWERS[slug])
    page = resident.press(f"{FORM}/dong-y", consent="y")
    assert page.address == f"{FORM}/kiem-tra"
    assert "Khen" in page.text


def test_who_works_at_the_front_is_sent_above_him(resident):
    page = resident.fill_in(lien_quan={"front": "yes", "party": "no", "inspection": "no"})
    assert "Thành phố Hồ Chí Minh" in page.text
    assert "có người liên quan" in page.text


def test_a_place_without_a_board_says_who_receives_instead(resident):
    resident.press(f"{FORM}/loai", kind="act")
    resident.find("binh chanh")
    resident.press(f"{FORM}/dia-ban", area="c3")
    for slug, answers in list(ANSWERS.items())[2:]:
        given = {"body": "committee.c3"} if slug == "co-quan" else answers
        resident.press(f"{FORM}/{slug}", **given)
    assert "chưa tham gia Cổng" in resident.page.text


def test_a_split_ward_asks_for_the_street(resident):
    resident.press(f"{FORM}/loai", kind="act")
    page = resident.find("phuong son ky")
    assert "đã chia" in page.text
    page = resident.press(f"{FORM}/dia-ban", area="old.o1")
    assert "tên đường" in page.errors[0]
    page = resident.press(f"{FORM}/dia-ban", area="old.o1", street="đường Lê Trọng Tấn")
    assert page.address == f"{FORM}/co-quan"


def test_nobody_left_gets_guidance_and_nothing_is_stored(resident):
    resident.press(f"{FORM}/loai", kind="act")
    resident.find()
    resident.press(f"{FORM}/dia-ban", area="c1")
    resident.see(f"{FORM}/co-quan?cap=tren")
    resident.page.address = f"{FORM}/co-quan"
    resident.client.post(
        f"{FORM}/co-quan?cap=tren", data=resident.page.form(f"{FORM}/co-quan") | {"body": "front.VN"}
    )
    resident.see(f"{FORM}/chuc-vu")
    resident.press(f"{FORM}/chuc-vu", post="unknown")
    for slug in list(ANSWERS)[4:]:
        resident.press(f"{FORM}/{slug}", **ANSWERS[slug])
    assert resident.page.heading == "Chưa có nơi nào nhận được qua Cổng"
    assert count(Report) == 0


def test_every_page_is_light_and_private(resident):
    for slug in ANSWERS:
        if slug == "dia-ban":
            resident.find()
        page = resident.see(f"{FORM}/{slug}") if slug != "loai" else resident.page
        assert page.heading
        assert len(gzip.compress(page.response.data)) < 8_000, slug
        assert page.response.headers["Cache-Control"] == "no-store"
        assert "noindex" in page.response.headers["X-Robots-Tag"]
        assert page.soup.select_one("[data-exit]") is not None
        resident.press(f"{FORM}/{slug}", **ANSWERS[slug])


def test_expired_drafts_are_swept_with_their_files(resident):
    resident.fill_in(until="bang-chung")
    resident.press(f"{FORM}/bang-chung/them", file=(photo(), "a.jpg"))
    assert sweeps.drafts() == 0
    with clock.at(datetime.now(UTC) + timedelta(hours=25)):
        assert sweeps.drafts() == 1
    with clock.at(datetime.now(UTC) + timedelta(days=3)):
        assert sweeps.orphans() == 1
    assert (count(Draft), count(DraftFile)) == (0, 0)


def test_the_draft_tells_only_a_full_hour(resident):
    resident.fill_in(until="ke-lai")
    db.session().rollback()
    expiry = db.session().scalars(select(Draft.expires_at)).one()
    assert (expiry.minute, expiry.second, expiry.microsecond) == (0, 0, 0)
    assert expiry - datetime.now(UTC) <= timedelta(hours=24)


def test_a_head_stands_before_the_deputy(resident):
    resident.fill_in(until="chuc-vu")
    page = resident.see(f"{FORM}/chuc-vu")
    posts = [one["value"] for one in page.soup.select("input[name=post]")]
    offices = [post for post in posts if ".office-" in post]
    assert offices == ["committee.commune.office-head", "committee.commune.office-deputy"]
