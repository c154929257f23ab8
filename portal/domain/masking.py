"""Masking (che) who is spoken of in a text that is printed for others: known names, patterns, titled names.

It hides what it recognises; what it misses a person must see. What stands in place has one length.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from portal.domain.redaction import passages

HIDDEN = "▇▇▇"
_LETTERS = [chr(code) for code in (*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0x1EFA))]
_UPPER = "".join(one for one in _LETTERS if one.isupper())
_LOWER = "".join(one for one in _LETTERS if one.islower())
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Huỳnh|Hoàng|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đinh|Trịnh|Đoàn|Lâm|Mai|Trương"
    "|Cao|Tạ|Lương|Hà|Châu|Tô|Thái|Quách|Kiều|Phùng|Vương|Triệu|Tăng|Nông|Hứa"
)
_NAME = rf"[ ]+[{_UPPER}][{_LOWER}]+"
_TITLED = re.compile(rf"\b([Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Cc]hú|[Bb]ác|[Đđ]ồng chí)((?:{_NAME}){{1,4}})\b")
_FULL = re.compile(rf"\b(?:{_SURNAMES})(?:{_NAME}){{1,3}}\b")


class Profile(StrEnum):
    """How much of a case a printed file shows (design)."""

    FULL = "full"
    MASKED = "masked"
    DATES = "dates"


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The text without the given names (in any case, with or without diacritics) and what looks like one.

    Also hidden: telephone numbers, addresses of mail, numbers of papers and plates, passages about the
    writer's own name, place and family. Linear in the text for each name.
    """
    whole = unicodedata.normalize("NFC", text)
    for name in sorted({one.strip() for one in names if one.strip()}, key=len, reverse=True):
        whole = _without(whole, name)
    for passage in reversed(passages(whole)):
        whole = whole[: passage.start] + HIDDEN + whole[passage.end :]
    whole = _TITLED.sub(lambda match: f"{match[1]} {HIDDEN}", whole)
    return _FULL.sub(HIDDEN, whole)


def names_in(text: str) -> list[str]:
    """What looks like a person's name, in the order of the text; a name with its title is one."""
    titled = [match.span() for match in _TITLED.finditer(text)]
    full = [match.span() for match in _FULL.finditer(text)]
    alone = (
        [one for one in full if not any(start <= one[0] < end for start, end in titled)] if titled else full
    )
    return list(dict.fromkeys(text[start:end] for start, end in sorted(titled + alone)))


def _without(text: str, name: str) -> str:
    """`text` and its folded form have the same length, so a place in one is a place in the other."""
    words = r"\s+".join(re.escape(word) for word in _folded(name).split())
    places = [match.span() for match in re.finditer(rf"(?<!\w){words}(?!\w)", _folded(text))]
    for start, end in reversed(places):
        text = text[:start] + HIDDEN + text[end:]
    return text


def _folded(text: str) -> str:
    return "".join(_plain(letter) for letter in unicodedata.normalize("NFC", text))


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return "d" if base == "đ" else (base if len(base) == 1 else letter)
