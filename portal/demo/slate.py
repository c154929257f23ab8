"""A clean slate: everything that a demonstration stored is taken away, and nothing else."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import make_url

from portal.action import session
from portal.config import Settings
from portal.data import db, migrate
from portal.data.models.draft import DraftFile
from portal.data.models.report import Attachment

_BESIDE = ("", "-wal", "-shm", "-line")


class InUse(Exception):
    """Another process works with the demonstration."""


class Lock:
    """One demonstration per instance folder: many may serve it, one alone may load or wipe it."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def alone(self) -> None:
        """Nobody else serves or loads; raises InUse."""
        self._take(fcntl.LOCK_EX)

    def together(self) -> None:
        """Nobody loads or wipes; raises InUse."""
        self._take(fcntl.LOCK_SH)

    def _take(self, how: int) -> None:
        try:
            fcntl.flock(self._handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse from None


@contextmanager
def lock(instance: Path) -> Iterator[Lock]:
    """The lock of an instance folder, free again when the block or the process ends."""
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(instance / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield Lock(handle)
    finally:
        os.close(handle)


def wipe(settings: Settings) -> None:
    """Remove the tables of the open database, then the sealed files they named; the store is closed.

    In this order a break leaves files that no row names, which the worker sweeps. Raises InUse where another
    process has the embedded database open.
    """
    blobs = list(_blobs())
    files = db.store().blobs
    db.store().close()
    db.use_store(None)
    place = make_url(settings.database).database if settings.database.startswith("sqlite") else None
    if place is None:
        migrate.downgrade(settings.database, "base")
    else:
        _remove(Path(place))
    for name in blobs:
        files.delete(name)
    for name in ("limits.sqlite3", "demo-accounts.json"):
        for ending in _BESIDE:
            (settings.instance / f"{name}{ending}").unlink(missing_ok=True)


def _blobs() -> Iterator[str]:
    for table in (Attachment, DraftFile):
        for clean, original in session().execute(select(table.clean_blob, table.original_blob)):
            yield from (name for name in (clean, original) if name)
    session().rollback()


def _remove(place: Path) -> None:
    """Fold the log into the file before both go: a log left over would be played into the next database."""
    with closing(sqlite3.connect(place, timeout=2)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise InUse from None
    for ending in _BESIDE:
        Path(f"{place}{ending}").unlink(missing_ok=True)
