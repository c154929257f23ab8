"""Publishing a result (công khai kết quả): how long it stands, and what takes it off."""

from enum import StrEnum

LEAST_DAYS = 15
"""Posted for 15 days without a break at the least (NĐ 31/2019/NĐ-CP art. 6; D11.2 of the table of limits)."""
USUAL_DAYS, MOST_DAYS = 30, 365
"""Design: a month where the publisher says nothing, a year at the most: nothing stands for ever."""


class BadTerm(ValueError):
    """A publication does not stand for so few or so many days."""


class Posted(StrEnum):
    """How a published text stands today."""

    SHOWN = "shown"
    OVER = "over"
    WITHDRAWN = "withdrawn"


def require_term(days: int, least: int = LEAST_DAYS) -> None:
    """Raise BadTerm where the law or the design does not let a text stand for `days`."""
    if not least <= days <= MOST_DAYS:
        raise BadTerm(days)
