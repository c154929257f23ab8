"""What residents sent: immutable, sealed; and the messages that go to and fro."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.data.db import Base
from portal.data.models.columns import AreaRef, BodyRef, Key, Sealed, choice
from portal.domain.kinds import ReportKind
from portal.domain.parties import Level, PostGroup
from portal.domain.permissions import Facts

if TYPE_CHECKING:
    from portal.data.models.conflict import CaseBar, CaseLock


class Channel(StrEnum):
    WEB = "web"
    PAPER = "paper"
    PHONE = "phone"
    VISIT = "visit"
    HOTLINE = "hotline"  # of a partner who took the call


class Rating(StrEnum):
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    UNSATISFIED = "unsatisfied"


class Report(Base):
    """What one resident told us (phản ánh). Never altered, at most sealed anew."""

    __tablename__ = "report"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[Key]
    kind: Mapped[ReportKind] = mapped_column(choice(ReportKind))
    channel: Mapped[Channel] = mapped_column(choice(Channel))
    received_on: Mapped[date]
    area_id: Mapped[AreaRef]
    body_id: Mapped[BodyRef]
    post_level: Mapped[Level | None] = mapped_column(choice(Level))
    post_group: Mapped[PostGroup | None] = mapped_column(choice(PostGroup))
    category_group: Mapped[str] = mapped_column(String(32))
    anonymous: Mapped[bool] = mapped_column(Boolean)
    schema: Mapped[int] = mapped_column(Integer, default=1)
    # Keyed digest of the receipt: finds the report, proves nothing, reveals nothing.
    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    reporter_public: Mapped[bytes] = mapped_column(LargeBinary)
    # An officer saw the code too: the resident changes it at first use (security test C7).
    code_shared: Mapped[bool] = mapped_column(Boolean, default=False)
    # The content was deleted at its time; the receipt still finds this row, and a page that says so.
    erased_on: Mapped[date | None]
    sealed_head: Mapped[Sealed]
    sealed_content: Mapped[Sealed]
    sealed_status: Mapped[Sealed]

    def facts(self) -> Facts:
        return Facts(
            report_ids=frozenset({self.id}), front_id=self.body_id, code_shared=bool(self.code_shared)
        )


class Feedback(Base):
    """What the resident thought of the answer, and his one request for review."""

    __tablename__ = "feedback"
    __table_args__ = {"sqlite_with_rowid": False}

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    rating: Mapped[Rating | None] = mapped_column(choice(Rating))
    rated_on: Mapped[date | None]
    review_on: Mapped[date | None]


class GrantScope(StrEnum):
    REPORT = "report"  # report key and mailbox key: the Front board
    MAILBOX = "mailbox"  # mailbox key only: a committee never gets the report key


class Grant(Base):
    """What a body may open of a report: the keys, sealed to the body and to the reporter."""

    __tablename__ = "grant"
    __table_args__ = {"sqlite_with_rowid": False}

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), primary_key=True)
    scope: Mapped[GrantScope] = mapped_column(choice(GrantScope))
    key_version: Mapped[int] = mapped_column(Integer)
    sealed_to_body: Mapped[Sealed]
    sealed_to_reporter: Mapped[Sealed]


class Under(StrEnum):
    """Under which key something is sealed."""

    REPORT = "report"
    MAILBOX = "mailbox"
    CASE = "case"
    OWN = "own"  # sealed to its author's own key: nobody else opens it
    FRONT = "front"  # sealed straight to the Front board that forwarded: outcome, reason of a return


class Attachment(Base):
    """A file: its sealed description holds name, type, sizes and the keys of the two stored copies."""

    __tablename__ = "attachment"
    __table_args__ = (
        Index("ix_attachment_report_id", "report_id"),
        Index("ix_attachment_case_id", "case_id"),
        Index("ix_attachment_clean_blob", "clean_blob"),
        Index("ix_attachment_original_blob", "original_blob"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    under: Mapped[Under] = mapped_column(choice(Under))
    report_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"))
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    message_id: Mapped[str | None] = mapped_column(ForeignKey("message.id"))
    body_id: Mapped[str | None] = mapped_column(ForeignKey("body.id"))
    clean_blob: Mapped[str] = mapped_column(String(64))
    original_blob: Mapped[str | None] = mapped_column(String(64))
    sealed_meta: Mapped[Sealed]
    # The original's key opens like an identity: by two persons (decisions 10).
    sealed_original: Mapped[Sealed | None]


class Identity(Base):
    """Name and contact: sealed to the custodian and around that to the body (decisions 10)."""

    __tablename__ = "identity"
    __table_args__ = {"sqlite_with_rowid": False}

    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    body_id: Mapped[BodyRef]
    # Who keeps it since a reorganisation; `body_id` goes on naming the keys it is sealed under.
    keeper_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    identity_version: Mapped[int] = mapped_column(Integer)
    custodian_version: Mapped[int] = mapped_column(Integer)
    # Whose custodian the inner seal is for, where a board above took the case over; else that of `body_id`.
    custodian_body_id: Mapped[str | None] = mapped_column(String(48))
    sealed: Mapped[Sealed]

    bars: Mapped[list["CaseBar"]] = relationship(
        secondary="case_report",
        primaryjoin="Identity.report_id == foreign(CaseReport.report_id)",
        secondaryjoin="foreign(CaseReport.case_id) == CaseBar.case_id",
        viewonly=True,
        lazy="selectin",
    )
    locks: Mapped[list["CaseLock"]] = relationship(
        secondary="case_report",
        primaryjoin="Identity.report_id == foreign(CaseReport.report_id)",
        secondaryjoin="foreign(CaseReport.case_id) == CaseLock.case_id",
        viewonly=True,
        lazy="selectin",
    )

    @property
    def kept_by(self) -> str:
        """The body whose officers and custodian decide on it now."""
        return self.keeper_id or self.body_id

    def facts(self) -> Facts:
        return Facts(
            front_id=self.kept_by,
            body_id=self.kept_by,
            barred=frozenset(bar.account_id for bar in self.bars),
            locked=frozenset(lock.body_id for lock in self.locks),
        )


class OpeningState(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class IdentityOpening(Base):
    """One request to open an identity: reason by one person, approval by another (decisions 10)."""

    __tablename__ = "identity_opening"
    __table_args__ = (
        Index("ix_identity_opening_body_id_state", "body_id", "state"),
        Index("ix_identity_opening_report_id", "report_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"))
    body_id: Mapped[BodyRef]
    state: Mapped[OpeningState] = mapped_column(choice(OpeningState), default=OpeningState.ASKED)
    asked_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    asked_on: Mapped[date]
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    decided_on: Mapped[date | None]
    # The reason, and the identity still under the custodian's key; both sealed to the custodian key.
    sealed_reason: Mapped[Sealed]
    sealed_inner: Mapped[Sealed]
    # What the requester may read once approved: sealed to his own person key.
    sealed_to_asker: Mapped[Sealed | None]

    bars: Mapped[list["CaseBar"]] = relationship(
        secondary="case_report",
        primaryjoin="IdentityOpening.report_id == foreign(CaseReport.report_id)",
        secondaryjoin="foreign(CaseReport.case_id) == CaseBar.case_id",
        viewonly=True,
        lazy="selectin",
    )
    locks: Mapped[list["CaseLock"]] = relationship(
        secondary="case_report",
        primaryjoin="IdentityOpening.report_id == foreign(CaseReport.report_id)",
        secondaryjoin="foreign(CaseReport.case_id) == CaseLock.case_id",
        viewonly=True,
        lazy="selectin",
    )

    def facts(self) -> Facts:
        return Facts(
            front_id=self.body_id,
            body_id=self.body_id,
            account_id=self.asked_by,
            barred=frozenset(bar.account_id for bar in self.bars),
            locked=frozenset(lock.body_id for lock in self.locks),
        )


class Direction(StrEnum):
    TO_REPORTER = "to_reporter"
    FROM_REPORTER = "from_reporter"


class MessageKind(StrEnum):
    QUESTION = "question"
    REPLY = "reply"
    NOTICE = "notice"
    ANSWER = "answer"
    ADDITION = "addition"
    REVIEW = "review"
    REPRISAL = "reprisal"
    WITHDRAWAL = "withdrawal"


class Message(Base):
    """One message between the resident and a body, under their mailbox key. The day only."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_report_id_body_id", "report_id", "body_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"))
    body_id: Mapped[BodyRef]
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    # Order within a report; says nothing about other reports.
    place: Mapped[int] = mapped_column(Integer)
    direction: Mapped[Direction] = mapped_column(choice(Direction))
    kind: Mapped[MessageKind] = mapped_column(choice(MessageKind))
    sent_on: Mapped[date]
    seen: Mapped[bool] = mapped_column(Boolean, default=False)
    sealed_body: Mapped[Sealed]
