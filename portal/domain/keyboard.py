"""Undoing a Vietnamese keyboard: which keys were pressed, given the letters that came out.

A phone or computer set to Telex or VNI joins keys into one letter: "A" and "S" give "Á", "D" and "D" give
"Đ", "W" gives "Ư". Whoever copies a receipt code so has typed it correctly and sees something else.

Recoverable: one letter for each shape key and each tone key, at most one of which was pressed one or two
letters late ("ANS" gives "ÁN"). Lost for good, because the key leaves no trace: a tone replaced by another
("ASF" gives "À"), a tone taken back with Z, and a letter doubled to undo ("AAA" gives "AA"). VIQR is not
read. Source: design, security test C8; the Telex and VNI key tables (UniKey, Windows, Android, iOS).
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_GRAVE, _TILDE, _HOOK, _ACUTE, _DOT = "\u0300", "\u0303", "\u0309", "\u0301", "\u0323"
_SHAPES = frozenset((_CIRCUMFLEX, _BREVE, _HORN))
_REPEAT = ""  # the key is the letter itself

_TELEX: Mapping[str, str] = MappingProxyType(
    {_CIRCUMFLEX: _REPEAT, _BREVE: "W", _HORN: "W", "Đ": "D"}
    | {_GRAVE: "F", _TILDE: "X", _HOOK: "R", _ACUTE: "S", _DOT: "J"}
)
_VNI: Mapping[str, str] = MappingProxyType(
    {_CIRCUMFLEX: "6", _BREVE: "8", _HORN: "7", "Đ": "9"}
    | {_GRAVE: "2", _TILDE: "4", _HOOK: "3", _ACUTE: "1", _DOT: "5"}
)
_LATEST = 2  # letters between a vowel and its key: the longest end of a syllable is two ("ANHS")

_Keys = list[tuple[int, str]]  # after which letter, and which key


def keystrokes(text: str, length: int) -> Iterator[str]:
    """Readings of `text` that take exactly `length` keys, the likeliest first; none if it cannot be.

    `text` is upper case and decomposed (NFD or NFKD). At most 2 + 4 * `length` readings.
    """
    ways = [_undo(text, scheme) for scheme in (_TELEX, _VNI)]
    ways = [(letters, keys) for letters, keys in ways if len(letters) + len(keys) == length]
    for letters, keys in ways:
        yield _typed(letters, keys)
    for letters, keys in ways:
        for late, (after, key) in enumerate(keys):
            for delay in range(1, _LATEST + 1):
                if letters[after + 1 : after + 1 + delay].isalpha():
                    yield _typed(letters, [*keys[:late], (after + delay, key), *keys[late + 1 :]])


def _undo(text: str, scheme: Mapping[str, str]) -> tuple[str, _Keys]:
    """The plain letters, and the keys that made marks on them: shapes before tones, as people type."""
    letters: list[str] = []
    shapes: _Keys = []
    tones: _Keys = []
    for sign in text:
        if sign == "Đ":
            letters.append("D")
            shapes.append((len(letters) - 1, scheme[sign]))
        elif sign == _HORN and scheme is _TELEX and letters[-1:] == ["U"]:
            letters[-1] = "W"  # a lone W makes Ư; a U cannot stand in a code
        elif sign in scheme and letters:
            keys = shapes if sign in _SHAPES else tones
            keys.append((len(letters) - 1, scheme[sign] or letters[-1]))
        else:
            letters.append(sign)
    return "".join(letters), sorted([*shapes, *tones], key=lambda placed: placed[0])


def _typed(letters: str, keys: _Keys) -> str:
    """The letters with each key put in after its letter."""
    pressed: dict[int, str] = {}
    for after, key in keys:
        pressed[after] = pressed.get(after, "") + key
    return "".join(letter + pressed.get(index, "") for index, letter in enumerate(letters))
