"""Reading the table of deadlines: one row a version of a limit with its source; taken whole or refused."""

import re
from collections import defaultdict
from collections.abc import Iterator

from portal.domain.csv_rows import Problem, Refused, Row, read_choice, read_period, read_rows, read_yes
from portal.domain.deadlines import DeadlineRow, Deadlines, Event, Ground
from portal.domain.parties import overlap
from portal.domain.working_days import Unit

FILE = "deadlines.csv"
COLUMNS = (
    "id",
    "version",
    "duty",
    "event",
    "unit",
    "limit",
    "extension",
    "grounds",
    "source",
    "valid_from",
    "valid_to",
    "on",
    "why_off",
    "note",
)
_ID = re.compile(r"[DP][1-9][0-9]?(\.[2-9])?")
_NUMBER = re.compile("[1-9][0-9]{0,2}")


def read_deadlines(content: bytes) -> Deadlines:
    """The rows of a file in its order; raises Refused naming every faulty line."""
    found: list[tuple[int, DeadlineRow]] = []
    problems: list[Problem] = []
    for row in read_rows(FILE, content, COLUMNS):
        try:
            found.append((row.line, _deadline(row)))
        except ValueError as error:
            problems.append(Problem(FILE, row.line, str(error)))
    problems += _clashes(found)
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.line))
    return Deadlines(tuple(row for _, row in found))


def _deadline(row: Row) -> DeadlineRow:
    for column in ("duty", "source"):
        if not row[column] or len(row[column]) > 300:
            raise ValueError(f"{column} trống hoặc quá dài")
    if not _ID.fullmatch(row["id"]):
        raise ValueError(f"id “{row['id'][:40]}” không có dạng D5 hoặc D18.2")
    first, last = read_period(row)
    on, grounds = read_yes(row, "on"), _grounds(row["grounds"])
    if on == bool(row["why_off"]):
        raise ValueError("dòng tắt phải có why_off, dòng bật thì không")
    made = DeadlineRow(
        id=row["id"],
        version=_number(row, "version") or 1,
        duty=row["duty"],
        event=read_choice(row, "event", Event),
        unit=read_choice(row, "unit", Unit) if row["unit"] else None,
        limit=_number(row, "limit"),
        source=row["source"],
        extension=_number(row, "extension") or 0,
        grounds=grounds,
        valid_from=first,
        valid_to=last,
        why_off=row["why_off"],
        note=row["note"],
    )
    if on and (made.unit is None or made.limit is None):
        raise ValueError("dòng bật phải có unit và limit")
    if bool(made.extension) != bool(grounds):
        raise ValueError("extension và grounds phải đi cùng nhau")
    return made


def _number(row: Row, column: str) -> int | None:
    if not row[column]:
        return None
    if not _NUMBER.fullmatch(row[column]):
        raise ValueError(f"{column} “{row[column][:40]}” không phải số")
    return int(row[column])


def _grounds(cell: str) -> dict[Ground, int]:
    grounds = {}
    for one in filter(None, cell.split("|")):
        name, _, times = one.partition(":")
        if name not in set(Ground) or not _NUMBER.fullmatch(times):
            raise ValueError(f"grounds “{one[:40]}” không có dạng căn_cứ:số_lần")
        grounds[Ground(name)] = int(times)
    return grounds


def _clashes(rows: list[tuple[int, DeadlineRow]]) -> Iterator[Problem]:
    earlier: dict[str, list[DeadlineRow]] = defaultdict(list)
    for line, row in rows:
        for other in earlier[row.id]:
            if other.version == row.version:
                yield Problem(FILE, line, f"{row.id} bản {row.version} đã có ở trên")
            if overlap((other.valid_from, other.valid_to), (row.valid_from, row.valid_to)):
                yield Problem(FILE, line, f"thời hạn hiệu lực chồng lên bản {other.version}")
        earlier[row.id].append(row)
