"""The worker: does what is due, again and again. Metadata only; it holds no key."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from portal.config import Settings
from portal.data.db import store
from portal.worker import clocks, leases, mail, proof, rounds, sweeps

log = logging.getLogger("portal.worker")
PAUSE_SECONDS = 5.0


@dataclass(frozen=True)
class Job:
    """A periodic job; `lease` is the longest it may take before another worker tries."""

    name: str
    every: timedelta
    lease: timedelta
    run: Callable[[Settings], int]


JOBS: tuple[Job, ...] = (
    Job("mail", timedelta(minutes=1), timedelta(minutes=10), mail.send_waiting),
    Job("drafts", timedelta(minutes=30), timedelta(minutes=10), lambda settings: sweeps.drafts()),
    Job("sessions", timedelta(minutes=30), timedelta(minutes=10), lambda settings: sweeps.sessions()),
    Job("routing_proof", timedelta(minutes=30), timedelta(hours=1), proof.nightly),
    Job("clocks", timedelta(minutes=15), timedelta(minutes=10), lambda settings: clocks.run()),
    Job("rounds", timedelta(hours=1), timedelta(minutes=10), lambda settings: rounds.run()),
    Job("orphans", timedelta(hours=6), timedelta(hours=1), lambda settings: sweeps.orphans()),
)


def run_due(settings: Settings) -> dict[str, int]:
    """Do every job that is due and free; returns what each did. A job that fails is tried again later."""
    results = {}
    for job in JOBS:
        try:
            if leases.claim(job.name, every=job.every, lease=job.lease):
                results[job.name] = job.run(settings)
                leases.done(job.name)
        except Exception as fault:  # one failing job must not stop the others
            log.error("job %s failed: %s", job.name, type(fault).__name__)
        finally:
            store().session.remove()
    return results


def run_forever(settings: Settings) -> None:
    """Until the process is told to end, or the process that started it is gone."""
    stop = threading.Event()
    parent = os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *given: stop.set())
    while not stop.is_set() and os.getppid() == parent:
        run_due(settings)
        stop.wait(PAUSE_SECONDS)
