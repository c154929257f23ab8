"""Figures for whoever watches over the portal: ages and counts, of no body, no person, and no resident's act.

Counts of cases are those of the night (figures.py). Of the mail only what is due counts: what a resident
caused waits for the next morning, and must not show before.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select

from portal.data import figures
from portal.data.db import session
from portal.data.models.office import JobLease, Outbox
from portal.data.proofs import last_proof
from portal.domain import clock

# How often the worker does each job, in minutes; one that was not done for LATE times as long is an alarm.
PERIODS = {
    "mail": 1,
    "drafts": 30,
    "sessions": 30,
    "routing_proof": 30,
    "clocks": 15,
    "owed": 60,
    "rounds": 60,
    "mail_watch": 15,
    "notices": 360,
    "figures": 30,
    "publications": 60,
    "retention": 720,
    "orphans": 360,
}
LATE = 3
MAIL_LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Sample:
    """One figure; the name ends in its unit. Labels are of fixed sets: jobs and desks."""

    name: str
    value: float
    labels: dict[str, str] = field(default_factory=dict)


def samples() -> Iterator[Sample]:
    """All figures, those of one name together."""
    moment = clock.now()
    waiting, oldest = _mail(moment)
    yield Sample("portal_outbox_due", waiting)
    yield Sample("portal_outbox_oldest_seconds", _age(moment, oldest) if oldest else 0.0)
    done = _done()
    if done:
        yield Sample("portal_worker_heartbeat_age_seconds", _age(moment, max(done.values())))
    for job, at in sorted(done.items()):
        yield Sample("portal_job_age_seconds", _age(moment, at), {"job": job})
    yield from _proof(moment)
    yield from _cases()


def _proof(moment: datetime) -> Iterator[Sample]:
    proof = last_proof()
    if proof is not None:
        yield Sample("portal_routing_proof_age_seconds", _age(moment, proof.at))
        yield Sample("portal_routing_proof_holds", float(proof.holds))


def _cases() -> Iterator[Sample]:
    found = figures.last()
    if found is None:
        return
    yield Sample("portal_figures_age_days", (clock.today() - found.on).days)
    for queue in found.queues:
        yield Sample("portal_queue_cases", queue.cases, {"desk": queue.desk})
    for queue in found.queues:
        yield Sample("portal_queue_oldest_days", queue.oldest_days, {"desk": queue.desk})
    yield Sample("portal_clocks_running", found.clocks)
    yield Sample("portal_clocks_overdue", found.overdue)


def worker_runs() -> bool:
    """True if every job of the worker was done lately enough: within LATE times its period."""
    moment, done = clock.now(), _done()
    return all(
        job in done and moment - done[job] <= LATE * timedelta(minutes=minutes)
        for job, minutes in PERIODS.items()
    )


def mail_leaves() -> bool:
    """True if no mail has been due for an hour."""
    moment = clock.now()
    _, oldest = _mail(moment)
    return oldest is None or moment - oldest <= MAIL_LATE


def _done() -> dict[str, datetime]:
    rows = session().execute(select(JobLease.job, JobLease.done_at).where(JobLease.done_at.is_not(None)))
    return {job: at for job, at in rows if job in PERIODS and at is not None}


def _mail(moment: datetime) -> tuple[int, datetime | None]:
    due = select(func.count(), func.min(Outbox.due_at)).where(Outbox.due_at <= moment)
    count, oldest = session().execute(due).one()
    return count, oldest


def _age(moment: datetime, since: datetime) -> float:
    return max(0.0, (moment - since).total_seconds())
