"""What a round rests on and what comes of it: linked cases, and things to do with their check."""

from datetime import date

from portal.action import Forbidden, action, current_act, session
from portal.data.db import new_id
from portal.data.models.case import Case
from portal.data.models.round import Round, RoundCase, RoundItem
from portal.domain import clock
from portal.domain.permissions import Actor, Permission, may
from portal.domain.rounds import Outcome, RoundStep
from portal.rounds import queries
from portal.rounds.actions import sealing
from portal.rounds.actions.planning import NotOffered
from portal.vault.boxes import place


@action(Permission.ROUNDS_WORK)
def link(actor: Actor, one: Round, /, *, case_id: str, seen: int) -> None:
    """Note that the round rests on a case of the board which the actor may read. Raises NotOffered."""
    case = session().get(Case, case_id)
    if case is None or not may(actor, Permission.TRIAGE_DECIDE, case.facts()):
        raise NotOffered
    sealing.take(actor, one, RoundStep.LINK, seen=seen)
    if session().get(RoundCase, (one.id, case.id)) is None:
        session().add(RoundCase(round_id=one.id, case_id=case.id, linked_on=clock.today()))
    current_act().touch("case", case.id)


@action(Permission.ROUNDS_WORK)
def unlink(actor: Actor, one: Round, /, *, case_id: str, seen: int) -> None:
    """Take the link back. Raises Forbidden where there is none for this actor."""
    case, row = session().get(Case, case_id), session().get(RoundCase, (one.id, case_id))
    if case is None or row is None or not may(actor, Permission.TRIAGE_DECIDE, case.facts()):
        raise Forbidden(f"{actor.id} has no such link")
    sealing.take(actor, one, RoundStep.UNLINK, seen=seen)
    session().delete(row)
    current_act().touch("case", case_id)


@action(Permission.ROUNDS_WORK)
def follow_up(actor: Actor, one: Round, /, *, body_id: str, due_on: date, text: str, seen: int) -> str:
    """Something that a supervised body is to do until a day; returns its id. Raises NotOffered."""
    if body_id not in {body.id for body in queries.supervised(one.id)}:
        raise NotOffered
    sealing.take(actor, one, RoundStep.FOLLOW_UP, seen=seen)
    item_id = new_id()
    task = sealing.sealed(one.body_id, {"text": text}, place("round_item", item_id, "task"))
    session().add(RoundItem(id=item_id, round_id=one.id, body_id=body_id, due_on=due_on, sealed_task=task))
    current_act().touch("round_item", item_id)
    return item_id


@action(Permission.ROUNDS_WORK)
def check(
    actor: Actor, one: Round, /, *, item_id: str, outcome: Outcome, text: str, dated: date, seen: int
) -> None:
    """What a check saw; a later check of what was not done takes its place. Raises NotOffered."""
    item = queries.item(one.id, item_id)
    if item is None:
        raise NotOffered
    sealing.take(actor, one, RoundStep.CHECK, seen=seen, dated=dated)
    item.outcome, item.checked_on, item.checked_by = outcome, dated, actor.id
    item.sealed_check = sealing.sealed(one.body_id, {"text": text}, place("round_item", item_id, "check"))
    current_act().touch("round_item", item_id)
