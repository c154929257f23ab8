"""Keep supervision rounds (plan, team, bodies, cases, papers, follow-up), reprisals and protection."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY, BODY, WORD = sa.String(length=16), sa.String(length=48), sa.String(length=32)
TABLES = ("round_item", "round_paper", "round_case", "round_member", "round_body", "round_step")


def upgrade() -> None:
    op.create_table(
        "supervision_round",
        sa.Column("id", KEY, nullable=False),
        sa.Column("body_id", BODY, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("planned_by", KEY, nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("approved_by", KEY, nullable=True),
        sa.Column("demand", WORD, nullable=True),
        sa.Column("more_time", sa.Boolean(), nullable=False),
        sa.Column("said", WORD, nullable=True),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> planned_by",
            name=op.f("ck_supervision_round_approved_by_another"),
        ),
        _to("supervision_round", "body_id", "body.id"),
        _to("supervision_round", "planned_by", "account.id"),
        _to("supervision_round", "approved_by", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_round")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_supervision_round_body_id_meets_on", "supervision_round", ["body_id", "meets_on", "id"]
    )
    op.create_index("ix_supervision_round_state", "supervision_round", ["state"])
    _part(
        "round_step",
        ("round_id", "version"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", WORD, nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        _to("round_step", "account_id", "account.id"),
    )
    _part(
        "round_body",
        ("round_id", "body_id"),
        sa.Column("body_id", BODY, nullable=False),
        _to("round_body", "body_id", "body.id"),
    )
    _part(
        "round_member",
        ("round_id", "account_id"),
        sa.Column("account_id", KEY, nullable=False),
        _to("round_member", "account_id", "account.id"),
    )
    _part(
        "round_case",
        ("round_id", "case_id"),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        _to("round_case", "case_id", "case.id"),
    )
    op.create_index("ix_round_case_case_id", "round_case", ["case_id"])
    _papers()
    _items()
    op.add_column("case", sa.Column("reprisal_of", KEY, nullable=True))
    _protection()


def _papers() -> None:
    _part(
        "round_paper",
        ("id",),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("step", WORD, nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", KEY, nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        _to("round_paper", "author_id", "account.id"),
    )
    op.create_index("ix_round_paper_round_id", "round_paper", ["round_id"])


def _items() -> None:
    _part(
        "round_item",
        ("id",),
        sa.Column("id", KEY, nullable=False),
        sa.Column("body_id", BODY, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", WORD, nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", KEY, nullable=True),
        sa.Column("sealed_task", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_check", sa.LargeBinary(), nullable=True),
        _to("round_item", "body_id", "body.id"),
        _to("round_item", "checked_by", "account.id"),
    )
    op.create_index("ix_round_item_round_id_due_on", "round_item", ["round_id", "due_on"])


def _protection() -> None:
    op.create_table(
        "protection",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("measure", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("asked_record", KEY, nullable=False),
        sa.Column("settled_record", KEY, nullable=True),
        _to("protection", "case_id", "case.id"),
        _to("protection", "asked_record", "record.id"),
        _to("protection", "settled_record", "record.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_protection_case_id", "protection", ["case_id"])
    op.create_table(
        "reprisal_look",
        sa.Column("report_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("looked_on", sa.Date(), nullable=False),
        sa.Column("suffered", sa.Boolean(), nullable=False),
        _to("reprisal_look", "report_id", "report.id"),
        sa.PrimaryKeyConstraint("report_id", "number", name=op.f("pk_reprisal_look")),
        sqlite_with_rowid=False,
    )


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _part(name: str, key: tuple[str, ...], *columns: Any) -> None:
    op.create_table(
        name,
        sa.Column("round_id", KEY, nullable=False),
        *columns,
        _to(name, "round_id", "supervision_round.id"),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("reprisal_look")
    op.drop_table("protection")
    op.drop_column("case", "reprisal_of")
    for name in (*TABLES, "supervision_round"):
        op.drop_table(name)
