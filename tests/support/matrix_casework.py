"""The committee's later steps in the reviewed table: clocks, dated records, corrections, publication."""

from dataclasses import replace

from tests.support.matrix_shapes import (
    AGAIN,
    CONFLICT,
    SEE_OTHER,
    Objects,
    Right,
    Row,
    What,
    Who,
    form,
    nothing,
)
from tests.support.world import World

_TEXT = "Một câu trả lời đủ dài để qua phép kiểm."
_PARTS = {"checked": _TEXT, "found": _TEXT, "done": _TEXT, "ground": _TEXT, "finding": "none"}
_DATED = {"dated-day": "2", "dated-month": "4", "dated-year": "2026"}
_TOLD = {"reason": _TEXT, "text": _TEXT, "send": "1"}
_DUE = {"due-day": "2", "due-month": "4", "due-year": "2027"}
_MOVES = (SEE_OTHER, CONFLICT)  # a step that this state does not have is refused with 409


def nobody(who: Who, what: What) -> bool:
    return False


def entries_of(cases: Objects, kind: str) -> Objects:
    """The same cases, for the page of one kind of dated record."""
    return lambda world: [replace(one, values=one.values | {"kind": kind}) for one in cases(world)]


def owed_of(cases: Objects) -> Objects:
    """A record that is none of the case's, which nobody gets; tests/pages/test_entries.py has real ones."""
    return lambda world: [replace(one, values=one.values | {"record_id": "0" * 16}) for one in cases(world)]


def lead_of_a_committee(who: Who, what: What) -> bool:
    return who.role == "lead" and who.body.startswith("inspection.")


def no_substitution(world: World) -> list[What]:
    """One that there is not; tests/pages/test_substituting.py has real ones."""
    return [What("front.VN", {"substitution_id": "0" * 16})]


def life_rows(inspectors: Right, lead_inspectors: Right, accepted: Objects) -> dict[str, Row]:
    """The rows, for those whom matrix.py names, on the cases that it names."""
    return {
        "casework.suspend": form(lead_inspectors, accepted, *_MOVES, until="other_result", **_TOLD),
        "casework.resume_work": form(lead_inspectors, accepted, *_MOVES, **_TOLD),
        "casework.extend": form(
            lead_inspectors, accepted, *_MOVES, AGAIN, ground="complex", days="30", **_TOLD
        ),
        "casework.substitute": form(lead_of_a_committee, nothing, AGAIN),
        "casework.end_substitution": form(nobody, no_substitution, SEE_OTHER),
        "casework.correct": form(lead_inspectors, accepted, *_MOVES, AGAIN, why=_TEXT, send="1", **_PARTS),
        "casework.enter": form(
            inspectors, entries_of(accepted, "bao-nguoi-bi-phan-anh"), *_MOVES, text=_TEXT, **_DATED
        ),
        "casework.record_outcome": form(
            lead_inspectors,
            entries_of(accepted, "khac-phuc"),
            *_MOVES,
            to="Phòng Nội vụ",
            text=_TEXT,
            **_DATED,
            **_DUE,
        ),
        "casework.follow_up": form(nobody, owed_of(accepted), *_MOVES, text=_TEXT, **_DATED),
        "casework.approve_publication": form(nobody, owed_of(accepted), *_MOVES, done="yes", text=_TEXT),
        "casework.check_remedy": form(nobody, owed_of(accepted), *_MOVES, done="yes", text=_TEXT),
    }
