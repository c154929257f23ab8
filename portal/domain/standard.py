"""Standard texts (văn bản mẫu) of a body: for which letter, which places are filled in, which is in force."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

LONGEST_TITLE = 80


class TextUse(StrEnum):
    """The letter or paper into which a standard text goes."""

    QUESTION = "question"
    NOTICE = "notice"
    REFUSAL = "refusal"
    THANKS = "thanks"
    RETURN = "return"


class Blank(StrEnum):
    """A place in a standard text that is filled in from the case; its value stands there in brackets."""

    NUMBER = "số hồ sơ"
    TODAY = "ngày"
    BODY = "cơ quan"
    DUE = "hạn"


_BLANK = re.compile(r"\[([^\[\]\n]{0,40})\]")
_KNOWN = frozenset(Blank)


def unknown_blanks(text: str) -> list[str]:
    """What stands in brackets and is no Blank, each once, in order."""
    return list(dict.fromkeys(name for name in _BLANK.findall(text) if name not in _KNOWN))


def filled(text: str, values: Mapping[Blank, str]) -> str:
    """The text with its blanks filled; a blank without a value stays, so that its writer sees it."""
    by_name = {blank.value: value for blank, value in values.items()}
    return _BLANK.sub(lambda match: by_name.get(match[1]) or match[0], text)


def in_force(valid_from: date, valid_to: date | None, day: date) -> bool:
    """Whether a version counts on a day; dates are inclusive at both ends (decisions 7)."""
    return valid_from <= day and (valid_to is None or day <= valid_to)
