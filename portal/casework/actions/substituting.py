"""Naming who stands in for an inspector who is away, and ending that early."""

from datetime import date

from portal.action import action, current_act, session
from portal.casework import queries
from portal.casework.actions.deciding import NotAMember
from portal.data.db import new_id
from portal.data.models.body import Body
from portal.data.models.substitution import Substitution
from portal.domain import clock
from portal.domain.life import IllegalStep
from portal.domain.permissions import Actor, Permission
from portal.domain.substituting import Leave, Why, refusal
from portal.papers import substitutes


class NotNamed(Exception):
    """The substitute cannot be named; `why` is a code that the page explains."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@action(Permission.CASEWORK_SUBSTITUTE)
def name_substitute(
    actor: Actor, body: Body, /, *, officer_id: str, substitute_id: str, first: date, last: date
) -> str:
    """Name who has an officer's cases from day to day, both inclusive; returns the id of it.

    Raises NotAMember, NotNamed. The body is kept from other writers, so two leads cannot name at once.
    """
    if not {officer_id, substitute_id} <= {one.id for one in queries.officers(body.id)}:
        raise NotAMember(officer_id)
    leave = Leave(officer_id, substitute_id, first, last)
    why = refusal(leave, [one.as_leave() for one in substitutes.not_over(body.id)], clock.today())
    if why is not None:
        raise NotNamed(why)
    row = Substitution(
        id=new_id(),
        body_id=body.id,
        officer_id=officer_id,
        substitute_id=substitute_id,
        first_on=first,
        last_on=last,
        named_by=actor.id,
    )
    session().add(row)
    current_act().touch("substitution", row.id)
    current_act().touch("account", officer_id, substitute_id)
    return row.id


@action(Permission.CASEWORK_SUBSTITUTE)
def end_substitution(actor: Actor, row: Substitution, /) -> None:
    """End it before its last day: from now on it has no effect. Raises IllegalStep where it is over."""
    if row.ended_on is not None or row.last_on < clock.today():
        raise IllegalStep("it is over")
    row.ended_on, row.ended_by = clock.today(), actor.id
    current_act().touch("account", row.officer_id, row.substitute_id)
