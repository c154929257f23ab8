"""Column shapes used by several tables."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import Enum, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import new_id

Key = Annotated[str, mapped_column(String(16), primary_key=True, default=new_id)]
BodyRef = Annotated[str, mapped_column(String(48), ForeignKey("body.id"))]
AreaRef = Annotated[str, mapped_column(String(16), ForeignKey("area.area_id"))]
# Ciphertext: a format byte, then what portal/vault made of it. Never a plain value.
Sealed = Annotated[bytes, mapped_column(LargeBinary)]


def choice(kind: type[StrEnum]) -> Enum:
    """An enum stored by its English value, as text on both databases."""
    values: Callable[[Any], list[str]] = lambda members: [member.value for member in members]  # noqa: E731
    return Enum(kind, native_enum=False, create_constraint=False, length=32, values_callable=values)


class Entered:
    """On every dated row of the registry: the document it rests on, the one that ended it, who entered it.

    `edited_by` is an account, or the name of a command; rows that came before this was kept have none.
    """

    source_doc: Mapped[str | None] = mapped_column(String(200))
    ended_doc: Mapped[str | None] = mapped_column(String(200))
    edited_by: Mapped[str | None] = mapped_column(String(32))
    edited_on: Mapped[date | None]
