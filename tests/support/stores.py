"""Databases for tests: each test has its own, on SQLite and on PostgreSQL, copied from a prepared one.

`store` is an empty migrated database. `prepared(name, build)` is one that `build(settings)` has filled, once
per run and database; every test gets a copy, may commit what it likes, and leaves nothing behind.
"""

import fcntl
import pickle
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql

from portal.config import Settings, load_settings
from portal.data import db
from portal.data.migrate import upgrade
from portal.vault.names import use_pepper
from tests.support import postgres, run
from tests.support.missing import missing

Build = Callable[[Settings], Any]
KINDS = (pytest.param("sqlite"), pytest.param("postgres", marks=pytest.mark.postgres))


@dataclass(frozen=True)
class Prepared:
    """An open database with its instance folder, and what `build` returned (pickled between tests)."""

    settings: Settings
    store: db.Store
    made: Any


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """The database of this test: sqlite, then postgres. Override with parametrize to use one of them."""
    return str(request.param)


@pytest.fixture
def prepared(kind: str) -> Iterator[Callable[..., Prepared]]:
    """A factory of `Prepared`: prepared("founded", build). One database at a time is the process's store."""
    with _Desk(kind) as desk:
        yield desk.open


@pytest.fixture
def empty(prepared: Callable[..., Prepared]) -> Prepared:
    """An empty migrated database with its settings."""
    return prepared("empty")


@pytest.fixture
def store(empty: Prepared) -> db.Store:
    """An empty migrated database, open as the process's store."""
    return empty.store


@pytest.fixture
def settings(empty: Prepared) -> Settings:
    """The settings of `store`: mode "test", an instance folder of its own."""
    return empty.settings


def _nothing(settings: Settings) -> None:
    return None


class _Desk:
    """Copies prepared databases for one test and clears them away after it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.folder = run.folder()
        self.copies: list[tuple[db.Store, Path]] = []
        if kind == "postgres" and not postgres.ensure(self.folder, run.owner()):
            missing("postgresql")

    def __enter__(self) -> "_Desk":
        return self

    def __exit__(self, *_: object) -> None:
        for store, instance in self.copies:
            _close(store)
            shutil.rmtree(instance, ignore_errors=True)
            if self.kind == "postgres":
                self._drop(instance.name)
        db.use_store(None)

    def open(self, name: str = "empty", build: Build = _nothing) -> Prepared:
        template = self._template(name, build)
        instance = run.new_instance()
        shutil.copytree(template / "instance", instance)
        if self.kind == "postgres":
            self._create(instance.name, template.name)
        settings = self._settings(instance, instance.name)
        store = db.open_store(settings.database, settings.blobs)
        use_pepper(settings.pepper.encode())
        self.copies.append((store, instance))
        return Prepared(settings, store, pickle.loads((template / "made").read_bytes()))

    def _settings(self, instance: Path, database: str) -> Settings:
        url = postgres.address(self.folder, database) if self.kind == "postgres" else ""
        return load_settings(mode="test", instance=instance, database_url=url)

    def _template(self, name: str, build: Build) -> Path:
        """The prepared database of this name, made by the first test process that needs it."""
        assert re.fullmatch(r"[a-z0-9_]+", name), name
        place = self.folder / f"{self.kind}_{name}"
        with open(f"{place}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (place / "made").exists():
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir()
                made = self._fill(place, name, build)
                (place / "made").write_bytes(pickle.dumps(made))
        return place

    def _fill(self, place: Path, name: str, build: Build) -> Any:
        instance = place / "instance"
        if name == "empty":
            instance.mkdir(mode=0o700)
        else:
            shutil.copytree(self._template("empty", _nothing) / "instance", instance)
        if self.kind == "postgres":
            self._drop(place.name)
            self._create(place.name, "template0" if name == "empty" else f"{self.kind}_empty")
        settings = self._settings(instance, place.name)
        if name == "empty":
            upgrade(settings.database)
        store = db.open_store(settings.database, settings.blobs)
        use_pepper(settings.pepper.encode())
        try:
            return build(settings)
        finally:
            _close(store)

    def _create(self, database: str, template: str) -> None:
        with postgres.connect(self.folder) as connection:
            copying = " STRATEGY file_copy" if connection.info.server_version >= 150000 else ""
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}" + copying).format(
                    sql.Identifier(database), sql.Identifier(template)
                )
            )

    def _drop(self, database: str) -> None:
        with postgres.connect(self.folder) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
            )


def _close(store: db.Store) -> None:
    store.close()
    db.use_store(None)
