"""Reading the dated files of days off: each row a day or a year with its source; taken whole or refused."""

import re
from collections.abc import Callable, Hashable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from portal.domain.csv_rows import Problem, Refused, Row, read_day, read_rows, read_yes
from portal.domain.working_days import FIRST_YEAR, LAST_YEAR, DayRow, YearRow

DAYS, YEARS = "calendar.csv", "calendar_years.csv"
DAY_COLUMNS = ("day", "worked", "what", "source", "certain")
YEAR_COLUMNS = ("year", "source")
_LONGEST = 300
T = TypeVar("T")


class Effect(StrEnum):
    """What an officer says of a day; AS_SHIPPED takes an earlier word of his back."""

    OFF = "off"
    WORKED = "worked"
    AS_SHIPPED = "as_shipped"


def read_days(content: bytes) -> tuple[DayRow, ...]:
    """The days of a file; raises Refused naming every faulty line."""
    return _read(DAYS, read_rows(DAYS, content, DAY_COLUMNS), _day, lambda row: row.day)


def read_years(content: bytes) -> tuple[YearRow, ...]:
    """The confirmed years of a file; raises Refused naming every faulty line."""
    return _read(YEARS, read_rows(YEARS, content, YEAR_COLUMNS), _year, lambda row: row.year)


def _read(
    file: str, rows: list[Row], make: Callable[[Row], T], key: Callable[[T], Hashable]
) -> tuple[T, ...]:
    found: dict[Hashable, T] = {}
    problems = []
    for row in rows:
        try:
            one = make(row)
            if key(one) in found:
                raise ValueError(f"{key(one)} đã có ở trên")
            found[key(one)] = one
        except ValueError as error:
            problems.append(Problem(file, row.line, str(error)))
    if problems:
        raise Refused(problems)
    return tuple(found.values())


def _day(row: Row) -> DayRow:
    day = read_day(row, "day")
    if day is None:
        raise ValueError("day trống")
    in_range(day)
    worked = read_yes(row, "worked")
    if worked and day.weekday() < 5:
        raise ValueError("ngày làm bù phải là thứ Bảy hoặc Chủ nhật")
    return DayRow(day, worked, _text(row, "what"), _text(row, "source"), read_yes(row, "certain"))


def in_range(day: date) -> None:
    """Raises ValueError for a day without rules."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"năm {day.year} ngoài {FIRST_YEAR}–{LAST_YEAR}")


def _year(row: Row) -> YearRow:
    if not re.fullmatch("[0-9]{4}", row["year"]):
        raise ValueError(f"year “{row['year'][:40]}” không phải năm")
    in_range(date(int(row["year"]) or 1, 1, 1))
    return YearRow(int(row["year"]), _text(row, "source"))


def _text(row: Row, column: str) -> str:
    if not row[column] or len(row[column]) > _LONGEST:
        raise ValueError(f"{column} trống hoặc quá dài")
    return row[column]
