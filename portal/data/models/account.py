"""Staff: accounts, memberships with their keys, sessions, invitations."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.data.db import Base, Moment
from portal.data.models.body import Body
from portal.data.models.columns import BodyRef, Key, Sealed, choice
from portal.domain.keys import KeyPurpose
from portal.domain.noticing import Way
from portal.domain.permissions import Facts, Role


class AccountState(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class MemberState(StrEnum):
    WAITING = "waiting"  # has an account and a key, nobody admitted it yet
    ADMITTED = "admitted"
    LEFT = "left"


class Account(Base):
    """A person of a body: how he signs in, and his key pair; its secret opens with the passphrase only."""

    __tablename__ = "account"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    notice_way: Mapped[Way] = mapped_column(choice(Way), default=Way.AT_ONCE)
    # Mail did not arrive, time and again; none is sent until the address is saved anew.
    mail_failed_on: Mapped[date | None]
    state: Mapped[AccountState] = mapped_column(choice(AccountState), default=AccountState.ACTIVE)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    cost: Mapped[str] = mapped_column(String(40))
    verifier: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_secret: Mapped[Sealed]
    sealed_recovery: Mapped[Sealed | None]
    sealed_totp: Mapped[Sealed | None]
    totp_counter: Mapped[int] = mapped_column(Integer, default=0)
    created_on: Mapped[date]

    def facts(self) -> Facts:
        return Facts(account_id=self.id)


class Member(Base):
    """An account's place in a body, with roles, from a day to a day."""

    __tablename__ = "member"
    __table_args__ = (
        Index("ix_member_body_id_state", "body_id", "state"),
        Index("ix_member_account_id", "account_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    body_id: Mapped[BodyRef]
    roles: Mapped[str] = mapped_column(String(200))
    state: Mapped[MemberState] = mapped_column(choice(MemberState), default=MemberState.WAITING)
    since: Mapped[date]
    until: Mapped[date | None]
    admitted_by: Mapped[str | None] = mapped_column(String(16))

    account: Mapped[Account] = relationship(lazy="joined")
    body: Mapped[Body] = relationship(lazy="joined")

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(name) for name in self.roles.split(",") if name)

    def facts(self) -> Facts:
        above = frozenset({self.body.superior_id}) if self.body.superior_id else frozenset()
        return Facts(account_id=self.account_id, body_id=self.body_id, superior_ids=above)


class MemberKey(Base):
    """A body's secret sealed to a member's own public key; gone when he leaves."""

    __tablename__ = "member_key"
    __table_args__ = {"sqlite_with_rowid": False}

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), primary_key=True)
    purpose: Mapped[KeyPurpose] = mapped_column(choice(KeyPurpose), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    sealed_secret: Mapped[Sealed]


class StaffSession(Base):
    """A signed-in browser; the person's secret is locked under a key that only its cookie holds."""

    __tablename__ = "staff_session"
    __table_args__ = (
        Index("ix_staff_session_account_id", "account_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    member_id: Mapped[str | None] = mapped_column(ForeignKey("member.id"))
    sealed_secret: Mapped[Sealed]
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime] = mapped_column(Moment)


class Invitation(Base):
    """A place in a body waiting for its person; the link's token is stored as a digest."""

    __tablename__ = "invitation"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    body_id: Mapped[BodyRef]
    roles: Mapped[str] = mapped_column(String(200))
    display_name: Mapped[str] = mapped_column(String(120))
    invited_by: Mapped[str] = mapped_column(String(32))
    expires_on: Mapped[date]
    replaces_account_id: Mapped[str | None] = mapped_column(String(16))


class LoginMark(Base):
    """A failed sign-in, for throttling and for the auditor: no address, no typed text."""

    __tablename__ = "login_mark"
    __table_args__ = (Index("ix_login_mark_account_id_at", "account_id", "at"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    account_id: Mapped[str | None] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Moment)
