"""Keep conflicts of interest: declared relatives, barred persons, locked bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "relative",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_relative_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relative")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_relative_account_id", "relative", ["account_id"])
    op.create_table(
        "case_bar",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_case_bar_account_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_bar_case_id")),
        sa.PrimaryKeyConstraint("case_id", "account_id", name=op.f("pk_case_bar")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_bar_account_id", "case_bar", ["account_id"])
    op.create_table(
        "case_lock",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("side", sa.String(32), nullable=False),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("to_body_id", sa.String(length=48), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("due_was", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_case_lock_body_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_lock_case_id")),
        sa.ForeignKeyConstraint(["to_body_id"], ["body.id"], name=op.f("fk_case_lock_to_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_lock")),
        sa.UniqueConstraint("case_id", "body_id", name=op.f("uq_case_lock_case_id_body_id")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_case_lock_body_id", "case_lock", ["body_id"])
    op.create_index("ix_case_lock_to_body_id_state", "case_lock", ["to_body_id", "state"])
    op.add_column("identity", sa.Column("custodian_body_id", sa.String(length=48), nullable=True))


def downgrade() -> None:
    op.drop_column("identity", "custodian_body_id")
    op.drop_table("case_lock")
    op.drop_table("case_bar")
    op.drop_table("relative")
