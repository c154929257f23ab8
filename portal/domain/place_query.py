"""A place as people type it: words compared without spelling, words for kinds of unit, ways to read it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.domain.structure import unit_name
from portal.domain.text import fold

MAX_QUERY = 80
"""Characters of a query that are looked at."""

_APOSTROPHES = re.compile(r"['’‘`ʼ]")
_PIECES = re.compile(r"[^\W_]+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
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


def accented(word: str) -> str:
    """A word with its shapes and its tone, wherever the tone mark stands: "Hoà" = "hòa", but not "hoá"."""
    parts = unicodedata.normalize("NFD", word.casefold()).replace("y", "i")
    return _TONES.sub("", parts) + "".join(_TONES.findall(parts))


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word: as it is searched by, and with its diacritics ("" if it has none)."""

    key: str
    accents: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed: its words, and before each the kind of unit that was written, or ""."""

    words: tuple[str, ...]
    accents: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def read_query(typed: str) -> tuple[Reading, ...]:
    """The readings of a typed text: words for kinds of unit taken out: all, all but the first, none.

    "Quan Hóa" is a name that begins like "quận"; so is "xã" when nothing follows it.
    """
    raw = [word for part in _APOSTROPHES.sub("", typed[:MAX_QUERY]).split() for word in _words(part)]
    ways = (_without_kinds(raw, 0), _without_kinds(raw, 1), _reading([(word, "") for word in raw]))
    return tuple(one for one in dict.fromkeys(ways) if one.words)


def _without_kinds(raw: Sequence[Word], first: int) -> Reading:
    kept: list[tuple[Word, str]] = [(word, "") for word in raw[:first]]
    waiting, at = "", first
    while at < len(raw):
        size, kind = _kind_at(raw[at:])
        if size and at + size < len(raw) and not waiting:
            waiting = kind
            at += size
            continue
        kept.append((raw[at], waiting))
        waiting = ""
        at += 1
    return _reading(kept)


def _reading(words: Sequence[tuple[Word, str]]) -> Reading:
    return Reading(
        tuple(word.key for word, _ in words),
        tuple(word.accents for word, _ in words),
        tuple(kind for _, kind in words),
    )


def _words(part: str) -> list[Word]:
    """The words of a piece of text without blanks: "P.Sơn-Kỳ" has three, "q1" two, "tphcm" three."""
    found = []
    for piece in _PIECES.findall(unicodedata.normalize("NFC", part)):
        key = search_key(piece)
        stuck = _STUCK.match(key)
        if stuck:
            found += [Word(stuck[1]), Word(str(int(stuck[2])))]
        elif key in _SHORT_FORMS:
            found += [Word(word) for word in _SHORT_FORMS[key].split()]
        else:
            found += [Word(word, "" if piece.isascii() else accented(piece)) for word in key.split()[:1]]
    return found


def _kind_at(words: Sequence[Word]) -> tuple[int, str]:
    for written, kind in _KIND_WORDS:
        if tuple(word.key for word in words[: len(written)]) == written:
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


def accented_words(name: str) -> list[str]:
    """The words of a unit's own name with their diacritics."""
    return [accented(word) for word in _PIECES.findall(_APOSTROPHES.sub("", unit_name(name).own))]
