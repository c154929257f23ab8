"""The question put to the engine, and the claim that a rule makes on a kind of body at a level."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.kinds import Kind
from portal.domain.lineage import Standing
from portal.domain.parties import BodyFacts, BodyKind, Level, PartyMember, Track, in_force
from portal.domain.routing.answers import Guidance, Question, Unmet
from portal.domain.subjects import Held, Subject


@dataclass(frozen=True)
class Matter:
    """What the rules look at. `day` is the day of receipt, `place` the unit of the office as of that day.

    `bodies` holds the bodies of the line that may be competent and all above them. `kind` is the legal kind
    where it is known already.
    """

    subject: Subject
    place: Standing
    bodies: Mapping[str, BodyFacts]
    day: date
    track: Track = Track.PARTY
    kind: Kind | None = None


class Asked:
    """A matter made ready: the track that the law gives it, and the offices that count."""

    __slots__ = ("matter", "now", "subject", "then", "track")

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.subject = subject = matter.subject
        # Who is no member of the Party follows the state track only (domain rule 23).
        member = subject.party_member is not PartyMember.NO
        self.track = matter.track if member else Track.STATE
        self.now: tuple[Held, ...] = subject.offices
        self.then = subject.then


@dataclass(frozen=True, slots=True)
class Claim:
    """A rule's word that bodies of `kind` at `level` are competent; `joining` ones take part."""

    kind: BodyKind
    level: Level
    joining: tuple[tuple[BodyKind, Level], ...] = ()


Finding = Claim | Guidance | Question | Unmet


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule with its legal source and the days of receipt on which it holds (both ends count).

    `reasons` says for each level, in whole sentences, why the body is the competent one. A rule with a
    `track` or a `kind` is asked of such matters only.
    """

    name: str
    source: str
    decide: Callable[["Rule", Asked], Finding]
    reasons: Mapping[Level, str]
    valid_from: date | None = None
    valid_to: date | None = None
    track: Track | None = None
    kind: Kind | None = None

    def holds_on(self, day: date) -> bool:
        return in_force(day, self.valid_from, self.valid_to)

    def shut(self, day: date, track: Track, kind: Kind | None) -> Unmet | None:
        """Unmet the rule is not asked of a matter of this day, track and kind; None if it is."""
        if not self.holds_on(day):
            return Unmet.NOT_IN_FORCE
        if self.track not in (None, track):
            return Unmet.OTHER_TRACK
        return Unmet.OTHER_KIND if self.kind not in (None, kind) else None


LEVEL_WORDS = {
    Level.CENTRAL: "Trung ương",
    Level.PROVINCE: "cấp tỉnh",
    Level.DISTRICT: "cấp huyện",
    Level.COMMUNE: "cấp xã",
    Level.CELL: "chi bộ",
}


def at_each_level(sentence: str) -> dict[Level, str]:
    """The sentence once per level, with `{level}` filled in: translators see whole sentences."""
    return {level: sentence.format(level=words) for level, words in LEVEL_WORDS.items()}
