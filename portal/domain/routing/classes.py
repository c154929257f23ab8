"""A case as a class: offices by their keys and what is known of the person; no place, no day, nobody's name.

Equal classes get equal answers in every unit of a period: only the kinds of bodies of its line decide.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.country import LAST_DAY_OF_DISTRICTS
from portal.domain.kinds import Kind
from portal.domain.lineage import Standing
from portal.domain.offices import Register
from portal.domain.parties import COUNTRY, AreaFacts, BodyFacts, BodyKind, Level, PartyMember, Track
from portal.domain.routing.answers import Answer, Guidance, Question, Route
from portal.domain.routing.asked import Matter, Rule
from portal.domain.routing.engine import RULES, decide
from portal.domain.structure import standard_bodies
from portal.domain.subjects import Status, Subject, Who, as_main, held


class Era(StrEnum):
    """Before or after the two levels of local government began."""

    BEFORE = "before_2025-07-01"
    AFTER = "after_2025-07-01"


DAYS = {Era.BEFORE: LAST_DAY_OF_DISTRICTS, Era.AFTER: date(2025, 7, 1)}


@dataclass(frozen=True, slots=True)
class CaseClass:
    """What the rules may look at. `now` and `then` are keys of posts, the first of `now` the main one."""

    era: Era
    track: Track
    who: Who
    member: PartyMember
    status: Status
    now: tuple[str, ...]
    then: tuple[str, ...] = ()
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a class leads: kind of body and level; `code` of a guidance or of an open question."""

    kind: BodyKind | None = None
    level: Level | None = None
    code: str = ""

    def __str__(self) -> str:
        body = f"{self.kind.value} {self.level.value}" if self.kind and self.level else ""
        return " ".join(part for part in (self.code, body) if part)


def outcome_of(answer: Answer) -> Outcome:
    """The answer without its names."""
    if isinstance(answer, Route):
        return Outcome(answer.body_kind, answer.level)
    if isinstance(answer, Guidance):
        return Outcome(answer.kind, answer.level, answer.code.value)
    assert isinstance(answer, Question)
    return Outcome(code=answer.code.value)


_COMMUNE, _DISTRICT, _PROVINCE = (
    AreaFacts(level.value, name, level, parent)
    for level, name, parent in (
        (Level.COMMUNE, "Xã", Level.DISTRICT.value),
        (Level.DISTRICT, "Huyện", Level.PROVINCE.value),
        (Level.PROVINCE, "Tỉnh", None),
    )
)
_NEW_COMMUNE = AreaFacts(_COMMUNE.id, _COMMUNE.name, Level.COMMUNE, _PROVINCE.id)


def _line(*units: AreaFacts) -> tuple[Standing, dict[str, BodyFacts]]:
    return Standing(units), {body.id: body for unit in units for body in standard_bodies(unit)}


_BEFORE, _AFTER = (_line(_COMMUNE, _DISTRICT, _PROVINCE, COUNTRY), _line(_NEW_COMMUNE, _PROVINCE, COUNTRY))


def answer_of(case: CaseClass, register: Register, day: date, rules: tuple[Rule, ...] = RULES) -> Outcome:
    """Where the class leads if it is received on `day`, in a line of nameless units of that day."""
    place, bodies = _BEFORE if day <= LAST_DAY_OF_DISTRICTS else _AFTER
    offices = [post for key in case.now if (post := register.on(key, day)) is not None]
    earlier = [post for key in case.then if (post := register.on(key, day)) is not None]
    unit = next((one for one in place.line if offices and one.level is offices[0].level), place.line[0])
    subject = Subject(
        unit.id,
        party_member=case.member,
        who=case.who,
        status=case.status,
        others=tuple(map(held, offices[1:])),
        then=tuple(map(held, earlier)),
        **(as_main(offices[0]) if offices else {}),
    )
    return outcome_of(decide(Matter(subject, place, bodies, day, case.track, case.kind), rules).answer)
