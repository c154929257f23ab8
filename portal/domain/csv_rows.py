"""Rows of an imported CSV file with their line numbers; a file is taken whole or refused with every fault."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

_FORMULA = re.compile(r"[=+@]|-(?!\d)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a file, for the person who mends it; line 1 is the header."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.line}: {self.text}"


class Refused(Exception):
    """The file is not imported, not even in part; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems[:20]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column, stripped of blanks."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def plain(cell: str) -> str:
    """The cell as text to a spreadsheet too: one that begins like a formula gets an apostrophe before it."""
    cell = _CONTROLS.sub(" ", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell


def read_rows(file: str, content: bytes, columns: Sequence[str]) -> list[Row]:
    """All rows of a UTF-8 CSV; raises Refused on bad encoding, a missing column or a ragged row."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused([Problem(file, line, "không phải mã UTF-8")]) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [column for column in columns if column not in header]
        if missing:
            raise Refused([Problem(file, 1, f"thiếu cột {', '.join(missing)}")])
        rows, problems = _rows(file, reader, header)
    except csv.Error as error:
        raise Refused([Problem(file, reader.line_num, f"không đúng dạng CSV ({error})")]) from error
    if problems:
        raise Refused(problems)
    return rows


def _rows(file: str, reader: Iterator[list[str]], header: list[str]) -> tuple[list[Row], list[Problem]]:
    rows, problems = [], []
    for cells in reader:
        line: int = reader.line_num  # type: ignore[attr-defined]
        if not cells:
            continue
        if len(cells) != len(header):
            problems.append(Problem(file, line, f"có {len(cells)} ô, phải có {len(header)}"))
        elif not "".join(cells).isprintable():
            problems.append(Problem(file, line, "có ký tự điều khiển"))
        else:
            rows.append(Row(line, dict(zip(header, map(str.strip, cells), strict=True))))
    return rows, problems


def read_day(row: Row, column: str) -> date | None:
    """A day as YYYY-MM-DD, None for an empty cell; raises ValueError that names the column."""
    cell = row[column]
    if not cell:
        return None
    try:
        if len(cell) != 10:
            raise ValueError(cell)
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{column} “{cell[:40]}” không phải ngày dạng YYYY-MM-DD") from None


def read_period(row: Row) -> tuple[date | None, date | None]:
    """`valid_from` and `valid_to`, in their order; raises ValueError."""
    first, last = read_day(row, "valid_from"), read_day(row, "valid_to")
    if first and last and last < first:
        raise ValueError(f"valid_to {last} trước valid_from {first}")
    return first, last


def read_yes(row: Row, column: str) -> bool:
    """True for "yes", False for "no"; raises ValueError that names the column."""
    if row[column] not in ("yes", "no"):
        raise ValueError(f"{column} “{row[column][:40]}” không thuộc: yes, no")
    return row[column] == "yes"


E = TypeVar("E", bound=StrEnum)


def read_choice(row: Row, column: str, choices: type[E]) -> E:
    """One of an enum's values; raises ValueError that names the column and the choices."""
    try:
        return choices(row[column])
    except ValueError:
        allowed = ", ".join(choices)
        raise ValueError(f"{column} “{row[column][:40]}” không thuộc: {allowed}") from None
