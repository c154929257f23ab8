"""Many cases in one board's queue, written past the gate: the oldest open as real ones, the rest fill up."""

from collections.abc import Iterator
from datetime import timedelta
from secrets import token_bytes
from typing import Any

from sqlalchemy import Table, insert

from portal.bench.base import Base
from portal.bench.drafts import answers
from portal.data import db
from portal.data.db import new_id
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Grant, Report
from portal.domain import clock
from portal.domain.drafted import telling_from
from portal.domain.receiving import NobodyLeft
from portal.papers.composing import Rows, Source, compose
from portal.papers.receiving import Plan, reception

REAL = 120  # two pages of the queue and more
_CHUNK = 2_000
_TABLES: tuple[tuple[str, Table], ...] = (
    ("report", Report.__table__),  # type: ignore[assignment]
    ("grant", Grant.__table__),
    ("case", Case.__table__),
    ("link", CaseReport.__table__),
)


def fill(base: Base, number: int, *, real: int = REAL) -> list[str]:
    """Add `number` cases to the ward's board, the `real` oldest with heads that open; returns their ids."""
    today = clock.today()
    oldest = today - timedelta(days=28)
    telling = telling_from(answers("Chuyện ngắn để đo hàng đợi."), "portal", today)
    plan = reception(telling, today)
    db.session().rollback()
    if isinstance(plan, NobodyLeft):
        raise RuntimeError("the ward's board is not active")
    real = min(real, number)
    first = [_rows(base, telling, plan, oldest + timedelta(days=n % 3)) for n in range(real)]
    engine = db.make_engine(base.settings.database)
    try:
        _store(engine, iter(first))
        sample = _rows(base, telling, plan, oldest + timedelta(days=4))
        _store(engine, (_copy(sample, oldest + timedelta(days=4 + n % 20)) for n in range(number - real)))
    finally:
        engine.dispose()
    return [rows.case["id"] for rows in sorted(first, key=lambda r: (r.case["opened_on"], r.case["id"]))]


def _rows(base: Base, telling: Any, plan: Plan, day: Any) -> Rows:
    source = Source(new_id(), token_bytes(32), base.settings.pepper.encode())
    return compose(telling, plan, source, day)[0]


def _copy(sample: Rows, day: Any) -> Rows:
    """Another case of the same sizes; its sealed parts are never opened."""
    report_id, case_id = new_id(), new_id()
    return Rows(
        sample.report | {"id": report_id, "lookup": token_bytes(32), "received_on": day},
        sample.grant | {"report_id": report_id},
        sample.case | {"id": case_id, "opened_on": day},
        {"case_id": case_id, "report_id": report_id, "added_on": day},
    )


def _store(engine: Any, rows: Iterator[Rows]) -> None:
    while chunk := [one for _, one in zip(range(_CHUNK), rows, strict=False)]:
        # In the order of their ids, as a grown table has them.
        with engine.begin() as connection:
            for name, table in _TABLES:
                key = [column.name for column in table.primary_key]
                ordered = sorted((getattr(one, name) for one in chunk), key=lambda r: [r[k] for k in key])
                connection.execute(insert(table), ordered)
