"""Substitution during leave (thay người vắng): who may stand in for whom, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Why a substitute cannot be named; the page explains it."""

    ONESELF = "oneself"
    PAST = "past"
    ORDER = "order"
    OVERLAP = "overlap"
    SUBSTITUTE_AWAY = "substitute_away"
    OFFICER_STANDS_IN = "officer_stands_in"


@dataclass(frozen=True)
class Leave:
    """An officer is away and another stands in for him, from `first` to `last`, both inclusive."""

    officer: str
    substitute: str
    first: date
    last: date

    def meets(self, other: "Leave") -> bool:
        """True if the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


def refusal(new: Leave, others: Iterable[Leave], today: date) -> Why | None:
    """Why `new` cannot be; None where it can. `others`: what is named in the body and not over (design).

    No chains: who stands in is there himself on all these days, and who is away stands in for nobody.
    """
    if new.officer == new.substitute:
        return Why.ONESELF
    if new.last < new.first:
        return Why.ORDER
    if new.first < today:
        return Why.PAST
    for one in others:
        if not new.meets(one):
            continue
        if one.officer == new.officer:
            return Why.OVERLAP
        if one.officer == new.substitute:
            return Why.SUBSTITUTE_AWAY
        if one.substitute == new.officer:
            return Why.OFFICER_STANDS_IN
    return None
