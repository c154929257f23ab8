"""Let clocks run: a table of the clocks of cases, their pauses and extensions, and the calendar's entries.

Every case with a date due gets the clock that it was counted with. It carries no revision of the calendar,
so that the worker computes it again, and says what is due of it, in its next round.
"""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_VIETNAM = timezone(timedelta(hours=7))
# Rule: row, unit, length, event, the state that began it; as they were when this migration was written.
_RULES: dict[str, tuple[str, str, int, str, str]] = {
    "classify": ("D1", "wd", 7, "received", "received"),
    "classify_again": ("D2", "wd", 5, "received", "returned"),
    "determine": ("P3", "wd", 5, "referred", "undetermined"),
    "wait_for_reporter": ("P1", "d", 30, "asked", "needs_info"),
    "accept": ("D1", "wd", 7, "received", "routed"),
    "outside_answer": ("D27", "wd", 20, "handed_over", "outside"),
    "settle": ("D5", "d", 30, "accepted", "accepted"),
    "tell_result": ("D8", "wd", 5, "concluded", "concluded"),
    "close": ("P2", "d", 30, "answered", "answered"),
}


def upgrade() -> None:
    clocks = _create_clocks()
    _create_calendar()
    _start(clocks)


def _create_clocks() -> sa.Table:
    clocks = op.create_table(
        "case_clock",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("row_id", sa.String(length=8), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("waits_for", sa.String(length=32), nullable=True),
        sa.Column("calendar", sa.String(length=16), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("say_on", sa.Date(), nullable=True),
        sa.Column("was_late", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_clock_case_id")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_clock")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_clock_say_on", "case_clock", ["ended_on", "say_on"])
    op.create_index("ix_case_clock_calendar", "case_clock", ["ended_on", "calendar"])
    _create_part(
        "clock_pause",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("waits_for", sa.String(length=32), nullable=False),
    )
    _create_part(
        "clock_extension",
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("message_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_clock_extension_message_id")),
    )
    return clocks


def _create_part(name: str, *columns: Any) -> None:
    op.create_table(
        name,
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["case_id", "number"],
            ["case_clock.case_id", "case_clock.number"],
            name=op.f(f"fk_{name}_case_id_number"),
        ),
        sa.PrimaryKeyConstraint("case_id", "number", "place", name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _create_calendar() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=32), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("entered_by", sa.String(length=16), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_calendar_day_entered_by")),
        sa.PrimaryKeyConstraint("day", "version", name=op.f("pk_calendar_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("entered_by", sa.String(length=16), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_calendar_year_entered_by")),
        sa.PrimaryKeyConstraint("year", "version", name=op.f("pk_calendar_year")),
        sqlite_with_rowid=False,
    )


def _start(clocks: sa.Table) -> None:
    """One clock for every case that has a date due."""
    cases = sa.table(
        "case",
        *(sa.column(name, sa.String()) for name in ("id", "due_rule")),
        *(sa.column(name, sa.Date()) for name in ("opened_on", "due_on")),
        sa.column("was_late", sa.Boolean()),
    )
    connection = op.get_bind()
    begun = _begun(connection)
    rows = []
    for case in connection.execute(sa.select(cases).where(cases.c.due_on.is_not(None))):
        if case.due_rule not in _RULES:
            continue
        row, unit, length, event, state = _RULES[case.due_rule]
        rows.append(
            {
                "case_id": case.id,
                "number": 1,
                "rule": case.due_rule,
                "row_id": row,
                "row_version": 1,
                "unit": unit,
                "length": length,
                "event": event,
                "started_on": begun.get((case.id, state), case.opened_on),
                "first_due_on": case.due_on,
                "due_on": case.due_on,
                "calendar": "",
                "said": 0,
                "say_on": case.due_on,
                "was_late": case.was_late,
            }
        )
    for first in range(0, len(rows), 1000):
        op.bulk_insert(clocks, rows[first : first + 1000])


def _begun(connection: sa.Connection) -> dict[tuple[str, str], Any]:
    """The day in Viet Nam on which a case last came into a state from another one."""
    steps = sa.table(
        "case_step",
        *(sa.column(name, sa.String()) for name in ("case_id", "from_state", "to_state")),
        sa.column("version", sa.Integer()),
        sa.column("at", sa.DateTime(timezone=True)),
        sa.column("account_id", sa.String()),
    )
    moved = sa.select(steps).where(steps.c.from_state != steps.c.to_state).order_by(steps.c.version)
    found: dict[tuple[str, str], Any] = {}
    for step in connection.execute(moved):
        moment: datetime = step.at if step.at.tzinfo else step.at.replace(tzinfo=UTC)
        # A resident's step carries midnight of its day, and nobody's account.
        day = moment.astimezone(_VIETNAM).date() if step.account_id else moment.astimezone(UTC).date()
        found[step.case_id, step.to_state] = day
    return found


def downgrade() -> None:
    for name in ("calendar_year", "calendar_day", "clock_extension", "clock_pause", "case_clock"):
        op.drop_table(name)
