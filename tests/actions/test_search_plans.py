"""What SQLite reads for a question without words: a range of one index each, never all cases of a body.

Its planner has no statistics here as in use, so the plan of an empty store is the plan of a full one.
"""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from portal.action import session
from portal.data import db
from portal.domain.life import State
from portal.papers import merging
from portal.papers.finding import Wanted, find
from tests.support import make, people

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}
LOGINS = (f"member.{make.FRONT}", f"member.{make.COMMITTEE}")


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def plans(work: Any, table: str) -> list[str]:
    """How SQLite reads `table` in each statement of `work`, one line each."""
    asked: list[tuple[str, Any]] = []
    engine = db.store().engine

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    session().rollback()
    with engine.connect() as connection:
        rows = [
            str(row[3])
            for statement, given in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
    return [row for row in rows if f" {table} " in f"{row} " or f" {table}_" in row]


@pytest.mark.parametrize("login", LOGINS)
def test_by_state_and_days_an_index_gives_the_order(founded, login: str) -> None:
    actor, ring = founded.made.signed_in(login)
    for state in State:
        read = plans(lambda state=state: find(ring, actor, Wanted(state=state, **YEAR)), "case")
        assert read
        assert not [row for row in read if "SCAN" in row or "due_on" in row], (state, read)


@pytest.mark.parametrize("login", LOGINS)
def test_a_number_of_no_case_reads_no_range_of_cases(founded, login: str) -> None:
    actor, ring = founded.made.signed_in(login)
    read = plans(lambda: find(ring, actor, Wanted(number="HS-0000-0000")), "case")
    assert read
    assert not [row for row in read if "SCAN" in row or "front_id=?" in row or "leader_id=?" in row], read


def test_what_waits_to_be_merged_is_found_without_the_rest(founded) -> None:
    actor, ring = founded.made.signed_in(LOGINS[0])
    make.report(founded.settings)
    read = plans(lambda: merging.tend(ring, actor.body), "search_case")
    assert read
    assert any("ix_search_case_body_id_segment_id" in row for row in read), read
    assert not [row for row in read if row.endswith("PRIMARY KEY (body_id=?)")], read
