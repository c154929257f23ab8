"""Measures of protection in a case of reprisal (their texts are records), and looks after the end."""

from datetime import date

from sqlalchemy import Boolean, ForeignKey, Index, Integer
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


class ReprisalLook(Base):
    """What a resident answered when he was asked, after the end of his cases, whether he suffers for them."""

    __tablename__ = "reprisal_look"
    __table_args__ = {"sqlite_with_rowid": False}

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    looked_on: Mapped[date]
    suffered: Mapped[bool] = mapped_column(Boolean)
