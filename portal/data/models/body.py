"""Bodies, their keys, and the dated templates of posts."""

from datetime import date

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.data.db import Base
from portal.data.models.columns import Entered, Sealed, choice
from portal.domain.keys import KeyPurpose
from portal.domain.parties import BodyFacts, BodyKind, Level, PartyMember, PostFacts, PostGroup
from portal.domain.permissions import Facts


class Body(Entered, Base):
    """A body (cơ quan) with its dates and the body above it; the centre's unit "VN" has no area row.

    `name` and `superior_id` are those in force today; where there were others, BodyTerm rows hold
    the periods.
    """

    __tablename__ = "body"
    __table_args__ = (
        Index("ix_body_area_id_kind", "area_id", "kind"),
        Index("ix_body_superior_id", "superior_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(48), primary_key=True)
    kind: Mapped[BodyKind] = mapped_column(choice(BodyKind))
    level: Mapped[Level] = mapped_column(choice(Level))
    area_id: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(200))
    superior_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    def as_facts(self, *, active: bool = False) -> BodyFacts:
        """The body as the rules see it."""
        return BodyFacts(
            self.id,
            self.kind,
            self.level,
            self.area_id,
            self.name,
            self.superior_id,
            self.valid_from,
            self.valid_to,
            active,
        )

    def facts(self) -> Facts:
        above = frozenset({self.superior_id}) if self.superior_id else frozenset()
        return Facts(body_id=self.id, superior_ids=above)


class BodyKey(Base):
    """The public half of a body's key pair; the secret half is sealed to members and to the body above."""

    __tablename__ = "body_key"
    __table_args__ = {"sqlite_with_rowid": False}

    body_id: Mapped[str] = mapped_column(ForeignKey("body.id"), primary_key=True)
    purpose: Mapped[KeyPurpose] = mapped_column(choice(KeyPurpose), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    # Recovery and take-over run up the line of supervision; a root body has nothing above it.
    sealed_to_superior: Mapped[Sealed | None]
    superior_id: Mapped[str | None] = mapped_column(String(48), ForeignKey("body.id"))
    superior_version: Mapped[int | None]
    created_on: Mapped[date]
    retired_on: Mapped[date | None]


class PostTemplate(Entered, Base):
    """A post found in every body of a kind and level (decisions 7), and who manages its holder."""

    __tablename__ = "post_template"
    __table_args__ = (
        Index("ix_post_template_body_kind_level", "body_kind", "level"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    post: Mapped[str] = mapped_column(String(64))
    body_kind: Mapped[BodyKind] = mapped_column(choice(BodyKind))
    level: Mapped[Level] = mapped_column(choice(Level))
    name: Mapped[str] = mapped_column(String(120))
    group: Mapped[PostGroup] = mapped_column(choice(PostGroup))
    managing_level: Mapped[Level] = mapped_column(choice(Level))
    settler_kind: Mapped[BodyKind] = mapped_column(choice(BodyKind))
    settler_level: Mapped[Level] = mapped_column(choice(Level))
    party_member: Mapped[PartyMember] = mapped_column(choice(PartyMember))
    synonyms: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(200))
    settler_source: Mapped[str] = mapped_column(String(200))

    def as_facts(self) -> PostFacts:
        """The template as the rules see it."""
        return PostFacts(
            self.id,
            self.post,
            self.body_kind,
            self.level,
            self.name,
            self.group,
            self.managing_level,
            self.settler_kind,
            self.settler_level,
            self.party_member,
            tuple(name for name in self.synonyms.split("|") if name),
            self.valid_from,
            self.valid_to,
            self.source,
            self.settler_source,
        )
