"""Who stands in for whom today: for queues, the page of a case, and warnings of clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, or_, select

from portal.action import session
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.case import Case
from portal.data.models.substitution import Substitution
from portal.domain import clock
from portal.domain.permissions import Actor


@dataclass(frozen=True)
class StandIn:
    """The leave of a case's assignee. `kept`: the substitute has no part in the case, the lead keeps it."""

    officer_id: str
    substitute_id: str
    first_on: date
    last_on: date
    kept: bool


def not_over(body_id: str) -> Sequence[Substitution]:
    """What is named in a body for today or later, the first to begin first."""
    found = _standing().where(Substitution.body_id == body_id, Substitution.last_on >= clock.today())
    return session().scalars(found.order_by(Substitution.first_on, Substitution.id)).all()


def one(substitution_id: str) -> Substitution | None:
    """One of them by its id."""
    return session().get(Substitution, substitution_id)


def today(*conditions: object) -> Sequence[Substitution]:
    """What has effect today: its substitute is still an admitted member of the body, with an open account."""
    day = clock.today()
    found = (
        _standing()
        .join(Member, Member.account_id == Substitution.substitute_id)
        .join(Account, Account.id == Member.account_id)
        .where(
            Substitution.first_on <= day,
            Substitution.last_on >= day,
            Member.body_id == Substitution.body_id,
            Member.state == MemberState.ADMITTED,
            Account.state == AccountState.ACTIVE,
            *conditions,  # type: ignore[arg-type]
        )
    )
    return session().scalars(found).all()


def stood_for_by(actor: Actor) -> Sequence[Substitution]:
    """The leaves during which this person stands in today."""
    return today(Substitution.substitute_id == actor.id, Substitution.body_id == actor.body)


def of_case(case: Case) -> StandIn | None:
    """Who stands in today for the assignee of a case; None where he is there, or there is none."""
    if case.assignee_id is None or case.leader_id is None:
        return None
    found = today(Substitution.officer_id == case.assignee_id, Substitution.body_id == case.leader_id)
    if not found:
        return None
    row = found[0]
    kept = row.substitute_id in case.facts().barred
    return StandIn(row.officer_id, row.substitute_id, row.first_on, row.last_on, kept)


def by_officer() -> dict[tuple[str, str], str]:
    """Today's substitutes of all bodies, by the id of the officer and of his body."""
    return {(row.officer_id, row.body_id): row.substitute_id for row in today()}


def _standing() -> Select[Substitution]:
    return select(Substitution).where(
        or_(Substitution.ended_on.is_(None), Substitution.ended_on > clock.today())
    )
