"""A thousand cases walked at random by eight people at once; then nothing is lost (issue "Bars")."""

import time
from collections.abc import Callable, Iterator
from random import Random

from portal.bench.base import WARD, Base
from portal.bench.drafts import answers
from portal.bench.report import Measure
from portal.bench.walking import Country, Person, proven, walk
from portal.demo.people import CITY
from portal.domain import clock
from portal.domain.drafted import telling_from
from portal.domain.drafting import FormStep
from portal.domain.permissions import Role
from portal.domain.telling import Telling

CASES, ATTEMPTS, SECONDS = 1_000, 4_000, 240.0
_OUTSIDE_WARD = "C27004b"
_OUTSIDE_SHARE = 8
_WALKERS = (
    (f"front.{WARD}", Role.LEAD_REVIEWER),
    (f"front.{WARD}", Role.REVIEWER),
    (f"inspection.{WARD}", Role.LEAD_INSPECTOR),
    (f"inspection.{WARD}", Role.INSPECTOR),
    (f"front.{CITY}", Role.LEAD_REVIEWER),
    (f"inspection.{CITY}", Role.LEAD_INSPECTOR),
)
_RESIDENTS = 2
_A_LEAD = ("names_somebody", "has_evidence")  # without it an anonymous letter goes nowhere (LTC 25)
_STORY = "Cán bộ hẹn nhiều lần nhưng không trả hồ sơ cho người dân.\nNgười khác thì đòi thêm tiền."


def run(base: Base, seed: int, say: Callable[[str], None]) -> Iterator[Measure]:
    """Send the reports, walk, and look whether every promise was kept."""
    officers = [Person(f"{role} {body}", *base.seated(body, role)) for body, role in _WALKERS]
    residents = [Person(f"resident {number}") for number in range(_RESIDENTS)]
    country = Country(base.settings, [*officers, *residents])
    country.send(_tellings(Random(seed)))  # noqa: S311 - a walk that can be repeated
    began = time.monotonic()
    walked = walk(country, attempts=ATTEMPTS, seconds=SECONDS, seed=seed)
    spent = time.monotonic() - began
    faults = list(proven(country, walked))
    for fault in faults[:20]:
        say(f"  {fault}")
    say("  " + ", ".join(f"{step} {number}" for step, number in walked.done.most_common()))
    seen = {
        "cases": len(country.cases()),
        "people": len(country.people),
        "acts": walked.steps,
        "steps": len(walked.done),
        "refused": walked.refused.total(),
        "stale": walked.refused["Stale"],
        "notes": len(walked.notes),
        "letters": len(walked.letters),
        "acts_per_s": walked.steps / spent,
    }
    yield Measure("walk_faults", len(faults), "faults", base.kind, bar="0", held=not faults, more=seen)


def _tellings(chance: Random) -> Iterator[Telling]:
    """Reports about the ward, some about a ward that is not on the portal."""
    today = clock.today()
    for _ in range(CASES):
        given = answers(_STORY)
        given[FormStep.CONSENT] |= dict.fromkeys(_A_LEAD, "yes")
        if chance.randrange(_OUTSIDE_SHARE) == 0:
            given[FormStep.PLACE] |= {"area_id": _OUTSIDE_WARD}
            given[FormStep.OFFICE] |= {
                "area_id": _OUTSIDE_WARD,
                "body_id": f"committee.{_OUTSIDE_WARD}",
            }
        yield telling_from(given, "portal", today)
