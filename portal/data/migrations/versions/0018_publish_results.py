"""Publish results: the approved text of a case, in clear, until its last day."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("corrects_id", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_publication_case_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_publication_body_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["publication.id"], name=op.f("fk_publication_corrects_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_publication_published_on_id", "publication", ["published_on", "id"])
    op.create_index("ix_publication_case_id", "publication", ["case_id"])
    op.create_index("ix_publication_until", "publication", ["until"])


def downgrade() -> None:
    op.drop_table("publication")
