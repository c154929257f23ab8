"""Every write is recorded by the open act, or refused: the engine guard behind the gate."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.sql.dml import Delete, Insert, Update

# The closed list of decisions.md 19: no content of theirs outlives its purpose, none is evidence.
UNAUDITED = frozenset(
    {
        "draft",
        "draft_file",
        "staff_session",
        "job_lease",
        "outbox",
        "search_key",
        "staff_notice",
        "search_segment",
        "search_bucket",
        "search_case",
        "login_mark",
        "unsent_text",
    }
)
_CHANGES = re.compile(
    r"^\s*(insert|update|delete|replace|merge|truncate|drop|alter|create|grant|copy)\b"
    r"|^\s*with\b.*\b(insert|update|delete|merge)\b",
    re.IGNORECASE | re.DOTALL,
)


class UnauditedWrite(Exception):
    """A statement would change data outside an act; nothing was written."""


@dataclass
class Change:
    """What one kind of statement did in an act: names of columns and a count, never a value."""

    table: str
    operation: str
    columns: set[str] = field(default_factory=set)
    rows: int = 0


@dataclass
class Act:
    """One use case in progress: who does what to which objects."""

    name: str
    actor_id: str
    body_id: str | None
    day_only: bool
    objects: list[tuple[str, str]] = field(default_factory=list)
    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    digest: str | None = None

    def touch(self, kind: str, *ids: str) -> None:
        """Name the objects that the act concerns."""
        for one in ids:
            if (kind, one) not in self.objects:
                self.objects.append((kind, one))

    def record(self, table: str, operation: str, columns: set[str], rows: int) -> None:
        change = self.changes.setdefault((table, operation), Change(table, operation))
        change.columns |= columns
        change.rows += rows


_act: ContextVar[Act | None] = ContextVar("act", default=None)
_technical: ContextVar[bool] = ContextVar("technical", default=False)


def current_act() -> Act:
    """The act in progress; raises RuntimeError outside one."""
    act = _act.get()
    if act is None:
        raise RuntimeError("no act is in progress")
    return act


@contextmanager
def acting(act: Act) -> Iterator[Act]:
    """Within the block, writes belong to `act`; acts do not nest."""
    if _act.get() is not None:
        raise RuntimeError(f"{act.name} inside {current_act().name}: actions do not call actions")
    token = _act.set(act)
    try:
        yield act
    finally:
        _act.reset(token)


@contextmanager
def technical() -> Iterator[None]:
    """Within the block the UNAUDITED tables, and only they, may be written without an act."""
    token = _technical.set(True)
    try:
        yield
    finally:
        _technical.reset(token)


def arm(engine: Engine) -> None:
    """From now on `engine` refuses every change outside an act."""

    @event.listens_for(engine, "before_cursor_execute")
    def _watch(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        built = getattr(getattr(context, "compiled", None), "statement", None)
        if not isinstance(built, Insert | Update | Delete):
            if _CHANGES.match(statement):
                raise UnauditedWrite("a statement written as text changes data")
            return
        _admit(built, context.compiled, len(parameters) if many else 1)


def _admit(built: Any, compiled: Any, rows: int) -> None:
    table = built.table.name
    if table in UNAUDITED:
        if _technical.get() or _act.get() is not None:
            return
        raise UnauditedWrite(f"{table} changes outside an act")
    act = _act.get()
    if act is None:
        raise UnauditedWrite(f"{table} changes outside an act")
    if table == "audit_entry":
        if not isinstance(built, Insert):
            raise UnauditedWrite("audit entries are only ever added")
        return
    if isinstance(built, Delete):
        act.record(table, "delete", set(), rows)
        return
    known = built.table.c.keys()
    columns = {key for key in (compiled.column_keys or known) if key in known}
    act.record(table, "insert" if isinstance(built, Insert) else "update", columns, rows)
