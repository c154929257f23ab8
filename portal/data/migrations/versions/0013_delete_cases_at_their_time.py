"""Delete cases at their time: the day that was announced, the day on which it was done, and holds."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("erase_on", sa.Date(), nullable=True))
    op.add_column("case", sa.Column("erased_on", sa.Date(), nullable=True))
    op.add_column("report", sa.Column("erased_on", sa.Date(), nullable=True))
    op.create_index("ix_case_erase_on", "case", ["erase_on"])
    op.create_table(
        "legal_hold",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("placed_by", sa.String(length=16), nullable=False),
        sa.Column("placed_on", sa.Date(), nullable=False),
        sa.Column("lifted_by", sa.String(length=16), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_legal_hold_case_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_legal_hold_body_id")),
        sa.ForeignKeyConstraint(["placed_by"], ["account.id"], name=op.f("fk_legal_hold_placed_by")),
        sa.ForeignKeyConstraint(["lifted_by"], ["account.id"], name=op.f("fk_legal_hold_lifted_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_legal_hold_case_id", "legal_hold", ["case_id"])


def downgrade() -> None:
    op.drop_table("legal_hold")
    op.drop_index("ix_case_erase_on", "case")
    op.drop_column("report", "erased_on")
    op.drop_column("case", "erased_on")
    op.drop_column("case", "erase_on")
