"""Every page of a walk in the browser: checked, weighed, and kept as a picture.

Pictures go to the folder that SCREENSHOTS names (docs/screenshots for the repository), else nowhere.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bs4 import BeautifulSoup
from PIL import Image
from playwright.sync_api import Page

from tests.support.browser import axe, transferred
from tests.support.checks import check_page

_COLOURS = 64


class Album:
    """The pages of one walk. Without scripts axe cannot run, and no pictures are kept: they are the same."""

    def __init__(self, *, scripts: bool) -> None:
        folder = os.environ.get("SCREENSHOTS", "")
        self.folder = Path(folder).resolve() if scripts and folder else None
        self.scripts = scripts

    def page(self, page: Page, name: str = "") -> None:
        """Check the page that is open; with `name`, also keep its picture."""
        page.wait_for_load_state("load")
        if self.scripts:
            assert axe(page) == [], page.url
        check_page(BeautifulSoup(page.content(), "html5lib"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} is too wide"
        if self.folder and name:
            self.folder.mkdir(parents=True, exist_ok=True)
            # As somebody finds the page: at its top, with no field chosen.
            page.evaluate("scrollTo(0, 0); document.activeElement?.blur()")
            picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
            small = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
            small.save(self.folder / f"{name}.png", optimize=True)


@contextmanager
def lighter_than(page: Page, kilobytes: int) -> Iterator[None]:
    """What the block loads weighs less in all, nothing taken from the cache."""
    with transferred(page) as sizes:
        yield
        page.wait_for_load_state("load")
        page.wait_for_timeout(100)  # the last sizes are told just after
    total = sum(sizes.values())
    assert 0 < total <= kilobytes * 1024, f"{total} bytes: {sizes}"
