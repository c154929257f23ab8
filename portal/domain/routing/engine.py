"""Which body is competent, by law alone: dated rules, the first answer wins (decisions 1, 2).

The question is decided whether or not the body takes part in the portal; delivery follows afterwards.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from portal.domain.kinds import Kind
from portal.domain.parties import BodyFacts, BodyKind, Level, Track
from portal.domain.receiving import Skipped, SkipReason, conflicts_on, seats
from portal.domain.routing.answers import (
    Advice,
    Answer,
    Decision,
    Guidance,
    Look,
    Open,
    Question,
    Route,
    Unmet,
)
from portal.domain.routing.asked import Asked, Claim, Matter, Rule, at_each_level
from portal.domain.routing.party import PARTY
from portal.domain.routing.screening import SCREENING
from portal.domain.routing.state import STATE
from portal.domain.structure import STANDARD, body_id, is_line_active, line_of

RULES: tuple[Rule, ...] = (*SCREENING, *PARTY, *STATE)
"""In their order; of each name one version holds on a day."""

NEXT_ABOVE = at_each_level("Cơ quan quản lý ở {level} nay không còn, nên cấp kế tiếp xem xét.")
GOES_UP = at_each_level(
    "Người bị phản ánh thuộc cơ quan lẽ ra xem xét hoặc cơ quan cấp trên của cơ quan đó, "
    "nên chuyển lên {level}."
)
# Where the conflict was found after the case went: that there is one and where, never in whom.
MOVED_UP = at_each_level(
    "Sau khi chuyển, Cổng thấy xung đột lợi ích ở nơi đang giữ, nên hồ sơ được chuyển lên {level}."
)
UNIT_ENDED, CONFLICT = "unit_ended", "conflict_goes_up"
SOURCES = {
    UNIT_ENDED: "Luật Tố cáo 2018, điều 12 khoản 4 và 5",
    CONFLICT: "Luật Tố cáo 2018, điều 12; Nghị định 31/2019/NĐ-CP, điều 5 khoản 2",
}


def texts() -> Iterator[str]:
    """Every sentence and source that people may see of the rules."""
    for reasons in (*(rule.reasons for rule in RULES), NEXT_ABOVE, GOES_UP, MOVED_UP):
        yield from reasons.values()
    yield from (rule.source for rule in RULES)
    yield from SOURCES.values()


def decide(matter: Matter, rules: tuple[Rule, ...] = RULES) -> Decision:
    """The first rule in force on the day of receipt that answers; UNDETERMINED where none does."""
    asked = Asked(matter)
    looks: list[Look] = []
    for shut, rule in _asked_of(rules, matter.day, asked.track, matter.kind):
        looks += shut
        if rule is None:
            break
        found = rule.decide(rule, asked)
        if isinstance(found, Unmet):
            looks.append(_look(rule.name, rule.source, found))
            continue
        looks.append(_look(rule.name, rule.source))
        answer = _name_the_body(rule, matter, found, looks) if isinstance(found, Claim) else found
        return Decision(answer, tuple(looks))
    return Decision(Guidance(Advice.UNDETERMINED), tuple(looks))


@lru_cache(maxsize=512)
def _asked_of(
    rules: tuple[Rule, ...], day: date, track: Track, kind: Kind | None
) -> tuple[tuple[tuple[Look, ...], Rule | None], ...]:
    """The rules that are asked, each with the looks at those before it that are shut; None ends the list."""
    found: list[tuple[tuple[Look, ...], Rule | None]] = []
    shut: list[Look] = []
    for rule in rules:
        why = rule.shut(day, track, kind)
        if why is not None:
            shut.append(Look(rule.name, rule.source, why))
            continue
        found.append((tuple(shut), rule))
        shut = []
    return (*found, (tuple(shut), None))


_look = lru_cache(maxsize=4096)(Look)  # the same few hundred looks come again in every decision


def _name_the_body(rule: Rule, matter: Matter, claim: Claim, looks: list[Look]) -> Answer:
    """The body of the claim's kind and level, or the next above that stands and is free of conflict."""
    for unit in matter.place.candidates:
        if unit.level.rank >= claim.level.rank:
            return Question(Open.WHICH_UNIT, matter.place.candidates)
    if claim.kind not in STANDARD.get(claim.level, {}):
        return _outside(rule, matter, claim)
    first = _first(matter, claim.kind, claim.level)
    if first is None:
        return Guidance(Advice.UNDETERMINED, rule.name, rule.source)
    stands = first.level is claim.level
    looks.append(_look(UNIT_ENDED, SOURCES[UNIT_ENDED], Unmet.UNIT_STANDS if stands else None))
    line = line_of(first.id, matter.bodies)
    if conflicts_on(line, seats(matter.subject, matter.place)):
        return _climbed(rule, matter, claim, line, looks)
    looks.append(_look(CONFLICT, SOURCES[CONFLICT], Unmet.NO_CONFLICT))
    return Route(
        first,
        rule.name,
        rule.source,
        (rule.reasons if stands else NEXT_ABOVE)[claim.level],
        is_line_active(line),
        joining=_joining(matter, claim, first),
        claim=rule.name,
    )


def _outside(rule: Rule, matter: Matter, claim: Claim) -> Guidance:
    """Who is competent outside the register; the level above where units of the claimed one have ended."""
    levels = (unit.level for unit in matter.place.line if unit.level.rank >= claim.level.rank)
    level = claim.level if claim.level is Level.CELL else next(levels, claim.level)
    return Guidance(Advice.OTHER_LINE, rule.name, rule.source, kind=claim.kind, level=level)


def _first(matter: Matter, kind: BodyKind, level: Level) -> BodyFacts | None:
    """The body of the kind at the level, or the next above where the unit of that level has ended."""
    for unit in matter.place.line:
        if unit.level.rank >= level.rank:
            body = matter.bodies.get(body_id(kind, unit.id))
            if body is not None and body.exists_on(matter.day):
                return body
    return None


def _climbed(
    rule: Rule, matter: Matter, claim: Claim, line: Sequence[BodyFacts], looks: list[Look]
) -> Answer:
    """The first body upwards that neither holds the person nor stands below one that does."""
    barred = seats(matter.subject, matter.place)
    skipped: list[Skipped] = []
    looks.append(_look(CONFLICT, SOURCES[CONFLICT]))
    for at, body in enumerate(line):
        if not body.exists_on(matter.day):
            continue
        if conflicts := conflicts_on(line[at:], barred):
            skipped.append(Skipped(body, SkipReason.CONFLICT, conflicts))
            continue
        return Route(
            body,
            CONFLICT,
            SOURCES[CONFLICT],
            GOES_UP[body.level],
            is_line_active(line[at:]),
            tuple(dict.fromkeys(one for skip in skipped for one in skip.conflicts)),
            tuple(skipped),
            _joining(matter, claim, body),
            rule.name,
        )
    return Guidance(Advice.NOBODY_LEFT, CONFLICT, SOURCES[CONFLICT], tuple(skipped))


def _joining(matter: Matter, claim: Claim, leader: BodyFacts) -> tuple[BodyFacts, ...]:
    if not claim.joining:
        return ()
    found = (_first(matter, kind, level) for kind, level in claim.joining)
    return tuple(body for body in found if body is not None and body != leader)
