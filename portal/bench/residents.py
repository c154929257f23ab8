"""Residents under bad conditions: they send, lose the answer, send again, and keep the receipt shown."""

import html
import random
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from queue import Empty, SimpleQueue

from portal.bench.drafts import FORM, SUBMIT, Ready
from portal.domain.receipts import normalise

RECEIPT = "/phan-anh/bien-nhan"
_PATIENCE_SECONDS = 120.0
_CODE = re.compile(r'class="gs-receipt__code"[^>]*>(.*?)</p>', re.DOTALL)


def chances(*seed: int) -> random.Random:
    """Moments and choices that come again with the same seed."""
    return random.Random(".".join(map(str, seed)))  # noqa: S311 - nothing is kept secret by these


@dataclass
class Shown:
    """What residents saw, by the number of their draft; and how often the way there broke."""

    codes: dict[int, str] = field(default_factory=dict)
    broken: int = 0
    busy: int = 0
    given_up: list[int] = field(default_factory=list)


def send_all(
    address: tuple[str, int], ready: Sequence[Ready], *, clients: int, seed: int, calm: bool = False
) -> Shown:
    """Every draft is sent until its receipt was seen, `clients` at a time.

    A lost answer is followed by the same POST again, as a reload does. `calm`: nothing may break on the way.
    """
    todo: SimpleQueue[int] = SimpleQueue()
    for number in range(len(ready)):
        todo.put(number)
    shown, lock = Shown(), threading.Lock()

    def resident(chance: random.Random) -> None:
        while True:
            try:
                number = todo.get_nowait()
            except Empty:
                return
            _persist(address, ready[number], number, shown, lock, chance, calm)

    threads = [threading.Thread(target=resident, args=(chances(seed, one),)) for one in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return shown


def _persist(
    address: tuple[str, int],
    one: Ready,
    number: int,
    shown: Shown,
    lock: threading.Lock,
    chance: random.Random,
    calm: bool,
) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            code = send_once(address, one)
        except (OSError, HTTPException):
            code = None
            with lock:
                shown.broken += 1
        else:
            if code is None:
                with lock:
                    shown.busy += 1
        if code is not None:
            with lock:
                shown.codes[number] = code
            return
        if calm or time.monotonic() > until:
            break
        time.sleep(0.02 + chance.random() * 0.08)
    with lock:
        shown.given_up.append(number)


def send_once(address: tuple[str, int], one: Ready) -> str | None:
    """The code on the receipt page after one POST; None where the server was busy. Raises OSError."""
    connection = HTTPConnection(*address, timeout=30)
    try:
        connection.request("POST", SUBMIT, one.body, {"Cookie": one.cookies, "Content-Type": FORM})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 503:
            return None
        if answer.status != 303 or answer.headers["Location"] != RECEIPT:
            raise AssertionError(f"{answer.status} {answer.headers['Location']}")
        cookie = next(c for c in answer.headers.get_all("Set-Cookie", []) if c.startswith("receipt="))
        connection.request("GET", RECEIPT, headers={"Cookie": cookie.partition(";")[0]})
        page = connection.getresponse()
        text = page.read().decode()
        if page.status == 503:
            return None
        assert page.status == 200, page.status
        return code_on(text)
    finally:
        connection.close()


def code_on(page: str) -> str:
    """The code that a receipt page shows; raises AssertionError where there is none."""
    found = _CODE.search(page)
    assert found, "no code on the page"
    code = normalise(html.unescape(re.sub(r"<[^>]+>", " ", found.group(1))))
    assert code, found.group(1)
    return code


class Trouble(threading.Thread):
    """Does harm at seeded random moments, at most `times`, until stopped; `harm(chance)` decides which."""

    def __init__(self, harm: Callable[[random.Random], None], seed: int, times: int) -> None:
        super().__init__(daemon=True)
        self._harm, self._chance = harm, chances(seed)
        self._times = times
        self._over = threading.Event()
        self.fault: BaseException | None = None

    def run(self) -> None:
        for _ in range(self._times):
            if self._over.wait(0.15 + self._chance.random() * 0.45):
                return
            try:
                self._harm(self._chance)
            except BaseException as fault:
                self.fault = fault
                return

    def stop(self) -> None:
        """End, and raise what went wrong in doing harm."""
        self._over.set()
        self.join()
        if self.fault is not None:
            raise self.fault
