"""From the database to the facts of receiving and routing: units, bodies, posts."""

import time
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select

from portal.action import session
from portal.data.bodies import bodies_in
from portal.data.db import store
from portal.data.models.body import PostTemplate
from portal.data.territory import standing_of
from portal.domain.lineage import Standing
from portal.domain.offices import Register
from portal.domain.parties import BodyFacts, PostFacts, in_force

_KEPT_SECONDS = 60.0
_kept: dict[tuple[int, str, date], tuple[float, Standing]] = {}
_registers: WeakKeyDictionary[Engine, tuple[float, Register]] = WeakKeyDictionary()


def place_of(area_id: str, day: date) -> Standing:
    """Where the unit stands on `day`, with the units above it; raises UnknownUnit.

    Kept for a minute per process: units change by decree, not by the hour.
    """
    key = (id(store()), area_id, day)
    known = _kept.get(key)
    if known is None or time.monotonic() - known[0] > _KEPT_SECONDS:
        if len(_kept) > 20_000:
            _kept.clear()
        known = _kept[key] = (time.monotonic(), standing_of(area_id, day))
    return known[1]


def bodies_of(place: Standing) -> dict[str, BodyFacts]:
    """Every body of the place's units and of all units above, by id, with what is active of them."""
    return bodies_in({unit.id for unit in (*place.line, *place.candidates)})


def posts_of(body_kind: str, level: str, day: date) -> list[PostFacts]:
    """The dated templates of posts of a kind of body at a level, as in force on `day`."""
    rows = session().scalars(
        select(PostTemplate)
        .where(PostTemplate.body_kind == body_kind, PostTemplate.level == level)
        .order_by(PostTemplate.id)
    )
    return [row.as_facts() for row in rows if in_force(day, row.valid_from, row.valid_to)]


def register() -> Register:
    """The templates of posts of all periods; kept for a minute per process, as units are."""
    engine = store().engine
    known = _registers.get(engine)
    if known is None or time.monotonic() - known[0] > _KEPT_SECONDS:
        rows = session().scalars(select(PostTemplate).order_by(PostTemplate.id))
        known = _registers[engine] = (time.monotonic(), Register(row.as_facts() for row in rows))
    return known[1]
