"""What drafted templates of posts would change, for the page that shows a draft before it is put in force.

The page shows the answer with `{% include "registry/_simulation.html" %}`, where it is called `simulated`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import func, select

from portal.action import session
from portal.data.country import shipped_cases, stored_posts
from portal.data.models.body import Body
from portal.data.models.case import Case
from portal.domain import clock
from portal.domain.parties import PostFacts, Track
from portal.domain.posts import with_drafts
from portal.domain.routing.engine import CONFLICT
from portal.domain.routing.simulation import (
    Difference,
    Possible,
    RuleSet,
    Sample,
    Stored,
    differences,
    possible,
)

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Simulated:
    """What would change if the drafts were in force on `day`.

    `samples` published decisions were asked, and `cases` of the last year's, of which the post is sealed:
    those are told by level and group of the post.
    """

    day: date
    samples: int
    differences: tuple[Difference, ...]
    cases: int
    possible: tuple[Possible, ...]
    posts: Mapping[str, PostFacts] = field(default_factory=dict)
    """The posts by their keys, for their names."""

    @property
    def changes_nothing(self) -> bool:
        return not self.differences and not self.possible


def simulate(drafted: Sequence[PostFacts], day: date | None = None) -> Simulated:
    """Ask the published decisions and the last year's cases of this installation with and without the drafts.

    `day` is by default today, or the day on which the first of the drafts begins, if that is later.
    """
    begin = min((one.valid_from or date.min for one in drafted), default=date.min)
    moment = day or max(clock.today(), begin)
    posts = stored_posts()
    before, after = RuleSet(posts), RuleSet(with_drafts(posts, drafted))
    published = [Sample(one.id, one.case) for one in shipped_cases()]
    known = list(last_year())
    return Simulated(
        moment,
        len(published),
        differences(before, after, published, moment),
        sum(one.number for one in known),
        possible(before, after, known, moment),
        {one.post: one for one in (*before.posts, *after.posts)},
    )


def last_year() -> Iterable[Stored]:
    """The cases opened within a year, by what stands in clear of them; no key is needed."""
    told = (Case.track, Case.kind, Case.post_level, Case.post_group, Case.route_rule)
    led_by = (Body.kind, Body.level)
    rows = session().execute(
        select(*told, *led_by, func.count())
        .outerjoin(Body, Body.id == Case.leader_id)
        .where(Case.opened_on > clock.today() - YEAR)
        .group_by(*told, *led_by)
    )
    found: Counter[Stored] = Counter()
    for track, kind, level, group, rule, led_kind, led_level, number in rows:
        # Where a conflict moved the case up, the body that got it says nothing about the office.
        by_rule = rule not in (None, CONFLICT) and led_kind is not None
        led = (led_kind, led_level) if by_rule else None
        found[Stored(track or Track.PARTY, kind, level, group, 0, led)] += number
    return [replace(one, number=number) for one, number in found.items()]
