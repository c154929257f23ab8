"""Which of several known names somebody means by what he typed: "ubnd", "pho chu tich"; never a guess."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.domain.phrases import BREAK, tokens
from portal.domain.title_words import SHORT


@dataclass(frozen=True)
class Meant:
    """The keys of names that fit, shortest name first; `sure` is the only one it can be, or empty."""

    keys: tuple[str, ...] = ()
    sure: str = ""


def meant(typed: str, known: Mapping[str, Sequence[str]]) -> Meant:
    """Compare with the names of each key, spelling and usual abbreviations set aside.

    Words may be left out and cut short, their order stays. Sure is the one name that is typed in full, else
    the one that begins so, else the one that fits.
    """
    words = _words(typed)
    if not words:
        return Meant()
    spelled = {key: [_words(name) for name in names] for key, names in known.items()}
    fitting = {key: [one for one in names if _fits(words, one)] for key, names in spelled.items()}
    ranked = sorted((min(map(len, found)), key) for key, found in fitting.items() if found)
    keys = tuple(key for _, key in ranked)
    full = [key for key in keys if words in fitting[key]]
    first = [key for key in keys if any(one[: len(words)] == words for one in fitting[key])]
    alone = next((found[0] for found in (full, first, keys) if len(found) == 1), "")
    return Meant(keys, alone if not full or alone in full else "")


def _words(text: str) -> list[str]:
    return [one.key for one in tokens(text, SHORT) if one.key != BREAK]


def _fits(words: Sequence[str], name: Sequence[str]) -> bool:
    rest = iter(name)
    return all(any(one.startswith(word) for one in rest) for word in words)
