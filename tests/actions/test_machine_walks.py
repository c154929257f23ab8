"""Several people at once on the same cases, at random: nothing illegal, lost or doubled (issue "Bars").

`portal bench --only walk` does the same with a thousand cases and eight people.
"""

from collections.abc import Iterator

import pytest

from portal.bench.walking import Country, Person, proven, walk
from portal.domain.telling import Telling
from tests.support import make, people
from tests.support.make import COMMITTEE, FRONT

OUTSIDE_WARD = "C27031b"
"""The ward whose bodies have no keys."""
OFFICERS = (f"lead.{FRONT}", f"member.{FRONT}", f"lead.{COMMITTEE}", f"lead.front.{people.CITY.id}")
CASES, ATTEMPTS, SECONDS = 24, 70, 20


def test_many_at_once_lose_nothing(prepared) -> None:
    founded = prepared("people", people.found)
    seats = [Person(login, *founded.made.signed_in(login)) for login in OFFICERS]
    country = Country(founded.settings, [*seats, Person("resident")])
    country.send(tellings())
    walked = walk(country, attempts=ATTEMPTS, seconds=SECONDS, seed=1)
    assert list(proven(country, walked)) == []
    assert walked.steps >= 60, walked
    assert len(walked.done) >= 12, walked.done
    assert walked.notes
    assert walked.letters


def tellings() -> Iterator[Telling]:
    """Every sixth is about a ward whose committee is not on the portal."""
    whole = make.telling()
    far = {"area_id": OUTSIDE_WARD, "body_id": f"committee.{OUTSIDE_WARD}"}
    office = whole.office.__class__(**{**whole.office.__dict__, **far})
    for number in range(CASES):
        yield make.telling(area_id=OUTSIDE_WARD, office=office) if number % 6 == 0 else whole


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_what_was_lost_is_told(prepared) -> None:
    """The proof after a walk can fail: a note that nobody stored, a state that no step leads to."""
    founded = prepared("people", people.found)
    country = Country(founded.settings, [Person(FRONT, *founded.made.signed_in(f"lead.{FRONT}"))])
    country.send([make.telling()])
    walked = walk(country, attempts=6, seconds=20, seed=3)
    [case_id] = country.cases()[:1]
    walked.notes.append((case_id, "none"))
    assert [fault for fault in proven(country, walked) if "notes" in fault]
