"""What in a text for everybody looks as if it led to somebody: listed for whoever approves it (LTC 56(2)).

It finds patterns, not persons, and decides nothing: what it misses a human must see.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.masking import names_in
from portal.domain.redaction import Trace, passages

_UPPER = "A-ZĐÀ-ỸĂÂÊÔƠƯ"
_PATTERNS = (
    (
        "address",
        re.compile(
            r"\b(?:[Ss]ố nhà|[Nn]gõ|[Hh]ẻm|[Nn]gách|[Kk]iệt|[Tt]ổ(?: dân phố)?|[Kk]hu phố|[Tt]hôn"
            r"|[Ấấ]p|[Xx]óm|[Bb]uôn)"
            rf" (?=[\d{_UPPER}])[^.;,\n]{{1,40}}"
        ),
    ),
    ("address", re.compile(rf"(?<![\d/])\d+[A-Za-z]?(?:/\d+)* (?:đường|phố) [{_UPPER}][^.;,\n]{{0,40}}")),
    ("birth", re.compile(r"\b[Ss]inh (?:ngày|tháng|năm) [^.,;\n]{1,30}|\bSN[ :]*\d{4}\b")),
)


class Clue(StrEnum):
    """What a passage looks like, beside the kinds of redaction."""

    NAME = "name"
    ADDRESS = "address"
    BIRTH = "birth"


@dataclass(frozen=True)
class Seen:
    """One passage, as it stands in the text, and what it looks like."""

    looks: Clue | Trace
    text: str


def disclosures(text: str) -> list[Seen]:
    """What looks like a name, a number, an address or a day of birth, each once. Linear in the text."""
    whole = unicodedata.normalize("NFC", text)
    found = [Seen(Clue.NAME, name) for name in names_in(whole)]
    found += [Seen(one.trace, one.text) for one in passages(whole)]
    found += [
        Seen(Clue(kind), match.group().strip())
        for kind, pattern in _PATTERNS
        for match in pattern.finditer(whole)
    ]
    return list(dict.fromkeys(found))
