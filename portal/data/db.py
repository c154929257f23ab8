"""The store: engine, session, and the two ways to write (the gate's acts and housekeeping)."""

import fcntl
import os
import secrets
import sqlite3
import threading
import time
from base64 import b32encode
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, String, create_engine, event, text
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlalchemy.types import TypeDecorator

from portal.data import guard
from portal.data.files import BlobStore

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
# Crockford's letters: no I, L, O, U, so that an id read aloud is not misheard.
_LETTERS = b"0123456789abcdefghjkmnpqrstvwxyz"
_SPELLING = bytes.maketrans(ascii_uppercase.encode() + b"234567", _LETTERS)
IDLE_SECONDS = 1.0
_COLLISIONS = {"40P01", "40001"}
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """Every table; row order says nothing, for ids are random and SQLite keeps no hidden rowid."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {str: String}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> str:
    """A random id of 16 symbols (80 bits) that says nothing about order or content."""
    return b32encode(secrets.token_bytes(10)).translate(_SPELLING).decode()


class NotDurable(Exception):
    """The database is set to confirm commits that a power cut could lose; the text names the setting."""


class WriterLine:
    """One line for all writers of an SQLite file, among threads and processes.

    SQLite's own waiting sleeps and polls and is not fair: under load some writers wait a second. A lock of
    the system wakes the next one at once, and is let go of when its process is killed.
    """

    def __init__(self, place: Path) -> None:
        self._threads = threading.Lock()
        self._file = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)

    def __enter__(self) -> None:
        self._threads.acquire()
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *fault: object) -> None:
        fcntl.flock(self._file, fcntl.LOCK_UN)
        self._threads.release()

    def close(self) -> None:
        """Closing again does nothing: by then the number may be somebody else's file."""
        handle, self._file = self._file, -1
        if handle >= 0:
            os.close(handle)


@dataclass(frozen=True)
class Store:
    """The open database. `session` is one Session per thread."""

    engine: Engine
    session: scoped_session[Session]
    blobs: BlobStore
    writers: AbstractContextManager[Any]

    def close(self) -> None:
        self.session.remove()
        self.engine.dispose()
        if isinstance(self.writers, WriterLine):
            self.writers.close()


_store: Store | None = None


def open_store(address: str, blobs: Path, *, pool_size: int = 16) -> Store:
    """Open database and sealed files, arm the guard, make it the process's store; raises NotDurable."""
    global _store
    engine = make_engine(address, pool_size=pool_size)
    guard.arm(engine)
    session = scoped_session(sessionmaker(engine, expire_on_commit=False))
    place = engine.url.database
    line = WriterLine(Path(f"{place}-line")) if engine.dialect.name == "sqlite" and place else nullcontext()
    check_durable(engine)
    _store = Store(engine, session, BlobStore(blobs), line)
    return _store


def use_store(store: Store | None) -> None:
    """Make `store` the process's store (tests, which open several)."""
    global _store
    _store = store


def store() -> Store:
    """The open store; raises RuntimeError where none is open."""
    if _store is None:
        raise RuntimeError("no store is open")
    return _store


def session() -> Session:
    """The session of this thread."""
    return store().session()


def make_engine(address: str, *, pool_size: int = 16) -> Engine:
    """An engine with the durable settings, without the write guard (migrations use it as it is)."""
    if address.startswith("sqlite"):
        return _sqlite_engine(address, pool_size)
    if address.startswith("postgres"):
        address = address.replace("postgres://", "postgresql://", 1)
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_recycle=1800,
        isolation_level="READ COMMITTED",
        connect_args={"options": "-c lock_timeout=10000 -c statement_timeout=60000 -c timezone=UTC"},
    )
    _ping_idle(engine)
    return engine


def _ping_idle(engine: Engine) -> None:
    """Ask a connection that lay idle whether it still lives, as after a restart of the database.

    SQLAlchemy's own check asks every time; under load that is a tenth of what the database is asked.
    """

    @event.listens_for(engine, "checkin")
    def _leave(connection: Any, record: Any) -> None:
        record.info["left"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _take(connection: Any, record: Any, proxy: Any) -> None:
        if time.monotonic() - record.info.get("left", time.monotonic()) < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise DisconnectionError("the database closed this connection") from None


def _sqlite_engine(address: str, pool_size: int) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=pool_size,
        connect_args={"timeout": 30},
    )
    place = engine.url.database
    if place and place != ":memory:":
        Path(place).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(place, os.O_RDWR | os.O_CREAT, 0o600))
        os.chmod(place, 0o600)

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, record: object) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "secure_delete=ON",
            "trusted_schema=OFF",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        # Reading first and writing later in one deferred transaction fails at once under WAL.
        # Said to the driver itself: the engine's events have nothing to do with it.
        connection.connection.driver_connection.execute("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")

    return engine


def check_durable(engine: Engine) -> None:
    """Raise NotDurable if a confirmed commit could be lost in a power cut (assurance 0.1)."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            if connection.execute(text("PRAGMA synchronous")).scalar_one() < 2:
                raise NotDurable("SQLite runs with synchronous below FULL")
            return
        for name, allowed in (("synchronous_commit", {"on", "remote_apply"}), ("fsync", {"on"})):
            value = connection.execute(text(f"SHOW {name}")).scalar_one()
            if value not in allowed:
                raise NotDurable(f"PostgreSQL runs with {name}={value}")


@contextmanager
def transaction() -> Iterator[Session]:
    """One write transaction on this thread's session: committed, or rolled back and raised."""
    if _writing.get():
        raise RuntimeError("a write transaction is already open")
    current = session()
    _end_reading(current)
    token = _writing.set(True)
    try:
        with store().writers:
            try:
                yield current
                current.commit()
            except BaseException:
                current.rollback()
                raise
    finally:
        _writing.reset(token)


def collided(fault: DBAPIError) -> bool:
    """Whether the database sent a transaction back only because another one stood in its way.

    Deadlock and serialisation failure of PostgreSQL: begun again, the same act goes through. SQLite has one
    line for its writers, where nobody waits for another in a circle.
    """
    return getattr(fault.orig, "sqlstate", None) in _COLLISIONS


def _end_reading(current: Session) -> None:
    """What was read so far is read again when it is asked for: what follows sees the newest rows.

    On PostgreSQL (READ COMMITTED) each statement does so anyway; giving the connection back and taking it
    again would cost three round trips of every act.
    """
    if store().engine.dialect.name == "postgresql" and current.in_transaction():
        raw: Any = current.connection().connection.driver_connection
        if raw is not None and raw.info.transaction_status.name == "INTRANS":
            for one in tuple(current.new):
                current.expunge(one)
            current.expire_all()
            return
    current.rollback()


@contextmanager
def housekeeping() -> Iterator[Session]:
    """A write transaction for the unaudited technical tables only (guard.UNAUDITED)."""
    with guard.technical(), transaction() as current:
        yield current


def checkpoint() -> None:
    """Write what was deleted out of the journal too, where the database is a file (assurance P-12)."""
    current = store()
    if current.engine.dialect.name == "sqlite":
        current.session.remove()
        with current.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
