"""One worker at a time does a periodic job: a lease in the database, taken over when its holder dies."""

from datetime import timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from portal.data.db import housekeeping, session
from portal.data.models.office import JobLease
from portal.domain import clock


def claim(job: str, *, every: timedelta, lease: timedelta) -> bool:
    """True if `job` is due and nobody else holds it; the caller then calls `done`."""
    moment = clock.now()
    _ensure(job)
    with housekeeping() as current:
        taken = current.execute(
            update(JobLease)
            .where(
                JobLease.job == job,
                or_(JobLease.lease_until.is_(None), JobLease.lease_until < moment),
                or_(JobLease.done_at.is_(None), JobLease.done_at <= moment - every),
            )
            .values(lease_until=moment + lease)
        )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def done(job: str) -> None:
    """The job was done now; the next worker may take it when its time comes."""
    with housekeeping() as current:
        current.execute(
            update(JobLease).where(JobLease.job == job).values(lease_until=None, done_at=clock.now())
        )


def beat(job: str, every: timedelta) -> None:
    """Note that a job that needs no lease was done; written no more often than `every`."""
    moment = clock.now()
    noted = session().scalar(select(JobLease.done_at).where(JobLease.job == job))
    session().rollback()
    if noted is None or noted <= moment - every:
        _ensure(job)
        done(job)


def _ensure(job: str) -> None:
    if session().scalar(select(JobLease.job).where(JobLease.job == job)) is None:
        try:
            with housekeeping() as current:
                current.add(JobLease(job=job))
        except IntegrityError:
            return  # another worker was first
