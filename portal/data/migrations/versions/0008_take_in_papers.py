"""Take in papers: the register of a board, and receipts that an officer saw."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default stays: without it SQLite would build the table anew, with a hidden order of its rows.
    op.add_column("report", sa.Column("code_shared", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "paper_entry",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("report_id", sa.String(length=16), nullable=True),
        sa.Column("entered_by", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("register_no", sa.String(length=60), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("slip", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_paper_entry_body_id")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_paper_entry_report_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_paper_entry_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
        sa.UniqueConstraint(
            "body_id", "year", "register_no", name=op.f("uq_paper_entry_body_id_year_register_no")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_paper_entry_body_id_entered_on", "paper_entry", ["body_id", "entered_on", "id"])
    op.create_index("ix_paper_entry_report_id", "paper_entry", ["report_id"])


def downgrade() -> None:
    op.drop_table("paper_entry")
    op.drop_column("report", "code_shared")
