"""Clocks on days checked by hand against the official notices of days off."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.deadlines import CLOCKS, GOES_ON, Clock, Unit, ends_on, is_provisional, next_look
from portal.domain.life import RESTING, State
from portal.domain.working_days import add_calendar_days, add_working_days, is_working_day

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 2, 8), False),  # Tết
        (date(2024, 5, 4), True),  # Saturday worked for 29 April
        (date(2025, 4, 26), True),  # Saturday worked for 2 May
        (date(2025, 5, 2), False),
        (date(2026, 1, 2), False),  # 12729/VPCP-KGVX
        (date(2026, 1, 10), True),
        (date(2026, 8, 22), True),  # Saturday worked for 31 August
        (date(2026, 8, 31), False),
        (date(2026, 11, 22), False),  # a Sunday
        (date(2026, 11, 23), True),
    ],
)
def test_known_days(day: date, worked: bool) -> None:
    assert is_working_day(day) is worked


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 6, 30), 7, date(2026, 7, 9)),
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết 16–20 February
        (date(2025, 12, 31), 2, date(2026, 1, 6)),  # 1 and 2 January off
        (date(2026, 1, 9), 1, date(2026, 1, 10)),  # the swapped Saturday counts
    ],
)
def test_working_days_after_the_event(start: date, count: int, end: date) -> None:
    assert add_working_days(start, count) == end


def test_a_calendar_limit_that_ends_on_a_rest_day_moves_on() -> None:
    assert add_calendar_days(date(2026, 1, 16), 30) == date(2026, 2, 23)  # 15 February is a Sunday before Tết


@given(DAYS, st.integers(1, 60))
def test_an_end_is_a_working_day_after_the_start(start: date, count: int) -> None:
    for end in (add_working_days(start, count), add_calendar_days(start, count)):
        assert end > start
        assert is_working_day(end)


@given(DAYS, st.integers(1, 60))
def test_later_starts_never_end_earlier(start: date, count: int) -> None:
    clock = Clock("any", count, Unit.WORKING_DAYS, "design")
    assert ends_on(clock, start) <= ends_on(clock, start + timedelta(days=1))


def test_every_state_has_a_clock_goes_on_or_rests() -> None:
    assert set(CLOCKS) | GOES_ON | RESTING | {State.UNDER_REVIEW} == set(State)


def test_a_year_without_its_notice_is_provisional() -> None:
    assert is_provisional(date(2027, 1, 5))
    assert not is_provisional(next_look(date(2026, 11, 23)))
