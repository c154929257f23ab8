"""Name substitutes for inspectors who are away."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "substitution",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("officer_id", sa.String(length=16), nullable=False),
        sa.Column("substitute_id", sa.String(length=16), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("named_by", sa.String(length=16), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_substitution_body_id")),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_substitution_officer_id")),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["account.id"], name=op.f("fk_substitution_substitute_id")
        ),
        sa.ForeignKeyConstraint(["named_by"], ["account.id"], name=op.f("fk_substitution_named_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_substitution_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_substitution_body_id", "substitution", ["body_id", "last_on"])


def downgrade() -> None:
    op.drop_table("substitution")
