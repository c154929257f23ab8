"""The nightly proof that no report falls through, on the stored data; an alarm when it fails or grows old."""

import logging
from contextlib import suppress
from dataclasses import replace

from sqlalchemy.exc import IntegrityError

from portal.action import action, current_act, session
from portal.config import Settings
from portal.data.country import stored_holdings
from portal.data.models.office import Setting
from portal.data.proofs import NAME, ProofRecord, last_proof, read, written
from portal.domain import clock
from portal.domain.permissions import Actor, ActorKind, Permission, Role
from portal.domain.routing.proof import Holdings, Proof
from portal.domain.routing.walk import prove
from portal.papers import notices

log = logging.getLogger("portal.worker")
WORKER = Actor("worker", ActorKind.SYSTEM)
NIGHT_HOURS = range(1, 6)  # in Viet Nam; a worker that was away then catches up when the proof is old
ALARMED = frozenset({Role.REGISTRAR, Role.ADMINISTRATOR})
_FIRST, _LONGEST = 5, 240


class Done(Exception):
    """Another worker was first; nothing was written."""


def nightly(settings: Settings) -> int:
    """Prove this night's day if that was not done yet; returns how many cells were walked.

    An old proof is told first, so that a proof that cannot even be made does not hide it.
    """
    record = last_proof()
    if record is not None and record.is_old and record.warned_on != clock.today():
        with suppress(Done):
            warn(WORKER, None)
    if not _is_due(record):
        return 0
    held = stored_holdings()
    session().rollback()  # what follows takes seconds and needs no connection
    if not held.country.areas:
        return 0
    found = recorded(held, prove(held, clock.today()))
    try:
        record_proof(WORKER, None, found)
    except (Done, IntegrityError):  # two that were first at once meet at the key of the row
        return 0
    return found.cells


def _is_due(record: ProofRecord | None) -> bool:
    if record is not None and record.on >= clock.today():
        return False
    is_night = clock.now().astimezone(clock.VIETNAM).hour in NIGHT_HOURS
    return is_night or (record is not None and record.is_old)


def recorded(held: Holdings, proof: Proof) -> ProofRecord:
    """What is kept of a proof."""
    few = (
        f"{one.fault.value}: {one.units[0].id} × {one.cells[0]}"[:_LONGEST] for one in proof.failing[:_FIRST]
    )
    failing = sum(len(one.units) * len(one.cells) for one in proof.failing)
    outside = len(proof.outside(held.bodies))
    return ProofRecord(proof.day, clock.now(), proof.holds, proof.cells, failing, outside, tuple(few))


@action(Permission.SYSTEM_RUN)
def record_proof(actor: Actor, nothing: None, /, found: ProofRecord) -> None:
    """Keep the night's proof, once; tell registrars and administrators if it fails. Raises Done."""
    row = _locked()
    if row is not None and read(row.value).on >= found.on:
        raise Done
    if not found.holds:
        log.error("the proof of routing fails for %s: %d cells", found.on, found.failing)
        notices.notify_all("routing_proof_fails", ALARMED)
        found = replace(found, warned_on=found.on)
    _keep(row, found)


@action(Permission.SYSTEM_RUN)
def warn(actor: Actor, nothing: None, /) -> None:
    """Tell registrars and administrators, once a day, that the proof is old. Raises Done."""
    row = _locked()
    record = read(row.value) if row is not None else None
    if record is None or not record.is_old or record.warned_on == clock.today():
        raise Done
    log.error("the proof of routing is older than 36 hours: it was made for %s", record.on)
    notices.notify_all("routing_proof_old", ALARMED)
    _keep(row, replace(record, warned_on=clock.today()))


def _locked() -> Setting | None:
    return session().get(Setting, NAME, with_for_update=True, populate_existing=True)


def _keep(row: Setting | None, record: ProofRecord) -> None:
    current_act().touch("setting", NAME)
    if row is None:
        session().add(Setting(name=NAME, value=written(record)))
    else:
        row.value = written(record)
