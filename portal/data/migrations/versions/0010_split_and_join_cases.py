"""Split and join cases, and keep the letters that urge a body outside the portal.

The new columns have no foreign keys: SQLite would have to build the tables anew, with a hidden order of rows.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("split_from", sa.String(16), nullable=True))
    op.add_column("case", sa.Column("matter", sa.Integer(), nullable=True))
    op.add_column("case", sa.Column("joined_to", sa.String(16), nullable=True))
    op.add_column("case_report", sa.Column("joined_from", sa.String(16), nullable=True))
    op.create_index("ix_case_split_from", "case", ["split_from"])
    op.create_index("ix_case_report_joined_from", "case_report", ["joined_from"])
    op.create_table(
        "reminder",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("to_body_id", sa.String(length=48), nullable=False),
        sa.Column("register_no", sa.String(length=60), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("days_late", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reminder_case_id")),
        sa.ForeignKeyConstraint(["to_body_id"], ["body.id"], name=op.f("fk_reminder_to_body_id")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_reminder_written_by")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_reminder")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("reminder")
    op.drop_index("ix_case_report_joined_from", "case_report")
    op.drop_index("ix_case_split_from", "case")
    op.drop_column("case_report", "joined_from")
    for column in ("joined_to", "matter", "split_from"):
        op.drop_column("case", column)
