"""Loads and kills against the real server: no receipt that was shown is lost, no report is stored twice.

Source: design, assurance 4.3. `portal bench --only crash` does the same with 1,000 reports.
"""

import pytest

from portal.bench import crash
from portal.bench.base import BOARD
from tests.support import people

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("load")]


@pytest.fixture
def ground(prepared):
    return prepared("people", people.found)


def _run(ground, **how) -> crash.Findings:
    _, ring = ground.made.signed_in(f"lead.{BOARD}")
    return crash.run(ground.settings, ring, **how)


def test_a_thousand_reports_by_64_clients_are_a_thousand(ground) -> None:
    found = _run(ground, number=1000, clients=64, seed=1, kills=0)
    assert found.faults == []
    assert (found.shown, found.reports, found.broken) == (1000, 1000, 0)


def test_kills_lose_no_receipt_and_double_no_report(ground) -> None:
    found = _run(ground, number=200, clients=8, seed=4, kills=10)
    assert found.faults == []
    assert (found.shown, found.reports) == (200, 200)
    assert found.workers_killed
    assert found.servers_killed
