"""Which body is competent for a matter (thẩm quyền): the rules, and the engine that asks them in order."""

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
from portal.domain.routing.asked import Matter, Rule
from portal.domain.routing.engine import RULES, SOURCES, decide, texts

__all__ = [
    "RULES",
    "SOURCES",
    "Advice",
    "Answer",
    "Decision",
    "Guidance",
    "Look",
    "Matter",
    "Open",
    "Question",
    "Route",
    "Rule",
    "Unmet",
    "decide",
    "texts",
]
