"""Supervision rounds of a Front board: plan, team, bodies, linked cases, sealed papers, follow-up."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.data.db import Base, Moment
from portal.data.models.account import Member, MemberState
from portal.data.models.columns import BodyRef, Key, Sealed, choice
from portal.domain.permissions import Facts
from portal.domain.rounds import Demand, Outcome, RoundFacts, RoundState, RoundStep, Subject, next_round_state


class Round(Base):
    """One supervision round (đợt giám sát). What is typed lies in its papers, sealed to the board.

    `said` names the warning that went out last, so that each goes out once.
    """

    __tablename__ = "supervision_round"
    __table_args__ = (
        CheckConstraint("approved_by IS NULL OR approved_by <> planned_by", name="approved_by_another"),
        Index("ix_supervision_round_body_id_meets_on", "body_id", "meets_on", "id"),
        Index("ix_supervision_round_state", "state"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    body_id: Mapped[BodyRef]
    subject: Mapped[Subject] = mapped_column(choice(Subject))
    meets_on: Mapped[date]
    _state: Mapped[RoundState] = mapped_column("state", choice(RoundState), default=RoundState.PLANNED)
    version: Mapped[int] = mapped_column(Integer, default=1)
    planned_by: Mapped[str] = mapped_column(ForeignKey("account.id"))
    planned_on: Mapped[date]
    approved_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    demand: Mapped[Demand | None] = mapped_column(choice(Demand))
    more_time: Mapped[bool] = mapped_column(Boolean, default=False)
    said: Mapped[str | None] = mapped_column(String(32))

    steps: Mapped[list["RoundTaken"]] = relationship(
        viewonly=True, lazy="selectin", order_by="RoundTaken.version"
    )
    # Whoever works in a supervised body has no part in the round.
    insiders: Mapped[list[Member]] = relationship(
        secondary="round_body",
        primaryjoin="Round.id == foreign(RoundBody.round_id)",
        secondaryjoin="foreign(RoundBody.body_id) == Member.body_id",
        viewonly=True,
        lazy="selectin",
    )

    @property
    def state(self) -> RoundState:
        return self._state

    def take(self, step: RoundStep, reason: str = "") -> tuple[RoundState, RoundState]:
        """Move the round; raises IllegalStep. Returns the states before and after."""
        before = self._state
        self._state = next_round_state(before, step, reason)
        self.version += 1
        return before, self._state

    def facts(self) -> Facts:
        inside = frozenset(one.account_id for one in self.insiders if one.state is not MemberState.LEFT)
        return Facts(body_id=self.body_id, account_id=self.planned_by, barred=inside)

    def as_facts(self) -> RoundFacts:
        """The round as its dates are computed from; of a step that was taken twice the later day holds."""
        done = {one.step: one.dated for one in self.steps}
        return RoundFacts(self.meets_on, self.state, done, self.demand, self.more_time)


class RoundTaken(Base):
    """One step that was taken. `dated`: the day on which it happened, `at`: the moment it was entered."""

    __tablename__ = "round_step"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[str] = mapped_column(ForeignKey("supervision_round.id"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True)
    step: Mapped[RoundStep] = mapped_column(choice(RoundStep))
    dated: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))


class RoundBody(Base):
    """A body that a round supervises."""

    __tablename__ = "round_body"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[str] = mapped_column(ForeignKey("supervision_round.id"), primary_key=True)
    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), primary_key=True)


class RoundMember(Base):
    """An officer of the board in the team; nobody who works in a supervised body."""

    __tablename__ = "round_member"
    __table_args__ = {"sqlite_with_rowid": False}

    round_id: Mapped[str] = mapped_column(ForeignKey("supervision_round.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), primary_key=True)


class RoundCase(Base):
    """A case of the board that is a ground of the round; shown only to those who may know of the case."""

    __tablename__ = "round_case"
    __table_args__ = (Index("ix_round_case_case_id", "case_id"), {"sqlite_with_rowid": False})

    round_id: Mapped[str] = mapped_column(ForeignKey("supervision_round.id"), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    linked_on: Mapped[date]


class RoundPaperKind(StrEnum):
    PLAN = "plan"
    REPORT = "report"
    MINUTES = "minutes"
    FINDINGS = "findings"
    RECOMMENDATION = "recommendation"
    ANSWER = "answer"
    REASON = "reason"


class RoundPaper(Base):
    """A paper of the round, sealed to the key of the board."""

    __tablename__ = "round_paper"
    __table_args__ = (Index("ix_round_paper_round_id", "round_id"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    round_id: Mapped[str] = mapped_column(ForeignKey("supervision_round.id"))
    kind: Mapped[RoundPaperKind] = mapped_column(choice(RoundPaperKind))
    step: Mapped[RoundStep | None] = mapped_column(choice(RoundStep))
    dated: Mapped[date]
    written_at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    sealed_body: Mapped[Sealed]


class RoundItem(Base):
    """What a supervised body is to do until a day, and what a check of it saw."""

    __tablename__ = "round_item"
    __table_args__ = (
        Index("ix_round_item_round_id_due_on", "round_id", "due_on"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    round_id: Mapped[str] = mapped_column(ForeignKey("supervision_round.id"))
    body_id: Mapped[BodyRef]
    due_on: Mapped[date]
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    checked_on: Mapped[date | None]
    checked_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    sealed_task: Mapped[Sealed]
    sealed_check: Mapped[Sealed | None]
