"""`portal bench --only walk`: a thousand cases walked by eight actors at once on a founded portal."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from secrets import token_bytes
from typing import Any

from sqlalchemy import select

from portal.accounts.actions import sign_in_ring
from portal.action import session
from portal.bench import walking
from portal.bench.base import WARD, Base
from portal.bench.drafts import answers
from portal.bench.report import Measure
from portal.bench.walk_steps import Seat, Walked
from portal.data.db import new_id
from portal.data.models.area import Area
from portal.data.models.case import CaseReport
from portal.demo.people import CITY, UNITS
from portal.domain import clock
from portal.domain.drafted import telling_from
from portal.domain.parties import BodyKind
from portal.domain.permissions import Role
from portal.domain.structure import body_id
from portal.domain.telling import LeadQuestion, Telling
from portal.intake.actions.submit import hand_in
from portal.papers.composing import Sent, Source

NUMBER, ACTORS, STEPS = 1_000, 8, 8
_OUTSIDE = 5
"""Every so many cases one belongs to a ward whose bodies are not on the portal."""
_LEADS = {Role.LEAD_REVIEWER, Role.LEAD_INSPECTOR}


def run(
    base: Base, *, number: int = NUMBER, seed: int = 1, say: Callable[[str], None] = print
) -> Iterator[Measure]:
    """Send `number` reports, walk their cases, check them; the measure is the number of faults."""

    def sign_in(body: str, lead: bool) -> Seat:
        officers = [one for one in base.seats if one.roles & (_LEADS | {Role.REVIEWER, Role.INSPECTOR})]
        # Who is not on the portal cannot act: another committee tries in its place, and is refused.
        here = [one for one in officers if one.body_id == body] or [
            one for one in officers if one.body_id == body_id(BodyKind.INSPECTION, WARD)
        ]
        seat = next(one for one in here if bool(one.roles & _LEADS) is lead)
        return sign_in_ring(seat.login, seat.passphrase)

    ward, outside = told(WARD), told(_outside())
    cases = [send(base, outside if n % _OUTSIDE == 0 else ward) for n in range(number)]
    ground = walking.Ground(base.settings, cases, sign_in)
    found = walking.run(ground, actors=ACTORS, steps=STEPS, seed=seed)
    for fault in found.faults[:20]:
        say(f"  {fault}")
    yield measure(found, base.kind)


def measure(found: walking.Findings, kind: str) -> Measure:
    """The figures of a run for bench.json."""
    more: dict[str, float] = {
        "cases": found.cases,
        "steps": found.steps,
        "notes": found.notes,
        "stale": found.stale,
        "refused": found.refused,
        "states": found.states,
        "seconds": found.seconds,
        "actors": ACTORS,
    }
    held = not found.faults
    return Measure("walk_faults", len(found.faults), "faults", kind, bar="0", held=held, more=more)


def told(area_id: str) -> Telling:
    """A report on the people's committee of a ward."""
    telling = telling_from(answers("Chuyện ngắn để đi qua các bước."), "portal", clock.today())
    name = session().get_one(Area, area_id).name
    office = replace(
        telling.office, area_id=area_id, body_id=body_id(BodyKind.COMMITTEE, area_id), body_name=name
    )
    said = {"past_due": True, "no_answer": False}
    # A report without a name is taken up where all three questions are answered yes (LTC art. 25).
    lead = {question.value: True for question in LeadQuestion}
    given: dict[str, Any] = {"lead": lead, "area_id": area_id, "area_name": name, "office": office}
    return replace(telling, category="delay", said=said, **given)


def send(base: Base, telling: Telling) -> Walked:
    """Send it, and name the case that it opened and the committee of its ward."""
    source = Source(new_id(), token_bytes(32), base.settings.pepper.encode())
    sent = hand_in(telling, source, identity_store=base.settings.identity_store)
    if not isinstance(sent, Sent):
        raise RuntimeError("no board receives the report")
    case_id = (
        session().scalars(select(CaseReport.case_id).where(CaseReport.report_id == sent.report_id)).one()
    )
    committee = body_id(BodyKind.INSPECTION, telling.area_id)
    return Walked(case_id, sent.report_id, sent.code, committee, outside=telling.area_id not in UNITS)


def _outside() -> str:
    found = select(Area.area_id).where(Area.parent_id == CITY, Area.area_id.not_in(list(UNITS)))
    return session().scalars(found.order_by(Area.area_id).limit(1)).one()
