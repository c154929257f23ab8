"""What a case is found by: terms of its texts, and the terms that a typed question asks for.

A term is a folded word ("tram"), two words in a row ("tram y"), or one of these with the field it stands in
("p:tan son" of a place, "c:pho chu" of a post). Words hold letters and digits only, so nothing else reads so.
Source: design (search over opened cases; decisions 14).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from itertools import chain, pairwise
from typing import Any

from portal.domain.telling import words_of

LONGEST_WORD = 40  # symbols; a longer one is cut, in texts and in questions alike
MOST_WORDS = 20_000  # of one case; what follows is not found
MOST_ASKED = 24  # terms of one question

_QUOTES = re.compile('["“”„«»]')


class Within(Enum):
    """In which part of a case a term stands."""

    TEXT = ""
    PLACE = "p:"
    POST = "c:"


def terms_of(said: Mapping[Within, Iterable[str]]) -> frozenset[str]:
    """The terms of a case: words and pairs of neighbours, text by text."""
    found: set[str] = set()
    left = MOST_WORDS
    for within, texts in said.items():
        for text in texts:
            words = _words(text)[:left]
            left -= len(words)
            found.update(map(within.value.__add__, _terms(words)) if within.value else _terms(words))
    return frozenset(found)


def terms_asked(words: str, place: str = "", post: str = "") -> frozenset[str]:
    """The terms that a question asks for, all of which a case must have; at most MOST_ASKED.

    In `words` quotation marks hold neighbours together; a place and a post are such groups, between commas.
    """
    loose, together = _parts(words)
    terms = [term for text in loose for term in _words(text)]
    terms += [term for text in together for term in _group(text)]
    for within, typed in ((Within.PLACE, place), (Within.POST, post)):
        terms += [f"{within.value}{term}" for text in typed.split(",") for term in _group(text)]
    return frozenset(list(dict.fromkeys(terms))[:MOST_ASKED])


def strings_in(value: Any) -> Iterator[str]:
    """Every text within a JSON value; names of fields are none."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from strings_in(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings_in(one)


def _words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in words_of(text)]


def _terms(words: list[str]) -> Iterator[str]:
    return chain(words, map(" ".join, pairwise(words)))


def _group(text: str) -> list[str]:
    """The pairs of a group of neighbours; a single word stands for itself."""
    words = _words(text)
    return [f"{one} {next_}" for one, next_ in pairwise(words)] or words


def _parts(typed: str) -> tuple[list[str], list[str]]:
    """What stands outside quotation marks, and what stands within; an odd last mark opens nothing."""
    parts = _QUOTES.split(typed)
    if len(parts) % 2 == 0:
        parts[-2:] = [" ".join(parts[-2:])]
    return parts[0::2], parts[1::2]
