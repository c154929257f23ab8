"""What a real answer holds: checked, found, done, ground; "đã tiếp thu" alone is none (rule 39, design)."""

from dataclasses import asdict, dataclass
from enum import StrEnum

from portal.domain.text import fold

SHORTEST = 20
LONGEST = 4000
_EMPTY_PHRASES = (
    "da tiep thu",
    "xin tiep thu",
    "ghi nhan",
    "da ghi nhan",
    "se xem xet",
    "da nhan duoc",
    "khong co",
)


class Finding(StrEnum):
    """What the verification found."""

    VIOLATION = "violation"
    PARTLY = "partly"
    NONE = "none"
    NOT_ESTABLISHED = "not_established"


class Part(StrEnum):
    """The four parts of an answer."""

    CHECKED = "checked"
    FOUND = "found"
    DONE = "done"
    GROUND = "ground"


class Fault(StrEnum):
    """Why a part cannot stand."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    EMPTY_PHRASE = "empty_phrase"


@dataclass(frozen=True)
class Answer:
    """The four parts in the words that the resident will read."""

    checked: str
    found: str
    done: str
    ground: str

    def as_content(self) -> dict[str, str]:
        return asdict(self)


class NoRealAnswer(Exception):
    """A part of the answer is missing or says nothing; `faults` by part."""

    def __init__(self, faults: dict[Part, Fault]) -> None:
        super().__init__(", ".join(f"{part}: {fault}" for part, fault in faults.items()))
        self.faults = faults


def faults_of(answer: Answer) -> dict[Part, Fault]:
    """The parts that are too short, too long, or a phrase that says nothing."""
    found = {}
    for part in Part:
        fault = _fault(str(getattr(answer, part.value)).strip())
        if fault is not None:
            found[part] = fault
    return found


def _fault(text: str) -> Fault | None:
    said = fold(text).strip(" .!,;")
    for phrase in _EMPTY_PHRASES:
        if said.startswith(phrase) and len(said) - len(phrase) < SHORTEST:
            return Fault.EMPTY_PHRASE
    if len(text) < SHORTEST:
        return Fault.TOO_SHORT
    return Fault.TOO_LONG if len(text) > LONGEST else None


def require_real(answer: Answer) -> None:
    """Raise NoRealAnswer unless all four parts stand."""
    faults = faults_of(answer)
    if faults:
        raise NoRealAnswer(faults)
