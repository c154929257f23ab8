"""Last days of limits, checked by hand against the official notices of days off; and what always holds."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.data.deadlines import shipped_calendar
from portal.domain.calendar_rows import read_days, read_years
from portal.domain.csv_rows import Refused
from portal.domain.deadlines import end_of
from portal.domain.working_days import Calendar, DayRow, OutOfRange, Unit, YearRow, later

CALENDAR = shipped_calendar()
DAYS = st.dates(date(2018, 1, 1), date(2035, 12, 31))

# Day of the event, limit, last day. Counted on paper from these working days that are off and Saturdays that
# are worked:
# 2024  1/1 · 8, 9, 12–14/2 · 18/4 · 29/4 (worked: Sat 4/5), 30/4, 1/5 · 2, 3/9
# 2025  1/1 · 27–31/1 · 7/4 · 30/4, 1/5, 2/5 (worked: Sat 26/4) · 1, 2/9
# 2026  1/1, 2/1 (worked: Sat 10/1) · 16–20/2 · 27/4 · 30/4, 1/5 · 31/8 (worked: Sat 22/8), 1, 2/9 · 24/11
# 2027  1/1 · 4, 5, 8–10/2 · 16/4 · 30/4, 3/5 · 2, 3/9 · 24/11
BY_HAND = """
2018-12-28  1wd  2019-01-02   31/12 off in exchange, 1/1
2019-01-04  1wd  2019-01-05   the Saturday worked for 31/12/2018
2023-04-28  1wd  2023-05-04   29/4–3/5
2023-12-29  1wd  2024-01-02   1/1 a Monday
2024-01-31  5wd  2024-02-07   the last working day before Tết
2024-02-01  5wd  2024-02-15   over Tết 8–14/2
2024-02-07  1wd  2024-02-15   from the eve of Tết
2024-02-07  7wd  2024-02-23
2024-02-10  3wd  2024-02-19   an event on the first day of Tết
2024-01-10  30d  2024-02-15   ends on 9/2, in Tết
2024-01-16  30d  2024-02-15   ends on the first day after Tết
2024-03-19  30d  2024-04-19   ends on Hùng Kings' day, a Thursday
2024-04-17  1wd  2024-04-19
2024-04-26  1wd  2024-05-02   29/4 off in exchange, 30/4, 1/5
2024-04-26  3wd  2024-05-04   ends on the Saturday that is worked
2024-05-03  1wd  2024-05-04
2024-05-03  2wd  2024-05-06
2024-04-22  7wd  2024-05-04
2024-04-04  30d  2024-05-04   the worked Saturday is no rest day
2024-04-05  30d  2024-05-06   a Sunday
2024-03-30  30d  2024-05-02   ends on 29/4
2024-06-14  5wd  2024-06-21   a plain week
2024-08-30  1wd  2024-09-04   2/9 and 3/9
2024-08-26  10wd 2024-09-11
2024-08-03  30d  2024-09-04   ends on 2/9
2024-12-30  2wd  2025-01-02
2024-12-31  1wd  2025-01-02   2/1/2025 was worked
2025-01-20  5wd  2025-02-03   over Tết 27–31/1
2025-01-24  7wd  2025-02-11
2025-01-01  30d  2025-02-03   ends on 31/1, in Tết
2024-12-28  30d  2025-02-03   ends on 27/1, in Tết
2025-04-04  1wd  2025-04-08   Hùng Kings' day on Monday 7/4
2025-04-25  1wd  2025-04-26   the Saturday worked for 2/5
2025-04-25  2wd  2025-04-28
2025-04-25  4wd  2025-05-05
2025-04-23  7wd  2025-05-06
2025-03-27  30d  2025-04-26   ends on the worked Saturday
2025-03-28  30d  2025-04-28   a Sunday
2025-04-02  30d  2025-05-05   ends on 2/5, off in exchange
2025-08-29  1wd  2025-09-03   1/9 and 2/9
2025-08-20  10wd 2025-09-05
2025-08-02  30d  2025-09-03   ends on 1/9
2025-12-31  2wd  2026-01-06   1/1 and 2/1
2025-12-24  7wd  2026-01-06
2025-12-03  30d  2026-01-05   ends on 2/1, off in exchange
2026-01-09  1wd  2026-01-10   the Saturday worked for 2/1
2026-01-05  7wd  2026-01-13
2025-12-11  30d  2026-01-10   ends on the worked Saturday
2026-02-13  1wd  2026-02-23   over Tết 16–20/2
2026-02-06  7wd  2026-02-24
2026-01-16  30d  2026-02-23   the Sunday before Tết
2026-01-21  30d  2026-02-23   ends on 20/2, in Tết
2026-04-24  1wd  2026-04-28   Monday 27/4 for Sunday 26/4
2026-04-24  5wd  2026-05-06
2026-03-27  30d  2026-04-28   ends on Hùng Kings' day, a Sunday
2026-04-29  1wd  2026-05-04
2026-06-30  7wd  2026-07-09
2026-06-30  10d  2026-07-10   a complaint received before 1/7/2026
2026-07-01  7wd  2026-07-10   a complaint received from 1/7/2026 on
2026-06-30  30d  2026-07-30
2026-08-21  1wd  2026-08-22   the Saturday worked for 31/8
2026-08-21  7wd  2026-09-03
2026-08-20  10wd 2026-09-07
2026-07-23  30d  2026-08-22   ends on the worked Saturday
2026-08-01  30d  2026-09-03   ends on 31/8
2026-11-20  5wd  2026-11-30   24/11
2026-10-25  30d  2026-11-25   ends on 24/11
2026-12-31  1wd  2027-01-04
2027-01-29  5wd  2027-02-12   over Tết 4–10/2
2027-02-03  1wd  2027-02-11
2027-01-09  30d  2027-02-11   ends on 8/2, in Tết
2027-04-15  1wd  2027-04-19   Hùng Kings' day on Friday 16/4
2027-04-29  1wd  2027-05-04   30/4, and 3/5 for Saturday 1/5
2027-04-26  7wd  2027-05-07
2027-04-01  30d  2027-05-04   ends on Saturday 1/5
2027-09-01  1wd  2027-09-06   2/9 and 3/9
2027-08-25  10wd 2027-09-10
2027-11-23  1wd  2027-11-25   24/11
2027-12-31  1wd  2028-01-04   3/1 for Saturday 1/1
"""
ROWS = [line.split(maxsplit=3)[:3] for line in BY_HAND.strip().splitlines()]


@pytest.mark.parametrize(("start", "limit", "end"), ROWS, ids=[" ".join(row[:2]) for row in ROWS])
def test_last_days_by_hand(start: str, limit: str, end: str) -> None:
    count, unit = int(limit.rstrip("wd")), Unit.WORKING_DAYS if limit.endswith("wd") else Unit.CALENDAR_DAYS
    assert end_of(unit, count, date.fromisoformat(start), CALENDAR).isoformat() == end


def test_the_table_is_long_enough() -> None:
    assert len({tuple(row[:2]) for row in ROWS if row[0] >= "2023-12"}) >= 60


def test_the_package_agrees_with_the_notices_but_for_the_swap_it_lacks() -> None:
    package, day, wrong = Calendar(), date(2021, 1, 1), []
    while day.year < 2028:
        if package.is_working_day(day) != CALENDAR.is_working_day(day):
            wrong.append(day.isoformat())
        day += timedelta(days=1)
    assert wrong == ["2026-01-02", "2026-01-10"]


@given(DAYS, st.integers(1, 90))
def test_an_end_is_a_working_day_after_the_start(start: date, count: int) -> None:
    for unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        end = end_of(unit, count, start, CALENDAR)
        assert end > start
        assert CALENDAR.is_working_day(end)


@given(DAYS, st.integers(1, 90), st.sampled_from((Unit.WORKING_DAYS, Unit.CALENDAR_DAYS)))
def test_later_starts_and_longer_limits_never_end_earlier(start: date, count: int, unit: Unit) -> None:
    end = end_of(unit, count, start, CALENDAR)
    assert end <= end_of(unit, count, start + timedelta(days=1), CALENDAR)
    assert end <= end_of(unit, count + 1, start, CALENDAR)


@given(DAYS, st.integers(1, 60), st.integers(1, 60))
def test_working_days_add_up_over_weekends(start: date, first: int, second: int) -> None:
    both = CALENDAR.add_working_days(start, first + second)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, first), second) == both


@given(DAYS, st.integers(1, 90))
def test_as_many_working_days_lie_between_as_were_counted(start: date, count: int) -> None:
    end = CALENDAR.add_working_days(start, count)
    days = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(CALENDAR.is_working_day(day) for day in days) == count


@given(st.dates(date(2029, 1, 1), date(2034, 12, 31)), st.integers(1, 30), st.integers(1, 3))
def test_a_swap_moves_an_end_only_while_one_of_its_days_is_passed(start: date, count: int, week: int) -> None:
    """A Saturday worked for an earlier or later Friday: the count is the same once both days are behind."""
    friday = start + timedelta(days=(4 - start.weekday()) % 7 + 7)
    saturday = friday + timedelta(days=7 * week + 1)
    if not CALENDAR.is_working_day(friday) or CALENDAR.is_working_day(saturday):
        return
    swap = [DayRow(friday, False, "nghỉ", "thử"), DayRow(saturday, True, "làm bù", "thử")]
    plain = CALENDAR.add_working_days(start, count)
    swapped = later(CALENDAR, swap, (), "").add_working_days(start, count)
    assert (swapped == plain) == (plain < friday or plain > saturday) or plain == saturday


def test_what_is_entered_later_wins() -> None:
    typhoon = DayRow(date(2026, 9, 8), False, "Nghỉ tránh bão", "Công điện 1")
    changed = later(CALENDAR, [typhoon], [YearRow(2027, "Thông báo 1")], "other")
    assert not changed.is_working_day(date(2026, 9, 8))
    assert CALENDAR.is_working_day(date(2026, 9, 8))
    assert changed.confirmed_by(2027) == "Thông báo 1"
    assert changed.special(date(2026, 9, 8)) == typhoon


def test_what_makes_an_end_provisional() -> None:
    assert CALENDAR.doubts(date(2026, 6, 30), date(2026, 7, 9)) == ()
    assert CALENDAR.doubts(date(2026, 11, 23), date(2026, 11, 25)) == (date(2026, 11, 24),)
    assert CALENDAR.doubts(date(2026, 12, 30), date(2027, 1, 5)) == (2027,)
    assert CALENDAR.doubts(date(2026, 12, 31), date(2027, 1, 4)) == (2027,)
    assert CALENDAR.doubts(date(2018, 5, 2), date(2018, 5, 9)) == (2018,)


@pytest.mark.parametrize("day", [date(2009, 12, 30), date(2100, 1, 4), date(9999, 12, 31)])
def test_other_years_are_refused(day: date) -> None:
    with pytest.raises(OutOfRange):
        CALENDAR.add_working_days(day, 10)
    with pytest.raises(OutOfRange):
        CALENDAR.add_calendar_days(day, 1)


def test_every_year_has_its_days_off() -> None:
    for year in range(2018, 2036):
        names = [row.what for row in CALENDAR.specials(date(year, 1, 1), date(year, 12, 31))]
        for wanted in (
            "Tết Dương lịch",
            "Mùng ba Tết",
            "Hùng Vương",
            "Chiến thắng",
            "Lao động",
            "Quốc khánh",
        ):
            assert any(wanted in name for name in names), (year, wanted)
        assert any("Văn hóa" in name for name in names) == (year >= 2026)


HEADER = "day,worked,what,source,certain\n"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("2026-02-30,no,Nghỉ,Văn bản,yes", "không phải ngày"),
        ("2026-02-03,maybe,Nghỉ,Văn bản,yes", "worked"),
        ("2026-02-03,yes,Làm bù,Văn bản,yes", "thứ Bảy"),
        ("2026-02-03,no,Nghỉ,,yes", "source"),
        ("1999-02-03,no,Nghỉ,Văn bản,yes", "ngoài"),
        ("2026-02-03,no,Nghỉ,Văn bản,yes\n2026-02-03,no,Nghỉ,Văn bản,yes", "đã có"),
    ],
)
def test_faulty_days_are_refused(line: str, fault: str) -> None:
    with pytest.raises(Refused, match=fault):
        read_days((HEADER + line).encode())


def test_faulty_years_are_refused() -> None:
    for line in ("26,Văn bản", "2026,", "2500,Văn bản"):
        with pytest.raises(Refused):
            read_years(f"year,source\n{line}".encode())


def test_the_shipped_days_are_in_order() -> None:
    assert all(one.day < other.day for one, other in pairwise(CALENDAR.rows))
