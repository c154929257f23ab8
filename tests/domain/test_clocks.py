"""Running clocks: suspension, extension, warnings; on days counted by hand, and what always holds."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.data.deadlines import deadlines, shipped_calendar
from portal.domain import clocks
from portal.domain.clocks import Clock, Extension, Level, NotExtendable, NotSuspendable, Until
from portal.domain.deadlines import Ground, NoRule
from portal.domain.working_days import Unit

CALENDAR = shipped_calendar()
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
UNITS = st.sampled_from((Unit.WORKING_DAYS, Unit.CALENDAR_DAYS))
SETTLE = deadlines().on("D5", date(2026, 7, 1))
CLASSIFY = deadlines().on("D1", date(2026, 7, 1))


def running(start: date, count: int, unit: Unit) -> Clock:
    return Clock("D5", 1, unit, count, start)


def paused(clock: Clock, start: date, end: date) -> Clock:
    return clocks.resumed(clocks.suspended(clock, start, Until.OTHER_RESULT), end)


def test_a_clock_keeps_its_row_and_version() -> None:
    clock = clocks.begin(SETTLE, date(2026, 7, 1))
    assert (clock.row, clock.version, clock.unit, clock.limit) == ("D5", 1, Unit.CALENDAR_DAYS, 30)
    assert clocks.due(clock, CALENDAR) == date(2026, 7, 31)


def test_a_row_that_is_off_starts_no_clock() -> None:
    off = next(row for row in deadlines().rows if row.id == "D33")
    with pytest.raises(NoRule):
        clocks.begin(off, date(2026, 7, 1))


def test_a_suspended_clock_has_no_last_day_and_says_until_what() -> None:
    still = clocks.suspended(clocks.begin(SETTLE, date(2026, 7, 1)), date(2026, 7, 10), Until.FORCE_MAJEURE)
    assert still.stands_still
    assert still.pauses[-1].until is Until.FORCE_MAJEURE
    assert clocks.due(still, CALENDAR) is None
    # By hand: 9 days of 30 are used; they go on after 20/7: 21 more days end on 10/8.
    assert clocks.due(clocks.resumed(still, date(2026, 7, 20)), CALENDAR) == date(2026, 8, 10)


def test_suspension_of_working_days_by_hand() -> None:
    clock = clocks.begin(CLASSIFY, date(2026, 6, 30))
    # 1, 2, 3/7 are counted; from 6/7 to 10/7 nothing; then 13, 14, 15, 16/7.
    assert clocks.due(paused(clock, date(2026, 7, 3), date(2026, 7, 10)), CALENDAR) == date(2026, 7, 16)


def test_a_clock_that_ended_before_it_stood_still_keeps_its_day() -> None:
    clock = clocks.suspended(
        running(date(2026, 7, 1), 5, Unit.CALENDAR_DAYS), date(2026, 7, 20), Until.PERSON_BACK
    )
    assert clocks.due(clock, CALENDAR) == date(2026, 7, 6)


def test_standing_still_in_order_only() -> None:
    clock = running(date(2026, 7, 1), 30, Unit.CALENDAR_DAYS)
    with pytest.raises(NotSuspendable):
        clocks.suspended(clock, date(2026, 6, 30), Until.OTHER_RESULT)
    with pytest.raises(NotSuspendable):
        clocks.resumed(clock, date(2026, 7, 5))
    still = clocks.suspended(clock, date(2026, 7, 5), Until.OTHER_RESULT)
    with pytest.raises(NotSuspendable):
        clocks.suspended(still, date(2026, 7, 6), Until.OTHER_RESULT)
    with pytest.raises(NotSuspendable):
        clocks.resumed(still, date(2026, 7, 4))
    again = clocks.resumed(still, date(2026, 7, 8))
    with pytest.raises(NotSuspendable):
        clocks.suspended(again, date(2026, 7, 7), Until.OTHER_RESULT)


def test_extensions_within_the_law() -> None:
    clock = clocks.begin(SETTLE, date(2026, 7, 1))
    once = clocks.extended(clock, SETTLE, Extension(30, Ground.COMPLEX, date(2026, 7, 30)))
    assert clocks.due(once, CALENDAR) == date(2026, 8, 31 - 1) + timedelta(
        days=4
    )  # 30/8 a Sunday; off to 2/9
    for ground, days, why in (
        (Ground.COMPLEX, 30, "too_often"),
        (Ground.NECESSARY, 30, "no_ground"),
        (Ground.VERY_COMPLEX, 31, "too_long"),
        (Ground.VERY_COMPLEX, 0, "too_long"),
    ):
        with pytest.raises(NotExtendable, match=why):
            clocks.extended(once, SETTLE, Extension(days, ground, date(2026, 8, 20)))
    twice = clocks.extended(once, SETTLE, Extension(30, Ground.VERY_COMPLEX, date(2026, 8, 20)))
    assert twice.days == 90
    with pytest.raises(NotExtendable, match="too_often"):
        clocks.extended(twice, SETTLE, Extension(30, Ground.VERY_COMPLEX, date(2026, 9, 20)))


def test_a_row_without_grounds_is_never_extended() -> None:
    clock = clocks.begin(deadlines().on("D4", date(2026, 7, 1)), date(2026, 7, 1))
    with pytest.raises(NotExtendable, match="no_ground"):
        clocks.extended(
            clock, deadlines().on("D4", date(2026, 7, 1)), Extension(1, Ground.COMPLEX, date(2026, 7, 2))
        )


def test_what_stands_still_is_not_extended() -> None:
    still = clocks.suspended(clocks.begin(SETTLE, date(2026, 7, 1)), date(2026, 7, 10), Until.OTHER_RESULT)
    with pytest.raises(NotExtendable, match="stands_still"):
        clocks.extended(still, SETTLE, Extension(10, Ground.COMPLEX, date(2026, 7, 11)))


def test_levels_by_hand() -> None:
    clock = clocks.begin(SETTLE, date(2026, 7, 1))
    assert list(clocks.levels(clock, CALENDAR)) == [
        (Level.HALF, date(2026, 7, 16)),
        (Level.FOUR_FIFTHS, date(2026, 7, 27)),  # 25/7 is a Saturday
        (Level.DUE, date(2026, 7, 31)),
        (Level.LATE, date(2026, 8, 1)),
    ]
    assert clocks.level_on(clock, CALENDAR, date(2026, 7, 15)) is Level.NONE
    assert clocks.level_on(clock, CALENDAR, date(2026, 7, 28)) is Level.FOUR_FIFTHS
    assert clocks.next_level_on(clock, CALENDAR, Level.FOUR_FIFTHS) == date(2026, 7, 31)
    assert clocks.next_level_on(clock, CALENDAR, Level.LATE) is None


@given(DAYS, st.integers(1, 60), UNITS)
def test_levels_are_in_order_and_end_with_the_day_after_the_last(start: date, count: int, unit: Unit) -> None:
    clock = running(start, count, unit)
    days = [day for _, day in clocks.levels(clock, CALENDAR)]
    assert all(one <= other for one, other in pairwise(days))
    assert days[2] == clocks.due(clock, CALENDAR)
    assert days[3] == days[2] + timedelta(days=1)


@given(DAYS, st.integers(2, 60), UNITS, st.integers(0, 40), st.integers(0, 60))
def test_time_that_stands_still_is_not_counted(
    start: date, count: int, unit: Unit, after: int, length: int
) -> None:
    """The days that count, outside the pause, are as many as without it; a pause after the end is nothing."""
    clock = running(start, count, unit)
    stop = start + timedelta(days=after)
    stood = paused(clock, stop, stop + timedelta(days=length))
    plain, moved = clocks.due(clock, CALENDAR), clocks.due(stood, CALENDAR)
    assert plain is not None
    assert moved is not None
    assert moved >= plain
    if stop >= plain or length == 0:
        assert moved == plain
    days = [start + timedelta(days=n) for n in range(1, (moved - start).days + 1)]
    counted = [day for day in days if stood.runs_on(day)]
    if unit is Unit.WORKING_DAYS:
        assert sum(map(CALENDAR.is_working_day, counted)) == count
    else:
        assert counted[count - 1] <= moved
        between = [day for day in days if day > counted[count - 1]]
        assert all(not CALENDAR.is_working_day(day) or not stood.runs_on(day) for day in between[:-1])
    assert CALENDAR.is_working_day(moved)


@given(DAYS, st.integers(5, 40), UNITS, st.integers(0, 10), st.integers(1, 20), st.integers(1, 19))
def test_a_pause_in_two_parts_is_the_same_pause(
    start: date, count: int, unit: Unit, after: int, length: int, cut: int
) -> None:
    clock = running(start, count, unit)
    stop, end = start + timedelta(days=after), start + timedelta(days=after + length)
    middle = min(stop + timedelta(days=cut), end)
    whole = paused(clock, stop, end)
    parts = paused(paused(clock, stop, middle), middle, end)
    assert clocks.due(whole, CALENDAR) == clocks.due(parts, CALENDAR)


@given(DAYS, st.integers(1, 30), st.integers(1, 30), UNITS)
def test_an_extension_is_one_term_with_its_limit(start: date, count: int, more: int, unit: Unit) -> None:
    clock = running(start, count, unit)
    longer = replace(clock, extensions=(Extension(more, Ground.COMPLEX, start),))
    assert clocks.due(longer, CALENDAR) == clocks.due(running(start, count + more, unit), CALENDAR)
