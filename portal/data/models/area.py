"""Administrative units of every period, and what became of those that ended."""

from datetime import date

from sqlalchemy import Boolean, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import Entered, choice
from portal.domain.parties import AreaFacts, Level, SuccessorFacts


class Area(Entered, Base):
    """A unit (địa bàn) with its dates, both inclusive; a successor may reuse the code, never the id.

    `name` is the one in force today; where there were others, their periods are AreaName rows.
    """

    __tablename__ = "area"
    __table_args__ = (
        Index("ix_area_folded", "folded"),
        Index("ix_area_parent_id", "parent_id"),
        {"sqlite_with_rowid": False},
    )

    area_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120))
    level: Mapped[Level] = mapped_column(choice(Level))
    parent_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("area.area_id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    def as_facts(self) -> AreaFacts:
        """The unit as the rules see it."""
        return AreaFacts(
            self.area_id, self.name, self.level, self.parent_id, self.valid_from, self.valid_to, self.code
        )


class AreaSuccessor(Entered, Base):
    """What became of an old unit: the whole or a part of it went to a new one."""

    __tablename__ = "area_successor"
    __table_args__ = (Index("ix_area_successor_new_id", "new_id"), {"sqlite_with_rowid": False})

    old_id: Mapped[str] = mapped_column(String(16), ForeignKey("area.area_id"), primary_key=True)
    new_id: Mapped[str] = mapped_column(String(16), ForeignKey("area.area_id"), primary_key=True)
    whole: Mapped[bool] = mapped_column(Boolean)
    larger: Mapped[bool] = mapped_column(Boolean)

    def as_facts(self) -> SuccessorFacts:
        """The link as the rules see it."""
        return SuccessorFacts(self.old_id, self.new_id, self.whole, self.larger)
