"""The rows of the reviewed table (matrix.py) for supervision rounds, reprisals, and the table of ratings."""

from tests.support.askers import What, Who
from tests.support.matrix_shapes import (
    AGAIN,
    DATED,
    MALFORMED,
    MOVES,
    Row,
    button,
    form,
    read,
)
from tests.support.world import PLACES, World, front


def of_board(who: Who, what: What) -> bool:
    """Officers of the very board that holds the round."""
    return who.role in {"lead", "member"} and who.body.startswith("front.") and who.body == what.front


def of_any_board(who: Who, what: What) -> bool:
    return who.role in {"lead", "member"} and who.body.startswith("front.")


def lead_of_a_board(who: Who, what: What) -> bool:
    return who.role == "lead" and of_any_board(who, what)


def approver(who: Who, what: What) -> bool:
    """The lead: in every place the member drew it up."""
    return who.role == "lead" and of_board(who, what)


def rounds(world: World, **more: str) -> list[What]:
    found = [
        What(f"{place}'s", {"round_id": world.ids[place]["round"]} | more, front=front(place))
        for place in PLACES
    ]
    found.append(What("missing", {"round_id": "0" * 16} | more))
    return found + [What(f"malformed {text[:6]!r}", {"round_id": text} | more) for text in MALFORMED[:3]]


def steps(world: World) -> list[What]:
    return rounds(world, slug="gui-ke-hoach")


def sheets(world: World) -> list[What]:
    return rounds(world, sheet="ke-hoach")


def letters(world: World) -> list[What]:
    """The round of the own ward that came to its recommendation."""
    ids = world.ids["own"]
    mine = {"round_id": ids["followed"], "item_id": ids["item"]}
    other = {"round_id": ids["round"], "item_id": ids["item"]}
    missing = What("missing", mine | {"item_id": "0" * 16})
    return [What("own", mine, front=front("own")), What("item of another", other), missing]


def links(world: World) -> list[What]:
    ids = world.ids["own"]
    mine = {"round_id": ids["round"], "case_id": ids["received"]}
    return [
        What("own", mine, front=front("own")),
        What("missing", mine | {"case_id": "0" * 16}),
        What("sibling's case", mine | {"case_id": world.ids["sibling"]["received"]}),
    ]


def protections(world: World) -> list[What]:
    """Measures of protection: the own ward's case of a reprisal lies at the city's board."""
    ids = world.ids["own"]
    mine = {"case_id": ids["reprisal"], "protection_id": ids["protection"]}
    return [
        What("the city's", mine, front=front("parent")),
        What("missing", mine | {"protection_id": "0" * 16}),
    ]


def suffered(world: World) -> list[What]:
    """That case, and those that are about no reprisal."""
    mine = What("the city's", {"case_id": world.ids["own"]["reprisal"]}, front=front("parent"))
    other = What("no reprisal", {"case_id": world.ids["parent"]["received"]})
    return [mine, other, What("missing", {"case_id": "0" * 16})]


_TEXT = "Một câu đủ dài để qua phép kiểm của biểu mẫu."
_NEXT = {"due-day": "2", "due-month": "4", "due-year": "2027"}
_PLAN = {"title": _TEXT, "subject": "land", "purpose": _TEXT, "content": _TEXT, "place": "Hội trường"}

ROUNDS: dict[str, Row] = {
    "rounds.rounds": read(of_any_board),
    "rounds.plan": form(of_any_board, lambda world: [What("")], AGAIN, **_PLAN),
    "rounds.show": read(of_board, rounds),
    "rounds.change": form(of_board, rounds, AGAIN, **_PLAN),
    "rounds.approve": form(approver, rounds, *MOVES, sure="y"),
    "rounds.step": form(of_board, steps, *MOVES, text=_TEXT, **DATED),
    "rounds.link": form(of_board, rounds, *MOVES, AGAIN, case="0" * 16),
    "rounds.unlink": button(of_board, links, *MOVES),
    "rounds.follow_up": form(of_board, rounds, *MOVES, AGAIN, body="x", text=_TEXT, **_NEXT),
    "rounds.check": form(of_board, letters, *MOVES, outcome="done", text=_TEXT, **DATED),
    "rounds.sheet": read(of_board, sheets),
    "triage.satisfaction": read(lead_of_a_board),
    # Who suffers for a report: at the board above the one that received it.
    "triage.ask_protection": form(
        of_board, suffered, measure="work", body="Liên đoàn Lao động", text=_TEXT, **DATED
    ),
    "triage.settle_protection": form(of_board, protections, state="taken", text=_TEXT, **DATED),
}
