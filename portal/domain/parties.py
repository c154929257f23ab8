"""The parties of a matter: units, bodies, posts and the office complained of, as plain facts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

CENTRE = "VN"
"""The id of the country as a unit; it has no row among the areas."""


class Level(StrEnum):
    """Level of a unit, a body or a post (cấp)."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    CELL = "cell"

    @cached_property
    def rank(self) -> int:
        """0 for the party cell up to 4 for the centre."""
        return _RANK[self]


_RANK = {Level.CELL: 0, Level.COMMUNE: 1, Level.DISTRICT: 2, Level.PROVINCE: 3, Level.CENTRAL: 4}


class BodyKind(StrEnum):
    """Kind of body; the comment gives the Vietnamese term."""

    FRONT = "front"  # Ban Thường trực Ủy ban MTTQ
    PARTY = "party"  # cấp ủy
    INSPECTION = "inspection"  # ủy ban kiểm tra
    COMMITTEE = "committee"  # ủy ban nhân dân
    COUNCIL = "council"  # hội đồng nhân dân
    POLICE = "police"  # công an
    INSPECTORATE = "inspectorate"  # thanh tra
    DEPARTMENT = "department"  # sở, ban, ngành; bộ
    SCHOOL = "school"  # trường công lập
    HEALTH = "health"  # trạm y tế, bệnh viện công lập
    NEIGHBOURHOOD = "neighbourhood"  # tổ dân phố, khu phố, thôn
    ENTERPRISE = "enterprise"  # doanh nghiệp nhà nước
    VERTICAL = "vertical"  # cơ quan ngành dọc: thuế, kho bạc, bảo hiểm xã hội, thi hành án dân sự
    JUDICIARY = "judiciary"  # tòa án, viện kiểm sát
    MILITARY = "military"  # quân đội, biên phòng


class PostGroup(StrEnum):
    """What a post is within its body."""

    HEAD = "head"
    DEPUTY = "deputy"
    MEMBER = "member"
    STAFF = "staff"


class PartyMember(StrEnum):
    """Whether the holder of a post is a member of the Party."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Track(StrEnum):
    """The two parallel ways of a matter: party discipline and law in office (domain 4.1)."""

    PARTY = "party"
    STATE = "state"


def in_force(day: date, valid_from: date | None, valid_to: date | None) -> bool:
    """True within the validity; both ends count, None is open (decisions 7)."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def overlap(first: tuple[date | None, date | None], second: tuple[date | None, date | None]) -> bool:
    """True if two validities (from, to) share a day."""
    return (first[0] or date.min) <= (second[1] or date.max) and (second[0] or date.min) <= (
        first[1] or date.max
    )


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """An administrative unit."""

    id: str
    name: str
    level: Level
    parent_id: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    code: str = ""

    def exists_on(self, day: date) -> bool:
        return in_force(day, self.valid_from, self.valid_to)


COUNTRY = AreaFacts(CENTRE, "Việt Nam", Level.CENTRAL)


@dataclass(frozen=True, slots=True)
class SuccessorFacts:
    """What became of a unit: `whole`, or a part of it (then a street is needed to tell which)."""

    old_id: str
    new_id: str
    whole: bool
    larger: bool = True


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """A body of a unit. `active`: it has a key and a member of its own (its superior is asked separately)."""

    id: str
    kind: BodyKind
    level: Level
    area_id: str
    name: str
    superior_id: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    active: bool = False

    def exists_on(self, day: date) -> bool:
        return in_force(day, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A dated template: a post found in every body of this kind and level, and who is over its holder.

    `managing_level` is the level whose party committee manages the holder (diện quản lý); on the state track
    the body of `settler_kind` at `settler_level` settles what is reported of him. `source` and
    `settler_source` are the grounds of the one and the other.
    """

    id: str
    post: str
    body_kind: BodyKind
    level: Level
    name: str
    group: PostGroup
    managing_level: Level
    settler_kind: BodyKind
    settler_level: Level
    party_member: PartyMember = PartyMember.UNKNOWN
    synonyms: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    settler_source: str = ""

    def exists_on(self, day: date) -> bool:
        return in_force(day, self.valid_from, self.valid_to)
