"""The main job, once for real: from a resident's phone to a board, to a committee, and back to the receipt.

Against `portal serve` in processes of its own, over the whole demonstration.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.config import Settings
from portal.data.reference import shipped
from portal.domain import clock
from tests.support import demo
from tests.support.album import Album, lighter_than
from tests.support.browser import opened
from tests.support.stores import Prepared

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]

FIRST_LOAD_KB, STEP_KB = 60, 30
OFFICE = "Công chức tư pháp - hộ tịch"
STORY = (
    "Sáng thứ hai tôi nộp hồ sơ khai sinh cho cháu nội tên Bống. Công chức ở quầy hộ tịch bảo thiếu giấy rồi "
    "đòi thêm 200 nghìn, không có biên lai. Có hai người đứng sau cùng nghe."
)
REDACTED = (
    "Một người dân nộp hồ sơ khai sinh. Công chức ở quầy hộ tịch bảo thiếu giấy rồi đòi thêm 200 nghìn, "
    "không có biên lai. Có người khác cùng nghe."
)
CHECKED = "Chúng tôi xem 64 hồ sơ trong tháng, bảng niêm yết, lịch trực và nghe công chức giải trình."
FOUND = "Công chức đã thu 200.000 đồng không có biên lai. Điều bạn kể là đúng."
DONE = "Tiền được trả lại, công chức bị khiển trách và đổi việc, bảng giá được niêm yết lại ở quầy."
GROUND = "Quy định 296-QĐ/TW; Luật Phòng, chống tham nhũng 2018, điều 2."


@dataclass
class Place:
    """The running portal."""

    address: str
    settings: Settings


@dataclass
class Walk:
    """One person at one screen."""

    page: Page
    place: Place
    album: Album

    def go(self, path: str) -> None:
        self.page.goto(self.place.address + path)

    def press(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("button", name=name, exact=exact).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).last.click()

    def tick(self, name: str, value: str) -> None:
        self.page.locator(f'input[name="{name}"][value="{value}"]').check()

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f'main [name="{name}"]').fill(text)

    def keep(self, name: str = "") -> None:
        self.album.page(self.page, name)

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def sees_not(self, text: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(text)


@pytest.fixture
def place(prepared: Callable[..., Prepared]) -> Iterator[Place]:
    whole = prepared("demo", demo.loaded)
    with demo.served(whole.settings) as address:
        yield Place(address, whole.settings)


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def walks(request: pytest.FixtureRequest, browser: Browser, place: Place) -> Iterator[Callable[[], Walk]]:
    """A new person on a phone of his own, all with scripts or all without."""
    album = Album(scripts=request.param)
    with ExitStack() as phones:
        yield lambda: Walk(phones.enter_context(opened(browser, scripts=request.param)), place, album)


def test_from_a_phone_to_the_answer(walks: Callable[[], Walk]) -> None:
    resident = walks()
    code = _send_a_report(resident)
    _look_first_time(resident, code)
    board = walks()
    _triage(board)
    inspector, lead = walks(), walks()
    _take_on(lead)
    _verify(inspector)
    _conclude(inspector)
    _answer(lead)
    _follow_from_the_board(board)
    _read_the_answer(resident, code)


def test_a_city_board_on_a_wide_screen(place: Place, desk: Page) -> None:
    officer = Walk(desk, place, Album(scripts=True))
    _sign_in(officer, "mat-tran.hcm")
    officer.page.locator("summary", has_text="Bộ lọc").click()
    officer.page.locator("[name=desk]").select_option(label="Tất cả")
    officer.press("Lọc")
    officer.sees("Đã chuyển, chờ thụ lý")
    officer.keep("triage-queue-wide")


def _send_a_report(self: Walk) -> str:
    with lighter_than(self.page, FIRST_LOAD_KB):
        self.go("/")
    self.keep("home")
    self.follow("Bắt đầu gửi phản ánh")
    self.keep("form-kind")
    self.tick("kind", "act")
    _step(self, "Bắt đầu")
    self.fill(q="tan phu")
    _step(self, "Tìm")
    self.page.get_by_label("Phường Tân Phú, Thành phố Hồ Chí Minh").check()
    self.keep("form-place")
    _step(self)
    self.keep("form-office")
    self.tick("body", "committee.C27031b")
    _step(self)
    self.keep()
    self.page.get_by_label(OFFICE).check()
    _step(self)
    for body in ("front", "party", "inspection"):
        self.tick(body, "no")
    self.keep("form-ties")
    _step(self)
    self.keep("form-category")
    self.tick("category", "asking_money")
    _step(self)
    self.tick("money_asked", "yes")
    self.tick("no_fee_receipt", "yes")
    self.keep("form-signs")
    _step(self)
    self.fill(story=STORY)
    self.keep("form-story")
    _step(self)
    happened = clock.today() - timedelta(days=32)
    self.page.locator("#when-month").fill(str(happened.month))
    self.page.locator("#when-year").fill(str(happened.year))
    self.fill(period="một sáng thứ hai", where="Quầy hộ tịch")
    self.keep()
    _step(self)
    _attach_a_picture(self)
    return _agree_and_send(self)


def _step(self: Walk, button: str = "Tiếp tục") -> None:
    """Send a step of the form; the next page comes, within its weight."""
    before = self.page.url
    with lighter_than(self.page, STEP_KB):
        self.press(button)
    if button == "Tiếp tục":
        assert self.page.url != before, self.page.locator("main").inner_text()[:400]


def _attach_a_picture(self: Walk) -> None:
    picture = {"name": "cong-trinh.jpg", "mimeType": "image/jpeg", "buffer": shipped("demo/cong-trinh.jpg")}
    self.page.locator("input[type=file]").set_input_files([picture])  # type: ignore[list-item]
    self.press("Gửi kèm tệp này")
    self.sees("Đã gỡ khỏi tệp")
    self.keep("form-evidence")
    _step(self)


def _agree_and_send(self: Walk) -> str:
    self.keep()
    self.tick("openness", "anonymous")
    _step(self)
    for question in ("names_somebody", "has_evidence", "can_be_verified"):
        self.tick(question, "yes")
    self.page.locator("[name=consent]").check()
    self.keep("form-consent")
    _step(self)
    self.sees("Ban Thường trực Ủy ban MTTQ Việt Nam phường Tân Phú")
    self.keep("form-check")
    _step(self, "Gửi phản ánh")
    self.keep("receipt")
    code = "".join(self.page.locator(".gs-receipt__code").inner_text().split())
    self.press("Tôi đã lưu mã")
    self.keep()
    return code


def _look_first_time(self: Walk, code: str) -> None:
    _enter(self, code.lower())
    self.keep()
    self.sees("Bạn gửi ẩn danh")
    self.sees_not("Bống")
    self.press("Đóng và để trình duyệt quên")


def _enter(self: Walk, code: str) -> None:
    with lighter_than(self.page, STEP_KB):
        self.go("/tra-cuu/")
    self.fill(code=code)
    self.press("Mở")


def _sign_in(self: Walk, login: str) -> None:
    self.go("/can-bo/dang-nhap")
    self.fill(login=login, passphrase=demo.passphrase(self.place.settings, login))
    self.keep()
    self.press("Đăng nhập")
    self.sees("Việc của tôi")
    self.keep()
    self.go("/can-bo/ho-so/" if "kiem-tra" in login else "/can-bo/phan-loai/")


def _triage(self: Walk) -> None:
    _sign_in(self, "mat-tran.tan-phu")
    self.keep("triage-queue")
    self.follow(OFFICE)
    self.sees("cháu nội tên Bống")
    self.keep("triage-case")
    self.follow("Phân loại")
    self.tick("kind", "petition")
    self.fill(why="Kể một việc đòi tiền cụ thể, có nơi, có ngày, có người cùng nghe.")
    self.keep("triage-classify")
    self.press("Ghi phân loại")
    self.follow("Chuyển đến nơi có thẩm quyền")
    self.sees("Ủy ban Kiểm tra Đảng ủy phường Tân Phú")
    self.page.locator("[name$=narrative]").fill(REDACTED)
    self.keep("triage-route")
    self.page.get_by_label("Tôi đã đọc lại bản chuyển đi").check()
    self.press("Chuyển hồ sơ")
    self.sees("Đã chuyển, chờ thụ lý")
    self.keep()


def _take_on(self: Walk) -> None:
    _sign_in(self, "truong.kiem-tra.tan-phu")
    self.keep("casework-queue")
    self.follow(OFFICE)
    self.sees("Một người dân nộp hồ sơ khai sinh")
    self.sees_not("Bống")
    self.keep("casework-case")
    self.follow("Thụ lý")
    self.keep()
    self.press("Thụ lý")
    self.follow("Giao")
    inspector = self.page.locator("[name=account] option", has_text="Cán bộ kiểm tra phường Tân Phú").first
    self.page.locator("[name=account]").select_option(value=inspector.get_attribute("value"))
    self.keep()
    self.press("Giao")
    self.sees("Cán bộ kiểm tra phường Tân Phú")


def _verify(self: Walk) -> None:
    _sign_in(self, "kiem-tra.tan-phu")
    self.follow(OFFICE)
    self.follow("xác minh")
    self.page.locator("main textarea").fill("Đối chiếu sổ hộ tịch với biên lai; mời công chức giải trình.")
    self.keep()
    self.press("Lưu")
    self.follow("Ghi giải trình")
    self.page.locator("main input[type=radio]").first.check()
    today = clock.today()
    for part, number in (("day", today.day), ("month", today.month), ("year", today.year)):
        self.page.locator(f"#dated-{part}").fill(str(number))
    self.fill(text="Công chức trình bày: có nhận 200.000 đồng, nói là người dân tự gửi.")
    self.keep("casework-explanation")
    self.press("Lưu")
    self.sees("nói là người dân tự gửi")


def _conclude(self: Walk) -> None:
    self.follow("Kết luận")
    self.page.locator("input[name=finding][value=violation]").check()
    self.fill(checked=CHECKED, found=FOUND, done=DONE, ground=GROUND)
    self.keep("casework-conclusion")
    self.press("Lưu kết luận")
    self.sees("Đã kết luận")


def _answer(self: Walk) -> None:
    self.page.reload()
    self.follow("Trả lời")
    self.sees(FOUND)
    self.keep("casework-answer")
    self.press("Gửi trả lời")
    self.sees("Đã trả lời")


def _follow_from_the_board(self: Walk) -> None:
    self.page.reload()
    self.sees("Đã trả lời")
    self.sees(FOUND)
    self.sees_not("Đối chiếu sổ hộ tịch")
    self.keep("triage-outcome")


def _read_the_answer(self: Walk, code: str) -> None:
    _enter(self, code)
    for part in (CHECKED, FOUND, DONE, GROUND):
        self.sees(part)
    self.keep("mailbox-answer")
    self.follow("Cho biết bạn có hài lòng với trả lời không")
    self.page.locator("main input[type=radio]").first.check()
    self.keep("mailbox-rating")
    self.press("Gửi đánh giá")
    self.sees("Bạn đã đánh giá")
    self.keep()
