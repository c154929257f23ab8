"""Several workers at once, one of them killed: every notice leaves, and a mail sent twice is recognised."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from portal.bench.base import environment
from portal.data import db
from portal.data.db import housekeeping, new_id, session
from portal.data.models.account import Account
from portal.data.models.office import Outbox
from portal.domain import clock
from portal.worker import mail
from tests.support import people
from tests.support.postman import Postman, serving

NOTICES, WORKERS = 500, 4

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("load")]


@pytest.fixture
def kind() -> str:
    return "postgres"


@pytest.fixture
def postman() -> Iterator[tuple[Postman, str]]:
    with serving() as made:
        yield made


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def fill() -> None:
    """As many people as notices, copied from one who is there."""
    table = Account.__table__
    one = session().execute(select(table).limit(1)).mappings().one()
    raw = db.make_engine(db.store().engine.url.render_as_string(hide_password=False), pool_size=1)
    ids = [f"n{number:015}" for number in range(NOTICES)]
    with raw.begin() as connection:
        connection.execute(
            insert(table),
            [dict(one) | {"id": i, "login": i, "email": f"{i}@example.vn"} for i in ids],
        )
    raw.dispose()
    session().rollback()
    with housekeeping() as current:
        now = clock.now()
        current.add_all(Outbox(id=new_id(), notice="routed", account_id=i, due_at=now) for i in ids)


def left() -> int:
    session().rollback()
    return session().scalar(select(func.count()).select_from(Outbox)) or 0


def until(number: int) -> None:
    deadline = time.monotonic() + 300
    while left() > number:
        assert time.monotonic() < deadline, f"{left()} notices wait"
        time.sleep(0.02)


@pytest.mark.postgres
def test_four_workers_and_a_kill_lose_no_notice(founded, postman) -> None:
    handler, url = postman
    handler.slow = 0.005
    fill()
    given = environment(founded.settings) | {"PORTAL_SMTP_URL": url, "PORTAL_MAIL_FROM": "cong@example.vn"}
    workers = [
        subprocess.Popen([sys.executable, "-m", "portal.cli.worker_process"], env={**os.environ, **given})
        for _ in range(WORKERS)
    ]
    try:
        until(NOTICES // 2)
        os.kill(workers[0].pid, signal.SIGKILL)
        until(mail.PIECE)  # at most what the dead one holds
        time.sleep(3)
        stranded = left()
        assert stranded <= mail.PIECE
    finally:
        for one in workers:
            one.terminate()
        codes = [one.wait(timeout=60) for one in workers]
    assert codes[1:] == [0] * (WORKERS - 1)
    settings = founded.settings.model_copy(update={"smtp_url": url, "mail_from": "cong@example.vn"})
    with clock.at(clock.now() + mail.LEASE + timedelta(seconds=1)):
        mail.send_waiting(settings)
    assert left() == 0
    came = handler.ids_of()
    assert len(came) == NOTICES, "none is lost"
    # Between the server's answer and the removal of the row SMTP cannot tell: at most the one mail that the
    # killed worker was at, and it carries the id that it had.
    doubled = {address: ids for address, ids in came.items() if len(ids) > 1}
    assert len(doubled) <= 1
    assert all(len(set(ids)) == 1 for ids in doubled.values())
    assert len({ids[0] for ids in came.values()}) == NOTICES
