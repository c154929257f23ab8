"""The dated registry: later names and superiors, drafts of posts, reorganisations and what they hand over."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.data.db import Base
from portal.data.models.columns import BodyRef, Entered, Key, Sealed, choice
from portal.data.models.conflict import CaseBar, CaseLock
from portal.domain.holding import Holding
from portal.domain.keys import KeyPurpose
from portal.domain.parties import CENTRE
from portal.domain.permissions import Facts


class AreaName(Entered, Base):
    """A name that a unit bore in a period. A unit without rows has borne its one name from the beginning.

    A corrected row keeps its dates and carries the day it was replaced: it no longer counts.
    """

    __tablename__ = "area_name"
    __table_args__ = (
        Index("ix_area_name_area_id", "area_id"),
        Index("ix_area_name_folded", "folded"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    area_id: Mapped[str] = mapped_column(String(16), ForeignKey("area.area_id"))
    name: Mapped[str] = mapped_column(String(120))
    folded: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    replaced_on: Mapped[date | None]


class BodyTerm(Entered, Base):
    """The name and the superior that a body had in a period; counts as AreaName does."""

    __tablename__ = "body_term"
    __table_args__ = (Index("ix_body_term_body_id", "body_id"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    body_id: Mapped[BodyRef]
    name: Mapped[str] = mapped_column(String(200))
    superior_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(String(500))
    replaced_on: Mapped[date | None]


class DraftState(StrEnum):
    """Where a draft of post rows stands."""

    DRAFTED = "drafted"
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class PostDraft(Base):
    """Changes of post rows from a day on, until a second registrar activates them (design, issue 3)."""

    __tablename__ = "post_draft"
    __table_args__ = (Index("ix_post_draft_state", "state"), {"sqlite_with_rowid": False})

    id: Mapped[Key]
    day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(500))
    source_doc: Mapped[str] = mapped_column(String(200))
    changes: Mapped[str] = mapped_column(Text)
    state: Mapped[DraftState] = mapped_column(choice(DraftState), default=DraftState.DRAFTED)
    drafted_by: Mapped[str] = mapped_column(String(32))
    drafted_on: Mapped[date]
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_on: Mapped[date | None]

    def facts(self) -> Facts:
        """Templates of posts hold for the whole country, so the centre's registrars keep them."""
        return Facts(account_id=self.drafted_by, registrar_ids=Holding(CENTRE).facts().registrar_ids)


class PlanState(StrEnum):
    """Where a reorganisation stands."""

    PLANNED = "planned"
    CARRIED_OUT = "carried_out"
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"


class Reorganisation(Base):
    """A plan as its two files, and who carried it out. `keeper_id`: the unit that all of it lies under."""

    __tablename__ = "reorganisation"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[Key]
    day: Mapped[date]
    source_doc: Mapped[str] = mapped_column(String(200))
    keeper_id: Mapped[str] = mapped_column(String(16))
    areas_csv: Mapped[str] = mapped_column(Text)
    successors_csv: Mapped[str] = mapped_column(Text)
    state: Mapped[PlanState] = mapped_column(choice(PlanState), default=PlanState.PLANNED)
    planned_by: Mapped[str] = mapped_column(String(32))
    planned_on: Mapped[date]
    carried_by: Mapped[str | None] = mapped_column(String(32))
    carried_on: Mapped[date | None]
    undoes: Mapped[str | None] = mapped_column(String(16), ForeignKey("reorganisation.id"))

    def facts(self) -> Facts:
        keepers = Holding(self.keeper_id, self.keeper_id).facts().registrar_ids
        return Facts(account_id=self.planned_by, registrar_ids=keepers)


class Seat(StrEnum):
    """Which body of a case a reorganisation moved."""

    FRONT = "front"
    LEADER = "leader"


class CaseMove(Base):
    """An open case handed to a successor body. `to_id` is empty until the street tells which part it is."""

    __tablename__ = "case_move"
    __table_args__ = (
        Index("ix_case_move_to_id", "to_id"),
        Index("ix_case_move_waits_with_id", "waits_with_id"),
        {"sqlite_with_rowid": False},
    )

    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    seat: Mapped[Seat] = mapped_column(choice(Seat), primary_key=True)
    reorganisation_id: Mapped[str] = mapped_column(ForeignKey("reorganisation.id"), primary_key=True)
    from_id: Mapped[BodyRef]
    to_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    # The body above the parts of a split unit: it has the case until one of its officers has chosen.
    waits_with_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    moved_on: Mapped[date]
    chosen_by: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))
    chosen_on: Mapped[date | None]

    bars: Mapped[list[CaseBar]] = relationship(
        primaryjoin="CaseMove.case_id == foreign(CaseBar.case_id)", viewonly=True, lazy="selectin"
    )
    locks: Mapped[list[CaseLock]] = relationship(
        primaryjoin="CaseMove.case_id == foreign(CaseLock.case_id)", viewonly=True, lazy="selectin"
    )

    def facts(self) -> Facts:
        above = frozenset({self.waits_with_id}) if self.waits_with_id else frozenset()
        return Facts(
            superior_ids=above,
            barred=frozenset(bar.account_id for bar in self.bars),
            locked=frozenset(lock.body_id for lock in self.locks),
        )


class BodyHeir(Base):
    """A task: seal a former body's secret to its successor (niêm phong lại), by an officer above it."""

    __tablename__ = "body_heir"
    __table_args__ = (
        Index("ix_body_heir_heir_id", "heir_id"),
        Index("ix_body_heir_superior_id", "superior_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Key]
    reorganisation_id: Mapped[str] = mapped_column(ForeignKey("reorganisation.id"))
    old_id: Mapped[BodyRef]
    heir_id: Mapped[BodyRef]
    purpose: Mapped[KeyPurpose] = mapped_column(choice(KeyPurpose))
    superior_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    done_by: Mapped[str | None] = mapped_column(String(16), ForeignKey("account.id"))
    done_on: Mapped[date | None]

    def facts(self) -> Facts:
        above = frozenset({self.superior_id}) if self.superior_id else frozenset()
        return Facts(body_id=self.heir_id, superior_ids=above)


class InheritedKey(Base):
    """A former body's secret, sealed once to the key of its successor."""

    __tablename__ = "inherited_key"
    __table_args__ = (Index("ix_inherited_key_heir_id", "heir_id"), {"sqlite_with_rowid": False})

    old_id: Mapped[str] = mapped_column(ForeignKey("body.id"), primary_key=True)
    purpose: Mapped[KeyPurpose] = mapped_column(choice(KeyPurpose), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    heir_id: Mapped[str] = mapped_column(ForeignKey("body.id"), primary_key=True)
    heir_version: Mapped[int]
    sealed_secret: Mapped[Sealed]
