"""Walking the country for the proof: decided once per class of lines, then looked for in every unit.

Source: design; LTC 12–22 (one body settles, it exists, and nobody's matter is without one).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from portal.domain.kinds import Kind
from portal.domain.lineage import Standing, UnknownUnit
from portal.domain.parties import AreaFacts, Level, PostFacts, Track
from portal.domain.routing.answers import Advice, Guidance, Question, Route
from portal.domain.routing.asked import Asked, Claim, Matter, Rule
from portal.domain.routing.engine import RULES, decide
from portal.domain.routing.lines import Alike, Bodies, Spot, at_spot, classes, spot
from portal.domain.routing.proof import Cell, Failing, Gap, Holdings, Proof, Proved
from portal.domain.structure import STANDARD, body_id, line_of
from portal.domain.subjects import Subject, as_main

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""
_STEP = 200


def _silent(done: int, total: int) -> None:
    """No progress is shown."""


T = TypeVar("T")


class _Steps:
    """Counts what was walked and tells it now and then."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def over(self, things: Iterable[T]) -> Iterator[T]:
        """The things, each counted as it is left."""
        for one in things:
            yield one
            self.done += 1
            if self.done % _STEP == 0 or self.done == self.total:
                self.progress(self.done, self.total)


def prove(
    held: Holdings, day: date, rules: tuple[Rule, ...] = RULES, *, progress: Progress = _silent
) -> Proof:
    """Walk every lowest unit of the day, every office in force, every legal kind, both tracks.

    Decided once per class of lines that are alike, then every body is looked for in every unit. Units that
    ended must lead to units that are walked.
    """
    areas = held.country.areas.values()
    standing = [area for area in areas if area.exists_on(day)]
    parents = {area.parent_id for area in standing}
    lowest = [area for area in standing if area.level is Level.COMMUNE or area.id not in parents]
    ended = [area for area in areas if area.valid_to is not None and area.valid_to < day]
    steps = _Steps(progress, len(ended) + 2 * len(lowest))
    walk = _Walk(held, day, rules)
    walk.check_posts(lowest)
    walk.check_ended(steps.over(ended))
    alike = classes(walk.places(steps.over(lowest)), walk.bodies)
    proved = tuple(walk.decided(one, steps) for one in alike)
    return Proof(day, len(lowest), len(ended), len(walk.posts), proved, tuple(walk.failing), walk.competent)


@dataclass
class _Need:
    """The cells for which a body must stand, and for how many it is the competent one."""

    cells: list[Cell] = field(default_factory=list)
    own: int = 0

    def add(self, cell: Cell, *, own: bool) -> None:
        self.cells.append(cell)
        self.own += own


