"""/metrics and the alarms of /readyz: ages and counts, for the inside only, no trace of a resident's act."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from portal.app import create_app
from portal.data import metering
from portal.data.db import housekeeping, new_id, session
from portal.data.models.office import Outbox
from portal.domain import clock
from portal.worker import loop
from tests.support import make, people

INSIDE = {"Host": "127.0.0.1"}
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
LINE = re.compile(r'(# TYPE [a-z_]+ gauge|[a-z_]+(\{[a-z]+="[a-z_]+"\})? -?[0-9.e+]+)')


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def read(founded) -> str:
    answer = create_app(founded.settings).test_client().get("/metrics", headers=INSIDE)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return answer.get_data(as_text=True)


def test_ages_and_counts_in_the_form_of_prometheus(founded) -> None:
    with clock.at(NOON - timedelta(hours=9)):
        make.report(founded.settings)
    with clock.at(NOON):
        loop.run_due(founded.settings)
        text = read(founded)
    for line in text.splitlines():
        assert LINE.fullmatch(line), line
    assert len(re.findall("^# TYPE", text, re.MULTILINE)) == len(set(re.findall("# TYPE.*", text)))
    assert 'portal_job_age_seconds{job="clocks"} 0' in text
    assert 'portal_queue_cases{desk="front"} 1' in text
    assert "portal_worker_heartbeat_age_seconds 0" in text
    for word in ("front.", "inspection.", "C27019b", "Tân"):
        assert word not in text


def test_nothing_moves_when_a_resident_acts(founded) -> None:
    """Whoever draws these figures every few seconds must not see when a report came (confidentiality 6)."""
    with clock.at(NOON):
        loop.run_due(founded.settings)
        before = read(founded)
        make.report(founded.settings)
        with housekeeping() as current:  # what a letter of a resident leaves in the outbox
            account = founded.made[f"lead.{make.FRONT}"].account_id
            tomorrow = NOON + timedelta(hours=19)
            current.add(Outbox(id=new_id(), notice="message", account_id=account, due_at=tomorrow))
        assert read(founded) == before
        loop.run_due(founded.settings)
        assert read(founded) == before


def test_the_outside_finds_no_such_page(founded) -> None:
    settings = founded.settings.model_copy(
        update={"mode": "production", "public_host": "phananh.example.vn", "staff_host": "canbo.example.vn"}
    )
    client = create_app(settings).test_client()
    for host, status in (("canbo.example.vn", 200), ("127.0.0.1", 200), ("phananh.example.vn", 404)):
        assert client.get("/metrics", headers={"Host": host}).status_code == status
    far = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.get("/metrics", headers=INSIDE, environ_overrides=far).status_code == 404


def test_a_worker_that_stopped_is_an_alarm(founded) -> None:
    client = create_app(founded.settings).test_client()

    def alarm(name: str, moment: datetime) -> bool:
        with clock.at(moment):
            return bool(client.get("/readyz", headers=INSIDE).json[name])

    assert not alarm("worker", NOON)
    with clock.at(NOON):
        loop.run_due(founded.settings)
    assert alarm("worker", NOON + timedelta(minutes=metering.LATE))
    assert not alarm("worker", NOON + timedelta(minutes=metering.LATE, seconds=1))
    account = founded.made[f"lead.{make.FRONT}"].account_id
    with housekeeping() as current:
        current.add(Outbox(id=new_id(), notice="routed", account_id=account, due_at=NOON))
    session().rollback()
    assert alarm("mail", NOON + timedelta(hours=1))
    assert not alarm("mail", NOON + timedelta(hours=1, seconds=1))


def test_every_job_has_its_period() -> None:
    assert set(metering.PERIODS) == {loop.MAIL, *(job.name for job in loop.JOBS)}
