"""Link the two tracks of a matter, and keep who follows a case that was referred to the province.

Without foreign keys: SQLite would have to build the table of cases anew, under everything that refers to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_FOLLOWED = "ix_case_referred_desk"


def upgrade() -> None:
    op.add_column("case", sa.Column("linked_to", sa.String(16), nullable=True))
    op.add_column("case", sa.Column("referred_from", sa.String(48), nullable=True))
    op.create_index(_FOLLOWED, "case", ["referred_from", "desk", "opened_on", "id"])


def downgrade() -> None:
    op.drop_index(_FOLLOWED, "case")
    op.drop_column("case", "referred_from")
    op.drop_column("case", "linked_to")
