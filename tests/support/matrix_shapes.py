"""The shapes of the reviewed table (matrix.py): who asks, what for, and what he is answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.askers import What, Who
from tests.support.world import World

OK, SEE_OTHER, GONE, CONFLICT, AGAIN = 200, 303, 404, 409, 422
MALFORMED = ("\x00", "..", "💩", "x" * 300, "%", "Z" * 16, "' OR 1=1 --")


TEXT = "Một câu trả lời đủ dài để qua phép kiểm."
PARTS = {"checked": TEXT, "found": TEXT, "done": TEXT, "ground": TEXT, "finding": "none"}
DAY = {"day-day": "2", "day-month": "4", "day-year": "2026"}
DATED = {"dated-day": "2", "dated-month": "4", "dated-year": "2026"}
MOVES = (SEE_OTHER, CONFLICT)  # a step that this state does not have is refused with 409

Right = Callable[[Who, What], bool]
Objects = Callable[[World], list[What]]


def nothing(world: World) -> list[What]:
    return [What("")]


@dataclass(frozen=True)
class Row:
    """One endpoint. `get` and `post`: what those it is for are answered; None where it has no such method."""

    right: Right
    objects: Objects = nothing
    get: tuple[int, ...] | None = (OK,)
    post: tuple[int, ...] | None = None
    data: dict[str, Any] = field(default_factory=dict)


def read(right: Right, objects: Objects = nothing, *answers: int) -> Row:
    return Row(right, objects, answers or (OK,))


def form(right: Right, objects: Objects, *answers: int, **data: Any) -> Row:
    """A page with a form; sent with a body that is valid, for an invalid one hides a missing check."""
    return Row(right, objects, (OK,), answers or (SEE_OTHER,), data)


def button(right: Right, objects: Objects = nothing, *answers: int, **data: Any) -> Row:
    return Row(right, objects, None, answers or (SEE_OTHER,), data)
