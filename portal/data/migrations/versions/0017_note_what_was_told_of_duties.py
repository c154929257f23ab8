"""Note what was told of duties, so that each is told once."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_told",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("rule", sa.String(length=32), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_duty_told_case_id")),
        sa.PrimaryKeyConstraint("case_id", "rule", "place", "late", name=op.f("pk_duty_told")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("duty_told")
