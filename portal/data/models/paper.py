"""The board's register of what came on paper, by phone or in person."""

from datetime import date

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import BodyRef, Key, choice
from portal.data.models.report import Channel
from portal.domain.permissions import Facts


class PaperEntry(Base):
    """One line of the paper register (sổ tiếp nhận đơn thư) of the board that entered it; no content.

    `report_id` is empty where another board received the report: nothing here leads to it then.
    """

    __tablename__ = "paper_entry"
    __table_args__ = (
        UniqueConstraint("body_id", "year", "register_no"),
        Index("ix_paper_entry_body_id_entered_on", "body_id", "entered_on", "id"),
        Index("ix_paper_entry_body_id_register_no", "body_id", "register_no"),
        Index("ix_paper_entry_report_id", "report_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    body_id: Mapped[BodyRef]
    report_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"))
    entered_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    register_no: Mapped[str | None] = mapped_column(String(60))
    year: Mapped[int] = mapped_column(Integer)
    received_on: Mapped[date]
    entered_on: Mapped[date]
    slip: Mapped[bool] = mapped_column(Boolean)

    def facts(self) -> Facts:
        return Facts(body_id=self.body_id)
