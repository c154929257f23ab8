"""Giving several cases at once: each through the same act, each with what became of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from portal.action import Forbidden, Stale
from portal.casework import actions, forms, queries
from portal.casework.actions import NotAMember
from portal.domain.life import IllegalStep
from portal.domain.permissions import Actor, Permission, may
from portal.papers.hiding import blind_to, known_to
from portal.web.absence import named

if TYPE_CHECKING:
    from portal.data.models.case import Case


class Became(StrEnum):
    """What became of one of the chosen cases."""

    GIVEN = "given"
    STALE = "stale"
    ILLEGAL = "illegal"
    NO_PART = "no_part"
    GONE = "gone"


_REFUSED: dict[type[Exception], Became] = {
    Stale: Became.STALE,
    IllegalStep: Became.ILLEGAL,
    NotAMember: Became.NO_PART,
    Forbidden: Became.GONE,
}


@dataclass(frozen=True)
class Done:
    """One of the chosen cases; None where there is none that the actor may know of."""

    case: "Case | None"
    became: Became


def form(actor: Actor) -> forms.BulkForm:
    """The form below the list, with the committee's inspectors and the number of their open cases."""
    return forms.BulkForm().offer(people(actor, None))


def people(actor: Actor, case_id: str | None) -> list[tuple[str, str, int]]:
    """Who can be given a case (of the one case: who has a part in it): account id, name, open cases."""
    found = queries.inspectors(actor.body, case_id)
    load = queries.workload(actor, [one.id for one in found])
    names = named({one.id: one.display_name for one in found}, _without_part(case_id))
    return [(one.id, names[one.id], load[one.id]) for one in found]


def _without_part(case_id: str | None) -> frozenset[str]:
    """Who is not among the choices, and so is not named as a substitute there either."""
    return blind_to([case_id])[0] if case_id else frozenset()


def assign(actor: Actor, form: forms.BulkForm) -> list[Done]:
    """Give each chosen case to the chosen inspector; one that is refused leaves the others as they are."""
    return [_assign(actor, case_id, seen, form.account.data) for case_id, seen in form.chosen]


def _assign(actor: Actor, case_id: str, seen: int, account_id: str) -> Done:
    case = known_to(actor, case_id)
    if case is None or not may(actor, Permission.CASEWORK_LEAD, case.facts()):
        return Done(None, Became.GONE)
    try:
        actions.assign(actor, case, account_id=account_id, seen=seen)
    except tuple(_REFUSED) as fault:
        became = _REFUSED[type(fault)]
        return Done(None if became is Became.GONE else case, became)
    return Done(case, Became.GIVEN)
