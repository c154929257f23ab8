"""Finding a place as people type it: spelling set aside, the best match first, always in the same order."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.parties import Level
from portal.domain.structure import unit_name
from portal.domain.text import fold, sort_key

MAX_QUERY = 80
"""Characters of a query that are looked at."""

_APOSTROPHES = re.compile(r"['’‘`ʼ]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ZEROS = re.compile(r"\b0+(?=\d)")
_STUCK = re.compile(r"^(p|q|tp|tx|tt|x|h)(\d+)$")
# What is written for a kind of unit, in the spelling of `search_key`; two words stand before one.
_KIND_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("thanh", "pho"), "Thành phố"),
    (("thi", "tran"), "Thị trấn"),
    (("thi", "xa"), "Thị xã"),
    (("dac", "khu"), "Đặc khu"),
    (("phuong",), "Phường"),
    (("huien",), "Huyện"),
    (("quan",), "Quận"),
    (("tinh",), "Tỉnh"),
    (("xa",), "Xã"),
    (("tp",), "Thành phố"),
    (("tx",), "Thị xã"),
    (("tt",), "Thị trấn"),
    (("p",), "Phường"),
    (("q",), "Quận"),
    (("h",), "Huyện"),
    (("x",), "Xã"),
)
_SHORT_FORMS = {"hcm": "ho chi minh", "tphcm": "ho chi minh", "hcmc": "ho chi minh", "hn": "ha noi"}


def search_key(text: str) -> str:
    """What names are compared by: no case, diacritics, signs or leading zeros; "y" and "i" are one letter.

    Tone marks may stand anywhere (Hoà, Hòa); "Ea H'leo" = "ea hleo"; "Lý" = "Lí".
    """
    plain = _NOT_WORD.sub(" ", _APOSTROPHES.sub("", fold(text))).strip()
    return _ZEROS.sub("", plain).replace("y", "i")


def area_key(name: str) -> str:
    """The search key of a unit's own name, without the word for its kind."""
    return search_key(unit_name(name).own)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: its words, and before each the kind of unit that was written, or ""."""

    words: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def read_query(typed: str) -> tuple[Reading, ...]:
    """The readings of a typed text: words for kinds of unit taken out, and taken as names ("Quan Hóa")."""
    raw = [part for word in search_key(typed[:MAX_QUERY]).split() for part in _parts(word)]
    words: list[str] = []
    kinds: list[str] = []
    waiting = ""
    at = 0
    while at < len(raw):
        size, kind = _kind_at(raw[at:])
        if size and at + size < len(raw):
            waiting = kind
            at += size
            continue
        words.append(raw[at])
        kinds.append(waiting)
        waiting = ""
        at += 1
    readings = (Reading(tuple(words), tuple(kinds)), Reading(tuple(raw), ("",) * len(raw)))
    return tuple(one for one in dict.fromkeys(readings) if one.words)


def _parts(word: str) -> list[str]:
    stuck = _STUCK.match(word)
    if stuck:
        return [stuck[1], str(int(stuck[2]))]
    return _SHORT_FORMS.get(word, word).split()


def _kind_at(words: Sequence[str]) -> tuple[int, str]:
    for written, kind in _KIND_WORDS:
        if tuple(words[: len(written)]) == written:
            return len(written), kind
    return 0, ""


def spans(readings: Iterable[Reading], longest: int = 8) -> frozenset[str]:
    """Every run of words in the readings: a unit whose whole name was typed has one of these keys."""
    return frozenset(
        " ".join(reading.words[start:end])
        for reading in readings
        for start in range(len(reading.words))
        for end in range(start + 1, min(start + longest, len(reading.words)) + 1)
    )


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


Score = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate and how well it fits, smaller is better.

    The score: words not explained; 0 whole name, 1 its beginning, 2 inside it; another kind of unit was
    written; level; no longer exists.
    """

    candidate: Candidate
    score: Score

    @property
    def exact(self) -> bool:
        """The whole name was typed and nothing else but units above it."""
        return self.score[:2] == (0, 0)


_LEVEL_ORDER = {Level.COMMUNE: 0, Level.PROVINCE: 1, Level.DISTRICT: 2}


def rank(readings: Sequence[Reading], candidates: Iterable[Candidate], limit: int = 40) -> list[Scored]:
    """The best `limit` of the candidates that fit; ties in Vietnamese order of name and place, then by id."""
    found = []
    for candidate in candidates:
        scores = [score for reading in readings for score in _scores(reading, candidate)]
        if scores:
            found.append(Scored(candidate, min(scores)))
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
    level = _LEVEL_ORDER.get(candidate.level, 3)
    closed = int(candidate.valid_to is not None)
    for start, end, grade in _places(reading.words, tuple(candidate.key.split())):
        rest = (*reading.words[:start], "", *reading.words[end:])
        wanted = reading.kinds[start]
        wrong_kind = int(bool(wanted) and not candidate.name.startswith(wanted))
        yield _unexplained(rest, candidate.above), grade, wrong_kind, level, closed


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
