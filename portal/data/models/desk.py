"""What an officer keeps for his own work: filters under a name, and where a colleague named him."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import Key, Sealed
from portal.domain.permissions import Facts


class SavedFilter(Base):
    """A filter of a list under the officer's own name for it, sealed to his own key."""

    __tablename__ = "saved_filter"
    __table_args__ = (Index("ix_saved_filter_account_id", "account_id"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[Sealed]

    def facts(self) -> Facts:
        return Facts(account_id=self.account_id)


class Mention(Base):
    """A colleague named this person in a note on a case; what the note says stands sealed in the case."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_account_id", "account_id"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    author_id: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    written_on: Mapped[date]

    def facts(self) -> Facts:
        return Facts(account_id=self.account_id)
