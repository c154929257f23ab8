"""Follow what is owed on the dated records of a case: answers, remedies and their checks."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "followed",
        sa.Column("record_id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("owes", sa.String(length=32), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reply_id", sa.String(length=16), nullable=True),
        sa.Column("reply_by", sa.String(length=16), nullable=True),
        sa.Column("check_id", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name=op.f("fk_followed_record_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_followed_case_id")),
        sa.ForeignKeyConstraint(["reply_id"], ["record.id"], name=op.f("fk_followed_reply_id")),
        sa.ForeignKeyConstraint(["reply_by"], ["account.id"], name=op.f("fk_followed_reply_by")),
        sa.ForeignKeyConstraint(["check_id"], ["record.id"], name=op.f("fk_followed_check_id")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_followed")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_followed_case_id", "followed", ["case_id"])


def downgrade() -> None:
    op.drop_table("followed")
