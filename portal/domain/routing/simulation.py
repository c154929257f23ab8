"""What other rules or templates of posts would do with cases that are known: before, after, how many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.country import LAST_DAY_OF_DISTRICTS
from portal.domain.kinds import Kind
from portal.domain.offices import Register
from portal.domain.parties import BodyKind, Level, PartyMember, PostFacts, PostGroup, Track
from portal.domain.routing.asked import Rule
from portal.domain.routing.classes import CaseClass, Era, Outcome, answer_of
from portal.domain.routing.engine import RULES
from portal.domain.subjects import Status, Who


@dataclass(frozen=True)
class RuleSet:
    """Rules, and the templates of posts that they read."""

    posts: Sequence[PostFacts]
    rules: tuple[Rule, ...] = RULES

    def answers(self, cases: Iterable[CaseClass], day: date) -> list[Outcome]:
        """Where each case leads if it is received on `day`."""
        register = Register(self.posts)
        return [answer_of(case, register, day, self.rules) for case in cases]


@dataclass(frozen=True, slots=True)
class Sample:
    """A case that is known in full, under a name that tells nothing, such as the row of a sheet."""

    id: str
    case: CaseClass


@dataclass(frozen=True, slots=True)
class Difference:
    """Cases that would be answered otherwise, all in the same way."""

    before: Outcome
    after: Outcome
    ids: tuple[str, ...]


def differences(
    before: RuleSet, after: RuleSet, samples: Sequence[Sample], day: date
) -> tuple[Difference, ...]:
    """Which samples would be answered otherwise if they were received on `day`, the most frequent first."""
    cases = [one.case for one in samples]
    found: dict[tuple[Outcome, Outcome], list[str]] = defaultdict(list)
    for sample, old, new in zip(samples, before.answers(cases, day), after.answers(cases, day), strict=True):
        if old != new:
            found[old, new].append(sample.id)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[1]))
    return tuple(Difference(old, new, tuple(ids)) for (old, new), ids in ordered)


@dataclass(frozen=True, slots=True)
class Stored:
    """Cases of an installation as far as they are known in clear: never the post, which is sealed.

    `led` is the kind and level of the body that got them, where the rules alone had named it.
    """

    track: Track
    kind: Kind | None
    level: Level | None
    group: PostGroup | None
    number: int
    led: tuple[BodyKind, Level] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A post whose holder's case would be answered otherwise."""

    post: str
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class Possible:
    """Stored cases that may be answered otherwise: it depends on which of `posts` offices each is about."""

    stored: Stored
    posts: int
    changes: tuple[Change, ...]

    @property
    def is_certain(self) -> bool:
        """True if every office that the cases may be about changes."""
        return len(self.changes) == self.posts


def possible(before: RuleSet, after: RuleSet, stored: Iterable[Stored], day: date) -> tuple[Possible, ...]:
    """Which stored cases may be answered otherwise on `day`, by class; certain ones and many first.

    The post of a case is sealed and stays so. Asked instead are all offices of its level and group, or of
    any where that is not known; those that lead elsewhere than the case went are left out.
    """
    candidates = _Candidates(before, after, day)
    found = [one for case in stored if (one := candidates.of(case)).changes]
    return tuple(sorted(found, key=lambda one: (not one.is_certain, -one.stored.number)))


class _Candidates:
    """The offices that a stored case may be about, each with both answers; asked once per class."""

    def __init__(self, before: RuleSet, after: RuleSet, day: date) -> None:
        self.before, self.after, self.day = before, after, day
        rows = (one for one in (*before.posts, *after.posts) if one.exists_on(day))
        self.posts = {post.post: post for post in rows}
        self._changes: dict[tuple[object, ...], list[Change]] = {}

    def of(self, case: Stored) -> Possible:
        key = (case.track, case.kind, case.level, case.group)
        if key not in self._changes:
            self._changes[key] = list(self._asked(case))
        every = self._changes[key]
        led = [one for one in every if (one.before.kind, one.before.level) == case.led]
        asked = led or every
        return Possible(case, len(asked), tuple(one for one in asked if one.before != one.after))

    def _asked(self, case: Stored) -> Iterable[Change]:
        levels, groups = {case.level} - {None} or set(Level), {case.group} - {None} or set(PostGroup)
        posts = [one for one in self.posts.values() if one.level in levels and one.group in groups]
        era = Era.BEFORE if self.day <= LAST_DAY_OF_DISTRICTS else Era.AFTER
        classes = [
            CaseClass(
                era,
                case.track,
                Who.PERSON,
                PartyMember.YES if case.track is Track.PARTY else post.party_member,
                Status.UNKNOWN,
                (post.post,),
                kind=case.kind,
            )
            for post in posts
        ]
        answers = zip(
            posts, self.before.answers(classes, self.day), self.after.answers(classes, self.day), strict=True
        )
        return (Change(post.post, old, new) for post, old, new in answers)
