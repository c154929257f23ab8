"""Matters that no inspection committee may receive: each ends in guidance (domain 6, rules 3, 9, 12, 13)."""

from collections.abc import Callable

from portal.domain.kinds import Kind
from portal.domain.routing.answers import Advice, Guidance, Open, Question, Unmet
from portal.domain.routing.asked import Asked, Finding, Rule


def _guide(advice: Advice) -> Callable[[Rule, Asked], Finding]:
    return lambda rule, asked: Guidance(advice, rule.name, rule.source)


def who_manages(rule: Rule, asked: Asked) -> Finding:
    """Ask for the managing level where the register does not know the post: never a guess (rule 17)."""
    known = any(
        one.managing_level is not None or one.settler_kind is not None for one in (*asked.now, *asked.then)
    )
    return Unmet.KNOWN if known else Question(Open.WHO_MANAGES)


_GUIDED: tuple[tuple[str, str, Kind, Advice], ...] = (
    ("crime_at_once", "Luật Tố cáo 2018, điều 27 khoản 1", Kind.CRIME, Advice.CRIME),
    ("complaint_to_decider", "Luật Khiếu nại 2011, điều 2, 11 và 17–21", Kind.COMPLAINT, Advice.COMPLAINT),
    ("procedure_to_office", "Nghị định 20/2008/NĐ-CP, điều 5 và 9", Kind.PROCEDURE, Advice.PROCEDURE),
    (
        "praise_to_front",
        "Luật Mặt trận Tổ quốc Việt Nam 2015, điều 25 khoản 2",
        Kind.PRAISE,
        Advice.PRAISE,
    ),
    (
        "out_of_scope",
        "Luật Tố cáo 2018, điều 2; Nghị định 356/2025/NĐ-CP, điều 4",
        Kind.OUT_OF_SCOPE,
        Advice.OUT_OF_SCOPE,
    ),
)
SCREENING: tuple[Rule, ...] = (
    *(Rule(name, source, _guide(advice), {}, kind=kind) for name, source, kind, advice in _GUIDED),
    Rule("who_manages", "Quyết định 99-QĐ/TW (2017)", who_manages, {}),
)
