"""What the engine answers: a competent body, an open question, or guidance; and what it looked at."""

from dataclasses import dataclass
from enum import StrEnum

from portal.domain.parties import AreaFacts, BodyFacts, BodyKind, Level
from portal.domain.receiving import Skipped


@dataclass(frozen=True, slots=True)
class Route:
    """The competent body. `active`: it takes part in the portal, else the case is handed over outside it.

    `rule` is the rule that named it, `claim` the one that named the first body where a conflict moved it up.
    `joining` bodies take part (LTC 12(2), 12(3)); they get nothing by themselves.
    """

    body: BodyFacts
    rule: str
    source: str
    reason: str
    active: bool
    conflicts: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    joining: tuple[BodyFacts, ...] = ()
    claim: str = ""

    @property
    def body_kind(self) -> BodyKind:
        return self.body.kind

    @property
    def level(self) -> Level:
        return self.body.level


class Open(StrEnum):
    """What must be answered before a body can be named."""

    WHICH_UNIT = "which_unit"
    WHICH_POST = "which_post"
    WHO_MANAGES = "who_manages"
    WHICH_POST_THEN = "which_post_then"


@dataclass(frozen=True, slots=True)
class Question:
    """An open question; for WHICH_UNIT the street decides between the candidates, never a default."""

    code: Open
    candidates: tuple[AreaFacts, ...] = ()


class Advice(StrEnum):
    """Guidance instead of a body."""

    NOBODY_LEFT = "nobody_left"
    UNDETERMINED = "undetermined"
    OWN_CELL = "own_cell"
    OTHER_LINE = "other_line"
    CRIME = "crime"
    COMPLAINT = "complaint"
    PROCEDURE = "procedure"
    PRAISE = "praise"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Guidance:
    """No body of the register is named.

    UNDETERMINED goes to the province's queue, never to a default (rule 17). For OWN_CELL and OTHER_LINE
    `kind` and `level` say who is competent outside the register.
    """

    code: Advice
    rule: str = ""
    source: str = ""
    skipped: tuple[Skipped, ...] = ()
    kind: BodyKind | None = None
    level: Level | None = None


Answer = Route | Question | Guidance


class Unmet(StrEnum):
    """Unmet a rule did not apply."""

    NOT_IN_FORCE = "not_in_force"
    OTHER_KIND = "other_kind"
    OTHER_TRACK = "other_track"
    OTHER_OFFICE = "other_office"
    A_PERSON = "a_person"
    NOT_MOVED = "not_moved"
    NOT_LEFT = "not_left"
    NOT_HIGHER = "not_higher"
    NOT_SAME_RANK = "not_same_rank"
    KNOWN = "known"
    UNIT_STANDS = "unit_stands"
    NO_CONFLICT = "no_conflict"
    HOLDS_OFFICE = "holds_office"


@dataclass(frozen=True, slots=True)
class Look:
    """One rule that was looked at. `why` is None for the rule that answered, or that moved the answer."""

    rule: str
    source: str
    why: Unmet | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer with its trace: every rule looked at, in order, and why it did or did not apply."""

    answer: Answer
    trace: tuple[Look, ...]
