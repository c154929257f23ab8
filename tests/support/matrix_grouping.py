"""Objects of the reviewed table: cases that were split or joined, and one that went outside the portal."""

from collections.abc import Callable

from tests.support.askers import What
from tests.support.matrix_shapes import AGAIN, CONFLICT, MOVES, TEXT, Objects, Right, Row, form, read
from tests.support.world import World, front


def grouped(world: World) -> list[What]:
    """One of two matters and its sister, a case that took another in, and the one that rests in it."""
    ids = world.ids["own"]
    names = ("split", "sister", "into", "joined")
    return [What(f"own, {one}", {"case_id": ids[one]}, front=front("own")) for one in names]


def outside(world: World) -> list[What]:
    """The case that the city's board handed over, and none."""
    mine = What("the city's", {"case_id": world.ids["own"]["outside"]}, front=front("parent"))
    return [mine, What("missing", {"case_id": "0" * 16})]


def also(others: Callable[[World], list[What]]) -> Callable[[World], list[What]]:
    """Other cases at boards, those that were grouped, and the one outside."""
    return lambda world: [*others(world), *grouped(world), *outside(world)[:1]]


def urging_letters(world: World) -> list[What]:
    """Its first letter, and one that was never written."""
    values = {"case_id": world.ids["own"]["outside"]}
    mine = What("the city's first", values | {"number": "1"}, front=front("parent"))
    return [mine, What("missing", values | {"number": "9"})]


def grouping_rows(reviewers: Right, any_reviewer: Right, received: Objects) -> dict[str, Row]:
    """The rows of splitting, joining and of what leaves the portal, for those whom matrix.py names."""
    here = also(received)
    return {
        "triage.split": form(reviewers, here, AGAIN, CONFLICT, send="1"),
        "triage.join": form(reviewers, here, *MOVES, AGAIN, why=TEXT),
        "triage.unjoin": form(reviewers, here, *MOVES, reason=TEXT),
        "triage.awaited": read(any_reviewer),
        "triage.cover": read(reviewers, outside),
        "triage.version": read(reviewers, outside),
        "triage.letter": read(reviewers, urging_letters),
        "triage.urge": form(reviewers, here, *MOVES, register_no="16/MTTQ"),
        "triage.escalate": form(reviewers, here, *MOVES, AGAIN, register_no="17/MTTQ"),
    }
