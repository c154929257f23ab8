"""The words of the pages: one Vietnamese term for every enum value, and sentences for the resident.

Templates use `words.label(member)`, `words.told(state, kind).now`; forms use `words.choices(Enum)`.
Titles and items of the catalogue are shown with `_(category.title)`: their source text is in the domain.
"""

from collections.abc import Iterable
from enum import StrEnum

from portal.web.i18n import LazyText
from portal.web.words.acts import ACTS, act_label, object_label
from portal.web.words.case import CLOCKS, STATES, STEPS, Told, told
from portal.web.words.duties import DUTIES, NOT_RUN, OWED
from portal.web.words.entries import ENTRY_LEADS
from portal.web.words.rights import (
    NAV_CALENDAR,
    NAV_CASEWORK,
    NAV_CONFLICTS,
    NAV_COUNTER,
    NAV_DESK,
    NAV_IDENTITY,
    NAV_KEEPING,
    NAV_MEMBERS,
    NAV_OVERSIGHT,
    NAV_REGISTRY,
    NAV_ROUNDS,
    NAV_TRIAGE,
    PERMISSIONS,
)
from portal.web.words.routing import RULES, UNCLEAR, UNDECIDED, WHY
from portal.web.words.routing import TERMS as ROUTING_TERMS
from portal.web.words.terms import TERMS as GENERAL_TERMS

__all__ = [
    "ACTS",
    "CLOCKS",
    "DUTIES",
    "ENTRY_LEADS",
    "NAV_CALENDAR",
    "NAV_CASEWORK",
    "NAV_CONFLICTS",
    "NAV_COUNTER",
    "NAV_DESK",
    "NAV_IDENTITY",
    "NAV_KEEPING",
    "NAV_MEMBERS",
    "NAV_OVERSIGHT",
    "NAV_REGISTRY",
    "NAV_ROUNDS",
    "NAV_TRIAGE",
    "NOT_RUN",
    "PERMISSIONS",
    "RULES",
    "STATES",
    "STEPS",
    "TERMS",
    "UNCLEAR",
    "UNDECIDED",
    "WHY",
    "Told",
    "act_label",
    "choices",
    "label",
    "object_label",
    "told",
]

TERMS: dict[str, dict[str, LazyText]] = {**GENERAL_TERMS, **ROUTING_TERMS, **OWED}
_ALL: dict[str, dict[str, LazyText]] = {
    **TERMS,
    "Unmet": WHY,
    "Permission": {right.value: text for right, text in PERMISSIONS.items()},
}


def label(member: StrEnum | None) -> LazyText | str:
    """The term for an enum member; empty for None. KeyError if it has none (a guard test names it)."""
    if member is None:
        return ""
    return _ALL[type(member).__name__][member.value]


def choices(members: Iterable[StrEnum]) -> list[tuple[str, LazyText | str]]:
    """(value, term) pairs for a form field: of a whole enum, or of some of its members."""
    return [(member.value, label(member)) for member in members]
