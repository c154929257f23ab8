"""The table of deadlines: complete, dated, and switched off where no text gives the number."""

from datetime import date

import pytest

from portal.data.deadlines import deadlines
from portal.data.reference import shipped
from portal.domain.csv_rows import Refused
from portal.domain.deadline_rows import FILE, read_deadlines
from portal.domain.deadlines import CLOCKS, GOES_ON, NO_CLOCK, USES, NoRule
from portal.domain.life import State
from portal.domain.working_days import Unit

ROWS = deadlines()
TODAY = date(2026, 8, 1)


def test_every_row_of_the_law_is_there() -> None:
    ids = {row.id.partition(".")[0] for row in ROWS.rows}
    assert {f"D{number}" for number in range(1, 35)} <= ids


def test_every_state_has_a_clock_goes_on_or_rests() -> None:
    assert sorted([*CLOCKS, *GOES_ON, *NO_CLOCK]) == sorted(State)
    assert all(NO_CLOCK.values())


def test_what_runs_in_the_portal_is_on() -> None:
    for use in USES:
        assert ROWS.on(use.row, TODAY).is_on
        assert ROWS.on(use.row, date(2025, 7, 1)).is_on


@pytest.mark.parametrize("row", ["D30.2", "D33", "D34"])
def test_numbers_that_no_text_gives_are_off(row: str) -> None:
    with pytest.raises(NoRule, match="đang tắt"):
        ROWS.on(row, TODAY)


def test_a_complaint_is_counted_by_the_law_of_its_day() -> None:
    before, after = ROWS.on("D16", date(2026, 6, 30)), ROWS.on("D16", date(2026, 7, 1))
    assert (before.limit, before.unit, before.version) == (10, Unit.CALENDAR_DAYS, 1)
    assert (after.limit, after.unit, after.version) == (7, Unit.WORKING_DAYS, 2)


@pytest.mark.parametrize(
    ("row", "limit", "longest"),
    [
        ("D1", 7, 10),
        ("D5", 30, 90),
        ("D17", 30, 45),
        ("D17.2", 45, 60),
        ("D18.3", 45, 60),
        ("D18.4", 60, 70),
        ("D21", 10, 10),
        ("D24", 45, 45),
        ("D25", 15, 30),
        ("D26", 15, 30),
        ("D27", 20, 30),
    ],
)
def test_limits_and_their_longest(row: str, limit: int, longest: int) -> None:
    found = ROWS.on(row, TODAY)
    assert (found.limit, found.longest) == (limit, longest)


def test_rows_of_the_decree_begin_with_it() -> None:
    for row in ("D23", "D24"):
        assert ROWS.on(row, date(2026, 7, 1))
        with pytest.raises(NoRule, match="không có hiệu lực"):
            ROWS.on(row, date(2026, 6, 30))
    with pytest.raises(NoRule, match="không có dòng"):
        ROWS.on("D99", TODAY)


HEADER = shipped(FILE).decode().splitlines()[0]
GOOD = "D1,1,Việc,received,wd,7,,,Luật,2019-01-01,,yes,,"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (GOOD.replace("D1,", "X1,"), "id"),
        (GOOD.replace("received", "dreamt"), "event"),
        (GOOD.replace(",wd,", ",weeks,"), "unit"),
        (GOOD.replace(",7,", ",seven,"), "limit"),
        (GOOD.replace(",7,", ",,"), "phải có unit và limit"),
        (GOOD.replace(",yes,", ",no,"), "why_off"),
        (GOOD.replace("yes,,", "yes,Vì thế,"), "why_off"),
        (GOOD.replace("7,,", "7,3,"), "grounds"),
        (GOOD.replace("7,,,", "7,3,complex,"), "grounds"),
        (GOOD.replace("7,,,", "7,3,whim:1,"), "grounds"),
        (GOOD.replace("2019-01-01,,", "2019-01-01,2018-01-01,"), "trước"),
        (GOOD.replace("Luật", ""), "source"),
        (f"{GOOD}\n{GOOD}", "đã có"),
        (f"{GOOD}\n{GOOD.replace('D1,1', 'D1,2')}", "chồng"),
    ],
)
def test_faulty_rows_are_refused(line: str, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        read_deadlines(f"{HEADER}\n{line}".encode())
    assert read_deadlines(f"{HEADER}\n{GOOD}".encode()).on("D1", TODAY).limit == 7
