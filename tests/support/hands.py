"""Two ways to do the same work at a screen: `Mouse` points and clicks, `Keyboard` has no mouse at all.

    hands = Keyboard(page)
    hands.follow("Phân loại")                 # a link of the page, by how its text begins
    hands.pick("kind", "petition")            # a radio button or a checkbox
    hands.choose("mine", "1")                 # a line of a list
    hands.write("why", "…")                   # a text
    hands.unfold("Bộ lọc")                    # a part that is folded away
    hands.press("Ghi phân loại")              # a button; the next page has come when it returns

The keyboard presses Tab, Enter, Space and arrows, and types. It never sets the focus by script, and every
stop that it makes must look different from how it looks at rest, and lie uncovered in the window.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from playwright.sync_api import Locator, Page

_TABS, _ARROWS = 140, 220
# How things that can have the focus look at rest, kept the first time that a page is asked; then what has the
# focus: its kind, name, value, text, and what is wrong with how it shows. A frame of no colour is no frame.
_LOOK = """
() => {
  const drawn = (style) => {
    const clear = /rgba\\(.*, 0\\)|transparent/.test(style.outlineColor);
    const outline = style.outlineStyle === 'none' || clear ? '' : style.outlineWidth + style.outlineColor;
    return [outline, style.boxShadow, style.backgroundColor, style.borderColor].join('|');
  };
  const look = (one) => {
    const label = one.matches('[type=radio], [type=checkbox]') ? one.labels?.[0] : null;
    return drawn(getComputedStyle(one)) + (label ? drawn(getComputedStyle(label, '::before')) : '');
  };
  const now = document.activeElement;
  if (!window.restingLooks) {
    const all = document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]');
    window.restingLooks = new Map([...all].map((one) => [one, one === now ? '' : look(one)]));
  }
  if (!now || now === document.body) return null;
  const faults = [];
  if (window.restingLooks.get(now) === look(now)) faults.push('looks as at rest');
  const [box] = [...now.getClientRects()].filter((one) => one.width && one.height);
  if (!box) faults.push('has no place');
  else {
    const clamp = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2;
    const x = clamp(box.left, box.right, innerWidth), y = clamp(box.top, box.bottom, innerHeight);
    const top = document.elementFromPoint(x, y);
    const mine = [now, ...(now.labels ?? [])];
    if (!mine.some((one) => one.contains(top) || top?.contains(one) && top.closest('main, form, nav')))
      faults.push('is covered or out of sight');
  }
  return {
    tag: now.tagName.toLowerCase(), type: now.getAttribute('type') ?? '',
    name: now.getAttribute('name') ?? '', value: now.value ?? '',
    href: now.getAttribute('href') ?? '', inMain: !!now.closest('main'),
    text: now.textContent.trim().replace(/\\s+/g, ' '), faults,
  };
}
"""


class Hands(Protocol):
    """What a script of steps needs of whoever does them."""

    page: Page

    def follow(self, text: str) -> None: ...
    def open(self, href: str) -> None: ...
    def unfold(self, text: str) -> None: ...
    def press(self, text: str) -> None: ...
    def pick(self, name: str, value: str) -> None: ...
    def choose(self, name: str, value: str) -> None: ...
    def write(self, name: str, text: str) -> None: ...


@dataclass
class Mouse:
    """Points and clicks, and types where it clicked."""

    page: Page

    def follow(self, text: str) -> None:
        self._click(self.page.locator("main a").filter(has_text=_begins(text)).first)

    def open(self, href: str) -> None:
        self._click(self.page.locator(f"main a[href$='{href}']").first)

    def unfold(self, text: str) -> None:
        self.page.locator("main summary").filter(has_text=_begins(text)).first.click()

    def press(self, text: str) -> None:
        self._click(self.page.locator("main button").filter(has_text=_begins(text)).first)

    def pick(self, name: str, value: str) -> None:
        self.page.locator(f"main [name='{name}'][value='{value}']").check()

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"main select[name='{name}']").select_option(value)

    def write(self, name: str, text: str) -> None:
        self.page.locator(f"main [name='{name}']").fill(text)

    def _click(self, one: Locator) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            one.click()


@dataclass
class Keyboard:
    """Only keys. `stops` counts those of Tab, for whoever asks how far things are apart."""

    page: Page
    stops: int = field(default=0)

    def follow(self, text: str) -> None:
        self._seek(f"link {text}", lambda at: at["tag"] == "a" and at["text"].startswith(text))
        self._go("Enter")

    def open(self, href: str) -> None:
        self._seek(f"link {href}", lambda at: at["tag"] == "a" and at["href"].endswith(href))
        self._go("Enter")

    def unfold(self, text: str) -> None:
        self._seek(f"fold {text}", lambda at: at["tag"] == "summary" and at["text"].startswith(text))
        self.page.keyboard.press("Enter")

    def press(self, text: str) -> None:
        self._seek(f"button {text}", lambda at: at["tag"] == "button" and at["text"].startswith(text))
        self._go("Enter")

    def pick(self, name: str, value: str) -> None:
        """Space ticks a box; in a group of radio buttons, which is one stop, arrows go on from there."""
        at = self._seek(name, lambda at: at["name"] == name and _is_pickable(at, value))
        self.page.keyboard.press("Space")
        self._arrow(at, value)

    def choose(self, name: str, value: str) -> None:
        at = self._seek(name, lambda at: at["tag"] == "select" and at["name"] == name)
        self._arrow(at, value)

    def write(self, name: str, text: str) -> None:
        """Over whatever stands there."""
        self._seek(name, lambda at: at["name"] == name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def _look(self) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.page.evaluate(_LOOK)
        if found is not None:
            assert not found["faults"], (
                f"{found['tag']} {found['text'][:60]}{found['name']}: {found['faults']}"
            )
        return found

    def _seek(self, what: str, wanted: Any) -> dict[str, Any]:
        """Tab on until the focus is on what is wanted; past the head of the page by its first link."""
        for _ in range(_TABS):
            at = self._look()
            if at and at["inMain"] and wanted(at):
                return at
            if at and at["href"] == "#main":
                self.page.keyboard.press("Enter")
            self.page.keyboard.press("Tab")
            self.stops += 1
        raise AssertionError(f"{what} is not reached by Tab on {self.page.url}")

    def _arrow(self, at: dict[str, Any], value: str) -> None:
        """Down the list, and around it; a list of lines ends, so it begins at its first."""
        if at["tag"] == "select":
            self.page.keyboard.press("Home")
        for _ in range(_ARROWS):
            found = self._look()
            if found and found["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} is not reached by arrows on {self.page.url}")

    def _go(self, key: str) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press(key)


def _begins(text: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(text)}")


def _is_pickable(at: dict[str, Any], value: str) -> bool:
    return at["type"] == "radio" or (at["type"] == "checkbox" and at["value"] == value)
