"""The nightly proof: once a night whoever runs it, and somebody is told when it fails or grows old."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select

from portal.app import create_app
from portal.data import db
from portal.data.db import session
from portal.data.models.account import Account
from portal.data.models.audit import AuditEntry
from portal.data.models.body import Body, PostTemplate
from portal.data.models.office import Setting, StaffNotice
from portal.data.proofs import NAME, ProofRecord, is_proved, last_proof, read, written
from portal.domain import clock
from portal.registry.actions.rows import post_row
from portal.worker import loop, proof
from tests.support import people as made_people
from tests.support.offices import POSTS_SHIPPED

NIGHT = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)  # two in the morning of the 23rd in Viet Nam
NOON = NIGHT + timedelta(hours=10)
DAY = timedelta(days=1)
ALARMED = {"admin.front.p79b", "registrar.front.p79b"}


@pytest.fixture
def founded(prepared):
    made = prepared("people", made_people.found)
    raw(insert(PostTemplate), [post_row(post) for post in POSTS_SHIPPED])
    return made


def raw(statement, rows=None) -> None:
    """As somebody does who works on the database itself."""
    engine = db.make_engine(db.store().engine.url.render_as_string(hide_password=False), pool_size=1)
    with engine.begin() as connection:
        connection.execute(statement, rows) if rows else connection.execute(statement)
    engine.dispose()
    session().rollback()


def nightly(founded, moment: datetime) -> int:
    with clock.at(moment):
        done = proof.nightly(founded.settings)
    session().rollback()
    return done


def told(notice: str) -> set[str]:
    rows = session().execute(
        select(Account.login)
        .join(StaffNotice, StaffNotice.account_id == Account.id)
        .where(StaffNotice.notice == notice)
    )
    return {login for (login,) in rows}


def entries() -> int:
    acts = ("worker.record_proof", "worker.warn")
    return session().scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.act.in_(acts))) or 0


def test_a_night_is_proved_once_and_kept(founded) -> None:
    assert nightly(founded, NOON - DAY) == 0, "nothing is proved by day"
    assert last_proof() is None
    cells = nightly(founded, NIGHT)
    record = last_proof()
    assert record is not None
    assert (record.on, record.holds, record.cells, record.failing) == (date(2026, 11, 23), True, cells, 0)
    assert cells == 5 * 117 * 16
    assert record.outside > 0, "people's committees take no part"
    assert nightly(founded, NIGHT + timedelta(hours=1)) == 0
    assert entries() == 1
    assert told("routing_proof_fails") == set()
    assert nightly(founded, NIGHT + DAY) == cells
    assert entries() == 2


def test_a_failing_proof_tells_registrars_and_administrators_and_nobody_else(founded) -> None:
    raw(delete(Body).where(Body.id == "council.C27028b"))
    assert nightly(founded, NIGHT) > 0
    record = last_proof()
    assert record is not None
    assert not record.holds
    assert record.first[0].startswith("no_office: C27028b × council.commune.")
    assert told("routing_proof_fails") == ALARMED
    before = session().scalar(select(func.count()).select_from(StaffNotice))
    nightly(founded, NIGHT + timedelta(hours=2))
    assert session().scalar(select(func.count()).select_from(StaffNotice)) == before


def test_an_old_proof_is_told_once_a_day_and_made_up_for(founded, monkeypatch) -> None:
    nightly(founded, NIGHT)
    monkeypatch.setattr(proof, "stored_holdings", lambda: 1 / 0)
    late = NIGHT + timedelta(hours=37)
    for hours in (0, 1):
        with pytest.raises(ZeroDivisionError):
            nightly(founded, late + timedelta(hours=hours))
    assert told("routing_proof_old") == ALARMED
    assert session().scalar(select(func.count()).select_from(StaffNotice)) == 2
    with clock.at(late):
        assert not is_proved()
    monkeypatch.undo()
    assert nightly(founded, late) > 0, "by day, for it is old"
    with clock.at(late):
        assert is_proved()


def test_of_several_workers_one_records_the_night(founded) -> None:
    barrier = threading.Barrier(3)
    done: list[int] = []

    def work() -> None:
        with clock.at(NIGHT):
            barrier.wait()
            done.append(proof.nightly(founded.settings))
        founded.store.session.remove()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(done)[:2] == [0, 0]
    assert sorted(done)[2] > 0
    assert entries() == 1


def test_the_worker_does_it_in_its_round(founded) -> None:
    with clock.at(NIGHT):
        done = loop.run_due(founded.settings)
        assert done["routing_proof"] > 0
        assert "routing_proof" not in loop.run_due(founded.settings)


def test_without_units_there_is_nothing_to_prove(store, settings) -> None:
    with clock.at(NIGHT):
        assert proof.nightly(settings) == 0
    assert session().get(Setting, NAME) is None


def test_readiness_tells_the_alarm_and_keeps_its_status(founded) -> None:
    client = create_app(founded.settings).test_client()

    def answer(moment: datetime) -> tuple[int, bool]:
        with clock.at(moment):
            got = client.get("/readyz", headers={"Host": "127.0.0.1"})
        return got.status_code, got.json["routing_proof"]

    assert answer(NOON) == (200, False)
    nightly(founded, NIGHT)
    assert answer(NOON) == (200, True)
    assert answer(NOON + 2 * DAY) == (200, False)


def test_what_is_kept_fits_its_column() -> None:
    day = date(2026, 11, 23)
    record = ProofRecord(day, NIGHT, False, 10**9, 10**9, 10**6, ("ệ" * 240,) * 5, day)
    assert len(written(record)) <= 2000
    assert read(written(record)) == record
