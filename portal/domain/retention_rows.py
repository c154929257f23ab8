"""Reading the table of retention: one row a version of a rule with its source; taken whole or refused."""

import re
from collections import defaultdict

from portal.domain.csv_rows import Problem, Refused, Row, read_choice, read_period, read_rows, read_yes
from portal.domain.parties import overlap
from portal.domain.retention import Kept, Retention, RetentionRow

FILE = "retention.csv"
COLUMNS = ("id", "version", "what", "months", "source", "valid_from", "valid_to", "on", "why_off", "note")
_ID, _NUMBER = re.compile("L[1-9][0-9]?"), re.compile("[1-9][0-9]{0,3}")


def read_retention(content: bytes) -> Retention:
    """The rows of a file in its order; raises Refused naming every faulty line."""
    found: list[RetentionRow] = []
    problems: list[Problem] = []
    earlier: dict[Kept, list[RetentionRow]] = defaultdict(list)
    for row in read_rows(FILE, content, COLUMNS):
        try:
            made = _row(row)
            for other in earlier[made.what]:
                if overlap((other.valid_from, other.valid_to), (made.valid_from, made.valid_to)):
                    raise ValueError(f"thời hạn hiệu lực chồng lên {other.id} bản {other.version}")
            earlier[made.what].append(made)
            found.append(made)
        except ValueError as error:
            problems.append(Problem(FILE, row.line, str(error)))
    if problems:
        raise Refused(problems)
    return Retention(tuple(found))


def _row(row: Row) -> RetentionRow:
    if not _ID.fullmatch(row["id"]):
        raise ValueError(f"id “{row['id'][:40]}” không có dạng L3")
    if not row["source"] or len(row["source"]) > 300:
        raise ValueError("source trống hoặc quá dài")
    on = read_yes(row, "on")
    if on == bool(row["why_off"]):
        raise ValueError("dòng tắt phải có why_off, dòng bật thì không")
    for column in ("version", "months"):
        if row[column] and not _NUMBER.fullmatch(row[column]):
            raise ValueError(f"{column} “{row[column][:40]}” không phải số")
    if on and not row["months"]:
        raise ValueError("dòng bật phải có months")
    first, last = read_period(row)
    return RetentionRow(
        id=row["id"],
        version=int(row["version"] or 1),
        what=read_choice(row, "what", Kept),
        months=int(row["months"]) if row["months"] else None,
        source=row["source"],
        valid_from=first,
        valid_to=last,
        why_off=row["why_off"],
        note=row["note"],
    )
