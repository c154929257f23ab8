"""The whole country at once, for the proof: as it comes with the code, or as this installation holds it."""

from sqlalchemy import select

from portal.data.bodies import every_body
from portal.data.db import session
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.body import PostTemplate
from portal.data.reference import shipped
from portal.domain.country import Country
from portal.domain.gazetteer import AREAS, SUCCESSORS, Gazetteer, read_gazetteer
from portal.domain.parties import AreaFacts, PostFacts, SuccessorFacts
from portal.domain.posts import POSTS, read_posts
from portal.domain.routing.proof import Holdings
from portal.domain.routing.published import PUBLISHED, PublishedCase, read_published
from portal.domain.structure import country_bodies


def shipped_units() -> Gazetteer:
    """The units and successors that come with the code."""
    return read_gazetteer(shipped(AREAS), shipped(SUCCESSORS))


def shipped_posts() -> tuple[PostFacts, ...]:
    """The templates of posts that come with the code."""
    return read_posts(shipped(POSTS))


def shipped_cases() -> tuple[PublishedCase, ...]:
    """The published decisions, as classes, that come with the code."""
    return read_published(shipped(PUBLISHED), (post.post for post in shipped_posts()))


def shipped_holdings(posts: tuple[PostFacts, ...] | None = None) -> Holdings:
    """The country as it comes with the code, none of its bodies active; `posts` in place of its templates."""
    units, known = shipped_units(), shipped_posts()
    bodies = {body.id: body for body in country_bodies(units.areas.values())}
    country = Country(units.areas, units.successors)
    return Holdings(country, bodies, posts if posts is not None else known, known, units.successors)


def stored_holdings() -> Holdings:
    """Units, bodies with what is active of them, and templates as stored; metadata only, no key is needed."""
    columns = (Area.area_id, Area.name, Area.level, Area.parent_id, Area.valid_from, Area.valid_to, Area.code)
    links = select(AreaSuccessor.old_id, AreaSuccessor.new_id, AreaSuccessor.whole, AreaSuccessor.larger)
    areas = {row[0]: AreaFacts(*row) for row in session().execute(select(*columns))}
    country = Country(areas, [SuccessorFacts(*row) for row in session().execute(links)])
    bodies = {one.id: one for one in every_body()}
    return Holdings(country, bodies, stored_posts(), shipped_posts(), shipped_units().successors)


def stored_posts() -> tuple[PostFacts, ...]:
    """Every template of a post as stored, of all periods."""
    rows = session().scalars(select(PostTemplate).order_by(PostTemplate.id))
    return tuple(row.as_facts() for row in rows)
