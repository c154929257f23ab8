"""A letter at the counter by the keyboard alone, in a real browser, and how long it takes an officer.

Time is counted as in the keystroke-level model (Card, Moran, Newell 1980): 0.2 s for each key, an average
skilled typist; a letter with marks takes as many keys as Telex does. What the machine takes is measured.
"""

import io
import time
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from portal.app import create_app
from tests.support import make, people, world
from tests.support.album import Album
from tests.support.browser import opened, served
from tests.support.stores import Prepared

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("browser"),
    pytest.mark.parametrize("kind", ["sqlite"], indirect=True),
]
ENTER = "/can-bo/so-don/nhap"
A_KEY, AT_MOST = 0.2, 90.0
STORY = (
    "Ông Bình hẹn ba lần không tiếp, hồ sơ xin xác nhận tạm trú nộp từ tháng ba, quá hẹn hai tháng chưa trả, "
    "hỏi thì bị chỉ đi nơi khác. Đề nghị trả lời bằng văn bản."
)


def keys_of(text: str) -> int:
    """Keys that Telex needs: one for each letter, each mark, and the second d of đ."""
    plain = unicodedata.normalize("NFD", text)
    return len(plain) + sum(letter in "đĐ" for letter in plain)


@dataclass
class Hands:
    """An officer without a mouse; every key is counted."""

    page: Page
    keys: int = 0
    begun: float = 0.0

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += keys_of(text)

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def go_to(self, name: str) -> None:
        """Tab until the field of this name has the focus: it must come next or soon."""
        for _ in range(12):
            if self.focus == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} is not within reach; at {self.focus}")

    @property
    def focus(self) -> str:
        return str(self.page.evaluate("document.activeElement?.name ?? ''"))

    @property
    def seconds(self) -> float:
        return self.keys * A_KEY + time.monotonic() - self.begun


@pytest.fixture
def place(prepared: Callable[..., Prepared]) -> Iterator[tuple[str, str]]:
    """The running portal, and the cookie of an officer of the ward."""
    founded = prepared("people", people.found)
    cookie = world.seat(world.World(founded.made), f"member.{make.FRONT}")
    with served(create_app(founded.settings)) as address:
        yield address, cookie


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def walk(request: pytest.FixtureRequest, browser: Browser, place: tuple[str, str]) -> Iterator[Hands]:
    address, cookie = place
    with opened(browser, scripts=request.param, size={"width": 1280, "height": 900}) as page:
        page.context.add_cookies([{"name": "staff", "value": cookie, "url": address}])
        page.goto(address + ENTER)
        yield Hands(page)


def test_a_letter_is_entered_by_the_keyboard_within_ninety_seconds(walk: Hands) -> None:
    page = walk.page
    album = Album(scripts=_runs_scripts(page))
    walk.begun = time.monotonic()
    assert walk.focus == "channel", "the page begins with its first field"
    walk.go_to("register_no")
    walk.type("128/DT")
    walk.go_to("office")
    walk.type("ubnd")
    walk.go_to("title")
    walk.type("pho chu tich")
    walk.go_to("person")
    walk.type("Trần Văn Thử")
    walk.go_to("category")
    _choose(walk, "delay")
    walk.go_to("story")
    walk.type(STORY)
    walk.go_to("openness")
    walk.press("Space")
    for question in ("names_somebody", "has_evidence", "can_be_verified"):
        walk.go_to(question)
        walk.press("Space")
    _to_a_line(walk)
    walk.press("Enter")
    page.wait_for_selector("button[autofocus]")
    assert walk.focus == "send", "the button has the focus"
    _album(album, page, "counter-enter", walk)
    walk.press("Enter")
    expect(page.locator("#receipt")).to_be_visible()
    taken = walk.seconds + 2 * 1.35  # two times to think (operator M of the model)
    print(f" [{walk.keys} keys, {taken:.0f} s] ", end="")
    assert taken <= AT_MOST, f"{taken:.0f} s"
    _album(album, page, "counter-slip", walk)
    _is_half_a_sheet(page)
    walk.press("Enter")
    page.wait_for_url(f"**{ENTER}")
    assert walk.focus == "channel", "ready for the next letter"
    page.goto(page.url.removesuffix("nhap"))
    expect(page.locator("main")).to_contain_text("128/DT")
    album.page(page, "counter-register")


def _is_half_a_sheet(page: Page) -> None:
    """The slip is one page of A5 (points of 1/72 inch), with both languages on it."""
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        (sheet,) = printed.pages
        assert [round(float(one)) for one in sheet.mediabox[2:]] == [420, 595]


def _runs_scripts(page: Page) -> bool:
    return bool(page.locator("body.govuk-frontend-supported").count())


def _album(album: Album, page: Page, name: str, walk: Hands) -> None:
    """Keep the picture off the clock; the focus is put back."""
    paused = time.monotonic()
    focus = page.evaluate_handle("document.activeElement")
    album.page(page, name)
    focus.evaluate("one => one.focus()")
    walk.begun += time.monotonic() - paused


def _choose(walk: Hands, value: str) -> None:
    """Down the list, as the arrow key goes."""
    for _ in range(20):
        walk.press("ArrowDown")
        if walk.page.evaluate("document.activeElement.value") == value:
            return
    raise AssertionError(f"{value} is not in the list")


def _to_a_line(walk: Hands) -> None:
    """Back to the nearest line of text, where Enter presses the first button."""
    for _ in range(6):
        if walk.page.evaluate("document.activeElement.type") == "text":
            return
        walk.press("Shift+Tab")
    raise AssertionError("no line of text before the radio buttons")
