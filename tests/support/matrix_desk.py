"""Rows of the reviewed table (matrix.py) for an officer's desk: his own things, and the texts of his body."""

from tests.support.askers import What, Who
from tests.support.matrix_shapes import AGAIN, MALFORMED, OK, Row, button, form, nothing, read
from tests.support.world import World, front

LEAD, MEMBER = f"lead.{front('own')}", f"member.{front('own')}"
_TODAY = {"valid_from-day": "1", "valid_from-month": "1", "valid_from-year": "2099"}
_WORDS = {"use": "notice", "title": "Báo tin", "text": "Chúng tôi đang xem.", **_TODAY}


def officers(who: Who, what: What) -> bool:
    return who.role in {"lead", "member"}


def leads(who: Who, what: What) -> bool:
    return who.role == "lead"


def lead_inspectors(who: Who, what: What) -> bool:
    return who.role == "lead" and who.body.startswith("inspection.")


def its_owner(who: Who, what: What) -> bool:
    """Nobody but the one who keeps it."""
    return bool(what.account) and who.login == what.account


def leads_of_it(who: Who, what: What) -> bool:
    """The lead of the very body whose text it is."""
    return who.role == "lead" and bool(what.front) and who.body == what.front


def _one(world: World, kind: str, name: str, **whose: str) -> list[What]:
    nobodys = [What("missing", {name: "0" * 16})]
    nobodys += [What(f"malformed {text[:6]!r}", {name: text}) for text in MALFORMED[:3]]
    return [What("the own board's", {name: world.ids["own"][kind]}, **whose), *nobodys]


def of_the_queue(who: Who, what: What) -> bool:
    """Officers whose bodies have such a queue."""
    kind = "front." if what.name == "triage" else "inspection."
    return what.name != "missing" and officers(who, what) and who.body.startswith(kind)


def lists(world: World) -> list[What]:
    return [What(stage, {"stage": stage}) for stage in ("triage", "casework", "missing")]


def filters(world: World) -> list[What]:
    return _one(world, "saved_filter", "filter_id", account=LEAD)


def mentions(world: World) -> list[What]:
    return _one(world, "mention", "mention_id", account=MEMBER)


def texts(world: World) -> list[What]:
    return _one(world, "text", "text_id", front=front("own"))


def absences(world: World) -> list[What]:
    return _one(world, "leave", "leave_id", account=MEMBER, front=front("own"))


def oneself_or_lead(who: Who, what: What) -> bool:
    """The officer who is away, and the lead of the very body."""
    own = bool(what.front) and who.body == what.front
    return own and (who.role == "lead" or (who.role == "member" and who.login == what.account))


DESK: dict[str, Row] = {
    "desk.work": read(officers),
    "desk.save": form(of_the_queue, lists, name="Sắp đến hạn"),
    "desk.drop": button(its_owner, filters),
    "desk.seen": button(its_owner, mentions),
    "desk.texts_list": read(officers),
    "desk.new_text": form(leads, nothing, **_WORDS),
    "desk.change_text": form(leads_of_it, texts, **_WORDS),
    "desk.end_text": button(leads_of_it, texts),
    "accounts.end_leave": button(oneself_or_lead, absences),
    # Several cases at once; of each the act itself asks again.
    "casework.assign_many": button(lead_inspectors, nothing, OK, AGAIN, cases="x.1", account="0" * 16),
}
