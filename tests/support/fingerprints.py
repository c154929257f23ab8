"""Whether a request changed the database: a look that costs nothing, then a comparison of every row."""

import sqlite3
from pathlib import Path

# May change on any request (decisions 18, 19).
FREE = {
    "audit_entry",
    "draft",
    "draft_file",
    "staff_session",
    "login_mark",
    "job_lease",
    "outbox",
    "search_key",
    "search_segment",
    "search_bucket",
    "search_case",
    "staff_notice",
}


class Book:
    """A SQLite database seen from outside, with a copy to put back."""

    def __init__(self, place: Path) -> None:
        self._live = sqlite3.connect(place, isolation_level=None, timeout=30)
        self._copy = sqlite3.connect(":memory:")
        self._live.backup(self._copy)
        self._tables = [
            name
            for (name,) in self._live.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith("sqlite_") and name not in FREE
        ]
        self._before = {table: self._read(table) for table in self._tables}
        self._mark = self._version()

    def _version(self) -> int:
        """A number that differs as soon as any other connection has committed anything."""
        return int(self._live.execute("PRAGMA data_version").fetchone()[0])

    def _read(self, table: str) -> list[tuple[object, ...]]:
        """Every row, in the order in which they lie; that order alone does not count as a change."""
        return self._live.execute(f'SELECT * FROM "{table}"').fetchall()

    def _differs(self, table: str) -> bool:
        before, now = self._before[table], self._read(table)
        return before != now and sorted(map(repr, before)) != sorted(map(repr, now))

    def remember(self) -> None:
        """What was committed until now does not count."""
        self._mark = self._version()

    def changed(self) -> list[str]:
        """The tables whose rows differ from the beginning."""
        if self._version() == self._mark:
            return []
        return [table for table in self._tables if self._differs(table)]

    def restore(self) -> None:
        """Everything as it was at the beginning."""
        self._copy.backup(self._live)
        self._mark = self._version()

    def version_of(self, case_id: str) -> int:
        """The version of a case, which its forms send back; 0 for no case."""
        try:
            found = self._live.execute('SELECT version FROM "case" WHERE id = ?', (case_id,)).fetchone()
        except (sqlite3.Error, UnicodeError):
            return 0
        return int(found[0]) if found else 0
