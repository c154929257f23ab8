"""The one complained of (người, tổ chức bị phản ánh) as the rules see it: offices held, never a name."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.parties import BodyKind, Level, PartyMember, PostFacts, PostGroup


class Status(StrEnum):
    """What became of the person since the act (LTC 12(3))."""

    UNKNOWN = "unknown"
    IN_OFFICE = "in_office"
    MOVED = "moved"
    LEFT = "left"


class Who(StrEnum):
    """Whether a person is complained of, a body itself, or an organisation of the Party."""

    PERSON = "person"
    BODY = "body"
    PARTY_ORGANISATION = "party_organisation"


@dataclass(frozen=True, slots=True)
class Held:
    """One office held: what it is, which level manages it, which body settles on the state track."""

    kind: BodyKind | None = None
    level: Level | None = None
    group: PostGroup | None = None
    managing_level: Level | None = None
    settler_kind: BodyKind | None = None
    settler_level: Level | None = None
    source: str = ""
    settler_source: str = ""

    @property
    def leads(self) -> bool:
        """Head or deputy head of a body (LTC 12(1))."""
        return self.group in (PostGroup.HEAD, PostGroup.DEPUTY)


def held(post: PostFacts) -> Held:
    """The office as the register has it."""
    return Held(
        post.body_kind,
        post.level,
        post.group,
        post.managing_level,
        post.settler_kind,
        post.settler_level,
        post.source,
        post.settler_source,
    )


def as_main(post: PostFacts) -> dict[str, Any]:
    """The fields of a Subject that the register fills for its main office."""
    return {
        "level": post.level,
        "managing_level": post.managing_level,
        "group": post.group,
        "post": post.post,
        "body_kind": post.body_kind,
        "settler_kind": post.settler_kind,
        "settler_level": post.settler_level,
        "source": post.source,
        "settler_source": post.settler_source,
    }


@dataclass(frozen=True, slots=True)
class Subject:
    """The office complained of, and what else the rules need: facts about posts, never a name.

    `area_id` is the unit of the office, `body_id` its body where known. `others` are further offices held
    now, `then` those held at the time of the act where they were other ones. The three flags answer "does
    this person work at … of this place?"; `sits_on` holds ids of bodies the person is known to sit on, or
    whose people are his relatives; `co_managers` manage the person beside the settler (LTC 12(2)).
    """

    area_id: str
    level: Level | None = None
    managing_level: Level | None = None
    group: PostGroup | None = None
    post: str | None = None
    body_kind: BodyKind | None = None
    body_id: str | None = None
    party_member: PartyMember = PartyMember.UNKNOWN
    works_at_front: bool = False
    works_at_party: bool = False
    works_at_inspection: bool = False
    sits_on: frozenset[str] = field(default_factory=frozenset)
    act_date: date | None = None
    settler_kind: BodyKind | None = None
    settler_level: Level | None = None
    source: str = ""
    settler_source: str = ""
    who: Who = Who.PERSON
    status: Status = Status.UNKNOWN
    others: tuple[Held, ...] = ()
    then: tuple[Held, ...] = ()
    co_managers: tuple[tuple[BodyKind, Level], ...] = ()

    @property
    def office(self) -> Held:
        """The office complained of."""
        return Held(
            self.body_kind,
            self.level,
            self.group,
            self.managing_level,
            self.settler_kind,
            self.settler_level,
            self.source,
            self.settler_source,
        )

    @property
    def offices(self) -> tuple[Held, ...]:
        """Every office held now."""
        return (self.office, *self.others)
