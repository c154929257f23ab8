"""Say who settles on the state track: templates of posts name the body, its level and the ground."""

import csv
from io import StringIO

import sqlalchemy as sa
from alembic import op

from portal.data.reference import shipped

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_POST = sa.table(
    "post_template",
    *(
        sa.column(name)
        for name in ("id", "managing_level", "settler_kind", "settler_level", "settler_source")
    ),
)


def upgrade() -> None:
    with op.batch_alter_table("post_template") as batch:
        # Rows of an installation's own: the chair of the level that manages the post, to be looked through.
        batch.add_column(sa.Column("settler_kind", sa.String(32), nullable=False, server_default="committee"))
        batch.add_column(sa.Column("settler_level", sa.String(32), nullable=False, server_default=""))
        batch.add_column(sa.Column("settler_source", sa.String(200), nullable=False, server_default="MEM"))
    op.execute(_POST.update().values(settler_level=_POST.c.managing_level))
    for row in csv.DictReader(StringIO(shipped("posts.csv").decode("utf-8"))):
        values = {name: row[name] for name in ("settler_kind", "settler_level", "settler_source")}
        op.execute(_POST.update().where(_POST.c.id == row["id"]).values(**values))
    with op.batch_alter_table("post_template") as batch:
        for name in ("settler_kind", "settler_level", "settler_source"):
            batch.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("post_template") as batch:
        for name in ("settler_kind", "settler_level", "settler_source"):
            batch.drop_column(name)
