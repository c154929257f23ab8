"""Forms of discipline (hình thức kỷ luật): dated rows of party and state law, taken whole or refused."""

from dataclasses import dataclass
from datetime import date

from portal.domain.csv_rows import Problem, Refused, Row, read_choice, read_period, read_rows
from portal.domain.parties import Track

FILE = "discipline.csv"
COLUMNS = ("id", "title", "track", "source", "valid_from", "valid_to", "note")


@dataclass(frozen=True)
class Form:
    """One form, with the days on which a decision could name it, and where it stands."""

    id: str
    title: str
    track: Track
    source: str
    valid_from: date | None
    valid_to: date | None

    def in_force_on(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


def read_forms(content: bytes) -> dict[str, Form]:
    """The forms of a file by id, in its order; raises Refused naming every faulty line."""
    found: dict[str, Form] = {}
    problems: list[Problem] = []
    for row in read_rows(FILE, content, COLUMNS):
        try:
            found[row["id"]] = _form(row, found)
        except ValueError as error:
            problems.append(Problem(FILE, row.line, str(error)))
    if problems:
        raise Refused(problems)
    return found


def _form(row: Row, earlier: dict[str, Form]) -> Form:
    for column in ("id", "title", "source"):
        if not row[column] or len(row[column]) > 200:
            raise ValueError(f"{column} trống hoặc quá dài")
    if row["id"] in earlier:
        raise ValueError(f"{row['id']} đã có ở trên")
    return Form(row["id"], row["title"], read_choice(row, "track", Track), row["source"], *read_period(row))
