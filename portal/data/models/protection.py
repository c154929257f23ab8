"""Measures of protection that a board asked for in a case of reprisal; the texts are records of the case."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import Key, choice
from portal.domain.reprisals import Measure, MeasureState


class Protection(Base):
    """One measure. `asked_record` says of whom it was asked and why, `settled_record` what came of it."""

    __tablename__ = "protection"
    __table_args__ = (Index("ix_protection_case_id", "case_id"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    measure: Mapped[Measure] = mapped_column(choice(Measure))
    state: Mapped[MeasureState] = mapped_column(choice(MeasureState), default=MeasureState.ASKED)
    asked_on: Mapped[date]
    settled_on: Mapped[date | None]
    asked_record: Mapped[str] = mapped_column(ForeignKey("record.id"))
    settled_record: Mapped[str | None] = mapped_column(ForeignKey("record.id"))
