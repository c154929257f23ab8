"""Cases for the tests of rights that were split, joined, or went to a body outside the portal."""

from dataclasses import replace

from portal.action import session
from portal.config import Settings
from portal.data.models.case import Case
from portal.domain.kinds import Kind
from portal.domain.parties import Level
from portal.domain.parting import Part
from portal.domain.permissions import Actor
from portal.triage import actions as triage
from portal.vault.ring import KeyRing
from tests.support import make
from tests.support.people import People

OUTSIDE = "C27031b"  # a ward whose bodies have no keys: the city's board receives, its committee is outside


def grouped(people: People, settings: Settings) -> dict[str, str]:
    """Ids by name: "split" and its "sister", "into" and the "joined" one, and what went "outside"."""
    actor, ring = people.signed_in(f"lead.{make.FRONT}")
    case = _classified(settings, actor, ring)
    parts = (Part("A", "", "việc một", (0,), signs=True), Part("B", "", "việc hai", (1,)))
    ids = {"split": case.id}
    [ids["sister"]] = triage.split(actor, case, ring, parts=parts, seen=case.version)
    into, joined = _classified(settings, actor, ring), _classified(settings, actor, ring)
    triage.join(actor, joined, ring, into=into.id, why="Cùng việc", seen=joined.version)
    return ids | {"into": into.id, "joined": joined.id, "outside": outside(people, settings).id}


def outside(people: People, settings: Settings) -> Case:
    """A case that the city's board handed over, with one letter that urges."""
    office = replace(make.telling().office, body_id=f"committee.{OUTSIDE}", area_id=OUTSIDE)
    sent = make.report(settings, area_id=OUTSIDE, area_name="Phường ngoài Cổng", office=office)
    case = make.case_of(sent)
    actor, ring = people.signed_in("lead.front.P79b")
    triage.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    make.established(actor, case, ring, Level.COMMUNE)
    versions = (triage.HandoverVersion(sent.report_id, "Bản chuyển ra ngoài.", "Một cửa", ()),)
    given = {"committee_id": f"inspection.{OUTSIDE}", "versions": versions, "register_no": "12/MTTQ"}
    triage.hand_over(actor, case, ring, seen=case.version, **given)
    urged = {"kind": triage.ReminderKind.REMINDER, "register_no": "15/MTTQ"}
    triage.urge(actor, case, seen=case.version, **urged)
    return case


def _classified(settings: Settings, actor: Actor, ring: KeyRing) -> Case:
    case = make.case_of(make.report(settings))
    triage.classify(actor, case, ring, kind=Kind.PETITION, why="", seen=case.version)
    session().refresh(case)
    return case
