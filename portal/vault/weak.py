"""Weak passphrases, recognised without asking anybody: too short, repeated, or what guessers try first.

Source: design, confidentiality ("Staff accounts": length and an offline list); NIST SP 800-63B, 3.1.1.2.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import pairwise

from portal.domain.text import fold
from portal.vault.passphrase import LONGEST

__all__ = ["SHORTEST", "Weak", "weak"]

SHORTEST = 12
"""Characters; a letter with its diacritics is one."""

_FEWEST_KINDS = 5
_MOST_STEPS = 0.8
_SIGNS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"[0-9]+")


class Weak(StrEnum):
    """Why a passphrase is refused; the words for it are the pages'."""

    SHORT = "short"
    LONG = "long"
    DIGITS = "digits"
    REPEATED = "repeated"
    COMMON = "common"


def weak(passphrase: str) -> Weak | None:
    """The reason to refuse a new passphrase, or None. Never raises; looks at 1,024 characters at most.

    SHORT: under 12 characters. LONG: over 1,024 bytes. DIGITS: letters missing. REPEATED: fewer than five
    different characters, a piece that repeats, or a sequence ("abcdefghijkl"). COMMON: words of the shipped
    list and nothing else but digits and signs.
    """
    if len(passphrase) > LONGEST or len(passphrase.encode("utf-8", "surrogatepass")) > LONGEST:
        return Weak.LONG
    if len(unicodedata.normalize("NFC", passphrase).strip()) < SHORTEST:
        return Weak.SHORT
    core = _SIGNS.sub("", fold(passphrase))
    letters = _DIGITS.sub("", core)
    if not letters:
        return Weak.DIGITS
    if _repeated(core):
        return Weak.REPEATED
    return Weak.COMMON if _only_common(core) or _only_common(letters) else None


def _repeated(core: str) -> bool:
    steps = [abs(ord(one) - ord(two)) for one, two in pairwise(core)]
    return (
        len(set(core)) < _FEWEST_KINDS
        or core in (core + core)[1:-1]
        or sum(step <= 1 for step in steps) > _MOST_STEPS * len(steps)
    )


def _only_common(text: str) -> bool:
    """Whether the text is made of words of the list, one after another."""
    words = _common()
    longest = max(map(len, words))
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(start in reached and text[start:end] in words for start in range(max(0, end - longest), end)):
            reached.add(end)
    return len(text) in reached


@cache
def _common() -> frozenset[str]:
    text = resources.files("portal.vault").joinpath("common_passphrases.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
