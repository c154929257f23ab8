"""The party track: who examines members and organisations of the Party (domain 4.2; QĐ 22 and 296)."""

from collections.abc import Callable, Iterable
from datetime import date

from portal.domain.parties import BodyKind, Level, Track
from portal.domain.routing.answers import Advice, Guidance, Open, Question, Unmet
from portal.domain.routing.asked import Asked, Claim, Finding, Rule, at_each_level
from portal.domain.subjects import Held, Status, Who

_22, _296 = "Quy định 22-QĐ/TW (2021), điều {}", "Quy định 296-QĐ/TW (2025)"
_LAST_OF_22, _FIRST_OF_296 = date(2025, 5, 29), date(2025, 5, 30)


Decider = Callable[[Rule, Asked], Finding]


def _highest(offices: Iterable[Held]) -> Level | None:
    levels = [one.managing_level for one in offices if one.managing_level is not None]
    return max(levels, key=lambda level: level.rank) if levels else None


def _claim(offices: Iterable[Held]) -> Finding:
    level = _highest(offices)
    return Claim(BodyKind.INSPECTION, level) if level is not None else Question(Open.WHO_MANAGES)


def party_organisation(rule: Rule, asked: Asked) -> Finding:
    """An organisation of the Party, or a body through its party committee: the committee above examines."""
    return Unmet.A_PERSON if asked.subject.who is Who.PERSON else _claim(asked.now)


def moved_highest(rule: Rule, asked: Asked) -> Finding:
    """Who moved is examined where the higher of the two offices is managed: no move takes a case down."""
    if asked.subject.status is not Status.MOVED:
        return Unmet.NOT_MOVED
    return _claim((*asked.now, *asked.then)) if asked.then else Question(Open.WHICH_POST_THEN)


def left_as_in_office(rule: Rule, asked: Asked) -> Finding:
    """Who retired or left is examined as when in office."""
    if asked.subject.status is not Status.LEFT:
        return Unmet.NOT_LEFT
    return _claim((*asked.now, *asked.then))


def own_cell(rule: Rule, asked: Asked) -> Finding:
    """A member whom no committee manages: his cell, which has no place of its own in the register."""
    if _highest(asked.now) is not Level.CELL:
        return Unmet.HOLDS_OFFICE
    return Guidance(Advice.OWN_CELL, rule.name, rule.source, kind=BodyKind.PARTY, level=Level.CELL)


def by_managing_level(rule: Rule, asked: Asked) -> Finding:
    """The inspection committee of the level that manages the highest of the offices held."""
    return _claim(asked.now)


_AS_IN_OFFICE = at_each_level(
    "Người đã thôi giữ chức vụ được xem xét như khi đang giữ chức vụ, do {level} quản lý."
)
_MOVED = at_each_level("Người đã chuyển công tác: chức vụ cao hơn trong hai chức vụ do {level} quản lý.")
_ORGANISATION = at_each_level("Tổ chức đảng, tập thể lãnh đạo này do cấp ủy {level} trực tiếp quản lý.")
MANAGED_BY = at_each_level("Chức vụ này do {level} quản lý.")

_DECIDERS: tuple[tuple[str, str, Decider, dict[Level, str]], ...] = (
    ("party_organisation", "19", party_organisation, _ORGANISATION),
    ("moved_highest", "19", moved_highest, _MOVED),
    ("left_as_in_office", "19", left_as_in_office, _AS_IN_OFFICE),
    ("own_cell", "11", own_cell, MANAGED_BY),
    ("by_managing_level", "19", by_managing_level, MANAGED_BY),
)
PARTY: tuple[Rule, ...] = tuple(
    rule
    for name, article, decide, reasons in _DECIDERS
    for rule in (
        Rule(name, _22.format(article), decide, reasons, valid_to=_LAST_OF_22, track=Track.PARTY),
        Rule(name, _296, decide, reasons, valid_from=_FIRST_OF_296, track=Track.PARTY),
    )
)
"""Each rule as 22 had it and as 296 has it, which carries its substance (domain 4.2)."""
