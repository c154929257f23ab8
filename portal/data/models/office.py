"""What keeps the office running: notices waiting to be sent, leases of jobs, settings of the installation."""

from datetime import date, datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base, Moment
from portal.data.models.columns import Key, choice
from portal.domain.noticing import Notice


class Outbox(Base):
    """A notice to a member of staff, written in the transaction of its cause; carries no content."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due_at", "due_at"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    notice: Mapped[str] = mapped_column(String(32))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    due_at: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    # The mail that it first went into, or was to: sent again, that mail carries the same Message-ID.
    letter: Mapped[str | None] = mapped_column(String(16))


class StaffNotice(Base):
    """A notice in a person's own list: what kind, from which day on, and whether he has read it."""

    __tablename__ = "staff_notice"
    __table_args__ = (
        Index("ix_staff_notice_account_id", "account_id", "shown_on"),
        Index("ix_staff_notice_shown_on", "shown_on"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    notice: Mapped[Notice] = mapped_column(choice(Notice))
    shown_on: Mapped[date]
    unread: Mapped[bool] = mapped_column(Boolean, default=True)


class JobLease(Base):
    """Which worker does a periodic job, and when it was last done."""

    __tablename__ = "job_lease"
    __table_args__ = {"sqlite_with_rowid": False}

    job: Mapped[str] = mapped_column(String(32), primary_key=True)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)


class Setting(Base):
    """A fact about this installation, such as that it holds demo accounts."""

    __tablename__ = "setting"
    __table_args__ = {"sqlite_with_rowid": False}

    name: Mapped[str] = mapped_column(String(48), primary_key=True)
    value: Mapped[str] = mapped_column(String(2000))
