"""Every column is a decision: sealed, or in clear with a reason; and what is sealed is bytes."""

from sqlalchemy import LargeBinary

from portal.data.db import Base
from portal.data.models.clear import CLEAR, Shield, lines, undecided


def test_every_column_is_decided() -> None:
    assert undecided() == []


def test_what_is_in_clear_says_why() -> None:
    assert [line for line in lines() if line.endswith(": clear")] == []


def test_sealed_columns_hold_bytes_and_nothing_in_clear_is_called_sealed() -> None:
    for table in Base.metadata.tables.values():
        for column in table.columns:
            shield = CLEAR[table.name][column.name].shield
            assert (shield is Shield.SEALED) == column.name.startswith("sealed"), (
                f"{table.name}.{column.name}"
            )
            if shield is Shield.SEALED:
                assert isinstance(column.type, LargeBinary)
