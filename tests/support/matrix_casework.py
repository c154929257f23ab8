"""The committee's later steps in the reviewed table: clocks, dated records, corrections, publication."""

from dataclasses import replace

from tests.support.matrix_shapes import (
    AGAIN,
    DATED,
    MOVES,
    PARTS,
    TEXT,
    Objects,
    Right,
    Row,
    What,
    Who,
    form,
)

_TOLD = {"reason": TEXT, "text": TEXT, "send": "1"}
_DUE = {"due-day": "2", "due-month": "4", "due-year": "2027"}


def nobody(who: Who, what: What) -> bool:
    return False


def entries_of(cases: Objects, kind: str) -> Objects:
    """The same cases, for the page of one kind of dated record."""
    return lambda world: [replace(one, values=one.values | {"kind": kind}) for one in cases(world)]


def owed_of(cases: Objects) -> Objects:
    """A record that is none of the case's, which nobody gets; tests/pages/test_entries.py has real ones."""
    return lambda world: [replace(one, values=one.values | {"record_id": "0" * 16}) for one in cases(world)]


def unpublished(cases: Objects) -> Objects:
    """A text that no case published; tests/pages/test_results.py has real ones."""
    return lambda world: [replace(one, values=one.values | {"public_id": "0" * 16}) for one in cases(world)]


def life_rows(inspectors: Right, lead_inspectors: Right, accepted: Objects) -> dict[str, Row]:
    """The rows, for those whom matrix.py names, on the cases that it names."""
    return {
        "casework.suspend": form(lead_inspectors, accepted, *MOVES, until="other_result", **_TOLD),
        "casework.resume_work": form(lead_inspectors, accepted, *MOVES, **_TOLD),
        "casework.extend": form(
            lead_inspectors, accepted, *MOVES, AGAIN, ground="complex", days="30", **_TOLD
        ),
        "casework.correct": form(lead_inspectors, accepted, *MOVES, AGAIN, why=TEXT, send="1", **PARTS),
        "casework.enter": form(
            inspectors, entries_of(accepted, "bao-nguoi-bi-phan-anh"), *MOVES, text=TEXT, **DATED
        ),
        "casework.record_outcome": form(
            lead_inspectors,
            entries_of(accepted, "khac-phuc"),
            *MOVES,
            to="Phòng Nội vụ",
            text=TEXT,
            **DATED,
            **_DUE,
        ),
        "casework.follow_up": form(nobody, owed_of(accepted), *MOVES, text=TEXT, **DATED),
        "casework.approve_publication": form(nobody, owed_of(accepted), *MOVES, done="yes", text=TEXT),
        "casework.withdraw_publication": form(nobody, unpublished(accepted), *MOVES, reason=TEXT),
        "casework.correct_publication": form(
            nobody, unpublished(accepted), *MOVES, text=TEXT, why=TEXT, **_DUE
        ),
        "casework.check_remedy": form(nobody, owed_of(accepted), *MOVES, done="yes", text=TEXT),
    }
