"""What in a text may point to its writer: a hint for who makes the hand-over version (LTC 56(2)).

It finds patterns, not persons: what it misses a human must see, what it finds a human decides on.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Trace(StrEnum):
    """What kind of thing a passage looks like."""

    PHONE = "phone"
    EMAIL = "email"
    IDENTITY_NUMBER = "identity_number"
    PLATE = "plate"
    OWN_NAME = "own_name"
    OWN_PLACE = "own_place"
    FAMILY = "family"


@dataclass(frozen=True)
class Passage:
    """A part of the text, from `start` to `end`, with what it looks like."""

    trace: Trace
    text: str
    start: int
    end: int


_NAME = r"(?:[A-ZĐÀ-Ỹ][\wÀ-ỹ]*\s*){1,4}"
_PATTERNS: tuple[tuple[Trace, re.Pattern[str]], ...] = (
    (Trace.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")),
    (Trace.IDENTITY_NUMBER, re.compile(r"(?<!\d)\d{12}(?!\d)|(?<!\d)\d{9}(?!\d)")),
    (Trace.PHONE, re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")),
    (Trace.PLATE, re.compile(r"\b\d{2}[A-Z]\d?[- ]?\d{3}[.]?\d{2}\b")),
    (Trace.OWN_NAME, re.compile(rf"\b(?:[Tt]ôi tên(?: là)?|[Tt]ên tôi(?: là)?|[Tt]ôi là) {_NAME}")),
    (Trace.OWN_PLACE, re.compile(r"\b(?:[Nn]hà tôi|[Tt]ôi ở|[Tt]ôi sống|[Tt]ôi ngụ)\b[^.,;\n]{0,80}")),
    (
        Trace.FAMILY,
        re.compile(
            r"\b(?:vợ|chồng|con trai|con gái|con|mẹ|cha|bố|ba|má|anh|chị|em) (?:tôi|của tôi)\b[^.,;\n]{0,60}"
        ),
    ),
)


def passages(text: str) -> list[Passage]:
    """The passages that may point to the writer, in order, none inside another. Linear in the text."""
    found = sorted(
        (
            Passage(trace, match.group().strip(), match.start(), match.end())
            for trace, pattern in _PATTERNS
            for match in pattern.finditer(text)
        ),
        key=lambda one: (one.start, -one.end),
    )
    kept: list[Passage] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
