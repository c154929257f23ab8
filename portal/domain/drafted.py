"""From the answers of a complete draft to what the resident tells."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.domain.drafting import Answers, FormStep, category_of, kind_of, path, signs_of
from portal.domain.kinds import ReportKind
from portal.domain.parties import BodyKind, Level, PostGroup
from portal.domain.telling import Contact, LeadQuestion, Office, Openness, Said, Telling


def telling_from(answers: Answers, store: str, day: date) -> Telling:
    """The telling; answers to steps that the report no longer has count for nothing."""
    given = {step.value: answers.get(step, {}) for step in path(answers, store, day)}
    place, when, ties = given["place"], given["when"], given.get("ties", {})
    contact = given.get("contact", {})
    return Telling(
        kind=kind_of(answers) or ReportKind.ACT,
        area_id=place["area_id"],
        area_name=place["name"],
        street=place.get("street", ""),
        office=office_of(answers),
        at_front=Said(ties.get("front", Said.UNKNOWN)),
        at_party=Said(ties.get("party", Said.UNKNOWN)),
        at_inspection=Said(ties.get("inspection", Said.UNKNOWN)),
        category=category_of(answers, day),
        said=signs_of(answers) if "signs" in given else {},
        story=given["story"].get("story", ""),
        when=when.get("when", ""),
        period=when.get("period", ""),
        where=when.get("where", ""),
        openness=Openness(given["about"].get("openness", Openness.ANONYMOUS)),
        contact=Contact(contact.get("name", ""), contact.get("phone", ""), contact.get("address", "")),
        lead=_lead(given["consent"]),
    )


def office_of(answers: Answers) -> Office:
    """The office and post as far as they are answered."""
    office = answers.get(FormStep.OFFICE.value, {})
    post = answers.get(FormStep.POST.value, {})
    kind, level, group = office.get("kind"), office.get("level"), post.get("group")
    return Office(
        body_id=office.get("body_id", ""),
        body_name=office.get("name", ""),
        kind=BodyKind(kind) if kind else None,
        level=Level(level) if level else None,
        area_id=office.get("area_id", ""),
        detail=office.get("detail", ""),
        post=post.get("post_key", ""),
        post_name=post.get("post_name", ""),
        group=PostGroup(group) if group else None,
        person=post.get("person", ""),
    )


def _lead(consent: Mapping[str, Any]) -> dict[str, bool]:
    return {one.value: consent[one.value] == "yes" for one in LeadQuestion if consent.get(one.value)}
