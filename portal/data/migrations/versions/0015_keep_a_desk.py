"""Keep a desk: saved filters, notes that point a colleague to a case, standard texts of a body."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
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
    op.create_table(
        "standard_text",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("series_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("use", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("written_by", sa.String(length=16), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_standard_text_body_id")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_standard_text_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standard_text")),
        sa.UniqueConstraint("series_id", "version", name=op.f("uq_standard_text_series_id_version")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_standard_text_body_id_use", "standard_text", ["body_id", "use"])
    op.create_table(
        "case_print",
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("profile", sa.String(32), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_print_case_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_case_print_account_id")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_case_print_body_id")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_print")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("case_print")
    op.drop_table("standard_text")
    op.drop_table("mention")
    op.drop_table("saved_filter")
