"""Keep the register dated: who entered what from which document, later names, drafts, reorganisations."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_DATED = ("area", "area_successor", "body", "post_template")
_ID, _AREA, _BODY, _WORD, _DOC = (sa.String(length) for length in (16, 16, 48, 32, 200))


def _entered() -> list[sa.Column]:
    return [
        sa.Column("source_doc", _DOC),
        sa.Column("ended_doc", _DOC),
        sa.Column("edited_by", _WORD),
        sa.Column("edited_on", sa.Date),
    ]


def _period() -> list[sa.Column]:
    return [
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        sa.Column("reason", sa.String(500)),
        sa.Column("replaced_on", sa.Date),
    ]


def _to(
    column: str, target: str, kind: sa.types.TypeEngine, *, nullable: bool = False, **more: bool
) -> sa.Column:
    return sa.Column(column, kind, sa.ForeignKey(target), nullable=nullable, **more)


def _table(name: str, *columns: sa.Column, **index: tuple[str, ...]) -> None:
    op.create_table(name, *columns, sqlite_with_rowid=False)
    for given in index.values():
        op.create_index(f"ix_{name}_{given[0]}", name, list(given))


def upgrade() -> None:
    for table in _DATED:
        for column in _entered():
            op.add_column(table, column)
    with op.batch_alter_table("identity") as batch:
        batch.add_column(sa.Column("keeper_id", _BODY))
        batch.create_foreign_key("fk_identity_keeper_id", "body", ["keeper_id"], ["id"])
    _table(
        "area_name",
        sa.Column("id", _ID, primary_key=True),
        _to("area_id", "area.area_id", _AREA),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("folded", sa.String(120), nullable=False),
        *_period(),
        *_entered(),
        a=("area_id",),
        b=("folded",),
    )
    _table(
        "body_term",
        sa.Column("id", _ID, primary_key=True),
        _to("body_id", "body.id", _BODY),
        sa.Column("name", sa.String(200), nullable=False),
        _to("superior_id", "body.id", _BODY, nullable=True),
        *_period(),
        *_entered(),
        a=("body_id",),
    )
    _table(
        "post_draft",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("source_doc", _DOC, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("drafted_by", _WORD, nullable=False),
        sa.Column("drafted_on", sa.Date, nullable=False),
        sa.Column("decided_by", _WORD),
        sa.Column("decided_on", sa.Date),
        a=("state",),
    )
    _table(
        "reorganisation",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("source_doc", _DOC, nullable=False),
        sa.Column("keeper_id", _AREA, nullable=False),
        sa.Column("areas_csv", sa.Text, nullable=False),
        sa.Column("successors_csv", sa.Text, nullable=False),
        sa.Column("state", _WORD, nullable=False),
        sa.Column("planned_by", _WORD, nullable=False),
        sa.Column("planned_on", sa.Date, nullable=False),
        sa.Column("carried_by", _WORD),
        sa.Column("carried_on", sa.Date),
        _to("undoes", "reorganisation.id", _ID, nullable=True),
    )
    _handing_over()


def _handing_over() -> None:
    _table(
        "case_move",
        _to("case_id", "case.id", _ID, primary_key=True),
        sa.Column("seat", _WORD, primary_key=True),
        _to("reorganisation_id", "reorganisation.id", _ID, primary_key=True),
        _to("from_id", "body.id", _BODY),
        _to("to_id", "body.id", _BODY, nullable=True),
        _to("waits_with_id", "body.id", _BODY, nullable=True),
        sa.Column("moved_on", sa.Date, nullable=False),
        _to("chosen_by", "account.id", _ID, nullable=True),
        sa.Column("chosen_on", sa.Date),
        a=("to_id",),
        b=("waits_with_id",),
    )
    _table(
        "body_heir",
        sa.Column("id", _ID, primary_key=True),
        _to("reorganisation_id", "reorganisation.id", _ID),
        _to("old_id", "body.id", _BODY),
        _to("heir_id", "body.id", _BODY),
        sa.Column("purpose", _WORD, nullable=False),
        _to("superior_id", "body.id", _BODY, nullable=True),
        _to("done_by", "account.id", _ID, nullable=True),
        sa.Column("done_on", sa.Date),
        a=("heir_id",),
        b=("superior_id",),
    )
    _table(
        "inherited_key",
        _to("old_id", "body.id", _BODY, primary_key=True),
        sa.Column("purpose", _WORD, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        _to("heir_id", "body.id", _BODY, primary_key=True),
        sa.Column("heir_version", sa.Integer, nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary, nullable=False),
        a=("heir_id",),
    )


def downgrade() -> None:
    for table in ("inherited_key", "body_heir", "case_move", "reorganisation", "post_draft", "body_term"):
        op.drop_table(table)
    op.drop_table("area_name")
    with op.batch_alter_table("identity") as batch:
        batch.drop_constraint("fk_identity_keeper_id", type_="foreignkey")
        batch.drop_column("keeper_id")
    for table in _DATED:
        for column in reversed(_entered()):
            # Not in a batch: SQLite would make the table anew, which other tables refer to.
            op.drop_column(table, column.name)
