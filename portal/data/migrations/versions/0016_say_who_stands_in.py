"""Say who stands in for an officer who is away."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leave",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("substitute_id", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(length=16), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_leave_body_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_leave_account_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["account.id"], name=op.f("fk_leave_substitute_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_leave_entered_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_leave_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_leave_account_id", "leave", ["account_id", "last_on"])
    op.create_index("ix_leave_substitute_id", "leave", ["substitute_id", "last_on"])
    op.create_index("ix_leave_body_id", "leave", ["body_id", "last_on"])


def downgrade() -> None:
    op.drop_table("leave")
