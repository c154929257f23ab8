"""The audit chain: one entry per act, linked by hash, written as the last statement of its transaction."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from portal.data.guard import Act
from portal.data.models.audit import AuditEntry
from portal.domain import clock

GENESIS = "0" * 64
# Any constant serves; the lock orders the writers of the chain on PostgreSQL.
_CHAIN_LOCK = 7_401_990
_ENTRIES: Table = AuditEntry.__table__  # type: ignore[assignment]
# Plain tables and statements made once: every act pays for these two.
_NEWEST = select(_ENTRIES.c.seq, _ENTRIES.c.hash).order_by(_ENTRIES.c.seq.desc()).limit(1)
_APPEND = insert(_ENTRIES)
_ORDER = text("SELECT pg_advisory_xact_lock(:key)")


def append(session: Session, act: Act) -> None:
    """Link the act's entry to the newest one (decisions 17); nothing may be written after it."""
    session.flush()
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(_ORDER, {"key": _CHAIN_LOCK})
    newest = connection.execute(_NEWEST).first()
    moment = clock.today().isoformat() if act.day_only else clock.now().isoformat(timespec="seconds")
    row = {
        "seq": (newest.seq if newest else 0) + 1,
        "at": moment,
        "act": act.name,
        "actor_id": act.actor_id,
        "body_id": act.body_id,
        "objects": _canonical([f"{kind}:{one}" for kind, one in act.objects]),
        "changes": _canonical(
            [[c.table, c.operation, sorted(c.columns), c.rows] for c in act.changes.values()]
        ),
        "digest": act.digest,
        "prev_hash": newest.hash if newest else GENESIS,
    }
    row["hash"] = link(row)
    connection.execute(_APPEND, row)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def link(row: dict[str, Any]) -> str:
    """SHA-256 over the entry's columns and the hash before it, in a fixed order."""
    names = ("seq", "at", "act", "actor_id", "body_id", "objects", "changes", "digest", "prev_hash")
    return hashlib.sha256(_canonical([row[name] for name in names]).encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found: entries read, and the faults by sequence number."""

    entries: int
    head: str
    faults: tuple[str, ...]


def verify(session: Session) -> Verdict:
    """Recompute the whole chain; every altered, removed or moved entry is named."""
    faults = []
    before, seq = GENESIS, 0
    for entry in _walk(session):
        row = {column.name: getattr(entry, column.name) for column in AuditEntry.__table__.columns}
        if entry.seq != seq + 1:
            faults.append(f"{seq + 1}: missing before {entry.seq}")
        if entry.prev_hash != before:
            faults.append(f"{entry.seq}: not linked to the entry before it")
        if link(row) != entry.hash:
            faults.append(f"{entry.seq}: altered")
        before, seq = entry.hash, entry.seq
    return Verdict(session.scalar(select(func.count()).select_from(AuditEntry)) or 0, before, tuple(faults))


def contains(session: Session, wanted: str) -> bool:
    """True if this hash stands in the chain: a head noted elsewhere proves what came before it."""
    return session.scalar(select(AuditEntry.seq).where(AuditEntry.hash == wanted)) is not None


def _walk(session: Session) -> Iterator[AuditEntry]:
    after = 0
    while page := session.scalars(
        select(AuditEntry).where(AuditEntry.seq > after).order_by(AuditEntry.seq).limit(1000)
    ).all():
        yield from page
        after = page[-1].seq
        session.expunge_all()
