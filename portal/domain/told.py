"""A telling as it is sealed: `head` for lists, `content` for whoever opens the report, and back again."""

from collections.abc import Mapping
from typing import Any

from portal.domain.kinds import ReportKind
from portal.domain.parties import BodyKind, Level, PostGroup
from portal.domain.telling import Office, Openness, Said, Telling

Json = dict[str, Any]


def head_of(telling: Telling) -> Json:
    """Office, post and category, as a list shows them."""
    office = telling.office
    return {
        "office": {
            "body_id": office.body_id,
            "name": office.body_name,
            "kind": office.kind,
            "level": office.level,
            "area_id": office.area_id,
            "detail": office.detail,
        },
        "post": {"post": office.post, "name": office.post_name, "group": office.group},
        "category": telling.category,
    }


def content_of(telling: Telling) -> Json:
    """Everything that was typed and chosen, save who the resident is."""
    return {
        **head_of(telling),
        "kind": telling.kind,
        "place": {"area_id": telling.area_id, "name": telling.area_name, "street": telling.street},
        "person": telling.office.person,
        "ties": {"front": telling.at_front, "party": telling.at_party, "inspection": telling.at_inspection},
        "signs": dict(telling.said),
        "story": telling.story,
        "when": telling.when,
        "period": telling.period,
        "where": telling.where,
        "openness": telling.openness,
        "lead": dict(telling.lead),
    }


def telling_of(content: Mapping[str, Any]) -> Telling:
    """The telling again from an opened content; the contact is sealed elsewhere and stays empty."""
    place, ties = content["place"], content["ties"]
    return Telling(
        kind=ReportKind(content["kind"]),
        area_id=place["area_id"],
        area_name=place["name"],
        street=place["street"],
        office=_office(content),
        at_front=Said(ties["front"]),
        at_party=Said(ties["party"]),
        at_inspection=Said(ties["inspection"]),
        category=content["category"],
        said=content["signs"],
        story=content["story"],
        when=content["when"],
        period=content["period"],
        where=content["where"],
        openness=Openness(content["openness"]),
        lead=content["lead"],
    )


def _office(content: Mapping[str, Any]) -> Office:
    office, post = content["office"], content["post"]
    return Office(
        body_id=office["body_id"],
        body_name=office["name"],
        kind=BodyKind(office["kind"]) if office["kind"] else None,
        level=Level(office["level"]) if office["level"] else None,
        area_id=office["area_id"],
        detail=office["detail"],
        post=post["post"],
        post_name=post["name"],
        group=PostGroup(post["group"]) if post["group"] else None,
        person=content["person"],
    )
