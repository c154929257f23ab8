"""Finding phrases in a text as people write it: spelling set aside, accents used where they were typed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from portal.domain.place_query import accented, search_key

V = TypeVar("V")
_PIECE = re.compile(r"[^\W_]+|[,;:()/\n]")
_D = re.compile("[Đđ]")
BREAK = "|"
"""Stands for a comma or another sign that separates titles."""


# Two words that are one, so that neither is taken for itself: "nông thôn" is no village.
_COMPOUNDS = {
    ("nong", "thon"),
    ("xa", "hoi"),
    ("co", "so"),
    ("thi", "truong"),
    ("moi", "truong"),
    ("dich", "vu"),
}


class Token(NamedTuple):
    """A word as it is compared, and with its accents ("" where it was typed without any)."""

    key: str
    accents: str


def tokens(text: str, short: Mapping[str, str] | None = None) -> list[Token]:
    """The words of a text; those of `short` (folded abbreviations) are written out.

    Who types accents types them everywhere, so there a word without any is meant so: "Hải quan" is no "quận".
    """
    text = unicodedata.normalize("NFC", text)
    found: list[Token] = []
    for piece in _PIECE.findall(text):
        key = search_key(piece)
        if not key:
            found.append(Token(BREAK, ""))
        elif short and key in short and _D.sub("d", piece).isascii():
            found += [_token(word) for word in short[key].split()]
        else:
            found.append(Token(key, "") if text.isascii() else _token(piece))
    return _joined(found)


def _token(word: str) -> Token:
    return Token(search_key(word), accented(word))


def _joined(words: list[Token]) -> list[Token]:
    found: list[Token] = []
    for word in words:
        if found and (found[-1].key, word.key) in _COMPOUNDS:
            found[-1] = Token(found[-1].key + word.key, "")
        else:
            found.append(word)
    return found


class Match(NamedTuple, Generic[V]):
    """Words `start` to `end` (exclusive) of the tokens stand for `value`."""

    start: int
    end: int
    value: V


class Phrases(Generic[V]):
    """A table of phrases, separated by "|", with what they stand for; the longest that fits wins."""

    def __init__(self, rows: Iterable[tuple[str, V]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[Token, ...], V]]] = {}
        for words, value in rows:
            for phrase in words.split("|"):
                made = tuple(_joined([_token(word) for word in phrase.split()]))
                self._by_first.setdefault(made[0].key, []).append((made, value))
        for group in self._by_first.values():
            group.sort(key=lambda one: -len(one[0]))

    def at(self, words: Sequence[Token], start: int) -> Match[V] | None:
        """The longest phrase that begins at `start`."""
        for phrase, value in self._by_first.get(words[start].key, ()):
            end = start + len(phrase)
            if end <= len(words) and all(map(_same, phrase, words[start:end])):
                return Match(start, end, value)
        return None

    def all(self, words: Sequence[Token], start: int = 0, end: int | None = None) -> list[Match[V]]:
        """Every phrase between `start` and `end`, from left to right, none overlapping another."""
        found: list[Match[V]] = []
        within = words[: end if end is not None else len(words)]
        at = start
        while at < len(within):
            match = self.at(within, at)
            if match is not None:
                found.append(match)
            at = match.end if match is not None else at + 1
        return found


def _same(wanted: Token, typed: Token) -> bool:
    return wanted.key == typed.key and typed.accents in ("", wanted.accents)
