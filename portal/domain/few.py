"""Counts of cases that are told to people who may not know the cases: small ones are not told."""

from collections.abc import Iterable
from typing import Final

FEWEST: Final = 5
"""Smaller numbers are not told (assurance P-20): a single case of a body or level could be recognised."""


def is_few(number: int) -> bool:
    """True for a number that is not told; none and one alike."""
    return number < FEWEST


def known_sum(numbers: Iterable[int]) -> tuple[int, bool]:
    """The sum of the numbers that are told, and whether it is all: a total must not give the others away."""
    all_of_them = list(numbers)
    told = [one for one in all_of_them if not is_few(one)]
    return sum(told), len(told) == len(all_of_them)
