"""What an officer keeps for his own work: filters under a name, and where a colleague named him."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base, Moment
from portal.data.models.columns import BodyRef, Key, Sealed, choice
from portal.domain.kinds import Kind
from portal.domain.masking import Profile
from portal.domain.permissions import Facts
from portal.domain.standard import TextUse


class SavedFilter(Base):
    """A filter of a list under the officer's own name for it, sealed to his own key."""

    __tablename__ = "saved_filter"
    __table_args__ = (Index("ix_saved_filter_account_id", "account_id"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    sealed: Mapped[Sealed]

    def facts(self) -> Facts:
        return Facts(account_id=self.account_id)


class StandardText(Base):
    """One version of a text that a body uses again and again, sealed to the body's key; never overwritten."""

    __tablename__ = "standard_text"
    __table_args__ = (
        Index("ix_standard_text_body_id_use", "body_id", "use"),
        UniqueConstraint("series_id", "version"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    series_id: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer)
    body_id: Mapped[BodyRef]
    use: Mapped[TextUse] = mapped_column(choice(TextUse))
    kind: Mapped[Kind | None] = mapped_column(choice(Kind))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    written_by: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
    written_on: Mapped[date]
    sealed: Mapped[Sealed]

    def facts(self) -> Facts:
        return Facts(body_id=self.body_id)


class CasePrint(Base):
    """A copy of a case that was printed; numbers begin anew in each case."""

    __tablename__ = "case_print"
    __table_args__ = {"sqlite_with_rowid": False}

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    body_id: Mapped[BodyRef]
    profile: Mapped[Profile] = mapped_column(choice(Profile))
    printed_at: Mapped[datetime] = mapped_column(Moment)


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
