"""Who stands in for an officer who is away (làm thay): which leave may be entered, and when it holds.

Design: conflict of interest comes first, so a substitute has no more than the roles of his own give him;
he and the one he stands in for count as one person wherever a second one is needed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.domain.permissions import Role

LONGEST = timedelta(days=366)
"""How long one leave may last, and how far ahead it may begin (design)."""


class LeaveReason(StrEnum):
    """Why somebody is away: a closed list, so that nothing about a person is typed."""

    ANNUAL = "annual"
    SICK = "sick"
    DUTY_TRAVEL = "duty_travel"
    TRAINING = "training"
    OTHER = "other"


class LeaveFault(StrEnum):
    """Why a leave cannot be entered."""

    NO_OFFICER = "no_officer"
    NOT_AT_WORK = "not_at_work"
    ITSELF = "itself"
    OTHER_BODY = "other_body"
    SUBSTITUTE_GONE = "substitute_gone"
    OTHER_ROLE = "other_role"
    PAST = "past"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"
    OVERLAP = "overlap"
    SUBSTITUTE_AWAY = "substitute_away"
    STANDS_IN = "stands_in"


SUITS: dict[Role, frozenset[Role]] = {
    Role.REVIEWER: frozenset({Role.REVIEWER, Role.LEAD_REVIEWER}),
    Role.LEAD_REVIEWER: frozenset({Role.LEAD_REVIEWER}),
    Role.INSPECTOR: frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR}),
    Role.LEAD_INSPECTOR: frozenset({Role.LEAD_INSPECTOR}),
}
"""Who can stand in for whom: a head only for a head, an officer or a head for an officer (design)."""


@dataclass(frozen=True)
class Person:
    """A member of a body, as far as a leave asks."""

    account_id: str
    body_id: str
    roles: frozenset[Role]
    at_work: bool


@dataclass(frozen=True)
class Away:
    """Somebody away from a day to a day, both inclusive, and who stands in; `ended_on`: ended by hand."""

    account_id: str
    substitute_id: str
    first: date
    last: date
    ended_on: date | None = None

    def holds(self, day: date) -> bool:
        """True on the days on which the substitute stands in; ended by hand, it holds no more."""
        return self.ended_on is None and self.first <= day <= self.last

    def binds(self, day: date) -> bool:
        """True while the two count as one person: also for the rest of the day on which it was ended.

        Otherwise the substitute would end it and be the second person a minute later.
        """
        return self.first <= day <= (self.ended_on or self.last)

    def meets(self, other: "Away") -> bool:
        """True if both hold on one day or more."""
        both_open = self.ended_on is None and other.ended_on is None
        return both_open and self.first <= other.last and other.first <= self.last


def suits(absent: frozenset[Role], substitute: frozenset[Role]) -> bool:
    """True if the substitute has the same kind of role, for each role with which the absent one has cases."""
    held = absent & SUITS.keys()
    return bool(held) and all(SUITS[role] & substitute for role in held)


def fault_of(
    absent: Person, substitute: Person, wanted: Away, known: Iterable[Away], today: date
) -> LeaveFault | None:
    """Why this leave cannot be entered, the first reason of the list; None where it can.

    `known`: the leaves of either person, as absent or as substitute; conflicts of interest are not asked
    about, for the answer would tell in which matters somebody is named.
    """
    return _of_people(absent, substitute) or _of_days(wanted, today) or _of_others(wanted, list(known))


def _of_people(absent: Person, substitute: Person) -> LeaveFault | None:
    checks = (
        (not absent.roles & SUITS.keys(), LeaveFault.NO_OFFICER),
        (not absent.at_work, LeaveFault.NOT_AT_WORK),
        (absent.account_id == substitute.account_id, LeaveFault.ITSELF),
        (absent.body_id != substitute.body_id, LeaveFault.OTHER_BODY),
        (not substitute.at_work, LeaveFault.SUBSTITUTE_GONE),
        (not suits(absent.roles, substitute.roles), LeaveFault.OTHER_ROLE),
    )
    return next((fault for holds, fault in checks if holds), None)


def _of_days(wanted: Away, today: date) -> LeaveFault | None:
    checks = (
        (wanted.first < today, LeaveFault.PAST),
        (wanted.last < wanted.first, LeaveFault.BACKWARDS),
        (wanted.last - wanted.first >= LONGEST or wanted.first - today > LONGEST, LeaveFault.TOO_LONG),
    )
    return next((fault for holds, fault in checks if holds), None)


def _of_others(wanted: Away, known: list[Away]) -> LeaveFault | None:
    met = [one for one in known if one.meets(wanted)]
    checks = (
        (any(one.account_id == wanted.account_id for one in met), LeaveFault.OVERLAP),
        # Whoever is away stands in for nobody: neither in a circle nor in a chain.
        (any(one.account_id == wanted.substitute_id for one in met), LeaveFault.SUBSTITUTE_AWAY),
        (any(one.substitute_id == wanted.account_id for one in met), LeaveFault.STANDS_IN),
    )
    return next((fault for holds, fault in checks if holds), None)
