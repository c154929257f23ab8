"""Days as people remember them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.partial_date import PartialDate


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-11-22", date(2026, 11, 22), date(2026, 11, 22)),
    ],
)
def test_what_it_can_mean(text, first, last):
    when = PartialDate.parse(text)
    assert (when.first, when.last, str(when)) == (first, last, text)


@pytest.mark.parametrize(
    "text", ["", "26", "2026-13", "2026-02-30", "2026-1-1", "0000", "2026-11-22T00", "22/11/2026"]
)
def test_what_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match=r"not a date|month|day|year"):
        PartialDate.parse(text)


def test_a_day_needs_its_month():
    with pytest.raises(ValueError, match="month"):
        PartialDate(2026, None, 5)


@given(st.dates())
def test_a_full_day_survives_the_round_trip(day):
    assert PartialDate.parse(str(PartialDate(day.year, day.month, day.day))).first == day
