"""Search opened cases: the sealed index of words of each body, and numbers of registers found quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_key",
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("key_version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_search_key_body_id")),
        sa.PrimaryKeyConstraint("body_id", "key_version", name=op.f("pk_search_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_segment",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("purge", sa.Boolean(), nullable=False),
        sa.Column("sealed_cases", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_search_segment_body_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_segment")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_segment_body_id", "search_segment", ["body_id", "level"])
    op.create_table(
        "search_bucket",
        sa.Column("segment_id", sa.String(length=16), nullable=False),
        sa.Column("bucket", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_terms", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["search_segment.id"], name=op.f("fk_search_bucket_segment_id")
        ),
        sa.PrimaryKeyConstraint("segment_id", "bucket", name=op.f("pk_search_bucket")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_case",
        sa.Column("body_id", sa.String(length=48), nullable=False),
        sa.Column("case_id", sa.String(length=16), nullable=False),
        sa.Column("segment_id", sa.String(length=16), nullable=True),
        sa.Column("key_version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_search_case_body_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_search_case_case_id")),
        sa.ForeignKeyConstraint(
            ["segment_id"], ["search_segment.id"], name=op.f("fk_search_case_segment_id")
        ),
        sa.PrimaryKeyConstraint("body_id", "case_id", name=op.f("pk_search_case")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_case_body_id_segment_id", "search_case", ["body_id", "segment_id"])
    op.create_index("ix_search_case_case_id", "search_case", ["case_id"])
    op.create_index("ix_handover_register_no", "handover", ["register_no"])
    op.create_index("ix_paper_entry_body_id_register_no", "paper_entry", ["body_id", "register_no"])


def downgrade() -> None:
    op.drop_index("ix_paper_entry_body_id_register_no", table_name="paper_entry")
    op.drop_index("ix_handover_register_no", table_name="handover")
    for table in ("search_case", "search_bucket", "search_segment", "search_key"):
        op.drop_table(table)
