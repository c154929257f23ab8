"""Reorganisations, and what they left to do: secrets to seal anew, cases that wait for their street."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.action import session
from portal.data.models.body import BodyKey
from portal.data.models.case import Case
from portal.data.models.registry import BodyHeir, CaseMove, PlanState, Reorganisation, Seat
from portal.domain.keys import KeyPurpose
from portal.domain.permissions import Actor
from portal.papers.hiding import shown_to
from portal.papers.history import account_names, body_names

SHOWN = 100


def plan(plan_id: str) -> Reorganisation | None:
    """A reorganisation by id."""
    return session().get(Reorganisation, plan_id)


def plans() -> Sequence[Reorganisation]:
    """Reorganisations, those that wait before the others, newest first."""
    rows = session().scalars(select(Reorganisation).order_by(Reorganisation.planned_on.desc()).limit(200))
    return sorted(rows, key=lambda one: one.state is not PlanState.PLANNED)


def people_of(rows: Sequence[Reorganisation]) -> dict[str, str]:
    """Names of those who planned and carried out."""
    return account_names([one.planned_by for one in rows] + [one.carried_by for one in rows])


@dataclass(frozen=True)
class Left:
    """How far the sealing of one reorganisation has come; `by`: the bodies whose leads do the rest."""

    done: int
    all: int
    waiting_cases: int
    by: Mapping[str, str]


def left_of(plan_id: str) -> Left:
    """The tasks of a reorganisation, done and in all, and the cases that wait for a street."""
    mine = select(func.count()).select_from(BodyHeir).where(BodyHeir.reorganisation_id == plan_id)
    waits = select(func.count()).select_from(CaseMove).where(CaseMove.reorganisation_id == plan_id)
    open_at = select(BodyHeir.superior_id).where(
        BodyHeir.reorganisation_id == plan_id, BodyHeir.done_on.is_(None)
    )
    waits_at = select(CaseMove.waits_with_id).where(
        CaseMove.reorganisation_id == plan_id, CaseMove.to_id.is_(None)
    )
    names = body_names([*session().scalars(open_at.distinct()), *session().scalars(waits_at.distinct())])
    return Left(
        session().scalar(mine.where(BodyHeir.done_on.is_not(None))) or 0,
        session().scalar(mine) or 0,
        session().scalar(waits.where(CaseMove.to_id.is_(None))) or 0,
        dict(sorted(names.items(), key=lambda one: one[1])),
    )


@dataclass(frozen=True)
class Task:
    """One secret to seal anew. `ready`: the successor has a key to seal it to."""

    id: str
    old: str
    heir: str
    heir_id: str
    purpose: KeyPurpose
    ready: bool


def tasks(body_id: str, purposes: Sequence[KeyPurpose]) -> list[Task]:
    """What waits for officers of this body, by the keys that they hold."""
    stmt = select(BodyHeir).where(
        BodyHeir.superior_id == body_id, BodyHeir.done_on.is_(None), BodyHeir.purpose.in_(purposes)
    )
    rows = session().scalars(stmt.order_by(BodyHeir.old_id, BodyHeir.heir_id, BodyHeir.purpose)).all()
    names = body_names([one.old_id for one in rows] + [one.heir_id for one in rows])
    heirs = [one.heir_id for one in rows]
    keyed = select(BodyKey.body_id, BodyKey.purpose).where(
        BodyKey.body_id.in_(heirs), BodyKey.retired_on.is_(None)
    )
    founded = {(row.body_id, row.purpose) for row in session().execute(keyed)}
    return [
        Task(
            one.id,
            names[one.old_id],
            names[one.heir_id],
            one.heir_id,
            one.purpose,
            (one.heir_id, one.purpose) in founded,
        )
        for one in rows
    ]


def heir(task_id: str) -> BodyHeir | None:
    """A task as its row."""
    return session().get(BodyHeir, task_id)


def waiting_cases(actor: Actor) -> Sequence[CaseMove]:
    """Cases of divided units that wait with the actor's body and that he may know of, oldest first."""
    stmt = (
        select(CaseMove)
        .join(Case, Case.id == CaseMove.case_id)
        .where(CaseMove.waits_with_id == actor.body, CaseMove.to_id.is_(None), *shown_to(actor))
    )
    return session().scalars(stmt.order_by(CaseMove.moved_on, CaseMove.case_id).limit(SHOWN)).all()


def move(case_id: str, seat: str) -> CaseMove | None:
    """The hand-over of a case that waits for its street."""
    if seat not in set(Seat):
        return None
    stmt = select(CaseMove).where(
        CaseMove.case_id == case_id, CaseMove.seat == seat, CaseMove.to_id.is_(None)
    )
    return session().scalars(stmt.limit(1)).first()


def names_of(ids: Sequence[str | None]) -> dict[str, str]:
    """Names of bodies by id."""
    return body_names(ids)
