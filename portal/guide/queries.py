"""What the guide shows of the shipped register, for it has no store: who examines whom, by post and day."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from portal.data.reference import shipped
from portal.domain.offices import Register
from portal.domain.parties import BodyKind, Level
from portal.domain.posts import POSTS, read_posts

_SHOWN = (
    "committee.commune.staff",
    "committee.commune.chair",
    "party.commune.secretary",
    "school.commune.head",
    "health.commune.head",
    "police.commune.chief",
    "neighbourhood.commune.head",
    "committee.district.chair",
    "department.province.director",
    "committee.province.chair",
)
"""The posts that residents write about most; the register has all others."""


@dataclass(frozen=True)
class Examined:
    """A post, the level whose inspection committee examines a party member, and who settles by state law."""

    name: str
    level: Level
    managed_at: Level
    settler_kind: BodyKind
    settler_level: Level


@cache
def _register() -> Register:
    return Register(read_posts(shipped(POSTS)))


def who_examines(day: date) -> list[Examined]:
    """One row per post that there is on `day`."""
    found = (_register().on(key, day) for key in _SHOWN)
    return [
        Examined(post.name, post.level, post.managing_level, post.settler_kind, post.settler_level)
        for post in found
        if post is not None and post.exists_on(day)
    ]
