"""Two wards, their city and the centre, before and after July 2025, and people who hold posts there."""

from dataclasses import replace
from datetime import date
from typing import Any

from portal.data.reference import shipped
from portal.domain.lineage import Standing
from portal.domain.offices import Register
from portal.domain.parties import COUNTRY, AreaFacts, BodyFacts, Level, PostFacts, Track
from portal.domain.posts import POSTS, read_posts
from portal.domain.routing import Matter
from portal.domain.structure import standard_bodies
from portal.domain.subjects import Subject, as_main, held

TODAY, BEFORE = date(2026, 11, 23), date(2025, 5, 1)
FIRST, LAST = date(2025, 7, 1), date(2025, 6, 30)
WARD = AreaFacts("C1", "Phường Tây Thạnh", Level.COMMUNE, "P1", FIRST)
OTHER_WARD = AreaFacts("C2", "Phường Tân Sơn Nhì", Level.COMMUNE, "P1", FIRST)
CITY = AreaFacts("P1", "Thành phố Hồ Chí Minh", Level.PROVINCE, None, FIRST)
OLD_WARD = AreaFacts("C0", "Phường Sơn Kỳ", Level.COMMUNE, "D0", None, LAST)
DISTRICT = AreaFacts("D0", "Quận Tân Phú", Level.DISTRICT, "P0", None, LAST)
OLD_CITY = AreaFacts("P0", "Thành phố Hồ Chí Minh", Level.PROVINCE, None, None, LAST)
UNITS = (WARD, OTHER_WARD, CITY, OLD_WARD, DISTRICT, OLD_CITY, COUNTRY)
NOW = Standing((WARD, CITY, COUNTRY))
THEN = Standing((OLD_WARD, DISTRICT, OLD_CITY, COUNTRY))
SPLIT = Standing((CITY, COUNTRY), (WARD, OTHER_WARD))
BODIES: dict[str, BodyFacts] = {body.id: body for unit in UNITS for body in standard_bodies(unit)}
POSTS_SHIPPED = read_posts(shipped(POSTS))
REGISTER = Register(POSTS_SHIPPED)


def post(key: str, day: date = TODAY) -> PostFacts:
    found = REGISTER.on(key, day)
    assert found is not None, key
    return found


def holder(*keys: str, day: date = TODAY, then: tuple[str, ...] = (), **facts: Any) -> Subject:
    """Somebody who holds the posts, the first being the one complained of; `then` when it happened."""
    offices = [post(key, day) for key in keys]
    area = WARD.id if day >= FIRST else OLD_WARD.id
    given = {**as_main(offices[0]), **facts}
    others = tuple(map(held, offices[1:]))
    return Subject(area, others=others, then=tuple(held(post(key, day)) for key in then), **given)


def matter(
    subject: Subject,
    day: date = TODAY,
    place: Standing | None = None,
    track: Track = Track.PARTY,
    **more: Any,
) -> Matter:
    """The question about somebody on a day; the place is the ward as it stood then."""
    where = place or (NOW if day >= FIRST else THEN)
    return Matter(subject, where, more.pop("bodies", BODIES), day, track, **more)


def active(*ids: str) -> dict[str, BodyFacts]:
    return {one.id: replace(one, active=one.id in ids) for one in BODIES.values()}
