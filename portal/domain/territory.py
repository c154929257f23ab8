"""Finding a unit by what was typed: the best match first, always in the same order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from portal.domain.parties import Level
from portal.domain.place_query import Reading, accented_words
from portal.domain.structure import unit_name
from portal.domain.text import sort_key


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit of any period. `above`: keys of the units over it, those of former provinces included."""

    area_id: str
    name: str
    key: str
    level: Level
    above: tuple[str, ...] = ()
    place: str = ""  # names of the units over it, as shown
    valid_from: date | None = None
    valid_to: date | None = None


class Score(NamedTuple):
    """How well a candidate fits: compared from left to right, smaller is better."""

    unexplained: int  # words that belong neither to its name nor to a unit above it
    grade: int  # 0 its whole name was typed, 1 the beginning of it, 2 a part inside it
    wrong_kind: int  # 1 if another kind of unit was written
    accents: int  # words typed with other diacritics
    level: int
    closed: int

    @property
    def exact(self) -> bool:
        """Its whole name was typed, and nothing else but units above it."""
        return self.unexplained == 0 and self.grade == 0


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate and how well it fits."""

    candidate: Candidate
    score: Score


_LEVEL_ORDER = {Level.COMMUNE: 0, Level.PROVINCE: 1, Level.DISTRICT: 2}


def rank(readings: Sequence[Reading], candidates: Iterable[Candidate], limit: int = 40) -> list[Scored]:
    """The best `limit` of the candidates that fit; ties in Vietnamese order of name and place, then by id.

    What explains fewer words than the best is left out, and where a unit of the written kind has exactly
    this name, so are units of other kinds.
    """
    found = []
    for candidate in candidates:
        scores = [score for reading in readings for score in _scores(reading, candidate)]
        if scores:
            found.append(Scored(candidate, min(scores)))
    if not found:
        return []
    best = min(one.score for one in found)
    found = [
        one
        for one in found
        if one.score.unexplained == best.unexplained
        and (one.score.wrong_kind <= best.wrong_kind or not best.exact)
    ]
    found.sort(key=lambda one: one.score)
    if len(found) > limit:
        # The Vietnamese order is dear, so it is asked only of those that may come in.
        found = [one for one in found if one.score <= found[limit - 1].score]
    found.sort(key=_order)
    return found[:limit]


def _order(one: Scored) -> tuple[Score, str, str, str]:
    unit = one.candidate
    return one.score, sort_key(unit_name(unit.name).own), sort_key(unit.place), unit.area_id


def _scores(reading: Reading, candidate: Candidate) -> Iterator[Score]:
    for start, end, grade in _places(reading.words, tuple(candidate.key.split())):
        rest = (*reading.words[:start], "", *reading.words[end:])
        wanted = reading.kinds[start]
        yield Score(
            _unexplained(rest, candidate.above),
            grade,
            int(bool(wanted) and not candidate.name.startswith(wanted)),
            0 if grade else _other_accents(reading.accents[start:end], candidate.name),
            _LEVEL_ORDER.get(candidate.level, 3),
            int(candidate.valid_to is not None),
        )


def _other_accents(typed: Sequence[str], name: str) -> int:
    if not any(typed):
        return 0
    own = accented_words(name)
    return sum(bool(word) and word != other for word, other in zip(typed, own, strict=False))


def _places(words: Sequence[str], own: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """Where the name stands among the words, as (start, end, grade)."""
    size, typed = len(own), len(words)
    for start in range(typed - size + 1):
        if tuple(words[start : start + size]) == own:
            yield start, start + size, 0
    for offset in range(size - typed + 1):
        part = own[offset : offset + typed]
        if part[:-1] == tuple(words[:-1]) and part[-1].startswith(words[-1]):
            yield 0, typed, 2 if offset else 1
            return


def _unexplained(rest: Sequence[str], above: Iterable[str]) -> int:
    """How many words are in no name of a unit above; the empty word marks where the own name stood."""
    text = f" {'  '.join(rest)} "
    for key in sorted(set(above), key=len, reverse=True):
        text = text.replace(f" {key.replace(' ', '  ')} ", " ", 1)
    return len(text.split())
