"""What institutions do about one matter and one subject."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.data.db import Base, Moment
from portal.data.models.columns import AreaRef, BodyRef, Key, Sealed, choice
from portal.data.models.report import Under
from portal.domain.kinds import Kind, ReportKind
from portal.domain.life import DESKS, Desk, State, Step, next_state
from portal.domain.parties import Level, PostGroup, Track
from portal.domain.permissions import Facts

if TYPE_CHECKING:
    from portal.data.models.conflict import CaseBar, CaseLock


class Case(Base):
    """One matter (hồ sơ vụ việc). Its state changes by `take`; `version` refuses two deciders at once."""

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint(
            "state NOT IN ('routed','accepted','verifying','outside') OR leader_id IS NOT NULL",
            name="leader_when_routed",
        ),
        # Each list of the queues is one range of one index, so a page costs the same in a full house.
        Index("ix_case_front_desk", "front_id", "desk", "opened_on", "id"),
        Index("ix_case_front_state", "front_id", "state", "opened_on", "id"),
        Index("ix_case_leader_desk", "leader_id", "desk", "opened_on", "id"),
        Index("ix_case_leader_state", "leader_id", "state", "opened_on", "id"),
        Index("ix_case_assignee_desk", "assignee_id", "desk", "opened_on", "id"),
        Index("ix_case_referred_desk", "referred_from", "desk", "opened_on", "id"),
        Index("ix_case_state_due_on", "state", "due_on"),
        Index("ix_case_split_from", "split_from"),
        Index("ix_case_erase_on", "erase_on"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    front_id: Mapped[BodyRef]
    leader_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    area_id: Mapped[AreaRef]
    kind: Mapped[Kind | None] = mapped_column(choice(Kind))
    track: Mapped[Track | None] = mapped_column(choice(Track))
    _state: Mapped[State] = mapped_column("state", choice(State), default=State.RECEIVED)
    desk: Mapped[Desk] = mapped_column(choice(Desk), default=Desk.FRONT)
    version: Mapped[int] = mapped_column(Integer, default=1)
    post_level: Mapped[Level | None] = mapped_column(choice(Level))
    post_group: Mapped[PostGroup | None] = mapped_column(choice(PostGroup))
    category_group: Mapped[str] = mapped_column(String(32))
    report_kind: Mapped[ReportKind] = mapped_column(choice(ReportKind))
    anonymous: Mapped[bool] = mapped_column(Boolean)
    opened_on: Mapped[date]
    due_on: Mapped[date | None]
    due_rule: Mapped[str | None] = mapped_column(String(32))
    was_late: Mapped[bool] = mapped_column(Boolean, default=False)
    closed_on: Mapped[date | None]
    # The day announced for deleting the content, and the day on which it was deleted (retention).
    erase_on: Mapped[date | None]
    erased_on: Mapped[date | None]
    assignee_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))
    route_rule: Mapped[str | None] = mapped_column(String(64))
    review_of: Mapped[str | None] = mapped_column(String(16), ForeignKey("case.id"))

    # The case of the same matter on the other track (rule 23); each names the other.
    linked_to: Mapped[str | None] = mapped_column(String(16))
    # The case for which its reporter suffers: that of a reprisal is one of its own, at another board.
    reprisal_of: Mapped[str | None] = mapped_column(String(16))
    # The board below that referred the case to the province (rule 17), and follows it.
    referred_from: Mapped[str | None] = mapped_column(String(48))
    # One of several matters of a report: its number there, and the first of its sister cases.
    split_from: Mapped[str | None] = mapped_column(String(16))
    matter: Mapped[int | None] = mapped_column(Integer)
    # The case on the same matter in which this one rests.
    joined_to: Mapped[str | None] = mapped_column(String(16))

    # Read with the cases of a list, in one statement each.
    bars: Mapped[list["CaseBar"]] = relationship(viewonly=True, lazy="selectin")
    locks: Mapped[list["CaseLock"]] = relationship(viewonly=True, lazy="selectin")

    @property
    def state(self) -> State:
        return self._state

    def take(self, step: Step, reason: str = "") -> tuple[State, State]:
        """Move the case; raises IllegalStep. Returns the states before and after."""
        before = self._state
        self._state = next_state(before, step, reason)
        self.desk = DESKS[self._state]
        self.version += 1
        return before, self._state

    def facts(self) -> Facts:
        return Facts(
            front_id=self.front_id,
            follower_id=self.referred_from,
            leader_id=self.leader_id,
            assignee_id=self.assignee_id,
            barred=frozenset(bar.account_id for bar in self.bars),
            locked=frozenset(lock.body_id for lock in self.locks),
        )


class CaseReport(Base):
    """Which reports a case is about, and the version of each that was handed over (under the case key)."""

    __tablename__ = "case_report"
    __table_args__ = (
        Index("ix_case_report_report_id", "report_id"),
        Index("ix_case_report_joined_from", "joined_from"),
        {"sqlite_with_rowid": False},
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), primary_key=True)
    added_on: Mapped[date]
    # The case that brought the report along, where several were joined; None for the case's own.
    joined_from: Mapped[str | None] = mapped_column(String(16))
    sealed_handover: Mapped[Sealed | None]


class CaseGrant(Base):
    """The case key, sealed to a body."""

    __tablename__ = "case_grant"
    __table_args__ = {"sqlite_with_rowid": False}

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), primary_key=True)
    key_version: Mapped[int] = mapped_column(Integer)
    sealed_key: Mapped[Sealed]


class CaseStep(Base):
    """One step that was taken. Steps of residents carry midnight of their day."""

    __tablename__ = "case_step"
    __table_args__ = (Index("ix_case_step_case_id", "case_id"), {"sqlite_with_rowid": False})

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[Step] = mapped_column(choice(Step))
    from_state: Mapped[State] = mapped_column(choice(State))
    to_state: Mapped[State] = mapped_column(choice(State))
    at: Mapped[datetime] = mapped_column(Moment)
    body_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    account_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))


class RecordKind(StrEnum):
    REASON = "reason"
    NOTE = "note"
    FACTS = "facts"  # what a reviewer stated of the one complained of (domain/stated.py)
    ROUTING = "routing"  # the engine's decision as it stood when the case went
    EXPLANATION = "explanation"
    EXPLANATION_REFUSED = "explanation_refused"
    CONCLUSION = "conclusion"
    ENTRY = "entry"  # a dated record of domain/entries.py: which kind is sealed with it
    FOLLOW = "follow"  # what came later on such a record
    OUTSIDE_RETURN = "outside_return"
    LETTERS = "letters"  # what residents wrote to a board below before it referred the case
    PERSON = "person"  # somebody complained of who was named later
    PROTECTION = "protection"  # a measure asked for, or what came of it
    PART = "part"  # which official and which passages of a report the case is about (domain/parting.py)
    HANDED = "handed"  # the version that went to a body outside, as it was printed


class Record(Base):
    """A sealed paper of the case: note, explanation (giải trình), conclusion (kết luận), reason of a step."""

    __tablename__ = "record"
    __table_args__ = (Index("ix_record_case_id_kind", "case_id", "kind"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    body_id: Mapped[BodyRef]
    author_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))
    kind: Mapped[RecordKind] = mapped_column(choice(RecordKind))
    under: Mapped[Under] = mapped_column(choice(Under), default=Under.CASE)
    step: Mapped[Step | None] = mapped_column(choice(Step))
    dated: Mapped[date]
    written_at: Mapped[datetime] = mapped_column(Moment)
    sealed_body: Mapped[Sealed]


class Handover(Base):
    """A case that went to a body outside the portal; the Front board enters what comes back."""

    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_register_no", "register_no"), {"sqlite_with_rowid": False})

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    body_id: Mapped[BodyRef]
    register_no: Mapped[str] = mapped_column(String(60))
    sent_on: Mapped[date]
    due_on: Mapped[date]
    returned_on: Mapped[date | None]


class ReminderKind(StrEnum):
    REMINDER = "reminder"
    ESCALATION = "escalation"


class Reminder(Base):
    """A letter that urges a body outside the portal (đôn đốc), or tells the body above it; by its number."""

    __tablename__ = "reminder"
    __table_args__ = {"sqlite_with_rowid": False}

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[ReminderKind] = mapped_column(choice(ReminderKind))
    to_body_id: Mapped[BodyRef]
    register_no: Mapped[str] = mapped_column(String(60))
    sent_on: Mapped[date]
    days_late: Mapped[int] = mapped_column(Integer)
    next_on: Mapped[date]
    written_by: Mapped[str] = mapped_column(String(16), ForeignKey("account.id"))
