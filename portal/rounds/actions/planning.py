"""Drawing up a round, changing it, approving it: two persons, none of whom works in a supervised body."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from portal.action import Forbidden, action, current_act, session
from portal.data.db import new_id
from portal.data.models.body import Body
from portal.data.models.round import Round, RoundBody, RoundMember, RoundPaperKind
from portal.domain import clock
from portal.domain.permissions import Actor, Permission, Role
from portal.domain.rounds import RoundStep, Subject
from portal.papers import notices
from portal.rounds import queries
from portal.rounds.actions import sealing

LEADS = frozenset({Role.LEAD_REVIEWER})


class NotOffered(Exception):
    """A body that the board does not supervise, or a person who is no officer of it."""


class WorksThere(Exception):
    """Somebody of the team works in a supervised body."""


@dataclass(frozen=True)
class Plan:
    """What is planned: the area of work, the day of the meeting, bodies and team by id, texts as typed."""

    subject: Subject
    meets_on: date
    bodies: tuple[str, ...]
    team: tuple[str, ...]
    title: str
    purpose: str
    content: str
    place: str

    def texts(self) -> dict[str, str]:
        return {
            "title": self.title,
            "purpose": self.purpose,
            "content": self.content,
            "place": self.place,
        }


@action(Permission.ROUNDS_WORK)
def plan(actor: Actor, board: Body, /, plan: Plan) -> str:
    """Draw up a round; returns its id. Raises NotOffered, WorksThere."""
    _check(actor, board, plan)
    made = Round(
        id=new_id(),
        body_id=board.id,
        subject=plan.subject,
        meets_on=plan.meets_on,
        version=1,
        planned_by=actor.id,
        planned_on=clock.today(),
    )
    session().add(made)
    session().flush()
    _fill(actor, made, plan, None)
    current_act().touch("supervision_round", made.id)
    return made.id


@action(Permission.ROUNDS_WORK)
def change(actor: Actor, one: Round, /, plan: Plan, *, seen: int) -> None:
    """Change the plan; it waits to be approved anew, and whoever changed it does not approve it.

    Raises NotOffered, WorksThere.
    """
    _check(actor, queries.board(one.body_id), plan)
    sealing.take(actor, one, RoundStep.CHANGE, seen=seen)
    one.subject, one.meets_on = plan.subject, plan.meets_on
    one.planned_by, one.approved_by, one.said = actor.id, None, None
    for table in (RoundBody, RoundMember):
        session().execute(delete(table).where(table.round_id == one.id))
    _fill(actor, one, plan, RoundStep.CHANGE)


@action(Permission.ROUNDS_APPROVE)
def approve(actor: Actor, one: Round, /, *, seen: int) -> None:
    """Approve the plan as it stands. Raises WorksThere where somebody of the team began to work there."""
    if queries.insiders(body.id for body in queries.supervised(one.id)) & {
        account.id for account in queries.team(one.id)
    }:
        raise WorksThere
    sealing.take(actor, one, RoundStep.APPROVE, seen=seen)
    one.approved_by = actor.id


def _check(actor: Actor, board: Body, plan: Plan) -> None:
    offered = {body.id for body in queries.bodies_for(board)}
    officers = {account.id for account in queries.officers_of(board.id)}
    if not plan.bodies or not set(plan.bodies) <= offered or not plan.team or not set(plan.team) <= officers:
        raise NotOffered
    inside = queries.insiders(plan.bodies)
    if actor.id in inside:
        raise Forbidden(f"{actor.id} works in a supervised body")
    if inside & set(plan.team):
        raise WorksThere


def _fill(actor: Actor, one: Round, plan: Plan, step: RoundStep | None) -> None:
    session().add_all(RoundBody(round_id=one.id, body_id=body_id) for body_id in sorted(set(plan.bodies)))
    session().add_all(RoundMember(round_id=one.id, account_id=who) for who in sorted(set(plan.team)))
    sealing.keep(actor, one, RoundPaperKind.PLAN, plan.texts(), step=step)
    notices.notify(one.body_id, "round_plan", LEADS, cases=())
