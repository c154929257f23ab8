"""How often something was tried: a store of its own, apart from the database and never in a backup.

Rows hold a keyed digest, a number and seconds; no address, no name. The key of the day is random, shared by
the workers through this file, and deleted with the day; a row is gone within the hour.
Source: design, confidentiality ("Abuse"); decisions 16.
"""

import hmac
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from portal.domain import clock

LONGEST = 3600
"""Seconds after which no row is left."""

_metadata = MetaData()
_tally = Table(
    "tally",
    _metadata,
    Column("key", LargeBinary, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("expires", Integer, nullable=False, index=True),
)
_day = Table(
    "day",
    _metadata,
    Column("day", String(10), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
)


@dataclass(frozen=True)
class Tries:
    """How often within the window, and when last (seconds since 1970)."""

    number: int
    last: int


Forbids = Callable[[Tries], bool]


class Limits:
    """The store, one per machine; safe for threads and processes."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def key(self, *parts: str) -> bytes:
        """The name under which something is counted today: an HMAC under the secret of the day."""
        text = "\0".join(parts).encode("utf-8", "replace")
        return hmac.digest(self._secret_of(clock.today().isoformat()), text, sha256)

    def tries(self, key: bytes) -> Tries | None:
        """What was counted under `key` and has not expired."""
        with self._writing() as current:
            return _read(current, key)

    def add(self, key: bytes, *, window: int, unless: Forbids | None = None) -> tuple[Tries, bool]:
        """Count one more try, kept for `window` seconds (at most LONGEST) after it.

        `unless(tries)` may forbid it: then nothing is counted. Returns the tries as they now are, and whether
        this one was counted.
        """
        now = _now()
        with self._writing() as current:
            current.execute(delete(_tally).where(_tally.c.expires <= now))
            before = _read(current, key)
            if before is not None and unless is not None and unless(before):
                return before, False
            tries = Tries((before.number if before else 0) + 1, now)
            row = {"tries": tries.number, "last": now, "expires": now + min(window, LONGEST)}
            current.execute(
                insert(_tally).values(key=key, **row).on_conflict_do_update(index_elements=["key"], set_=row)
            )
        return tries, True

    def clear(self, key: bytes) -> None:
        """Forget what was counted under `key`."""
        with self._writing() as current:
            current.execute(delete(_tally).where(_tally.c.key == key))

    def _secret_of(self, day: str) -> bytes:
        known: tuple[str, bytes] | None = self.__dict__.get("_known")
        if known is None or known[0] != day:
            with self._writing() as current:
                current.execute(delete(_day).where(_day.c.day != day))
                fresh = insert(_day).values(day=day, secret=os.urandom(32))
                current.execute(fresh.on_conflict_do_nothing())
                secret: bytes = current.execute(select(_day.c.secret).where(_day.c.day == day)).scalar_one()
            known = self.__dict__["_known"] = (day, secret)
        return known[1]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.begin() as current:
            yield current

    @cached_property
    def _engine(self) -> Engine:
        self._place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(self._place, os.O_RDWR | os.O_CREAT, 0o600))
        engine = create_engine(f"sqlite:///{self._place}", hide_parameters=True, connect_args={"timeout": 10})
        event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", lambda one: one.exec_driver_sql("BEGIN IMMEDIATE"))
        _metadata.create_all(engine)
        return engine

    def close(self) -> None:
        """Let go of the file (tests)."""
        if "_engine" in self.__dict__:
            self._engine.dispose()


def _configure(connection: sqlite3.Connection, record: object) -> None:
    connection.isolation_level = None
    # Losing the last counts in a power cut harms nobody; keeping them on the disk might.
    for pragma in ("journal_mode=WAL", "synchronous=OFF", "secure_delete=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _read(current: Connection, key: bytes) -> Tries | None:
    row = current.execute(
        select(_tally.c.tries, _tally.c.last).where(_tally.c.key == key, _tally.c.expires > _now())
    ).first()
    return Tries(row.tries, row.last) if row else None


def _now() -> int:
    return int(clock.now().timestamp())
