"""The table of satisfaction: nothing below ten, nothing from which it follows, nothing that moves."""

from datetime import date
from itertools import product

import pytest

from portal.domain.parties import BodyKind
from portal.domain.satisfaction import RATINGS, K, Quarter, shown_from, table

DAY = date(2026, 5, 4)


def line_of(*numbers: int):
    rated = [
        (DAY, BodyKind.INSPECTION, rating)
        for rating, number in zip(RATINGS, numbers, strict=True)
        for _ in range(number)
    ]
    [line] = table(rated)
    return line


@pytest.mark.parametrize(
    ("numbers", "total", "cells"),
    [
        ((3, 3, 3), None, (None, None, None)),
        ((10, 10, 10), 30, (10, 10, 10)),
        ((4, 3, 3), 10, (None, None, None)),
        ((40, 6, 6), 52, (40, None, None)),
        ((40, 30, 1), 71, (40, None, None)),
        ((40, 0, 1), 41, (None, None, None)),
        ((9, 40, 30), 79, (None, 40, None)),
    ],
)
def test_small_numbers_and_what_betrays_them_are_hidden(numbers, total, cells) -> None:
    line = line_of(*numbers)
    assert (line.total, tuple(line.cells[rating] for rating in RATINGS)) == (total, cells)


def test_no_row_betrays_a_small_number() -> None:
    """All rows up to thirty of each: what is hidden is more than one cell and ten residents in sum."""
    for numbers in product((0, 1, 5, 9, 10, 11, 30), repeat=3):
        if not sum(numbers):
            continue
        line = line_of(*numbers)
        shown = [number for number in line.cells.values() if number is not None]
        assert all(number >= K for number in shown), numbers
        hidden = [rating for rating, number in line.cells.items() if number is None]
        if hidden and line.total is not None:
            assert len(hidden) > 1, numbers
            assert line.total - sum(shown) >= K, numbers
        if line.total is None:
            assert not shown, numbers


def test_kinds_and_quarters_stand_apart_the_newest_first() -> None:
    days = [(date(2026, 3, 31), BodyKind.FRONT, "neutral"), (date(2026, 4, 1), BodyKind.FRONT, "neutral")]
    rows = [(line.quarter, line.kind) for line in table([*days, (DAY, BodyKind.INSPECTION, "neutral")])]
    assert rows == [
        (Quarter(2026, 2), BodyKind.FRONT),
        (Quarter(2026, 2), BodyKind.INSPECTION),
        (Quarter(2026, 1), BodyKind.FRONT),
    ]


def test_the_running_quarter_is_not_counted() -> None:
    assert shown_from(date(2026, 11, 28)) == (date(2024, 10, 1), date(2026, 10, 1))
    assert shown_from(date(2026, 1, 1)) == (date(2024, 1, 1), date(2026, 1, 1))
