"""Kill workers and the whole server while residents send, then look whether anything was lost or doubled.

Source: design, assurance 4.3. The receipt is promised once it was shown; a draft is the token that makes a
retry harmless: however often it is sent, it ends as one report with one receipt.
"""

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from portal.bench import drafts, residents, serving
from portal.bench.base import BOARD, environment
from portal.bench.drafts import Ready
from portal.config import Settings
from portal.data import audit, db
from portal.data.models.draft import Draft
from portal.data.models.report import Report
from portal.papers.reports import keys_of, open_part
from portal.vault.receipts import lookup_value
from portal.vault.ring import KeyRing

SERVE = ("-c", "from portal.cli import main; main()", "serve", "--no-worker")
_WHOLE = 5  # every fifth time the whole server is hit, else one worker


@dataclass
class Findings:
    """What was found afterwards. `faults` is empty where every promise was kept."""

    reports: int = 0
    shown: int = 0
    workers_killed: int = 0
    servers_killed: int = 0
    broken: int = 0
    slowest_start: float = 0.0
    faults: list[str] = field(default_factory=list)


class Victim:
    """A server that is killed and started again on the same port."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self._settings, self._log = settings, log
        self._lock = threading.Lock()
        self.workers_killed = self.servers_killed = self._harmed = 0
        self.slowest_start = 0.0
        self.server = serving.start(SERVE, environment(settings), log)
        self.server.await_answers()

    def harm(self, chance: random.Random) -> None:
        """Kill one worker, or everything; a server that gave up by itself is started again, too."""
        with self._lock:
            workers = self.server.workers() if self._answers() else []
            self._harmed += 1
            if not workers or self._harmed % _WHOLE == 0:
                self.again()
            else:
                os.kill(chance.choice(workers), signal.SIGKILL)
                self.workers_killed += 1

    def _answers(self) -> bool:
        try:
            self.server.await_answers()
        except serving.NotServing:
            return False
        return True

    def again(self) -> None:
        """kill -9 of the whole family, and a new start on the same port."""
        self.server.kill()
        self.servers_killed += 1
        began = time.monotonic()
        self.server = serving.start(SERVE, environment(self._settings), self._log, port=self.server.port)
        self.server.await_answers()
        self.slowest_start = max(self.slowest_start, time.monotonic() - began)


def run(settings: Settings, ring: KeyRing, *, number: int, clients: int, seed: int, kills: int) -> Findings:
    """Send `number` reports through `clients` residents, through `kills` kills; then check everything."""
    ready = drafts.prepare(drafts.signer(settings), (f"{one:06}. {drafts.STORY}" for one in range(number)))
    victim = Victim(settings, settings.instance / "server.log")
    try:
        address = victim.server.address
        trouble = residents.Trouble(victim.harm, seed, kills)
        if kills:
            trouble.start()
        shown = residents.send_all(address, ready, clients=clients, seed=seed, calm=not kills)
        if kills:
            trouble.stop()
            victim.again()
        found = check(settings, ring, ready, shown)
        found.faults += _again(address, ready if kills else ready[::10])
        found.reports = _reports()
        if found.reports != number:
            found.faults.append(f"{number} drafts, {found.reports} reports after sending all again")
    finally:
        victim.server.kill()
    found.workers_killed, found.servers_killed = victim.workers_killed, victim.servers_killed
    found.slowest_start = victim.slowest_start
    return found


def check(settings: Settings, ring: KeyRing, ready: Sequence[Ready], shown: residents.Shown) -> Findings:
    """Every receipt shown is the draft's own and opens its report, word by word; nothing is double."""
    found = Findings(shown=len(shown.codes), broken=shown.broken)
    found.faults += [f"draft {number}: no receipt in the end" for number in shown.given_up]
    db.session().rollback()
    for number, code in shown.codes.items():
        if code != ready[number].code:
            found.faults.append(f"draft {number}: another receipt than its own")
            continue
        found.faults += _opened(settings, ring, number, code)
    found.reports = _reports()
    if found.reports != len(ready):
        found.faults.append(f"{len(ready)} drafts, {found.reports} reports")
    if left := db.session().scalar(select(func.count()).select_from(Draft)):
        found.faults.append(f"{left} drafts are left")
    verdict = audit.verify(db.session())
    found.faults += [f"audit {fault}" for fault in verdict.faults]
    found.faults += integrity(settings)
    db.session().rollback()
    return found


def _opened(settings: Settings, ring: KeyRing, number: int, code: str) -> list[str]:
    digest = lookup_value(code, settings.pepper.encode())
    report = db.session().scalar(select(Report).where(Report.lookup == digest))
    if report is None:
        return [f"draft {number}: its receipt was shown and its report is lost"]
    key = keys_of(ring, report.id, BOARD).report_key()
    content = open_part(key, report.id, "content", report.sealed_content)
    if content["story"] != f"{number:06}. {drafts.STORY}":
        return [f"draft {number}: another text than was sent"]
    return []


def _again(address: tuple[str, int], ready: Sequence[Ready]) -> list[str]:
    """Each draft sent once more brings the receipt it had, and nothing new."""
    faults = []
    for one in ready:
        if residents.send_once(address, one) != one.code:
            faults.append(f"draft {one.ticket.draft_id}: sent again, it shows another receipt")
    return faults


def _reports() -> int:
    number = db.session().scalar(select(func.count()).select_from(Report)) or 0
    db.session().rollback()
    return number


def integrity(settings: Settings) -> list[str]:
    """SQLite's own check of the whole file; nothing on PostgreSQL, which has none without an extension."""
    if not settings.database.startswith("sqlite"):
        return []
    place = settings.database.removeprefix("sqlite:///")
    with sqlite3.connect(place) as connection:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        said += [f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    connection.close()
    return [one for one in said if one != "ok"]
