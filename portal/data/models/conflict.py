"""Conflicts of interest: declared relatives, persons without a part in a case, bodies that lost one."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.data.db import Base
from portal.data.models.columns import BodyRef, Key, Sealed, choice
from portal.domain.conflicts import BarReason, ConflictSource, LockState, Side
from portal.domain.permissions import Facts


class Relative(Base):
    """A relative that a member declared: sealed to himself; a keyed digest finds it in a text."""

    __tablename__ = "relative"
    __table_args__ = (
        Index("ix_relative_account_id", "account_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed_name: Mapped[Sealed]

    def facts(self) -> Facts:
        return Facts(account_id=self.account_id)


class CaseBar(Base):
    """One person who has no part in one case; to him it does not exist (rule 19)."""

    __tablename__ = "case_bar"
    __table_args__ = (Index("ix_case_bar_account_id", "account_id"), {"sqlite_with_rowid": False})

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    reason: Mapped[BarReason] = mapped_column(choice(BarReason))
    since: Mapped[date]


class CaseLock(Base):
    """One body that has one case no more, and the body above that seals it anew (decisions 2 and 4)."""

    __tablename__ = "case_lock"
    __table_args__ = (
        UniqueConstraint("case_id", "body_id"),
        Index("ix_case_lock_body_id", "body_id"),
        Index("ix_case_lock_to_body_id_state", "to_body_id", "state"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    body_id: Mapped[BodyRef]
    side: Mapped[Side] = mapped_column(choice(Side))
    source: Mapped[ConflictSource] = mapped_column(choice(ConflictSource))
    state: Mapped[LockState] = mapped_column(choice(LockState))
    to_body_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    found_on: Mapped[date]
    done_on: Mapped[date | None]
    # The date that was due before the clock started again stays visible (rule 24).
    due_was: Mapped[date | None]

    bars: Mapped[list[CaseBar]] = relationship(
        primaryjoin="CaseLock.case_id == foreign(CaseBar.case_id)", viewonly=True, lazy="selectin"
    )
    shut: Mapped[list["CaseLock"]] = relationship(
        primaryjoin="CaseLock.case_id == remote(foreign(CaseLock.case_id))", viewonly=True, lazy="select"
    )

    def facts(self) -> Facts:
        """It is the task of the body above; no longer one once that body lost the case, too."""
        return Facts(
            body_id=self.to_body_id,
            barred=frozenset(bar.account_id for bar in self.bars),
            locked=frozenset(lock.body_id for lock in self.shut),
        )
