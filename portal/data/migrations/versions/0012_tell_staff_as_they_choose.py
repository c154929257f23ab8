"""Tell staff as they choose: lists of notices, ways to hear by mail, mails that repeat as they were."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default stays: without it SQLite would build the table anew, with a hidden order of its rows.
    op.add_column("account", sa.Column("notice_way", sa.String(32), nullable=False, server_default="at_once"))
    op.add_column("account", sa.Column("mail_failed_on", sa.Date(), nullable=True))
    op.add_column("outbox", sa.Column("letter", sa.String(length=16), nullable=True))
    op.create_table(
        "staff_notice",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.String(length=16), nullable=False),
        sa.Column("notice", sa.String(32), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("unread", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_staff_notice_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_notice")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_staff_notice_account_id", "staff_notice", ["account_id", "shown_on"])
    op.create_index("ix_staff_notice_shown_on", "staff_notice", ["shown_on"])


def downgrade() -> None:
    op.drop_table("staff_notice")
    op.drop_column("outbox", "letter")
    op.drop_column("account", "mail_failed_on")
    op.drop_column("account", "notice_way")
