"""Sixty cases walked at random by eight actors at once: nothing lost, nothing doubled, nothing off the map.

`portal bench --only walk` does the same with a thousand. Source: issue "Bars".
"""

from dataclasses import replace

import pytest

from portal.bench import walking
from portal.bench.walk_steps import Walked
from tests.support import make, people
from tests.support.make import COMMITTEE

pytestmark = [pytest.mark.slow]
CASES, ACTORS, STEPS = 60, 8, 12
OUTSIDE_WARD = "C27031b"
"""The ward whose bodies have no keys: its committee gets a hand-over outside the portal."""


@pytest.fixture
def made(prepared):
    return prepared("people", people.found)


def sent(made, *, outside: bool) -> Walked:
    changes = {}
    committee = COMMITTEE
    if outside:
        committee = f"inspection.{OUTSIDE_WARD}"
        office = replace(make.telling().office, area_id=OUTSIDE_WARD, body_id=f"committee.{OUTSIDE_WARD}")
        changes = {"area_id": OUTSIDE_WARD, "office": office}
    report = make.report(made.settings, **changes)
    return Walked(make.case_of(report).id, report.report_id, report.code, committee, outside)


def test_eight_actors_at_once_lose_and_double_nothing(made) -> None:
    cases = [sent(made, outside=number % 5 == 0) for number in range(CASES)]

    def sign_in(body: str, lead: bool):
        login = f"{'lead' if lead else 'member'}.{body}"
        # Who is not on the portal cannot act: the ward's committee tries, and is refused.
        return made.made.signed_in(login if login in made.made.persons else f"lead.{COMMITTEE}")

    found = walking.run(walking.Ground(made.settings, cases, sign_in), actors=ACTORS, steps=STEPS, seed=7)
    assert found.faults == ()
    assert found.states >= 8
    assert found.steps > CASES * STEPS / 2
    assert found.notes > CASES / 2
