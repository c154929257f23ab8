"""Which body is competent, by law alone: dated rules, the first answer wins (decisions 1, 2).

The question is decided whether or not the body takes part in the portal; delivery follows afterwards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.lineage import Standing
from portal.domain.parties import (
    AreaFacts,
    BodyFacts,
    BodyKind,
    Level,
    PartyMember,
    Subject,
    Track,
    in_force,
)
from portal.domain.receiving import Skipped, SkipReason, bodies_of_line, conflicts_of, own_bodies
from portal.domain.structure import is_active

LEVEL_WORDS = {
    Level.CENTRAL: "Trung ương",
    Level.PROVINCE: "cấp tỉnh",
    Level.DISTRICT: "cấp huyện",
    Level.COMMUNE: "cấp xã",
    Level.CELL: "chi bộ",
}
# Why a body is named, as whole sentences: pages show them with `_(route.reason)`.
MANAGED_BY = {level: f"Chức vụ này do {words} quản lý." for level, words in LEVEL_WORDS.items()}
NEXT_ABOVE = {
    level: f"Chức vụ này do {words} quản lý, nay do cấp kế tiếp xem xét."
    for level, words in LEVEL_WORDS.items()
}
GOES_UP = {
    level: "Người bị phản ánh thuộc cơ quan lẽ ra xem xét hoặc cơ quan cấp trên của cơ quan đó, "
    f"nên chuyển lên {words}."
    for level, words in LEVEL_WORDS.items()
}


@dataclass(frozen=True)
class Matter:
    """What the rules look at. `day` is the day of receipt, `place` the unit of the office as of that day.

    `bodies` holds the bodies of the line that may be competent and all above them.
    """

    subject: Subject
    place: Standing
    bodies: Mapping[str, BodyFacts]
    day: date
    track: Track = Track.PARTY


@dataclass(frozen=True, slots=True)
class Route:
    """The competent body. `active`: it takes part in the portal, else the case is handed over outside it."""

    body: BodyFacts
    rule: str
    source: str
    reason: str
    active: bool
    conflicts: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    @property
    def body_kind(self) -> BodyKind:
        return self.body.kind

    @property
    def level(self) -> Level:
        return self.body.level


class Open(StrEnum):
    """What must be answered before a body can be named."""

    WHICH_UNIT = "which_unit"
    WHO_MANAGES = "who_manages"


@dataclass(frozen=True, slots=True)
class Question:
    """An open question; for WHICH_UNIT the street decides between the candidates, never a default."""

    code: Open
    candidates: tuple[AreaFacts, ...] = ()


class Advice(StrEnum):
    """Guidance instead of a body."""

    NOBODY_LEFT = "nobody_left"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Guidance:
    """No body can be named; UNDETERMINED goes to the province's queue, never to a default (rule 17)."""

    code: Advice
    rule: str = ""
    skipped: tuple[Skipped, ...] = ()


Answer = Route | Question | Guidance


@dataclass(frozen=True)
class Rule:
    """One rule with its legal source and the days of receipt on which it holds (both ends count)."""

    name: str
    source: str
    decide: Callable[["Rule", Matter], Answer | None]
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        return in_force(day, self.valid_from, self.valid_to)


def _kind(matter: Matter) -> BodyKind:
    """Party track: the inspection committee; state track: the police for the police, else the chair."""
    if matter.track is Track.PARTY and matter.subject.party_member is not PartyMember.NO:
        return BodyKind.INSPECTION
    if matter.subject.body_kind is BodyKind.POLICE:
        return BodyKind.POLICE
    return BodyKind.COMMITTEE


def _managers(matter: Matter) -> tuple[BodyFacts, ...]:
    """The bodies of the right kind at the managing level and above, lowest first.

    A managing level that ended is followed by the next above it: a district's successor is its province.
    """
    managed_at = matter.subject.managing_level
    if managed_at is None or _undecided_unit(matter):
        return ()
    line = bodies_of_line(_kind(matter), matter.place, matter.bodies, matter.day)
    return tuple(body for body in line if body.level.rank >= managed_at.rank)


def _undecided_unit(matter: Matter) -> bool:
    """True if the unit was split and the competent body is one of the parts', not of a unit above them."""
    managed_at = matter.subject.managing_level
    return managed_at is not None and any(
        unit.level.rank >= managed_at.rank for unit in matter.place.candidates
    )


def conflict_goes_up(rule: Rule, matter: Matter) -> Answer | None:
    """Nobody examines himself: the next body upwards that neither holds the person nor stands below one."""
    barred = own_bodies(matter.subject, matter.place)
    skipped: list[Skipped] = []
    for body in _managers(matter):
        conflicts = conflicts_of(body.id, matter.bodies, barred)
        if conflicts:
            skipped.append(Skipped(body, SkipReason.CONFLICT, conflicts))
        elif skipped:
            return _route(rule, matter, body, GOES_UP[body.level], tuple(skipped))
        else:
            return None
    return Guidance(Advice.NOBODY_LEFT, rule.name, tuple(skipped)) if skipped else None


def by_managing_level(rule: Rule, matter: Matter) -> Answer | None:
    """The body of the level that manages the post."""
    if matter.subject.managing_level is None:
        return Question(Open.WHO_MANAGES)
    if _undecided_unit(matter):
        return Question(Open.WHICH_UNIT, matter.place.candidates)
    for body in _managers(matter):
        reasons = MANAGED_BY if body.level is matter.subject.managing_level else NEXT_ABOVE
        return _route(rule, matter, body, reasons[matter.subject.managing_level], ())
    return None


def _route(rule: Rule, matter: Matter, body: BodyFacts, reason: str, skipped: tuple[Skipped, ...]) -> Route:
    conflicts = tuple(dict.fromkeys(one for skip in skipped for one in skip.conflicts))
    active = is_active(body.id, matter.bodies)
    return Route(body, rule.name, rule.source, reason, active, conflicts, skipped)


RULES: tuple[Rule, ...] = (
    Rule(
        "conflict_goes_up",
        "Luật Tố cáo 2018, điều 12; Nghị định 31/2019/NĐ-CP, điều 5 khoản 2",
        conflict_goes_up,
    ),
    Rule(
        "by_managing_level",
        "Quy định 22-QĐ/TW, điều 19; Luật Tố cáo 2018, điều 12 khoản 1",
        by_managing_level,
        valid_to=date(2025, 5, 29),
    ),
    Rule(
        "by_managing_level",
        "Quy định 296-QĐ/TW; Luật Tố cáo 2018, điều 12 khoản 1",
        by_managing_level,
        valid_from=date(2025, 5, 30),
    ),
)


def decide(matter: Matter, rules: tuple[Rule, ...] = RULES) -> Answer:
    """The first rule in force on the day of receipt that answers; UNDETERMINED where none does."""
    for rule in rules:
        if rule.holds_on(matter.day):
            answer = rule.decide(rule, matter)
            if answer is not None:
                return answer
    return Guidance(Advice.UNDETERMINED)
