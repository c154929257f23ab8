"""The components in a real browser: accessible, one column on a phone, better with script, whole without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import axe, served, transferred
from tests.support.sample import sample_app

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PAGES = ["/form", "/wrong", "/shown/public", "/shown/staff", "/shown/print"]


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    app = sample_app()
    app.add_url_rule("/elsewhere", "elsewhere", lambda: "<title>x</title><p>Thời tiết</p>")
    app.context_processor(lambda: {"exit_url": "/elsewhere"})
    with served(app) as address:
        yield address


@pytest.mark.parametrize("path", PAGES)
def test_accessible_and_never_wider_than_the_phone(phone: Page, place: str, path: str) -> None:
    faults: list[str] = []
    phone.on("console", lambda message: faults.append(message.text))
    phone.on("pageerror", lambda error: faults.append(str(error)))
    phone.goto(place + path)
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []


def test_the_header_of_staff_leaves_a_phone_to_the_work(plain_phone: Page, place: str) -> None:
    plain_phone.goto(place + "/shown/staff")
    top = plain_phone.locator("main").bounding_box()
    assert top is not None
    assert top["y"] <= 170
    nav = plain_phone.locator(".gs-nav").bounding_box()
    assert nav is not None
    assert nav["height"] <= 56


def test_characters_are_counted_as_the_server_counts(phone: Page, place: str) -> None:
    phone.goto(place + "/form")
    count = phone.locator(".govuk-character-count__message[aria-hidden]")
    phone.fill("#story", "Chuyện nhỏ 😀\nhai")
    expect(count).to_have_text("Còn 4.984 ký tự")
    phone.fill("#story", "e\u0302\u0301" * 5000)
    expect(count).to_have_text("Đã hết chỗ")
    phone.fill("#story", "x" * 5001)
    expect(count).to_have_text("Thừa 1 ký tự")
    expect(phone.locator("#story")).to_have_value("x" * 5001)


def test_exit_leaves_no_way_back(phone: Page, place: str) -> None:
    phone.goto(place + "/shown/public")
    phone.goto(place + "/form")
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    phone.get_by_role("link", name="Thoát nhanh").click()
    phone.wait_for_url("**/elsewhere")
    phone.go_back()
    phone.wait_for_url("**/shown/public")


def test_exit_is_a_link_without_script(plain_phone: Page, place: str) -> None:
    plain_phone.goto(place + "/form")
    plain_phone.get_by_role("link", name="Thoát nhanh").click()
    plain_phone.wait_for_url("**/elsewhere")


def test_exit_is_near_for_the_keyboard_and_always_in_sight(desk: Page, place: str) -> None:
    desk.goto(place + "/form")
    reached = []
    for _ in range(3):
        desk.keyboard.press("Tab")
        reached.append(desk.evaluate("document.activeElement.textContent.trim()"))
    assert reached == ["Đến thẳng nội dung chính", "Cổng Giám sát", "Thoát nhanh"]
    desk.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(desk.locator("[data-exit]")).to_be_in_viewport()


def test_every_control_is_reached_by_keyboard_and_not_hidden_by_the_header(phone: Page, place: str) -> None:
    phone.goto(place + "/form")
    bottom = phone.locator("header").evaluate("e => e.getBoundingClientRect().height")
    for _ in range(30):
        phone.keyboard.press("Shift+Tab")
        focused = phone.locator("main :focus")
        if focused.count():
            assert focused.evaluate("e => e.getBoundingClientRect().bottom") > bottom


def test_the_error_summary_is_read_first_and_leads_to_the_field(phone: Page, place: str) -> None:
    phone.goto(place + "/wrong")
    expect(phone.locator(".govuk-error-summary")).to_be_focused()
    phone.get_by_role("link", name=re.compile("^Xảy ra khi nào")).click()
    expect(phone.locator("#when-day")).to_be_focused()


def test_a_question_appears_with_its_answer(phone: Page, place: str) -> None:
    phone.goto(place + "/form")
    more = phone.get_by_text("Kể thêm ở bước sau.")
    expect(more).to_be_visible()
    phone.get_by_label("Người tốt, việc tốt").first.check()
    expect(more).to_be_hidden()


def test_without_script_nothing_is_hidden_and_no_dead_button_stands(plain_phone: Page, place: str) -> None:
    plain_phone.goto(place + "/form")
    plain_phone.get_by_label("Người tốt, việc tốt").first.check()
    expect(plain_phone.get_by_text("Kể thêm ở bước sau.")).to_be_visible()
    expect(plain_phone.get_by_text("Nhiều nhất 5000 ký tự")).to_be_visible()
    plain_phone.goto(place + "/shown/public")
    expect(plain_phone.get_by_role("button", name="Sao chép mã")).to_be_hidden()


def test_the_receipt_is_copied(desk: Page, place: str) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(place + "/shown/public")
    desk.get_by_role("button", name="Sao chép mã").click()
    expect(desk.get_by_role("button", name="Đã sao chép")).to_be_visible()
    assert desk.evaluate("navigator.clipboard.readText()") == "7K3M 9Q2F XW8A C4TN 5HJR 2PVD"


def test_a_table_names_its_cells_on_a_phone(phone: Page, place: str) -> None:
    phone.goto(place + "/shown/staff")
    cell = phone.get_by_role("cell", name="12")
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Nhận"'


def test_paper_shows_the_receipt_and_no_buttons(desk: Page, place: str) -> None:
    desk.goto(place + "/shown/public")
    desk.emulate_media(media="print")
    expect(desk.locator("#receipt")).to_be_visible()
    link = desk.locator(".gs-queue__link").first
    assert link.evaluate("e => getComputedStyle(e, '::after').content") == "none"
    assert desk.locator(".govuk-button:visible, .gs-footer:visible, nav:visible").count() == 0


def test_the_first_load_is_light(phone: Page, place: str) -> None:
    with transferred(phone) as sizes:
        phone.goto(place + "/form", wait_until="networkidle")
    assert sum(sizes.values()) < 30_000, sizes
