"""Conflict of interest at every moment: who is named, whose relative, which body may have it then.

Source: NĐ 31/2019 art. 5(2) and 5(3), LTC 12(1) and 12(6), rules 18, 19, 24; decisions 2 to 4 (design).
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from portal.domain.life import MOVES, State, Step
from portal.domain.parties import BodyFacts
from portal.domain.phrases import tokens
from portal.domain.receiving import conflicts_of
from portal.domain.structure import is_active, line_of
from portal.domain.telling import spelled, words_of
from portal.domain.title_words import HONOURS, LEADING

SHORTEST, LONGEST = 2, 6
"""How many words a declared name has; so many words in a row of a text are looked up."""


class Relation(StrEnum):
    """What a declared relative is to the member (NĐ 31/2019 art. 5(2))."""

    SPOUSE = "spouse"
    PARENT = "parent"
    ADOPTIVE_PARENT = "adoptive_parent"
    PARENT_IN_LAW = "parent_in_law"
    CHILD = "child"
    ADOPTED_CHILD = "adopted_child"
    CHILD_IN_LAW = "child_in_law"
    SIBLING = "sibling"


class BarReason(StrEnum):
    """Why a person has no part in a case."""

    NAMED = "named"
    RELATIVE = "relative"
    OWN_WORD = "own_word"


class ConflictSource(StrEnum):
    """What brought a late conflict to light."""

    MEMBER_ADMITTED = "member_admitted"
    PERSON_NAMED = "person_named"
    LETTER = "letter"
    RELATIVE_DECLARED = "relative_declared"
    LEAD_APPOINTED = "lead_appointed"
    BEFORE_RESEALING = "before_resealing"


class Side(StrEnum):
    """Which of the two bodies of a case is meant: the Front board, or the committee."""

    FRONT = "front"
    COMMITTEE = "committee"


class LockState(StrEnum):
    """How far a lock has come."""

    WAITING = "waiting"  # for an officer of the body above to seal anew
    PASSED = "passed"  # a body between: it would be in conflict, too
    DONE = "done"
    NOBODY = "nobody"  # nobody above is free: guidance to the centre's reception


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person who sits on a body; `leads` for its head and deputies."""

    account_id: str
    body_id: str
    name: str
    leads: bool = False


@dataclass(frozen=True)
class Verdict:
    """The bodies in conflict, and the persons who have no part, each with the reason."""

    bodies: frozenset[str] = frozenset()
    barred: Mapping[str, BarReason] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.bodies or self.barred)


@dataclass(frozen=True, slots=True)
class Climb:
    """Where a matter goes from a body in conflict: `passed` is that body and those between, lowest first.

    `target` is None where nobody above is free (decisions 3).
    """

    passed: tuple[str, ...]
    target: str | None


def named_in(typed: str, people: Iterable[Sitting]) -> frozenset[str]:
    """The accounts of those whose whole name stands in the text, spelling set aside."""
    text = f" {' '.join(words_of(typed))} "
    return frozenset(one.account_id for one in people if (name := spelled(one.name)) and f" {name} " in text)


def phrases(typed: str) -> Iterator[str]:
    """Every row of 2 to 6 words of a text, each once, as a declared name would be spelled."""
    words = words_of(typed)
    seen: set[str] = set()
    for size in range(SHORTEST, LONGEST + 1):
        for start in range(len(words) - size + 1):
            phrase = " ".join(words[start : start + size])
            if phrase not in seen:
                seen.add(phrase)
                yield phrase


def may_be_declared(name: str) -> bool:
    """True for a name that a text can be compared with: 2 to 6 words without the title."""
    return SHORTEST <= len(spelled(name).split()) <= LONGEST


def is_bare_name(name: str) -> bool:
    """True for a name that stands in a report as it stands here: 2 to 6 Latin words, no rank, no sign.

    With "Luật sư", a number or a letter of another script in it a name is never found (design).
    """
    words = name.split()
    if not SHORTEST <= len(words) <= LONGEST or not all(_is_latin(word) for word in words):
        return False
    folded = tokens(name)
    return not any(LEADING.at(folded, at) or HONOURS.at(folded, at) for at in range(len(folded)))


def _is_latin(word: str) -> bool:
    letters = unicodedata.normalize("NFC", word).replace("'", "").replace("’", "")
    return letters.isalpha() and all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def judge(
    people: Iterable[Sitting], named: frozenset[str], kin: frozenset[str], assignee_id: str | None = None
) -> Verdict:
    """What follows from who is named: `named` accounts themselves, `kin` through a declared relative.

    A member: his body is in conflict. A relative of who leads the body or verifies the case: likewise, the
    superior takes over. A relative of another member: he alone has no part.
    """
    bodies: set[str] = set()
    barred: dict[str, BarReason] = {}
    for one in people:
        settles = one.leads or one.account_id == assignee_id
        if one.account_id in named or (settles and one.account_id in kin):
            bodies.add(one.body_id)
        if one.account_id in named:
            barred[one.account_id] = BarReason.NAMED
        elif one.account_id in kin:
            barred[one.account_id] = BarReason.RELATIVE
    return Verdict(frozenset(bodies), barred)


def climb(
    holder: str,
    bodies: Mapping[str, BodyFacts],
    conflicted: Iterable[str],
    held: Iterable[str] = (),
) -> Climb:
    """From `holder` up its line to the first active body that is free, and whose superiors are free.

    `held`: bodies that can open it already; it never goes below one of them.
    """
    line = line_of(holder, bodies)
    barred, holders = frozenset(conflicted), frozenset(held)
    least = max((place for place, body in enumerate(line) if body.id in holders), default=0)
    for place, body in enumerate(line):
        if place == 0 or place < least:
            continue
        if not conflicts_of(body.id, bodies, barred) and is_active(body.id, bodies):
            return Climb(tuple(one.id for one in line[:place]), body.id)
    return Climb(tuple(one.id for one in line) or (holder,), None)


def step_up(side: Side, state: State) -> Step:
    """The step by which a case goes up: taken over with the work, moved where it was only followed."""
    own = Step.HAND_UP if side is Side.FRONT else Step.TAKE_OVER
    return own if state in MOVES[own].sources else Step.MOVE_UP
