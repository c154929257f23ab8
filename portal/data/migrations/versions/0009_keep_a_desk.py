"""Keep a desk: saved filters of an officer, and notes that point a colleague to a case."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_filter_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_saved_filter_account_id", "saved_filter", ["account_id"])
    op.create_table(
        "mention",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.String(length=16), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_mention_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_mention_case_id")),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_mention_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mention_account_id", "mention", ["account_id"])


def downgrade() -> None:
    op.drop_table("mention")
    op.drop_table("saved_filter")
