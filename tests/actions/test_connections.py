"""Connections to PostgreSQL: a dead one is noticed before it is used; acts see the newest rows."""

import psycopg
import pytest
from sqlalchemy import insert, select, text

from portal.data import db
from portal.data.models.draft import Draft
from portal.domain import clock

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("kind", ["postgres"], indirect=True),
]


def _apart(settings) -> psycopg.Connection:
    return psycopg.connect(
        settings.database.replace("postgresql+psycopg://", "postgresql://"), autocommit=True
    )


def test_a_connection_that_died_while_idle_is_replaced(settings, monkeypatch) -> None:
    monkeypatch.setattr(db, "IDLE_SECONDS", 0.0)
    assert db.session().scalar(text("SELECT 1")) == 1
    db.session().rollback()
    with _apart(settings) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert db.session().scalar(text("SELECT 1")) == 1


def test_an_act_sees_what_was_stored_since_the_page_was_read(settings) -> None:
    current = db.session()
    row = {"id": "d" * 32, "version": 1, "expires_at": clock.now(), "sealed_body": b""}
    with db.housekeeping():
        db.session().execute(insert(Draft), [row])
    known = current.scalars(select(Draft)).one()
    assert known.version == 1
    with _apart(settings) as other:
        other.execute("UPDATE draft SET version = 2")
    with db.housekeeping():
        assert known.version == 2


def test_what_was_only_added_while_reading_is_not_stored_by_an_act(store) -> None:
    current = db.session()
    current.scalars(select(Draft)).all()
    current.add(Draft(id="e" * 32, version=1, expires_at=clock.now(), sealed_body=b""))
    with db.housekeeping():
        pass
    assert current.scalars(select(Draft)).all() == []


def test_a_failed_reading_does_not_spoil_the_act(store) -> None:
    with pytest.raises(Exception, match="no_such_table"):
        db.session().execute(text("SELECT * FROM no_such_table"))
    with db.housekeeping() as current:
        assert current.scalars(select(Draft)).all() == []
