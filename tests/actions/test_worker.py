"""The worker: one does each job, nothing is lost when one dies, and a mail tells nothing."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.data import db, metering
from portal.data.db import housekeeping, new_id, session
from portal.data.models.account import Account, StaffSession
from portal.data.models.draft import Draft, DraftFile
from portal.data.models.office import JobLease, Outbox
from portal.domain import clock
from portal.worker import leases, loop, mail, sweeps
from tests.support import people as made_people
from tests.support.postman import Postman, serving

HOUR = timedelta(hours=1)


@pytest.fixture
def postman() -> Iterator[tuple[Postman, str]]:
    with serving() as made:
        yield made


@pytest.fixture
def founded(prepared):
    return prepared("people", made_people.found)


def queue(account_id: str, notice: str = "routed") -> str:
    row_id = new_id()
    with housekeeping() as current:
        current.add(Outbox(id=row_id, notice=notice, account_id=account_id, due_at=clock.now() - HOUR))
    return row_id


def with_address(address: str, place: int = 0) -> str:
    account = session().scalars(select(Account).order_by(Account.id).offset(place).limit(1)).one()
    raw = db.make_engine(db.store().engine.url.render_as_string(hide_password=False), pool_size=1)
    with raw.begin() as connection:
        connection.execute(
            Account.__table__.update().where(Account.__table__.c.id == account.id).values(email=address)
        )
    raw.dispose()
    session().rollback()
    return account.id


def settings_for(founded, url: str):
    return founded.settings.model_copy(update={"smtp_url": url, "mail_from": "cong@example.vn"})


def test_a_mail_leaves_once_and_tells_nothing(founded, postman) -> None:
    handler, url = postman
    account = with_address("can-bo@example.vn")
    queue(account, "CANARY-NOTICE")
    queue(account)
    settings = settings_for(founded, url)
    assert mail.send_waiting(settings) == 1  # two notices, one person, one mail
    assert mail.send_waiting(settings) == 0
    [letter] = handler.letters
    assert "To: can-bo@example.vn" in letter
    for word in ("CANARY", "http", "Tân", "phường", "front."):
        assert word not in letter


def test_without_a_mail_server_nothing_piles_up(founded) -> None:
    row_id = queue(with_address("can-bo@example.vn"))
    assert mail.send_waiting(founded.settings) == 0
    assert session().get(Outbox, row_id) is None


def test_a_server_that_is_down_costs_a_wait_and_nothing_else(founded, postman) -> None:
    handler, url = postman
    row_id = queue(with_address("can-bo@example.vn"))
    assert mail.send_waiting(settings_for(founded, "smtp://127.0.0.1:1")) == 0
    row = session().get_one(Outbox, row_id)
    assert row.attempts == 0  # no address is at fault
    assert clock.now() < row.lease_until <= clock.now() + timedelta(minutes=1)
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert mail.send_waiting(settings_for(founded, url)) == 1
    assert len(handler.letters) == 1


@pytest.mark.parametrize("address", [".:@_.c", ":@;.c", "=@[.c", "<@?%,(.c", "().@>.c"])
def test_an_address_that_no_program_can_read_stops_nobody_elses_mail(founded, postman, address: str) -> None:
    handler, url = postman
    account = with_address(address)
    broken = [queue(account) for _ in range(20)]  # so that one of them is claimed before the other
    other = with_address("can-bo@example.vn", place=1)
    waiting = queue(other)
    assert mail.send_waiting(settings_for(founded, url)) == 1
    assert len(handler.letters) == 1
    assert session().get(Outbox, waiting) is None
    assert session().get(Outbox, broken[0]) is not None


def test_a_worker_that_died_with_a_lease_is_followed_by_another(founded, postman) -> None:
    handler, url = postman
    queue(with_address("can-bo@example.vn"))
    mail.claim()  # and then the worker dies
    assert mail.send_waiting(settings_for(founded, url)) == 0
    with clock.at(clock.now() + mail.LEASE + HOUR):
        assert mail.send_waiting(settings_for(founded, url)) == 1
    assert len(handler.letters) == 1


def test_of_many_workers_one_does_the_job(store) -> None:
    claims: list[bool] = []
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        claims.append(leases.claim("drafts", every=HOUR, lease=HOUR))
        store.session.remove()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(claims) == [False, False, False, True]
    leases.done("drafts")
    assert not leases.claim("drafts", every=HOUR, lease=HOUR)
    with clock.at(clock.now() + 2 * HOUR):
        assert leases.claim("drafts", every=HOUR, lease=HOUR)


def test_drafts_and_their_files_end_with_their_day(store) -> None:
    named, forgotten = store.blobs.put([b"named"]), store.blobs.put([b"forgotten"])
    with housekeeping() as current:
        current.add(Draft(id="old", expires_at=clock.now() - HOUR, sealed_body=b"x"))
        current.add(Draft(id="new", expires_at=clock.now() + HOUR, sealed_body=b"x"))
        current.flush()
        current.add(DraftFile(id="f1", draft_id="old", clean_blob=forgotten, sealed_meta=b"x"))
        current.add(DraftFile(id="f2", draft_id="new", clean_blob=named, sealed_meta=b"x"))
    assert sweeps.drafts() == 1
    assert session().scalars(select(Draft.id)).all() == ["new"]
    assert sweeps.orphans() == 0  # a file younger than a day may belong to a report being sent
    with clock.at(clock.now() + timedelta(days=3)):
        assert sweeps.orphans() == 1
    assert b"".join(store.blobs.read(named)) == b"named"


def test_sessions_end_at_their_limit(founded) -> None:
    account = session().scalars(select(Account.id).limit(1)).one()
    with housekeeping() as current:
        for name, age in (("old", 9), ("new", 1)):
            began = clock.now() - age * HOUR
            current.add(
                StaffSession(
                    id=name,
                    account_id=account,
                    sealed_secret=b"x",
                    started_at=began,
                    seen_at=began,
                    confirmed_at=began,
                )
            )
    assert sweeps.sessions() == 1
    assert session().scalars(select(StaffSession.id)).all() == ["new"]


def test_one_failing_job_does_not_stop_the_others(store, settings, monkeypatch) -> None:
    def broken(given: object) -> int:
        raise OSError("disk")

    first = loop.Job("broken", HOUR, broken)
    monkeypatch.setitem(metering.PERIODS, "broken", 60)
    monkeypatch.setattr(loop, "JOBS", (first, *loop.JOBS))
    done = loop.run_due(settings)
    assert set(done) == {"mail", *(job.name for job in loop.JOBS[1:])}
    lease = session().get_one(JobLease, "broken")
    assert lease.done_at is None
