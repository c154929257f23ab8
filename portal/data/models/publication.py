"""What was published of cases: the one table in which an approved text stands in clear."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.data.db import Base
from portal.data.models.body import Body
from portal.data.models.case import Case
from portal.data.models.columns import BodyRef, Key
from portal.domain.permissions import Facts
from portal.domain.publishing import Posted


class Publication(Base):
    """One published text. `id` is random and stands in its public address; the case is never shown.

    `text` is empty once the publication is over or was taken off; the sealed draft stays in the case.
    """

    __tablename__ = "publication"
    __table_args__ = (
        Index("ix_publication_published_on_id", "published_on", "id"),
        Index("ix_publication_case_id", "case_id"),
        Index("ix_publication_until", "until"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    body_id: Mapped[BodyRef]
    text: Mapped[str | None] = mapped_column(Text)
    published_on: Mapped[date]
    until: Mapped[date]
    withdrawn_on: Mapped[date | None]
    corrects_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("publication.id"))

    case: Mapped[Case] = relationship(viewonly=True, lazy="select")
    body: Mapped[Body] = relationship(viewonly=True, lazy="joined")

    def posted(self, day: date) -> Posted:
        """How it stands on a day; the last day counts."""
        if self.withdrawn_on is not None:
            return Posted.WITHDRAWN
        return Posted.SHOWN if self.text is not None and day <= self.until else Posted.OVER

    def facts(self) -> Facts:
        """Of its case: whoever leads there takes it off, whoever approved it."""
        return self.case.facts()
