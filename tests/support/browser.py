"""The system's Chromium for tests: a phone, with and without JavaScript, and what it may say about a page."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from tests.support.missing import missing

FLAGS = [
    "--no-sandbox",  # the tests of a container run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")


def chromium() -> str | None:
    """The path of the installed browser, or None. Some systems install a name that only points to a store."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window, one per test process."""
    path = chromium()
    if path is None:
        missing("chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone-sized screen, in Vietnamese, with JavaScript."""
    with opened(browser) as page:
        yield page


@pytest.fixture
def plain_phone(browser: Browser) -> Iterator[Page]:
    """The same phone without JavaScript."""
    with opened(browser, scripts=False) as page:
        yield page


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """An officer's screen, in a browser profile of its own."""
    with opened(browser, size={"width": 1280, "height": 900}) as page:
        yield page


@contextmanager
def opened(browser: Browser, *, scripts: bool = True, size: dict[str, int] = PHONE) -> Iterator[Page]:
    """A new browser profile with one page; cookies and storage are gone afterwards."""
    context: BrowserContext = browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        java_script_enabled=scripts,
        is_mobile=size is PHONE,
        has_touch=size is PHONE,
    )
    context.set_default_timeout(15_000)
    try:
        yield context.new_page()
    finally:
        context.close()


def axe(page: Page) -> list[str]:
    """The serious and critical findings of axe on this page, one line each with its places."""
    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']} ({item['impact']}): {item['help']} – {[node['target'] for node in item['nodes']]}"
        for item in found
        if item["impact"] in SERIOUS
    ]


@contextmanager
def transferred(page: Page) -> Iterator[dict[str, int]]:
    """Count what crosses the wire in the block: address → bytes as sent (compressed, with headers)."""
    sizes: dict[str, int] = {}
    addresses: dict[str, str] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def started(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["request"]["url"]

    def finished(event: dict[str, Any]) -> None:
        address = addresses.get(event["requestId"], "?")
        sizes[address] = sizes.get(address, 0) + int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", started)
    session.on("Network.loadingFinished", finished)
    try:
        yield sizes
    finally:
        session.detach()


@contextmanager
def served(app: Callable[..., Any]) -> Iterator[str]:
    """Serve a WSGI application on a free loopback port; gives its address without a final slash."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
