"""What stands in clear in the database, and why: one table that prints itself (decisions 12).

Every column of every table is here exactly once, so a new column is a decision. `portal db clear` prints it.
"""

from portal.data.db import Base
from portal.data.models.clear.matters import MATTERS
from portal.data.models.clear.offices import OFFICES
from portal.data.models.clear.rounds import ROUNDS
from portal.data.models.clear.search import SEARCH
from portal.data.models.clear.shields import Column, Shield

__all__ = ["CLEAR", "Shield", "lines", "undecided"]

CLEAR: dict[str, dict[str, Column]] = MATTERS | OFFICES | ROUNDS | SEARCH


def lines() -> list[str]:
    """The table as text: one line per column, sealed ones too."""
    return [
        f"{table}.{name}: {column.shield.value}{f' ({column.why})' if column.why else ''}"
        for table, columns in CLEAR.items()
        for name, column in columns.items()
    ]


def undecided() -> list[str]:
    """Columns of the store that the table does not name, and names that are no column."""
    stored = {
        f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns
    }
    named = {f"{table}.{name}" for table, columns in CLEAR.items() for name in columns}
    return sorted(stored ^ named)
