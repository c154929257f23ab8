"""Why the register is not changed: codes that the pages put into words."""

from enum import StrEnum


class Because(StrEnum):
    """Why an act on the register is refused."""

    NOT_YET = "not_yet"
    PAST = "past"
    LATER_CHANGE = "later_change"
    SAME = "same"
    NO_ROW = "no_row"
    HAS_KEYS = "has_keys"
    HAS_CASES = "has_cases"
    HAS_BELOW = "has_below"
    TAKES_PART = "takes_part"
    NOT_HERE = "not_here"
    NO_SUCCESSOR = "no_successor"
    UNDO_WAITS = "undo_waits"
    DEPENDS_UNITS = "depends_units"
    DEPENDS_KEYS = "depends_keys"
    DEPENDS_REPORTS = "depends_reports"
    DEPENDS_CASES = "depends_cases"
    HEIR_NOT_FOUNDED = "heir_not_founded"
    KEY_NOT_HELD = "key_not_held"
    NOT_A_PART = "not_a_part"
    IN_CONFLICT = "in_conflict"


class Refused(Exception):
    """Nothing was changed; `which` names the unit, body or row concerned."""

    def __init__(self, because: Because, which: str = "") -> None:
        super().__init__(f"{because} {which}".strip())
        self.because = because
        self.which = which
