"""Pages of notices and of what is deleted: list, choice, holding back, and what a code opens later."""

from datetime import date

import pytest
from sqlalchemy import select, update

from portal.app import create_app
from portal.data import audit, db
from portal.data.db import session
from portal.data.guard import Act, acting
from portal.data.models.account import Account
from portal.data.models.case import Case
from portal.data.models.report import Report
from portal.data.models.retention import LegalHold
from portal.domain.noticing import Notice, Way
from portal.domain.permissions import Role
from portal.domain.receipts import format_groups
from portal.papers import notices
from tests.support import make, people
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
LEAD = f"lead.{make.FRONT}"
LIST, WAY = "/can-bo/thong-bao", "/can-bo/thong-bao/cach-nhan"


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def seat(founded, login: str = LEAD) -> Pages:
    pages = Pages(create_app(founded.settings))
    founded.made.enter(pages.client, login)
    return pages


def change(*statements) -> None:
    with acting(Act("tests.change", "tests", None, day_only=False)) as act, db.transaction() as current:
        for one in statements:
            current.execute(one)
        audit.append(current, act)
    session().expire_all()


def tell(times: int = 2) -> None:
    with acting(Act("tests.tell", "tests", None, day_only=False)) as act, db.transaction() as current:
        for _ in range(times):
            notices.notify(make.FRONT, Notice.RETURNED, frozenset({Role.REVIEWER}), cases=())
        audit.append(current, act)


def test_the_list_shows_kinds_and_days_and_is_read(founded) -> None:
    tell()
    pages = seat(founded)
    page = pages.get(LIST)
    assert "(2)" in page.select_one(".gs-account").get_text()
    [row] = page.select("tbody tr")
    assert "Có hồ sơ bị trả lại" in row.get_text()
    assert "2 lần" in row.get_text()
    assert row.select_one("a")["href"] == "/can-bo/phan-loai/"
    token = page.select_one("input[name=csrf_token]")["value"]
    given = {"csrf_token": token, "day": "2026-13-45", "notice": "returned"}
    pages.send("/can-bo/thong-bao/da-doc", given, 404)
    day = row.select_one("input[name=day]")["value"]
    pages.send("/can-bo/thong-bao/da-doc", given | {"day": day})
    page = pages.follow()
    assert "Đã đọc" in page.select_one("tbody").get_text()
    assert "(" not in page.select_one(".gs-account").get_text()
    tell(1)
    pages.send("/can-bo/thong-bao/da-doc", {"csrf_token": token})
    assert notices.unread(founded.made[LEAD].account_id) == 0


def test_a_long_list_is_counted_to_a_limit(founded) -> None:
    tell(notices.UNREAD_SHOWN + 1)
    assert "(99+)" in seat(founded).get(LIST).select_one(".gs-account").get_text()


def test_the_way_is_chosen_and_kept(founded) -> None:
    pages = seat(founded)
    page = pages.get(WAY)
    assert page.select_one("input[name=way][checked]")["value"] == "at_once"
    pages.post(WAY, {"way": "digest"})
    assert pages.get(WAY).select_one("input[name=way][checked]")["value"] == "digest"
    pages.post(WAY, {"way": "by pigeon"}, 422)
    account = session().get_one(Account, founded.made[LEAD].account_id, populate_existing=True)
    assert account.notice_way is Way.DIGEST


def test_an_address_that_failed_is_said_on_ones_own_page(founded) -> None:
    account = founded.made[LEAD].account_id
    change(update(Account).where(Account.id == account).values(mail_failed_on=date(2026, 11, 3)))
    pages = seat(founded)
    assert "03/11/2026" in pages.get("/can-bo/phien").get_text()
    pages.post("/can-bo/thu-dien-tu", {"email": "moi@example.vn"}, form_on="/can-bo/phien")
    assert "không tới được" not in pages.get("/can-bo/phien").get_text()


def test_a_lead_holds_a_case_back_and_lifts_it(founded) -> None:
    case = make.case_of(make.report(founded.settings))
    change(update(Case).where(Case.id == case.id).values(erase_on=date(2030, 1, 2)))
    pages = seat(founded)
    page = pages.get("/can-bo/luu-giu/")
    assert "02/01/2030" in page.get_text()
    address = page.select_one("tbody a")["href"]
    page = pages.post(address, {"reason": "ngắn"}, 422)
    assert page.select_one("textarea").get_text().strip() == "ngắn"
    pages.post(address, {"reason": "Vụ án đang được khởi tố, giữ lại."})
    page = pages.follow()
    assert "Đang được giữ lại" in page.select_one("tbody").get_text()
    hold = session().scalars(select(LegalHold)).one()
    assert "Vụ án đang được khởi tố" in pages.get(page.select_one("tbody a")["href"]).get_text()
    pages.post(
        f"/can-bo/luu-giu/{case.id}/giu/{hold.id}/bo", {}, form_on=f"/can-bo/luu-giu/{case.id}/giu/{hold.id}"
    )
    assert "Không có hồ sơ nào" in pages.follow().get_text()
    pages.get(f"/can-bo/luu-giu/{case.id}/giu/{hold.id}", 404)


def test_what_was_deleted_says_so_to_its_officers_and_to_its_sender(founded) -> None:
    sent = make.report(founded.settings)
    case = make.case_of(sent)
    change(
        update(Case).where(Case.id == case.id).values(erased_on=date(2030, 1, 2)),
        update(Report)
        .where(Report.id == sent.report_id)
        .values(erased_on=date(2030, 1, 2), sealed_content=b"", sealed_head=b"", sealed_status=b""),
    )
    staff = seat(founded)
    assert "đã được xóa theo thời hạn lưu" in staff.get(f"/can-bo/phan-loai/{case.id}", 410).get_text()
    assert case.id not in str(staff.get("/can-bo/phan-loai/"))
    seat(founded, "lead.front.C27013b").get(f"/can-bo/phan-loai/{case.id}", 404)
    pages = Pages(create_app(founded.settings.model_copy(update={"face": "public"})))
    pages.post("/tra-cuu/", {"code": format_groups(sent.code)})
    page = pages.follow()
    assert "đã được xóa theo thời hạn lưu" in page.select_one("h1").get_text()
    assert "02/01/2030" in page.get_text()
    for other in ("/tra-cuu/hop-thu/bo-sung", "/tra-cuu/hop-thu/nhac-xem.ics"):
        assert "đã được xóa" in pages.get(other).select_one("h1").get_text()
