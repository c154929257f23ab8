"""The worker: does what is due, again and again. Metadata only; it holds no key.

Any number of workers may run. A periodic job is done by one of them at a time (leases.py); the mail by all
of them at once, each with rows of its own, on a thread that no long job keeps waiting.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from portal.config import Settings
from portal.data.db import store
from portal.data.metering import PERIODS
from portal.worker import clocks, figures, leases, mail, owed, proof, publications, retention, rounds, sweeps

log = logging.getLogger("portal.worker")
PAUSE_SECONDS = 5.0
MAIL_PAUSE_SECONDS = 2.0
_BEAT = timedelta(minutes=1)


@dataclass(frozen=True)
class Job:
    """A periodic job; `lease` is the longest it may take before another worker tries."""

    name: str
    lease: timedelta
    run: Callable[[Settings], int]

    @property
    def every(self) -> timedelta:
        return timedelta(minutes=PERIODS[self.name])


@dataclass(frozen=True)
class Outcome:
    """What came of one job in one round: how much it did, or why nothing (`note`)."""

    job: str
    count: int = 0
    note: str = ""


MAIL = "mail"
NOT_DUE, AT_FAULT = "chưa đến lượt", "lỗi"
JOBS: tuple[Job, ...] = (
    Job("drafts", timedelta(minutes=10), lambda settings: sweeps.drafts()),
    Job("sessions", timedelta(minutes=10), lambda settings: sweeps.sessions()),
    Job("routing_proof", timedelta(hours=1), proof.nightly),
    Job("clocks", timedelta(minutes=10), lambda settings: clocks.run()),
    Job("owed", timedelta(minutes=10), lambda settings: owed.run()),
    Job("rounds", timedelta(minutes=10), lambda settings: rounds.run()),
    Job("mail_watch", timedelta(minutes=5), lambda settings: mail.watch()),
    Job("notices", timedelta(minutes=10), lambda settings: sweeps.notices()),
    Job("figures", timedelta(minutes=10), lambda settings: figures.daily()),
    Job("publications", timedelta(minutes=10), lambda settings: publications.run()),
    Job("retention", timedelta(minutes=30), retention.run),
    Job("orphans", timedelta(hours=1), lambda settings: sweeps.orphans()),
)


def run_due(settings: Settings) -> dict[str, int]:
    """Do every job that is due and free; returns what each did. A job that fails is tried again later."""
    return {one.job: one.count for one in outcomes(settings) if not one.note}


def outcomes(settings: Settings) -> Iterator[Outcome]:
    """Do the same, mail first; one outcome for each job there is."""
    yield _attempt(MAIL, lambda: Outcome(MAIL, send_mail(settings)))
    for job in JOBS:
        yield _attempt(job.name, lambda job=job: _periodic(job, settings))  # type: ignore[misc]


def send_mail(settings: Settings) -> int:
    """Send what is due; any number of workers at once. Returns how many mails left."""
    sent = mail.send_waiting(settings)
    leases.beat(MAIL, _BEAT)
    return sent


def _periodic(job: Job, settings: Settings) -> Outcome:
    if not leases.claim(job.name, every=job.every, lease=job.lease):
        return Outcome(job.name, note=NOT_DUE)
    count = job.run(settings)
    leases.done(job.name)
    return Outcome(job.name, count)


def _attempt(name: str, run: Callable[[], Outcome]) -> Outcome:
    try:
        return run()
    except Exception as fault:  # one failing job must not stop the others
        log.error("job %s failed: %s", name, type(fault).__name__)
        return Outcome(name, note=f"{AT_FAULT}: {type(fault).__name__}")
    finally:
        store().session.remove()


def run_forever(settings: Settings) -> None:
    """Until the process is told to end, or the process that started it is gone."""
    stop = threading.Event()
    parent = os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *given: stop.set())
    postman = threading.Thread(target=_mail_until, args=(stop, settings), name="mail", daemon=True)
    postman.start()
    while not stop.is_set() and os.getppid() == parent:
        for job in JOBS:
            if not stop.is_set():
                _attempt(job.name, lambda job=job: _periodic(job, settings))  # type: ignore[misc]
        stop.wait(PAUSE_SECONDS)
    stop.set()
    postman.join(timeout=30)


def _mail_until(stop: threading.Event, settings: Settings) -> None:
    while not stop.is_set():
        _attempt(MAIL, lambda: Outcome(MAIL, send_mail(settings)))
        stop.wait(MAIL_PAUSE_SECONDS)