class _Walk:
    """The walk in progress: what holds on the day, and what was found to fail."""

    def __init__(self, held: Holdings, day: date, rules: tuple[Rule, ...]) -> None:
        self.held, self.day, self.rules = held, day, rules
        self.bodies = Bodies(held.bodies, day)
        self.posts = [post for post in held.posts if post.exists_on(day)]
        self.failing: list[Failing] = []
        self.competent: dict[str, int] = defaultdict(int)
        self._in_force = {rule.name: rule for rule in rules if rule.holds_on(day)}
        self._faults: dict[str, Gap | None] = {}

    def places(self, units: Iterable[AreaFacts]) -> Iterable[Standing]:
        """Where the units stand; those that stand nowhere fail."""
        nowhere: list[AreaFacts] = []
        for unit in units:
            try:
                yield self.held.country.on(unit.id, self.day)
            except UnknownUnit:
                nowhere.append(unit)
        self._fail(Gap.NO_LINE, nowhere, _every(self.posts))

    def check_posts(self, units: Sequence[AreaFacts]) -> None:
        """Each office has one template on the day: of its own rows, and of those that come with the code."""
        keys = [post.post for post in self.posts]
        self._fail(
            Gap.SEVERAL_POSTS, units, [Cell(key) for key in dict.fromkeys(keys) if keys.count(key) > 1]
        )
        missing = [
            Cell(known.post)
            for known in self.held.posts_known
            if known.exists_on(self.day) and not self._covered(known)
        ]
        self._fail(Gap.NO_POST, units, missing)

    def _covered(self, known: PostFacts) -> bool:
        """Held for the time since the known template began; one that was ended since then is known, too."""
        begin = known.valid_from or date.min
        return any(
            post.post == known.post
            and (post.valid_from or date.min) <= self.day
            and (post.valid_to is None or post.valid_to >= begin)
            for post in self.held.posts
        )

    def check_ended(self, ended: Iterable[AreaFacts]) -> None:
        """Each unit that ended leads to units of the day; no known link is missing."""
        country = self.held.country
        known: dict[str, set[str]] = defaultdict(set)
        for link in self.held.links_known:
            if link.new_id in country.areas:
                known[link.old_id].add(link.new_id)
        lost = {
            area.id: area
            for area in ended
            if not self._leads_on(area)
            or known[area.id].difference(link.new_id for link in country.successors_of(area.id))
        }
        self._fail(Gap.NO_SUCCESSOR, list(lost.values()), _every(self.posts))

    def _leads_on(self, area: AreaFacts) -> bool:
        links = self.held.country.successors_of(area.id)
        if len(links) == 1 and not links[0].whole:
            return False  # a part of it is lost
        try:
            units = self.held.country.on(area.id, self.day).units
        except UnknownUnit:
            return False
        wanted = {Level.PROVINCE, Level.COMMUNE} if area.level is Level.DISTRICT else {area.level}
        return all(unit.level in wanted for unit in units)

    def decided(self, alike: Alike, steps: _Steps) -> Proved:
        """Decide the first place of the class, then look for the bodies in each."""
        outcomes: dict[Cell, Spot | Advice] = {}
        needed: dict[Spot, _Need] = defaultdict(_Need)
        failed: dict[Gap, list[Cell]] = defaultdict(list)
        for post in self._offices(alike.first):
            for kind in Kind:
                for track in Track:
                    cell = Cell(post.post, kind, track)
                    found, spots = self._outcome(alike.first, post, kind, track)
                    if isinstance(found, Gap):
                        failed[found].append(cell)
                        continue
                    outcomes[cell] = found
                    for where in spots:
                        needed[where].add(cell, own=where == found)
        for fault, cells in failed.items():
            self._fail(fault, [place.line[0] for place in alike.places], cells)
        for place in steps.over(alike.places):
            self._look_for(needed, place)
        return Proved(alike, outcomes, len(outcomes) + sum(map(len, failed.values())))

    def _offices(self, place: Standing) -> Iterable[PostFacts]:
        """The offices that there may be in a line: none below its lowest unit, but for the party cell."""
        lowest = place.line[0].level.rank
        return (one for one in self.posts if one.level.rank >= lowest or one.level is Level.CELL)

    def _outcome(
        self, place: Standing, post: PostFacts, kind: Kind, track: Track
    ) -> tuple[Spot | Advice | Gap, tuple[Spot, ...]]:
        """Where a cell leads, and the bodies that must stand for it."""
        unit = next((one for one in place.line if one.level is post.level), None)
        registered = post.body_kind in STANDARD.get(post.level, {})
        if registered and not (unit and self.bodies.standing(post.body_kind, unit.id)):
            return Gap.NO_OFFICE, ()
        subject = Subject((unit or place.line[0]).id, party_member=post.party_member, **as_main(post))
        matter = Matter(subject, place, self.held.bodies, self.day, track, kind)
        decision = decide(matter, self.rules)
        answer = decision.answer
        if isinstance(answer, Question):
            return Gap.OPEN_QUESTION, ()
        if isinstance(answer, Guidance) and answer.code is not Advice.NOBODY_LEFT:
            return (Gap.UNDETERMINED, ()) if answer.code is Advice.UNDETERMINED else (answer.code, ())
        claimed_by = next(look.rule for look in decision.trace if look.why is None)
        return self._stands(matter, answer, claimed_by)

    def _stands(
        self, matter: Matter, answer: Route | Guidance, rule: str
    ) -> tuple[Spot | Advice | Gap, tuple[Spot, ...]]:
        """A body was named, or all of a line were in conflict: the body that the rule claimed must stand."""
        claim = self._in_force[rule].decide(self._in_force[rule], Asked(matter))
        assert isinstance(claim, Claim)
        needed: list[Spot] = []
        unit = next((one for one in matter.place.line if one.level is claim.level), None)
        if unit is not None:
            if not self.bodies.standing(claim.kind, unit.id):
                return Gap.NO_BODY, ()
            needed.append(spot(body_id(claim.kind, unit.id), matter.place))
        if isinstance(answer, Guidance):
            return answer.code, tuple(needed)
        where = spot(answer.body.id, matter.place)
        return where, tuple(dict.fromkeys((*needed, where)))

    def _look_for(self, needed: Mapping[Spot, _Need], place: Standing) -> None:
        """Each body that is needed in a place: it exists on the day, alone of its kind, leads to the top."""
        for where, need in needed.items():
            body = at_spot(where, place)
            if body not in self._faults:
                self._faults[body] = self._fault(body)
            fault = self._faults[body]
            if fault is not None:
                self._fail(fault, [place.line[0]], need.cells)
            elif need.own:
                self.competent[body] += need.own

    def _fault(self, body: str) -> Gap | None:
        found = self.held.bodies.get(body)
        if found is None:
            return Gap.NO_BODY
        line = line_of(body, self.held.bodies)
        if not all(one.exists_on(self.day) for one in line):
            return Gap.CLOSED_BODY
        if line[-1].superior_id is not None:
            return Gap.BROKEN_LINE
        return None if len(self.bodies.standing(found.kind, found.area_id)) == 1 else Gap.SEVERAL_BODIES

    def _fail(self, fault: Gap, units: Sequence[AreaFacts], cells: Sequence[Cell]) -> None:
        if units and cells:
            self.failing.append(Failing(fault, tuple(units), tuple(cells)))


def _every(posts: Iterable[PostFacts]) -> list[Cell]:
    return [Cell(post.post) for post in posts]
