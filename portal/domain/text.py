"""Text typed by people: made harmless, compared without diacritics, sorted in Vietnamese order."""

import re
import unicodedata


class BadText(ValueError):
    """The text holds half a character (a lone surrogate); no database takes it."""


# Line ends of other systems, and of Unicode, become one newline.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Controls, and everything invisible that can hide or turn text round (Unicode class Cf):
# soft hyphen, zero width, directions, interlinear marks, language tags.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")

# đ, and the two foreign letters that old fonts and keyboards put in its place
_D = str.maketrans("đðɖ", "ddd")

# Letters in the order of the Vietnamese alphabet; f, j, w, z stand where Latin has them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x100 + rank) for rank, letter in enumerate(_ALPHABET)}
_SHAPES = {
    "a\u0306": "ă",
    "a\u0302": "â",
    "e\u0302": "ê",
    "o\u0302": "ô",
    "o\u031b": "ơ",
    "u\u031b": "ư",
}
# ngang (none), huyền, hỏi, ngã, sắc, nặng
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def clean_text(text: str, *, multiline: bool = False) -> str:
    """The text in NFC without controls, zero-width or direction characters, and without outer space.

    Line ends become `\\n`; on one line (the default) they and tabs become spaces. Raises BadText on a lone
    surrogate. Source: design (security statements D.5, D.10).
    """
    if _SURROGATE.search(text):
        raise BadText("lone surrogate")
    text = _LINE_END.sub("\n", text)
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()


def fold(text: str) -> str:
    """The text as it is compared: lower case, no diacritics, đ → d, single spaces. `Hoà` = `HÒA` = `hoa`."""
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    text = unicodedata.normalize("NFKD", text.casefold())
    return _SPACES.sub(" ", _MARKS.sub("", text).translate(_D)).strip()


def sort_key(text: str) -> str:
    """A key whose binary order is the Vietnamese one: letters first, then tones, then case.

    Kept in a column it needs a binary collation ("C" on PostgreSQL).
    """
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for sign in unicodedata.normalize("NFD", text):
        if sign in _TONES:
            if tones:
                tones[-1] = _TONES[sign]
        elif letters and letters[-1] + sign in _SHAPES:
            letters[-1] = _SHAPES[letters[-1] + sign]
        elif not _MARKS.match(sign):
            small = sign.lower()
            letters.append(small)
            tones.append("0")
            cases.append("0" if small == sign else "1")
    # Signs of ASCII stand before the letters, other scripts after them.
    primary = "".join(_RANK.get(s) or (s if s < "\x80" else "\u0200" + s) for s in letters)
    return f"{primary}\x01{''.join(tones).rstrip('0')}\x01{''.join(cases).rstrip('0')}"
