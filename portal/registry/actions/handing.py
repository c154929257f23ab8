"""What a reorganisation hands over: open cases with their clocks, and the tasks of sealing old secrets anew.

The registrar holds no key (decisions 4): the cases move by permission at once, the secrets follow in the
session of an officer above the successor.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import insert, select, update

from portal.action import current_act, session
from portal.data.db import new_id
from portal.data.models.body import Body, BodyKey
from portal.data.models.case import Case, CaseReport
from portal.data.models.registry import BodyHeir, CaseMove, Seat
from portal.data.models.report import Identity
from portal.domain import clock
from portal.domain.life import RESTING
from portal.domain.permissions import Role
from portal.domain.reorganising import Plan
from portal.domain.roles import PURPOSES
from portal.domain.structure import body_id
from portal.papers import notices
from portal.papers.hiding import blind_to_each
from portal.registry.actions.locks import move_locks
from portal.registry.actions.rows import chunks
from portal.registry.refusals import Because, Refused

OFFICERS = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER, Role.INSPECTOR, Role.LEAD_INSPECTOR})
RESEALERS = frozenset({Role.LEAD_REVIEWER, Role.LEAD_INSPECTOR, Role.CUSTODIAN})
_COLUMNS = {Seat.FRONT: Case.front_id, Seat.LEADER: Case.leader_id}


@dataclass(frozen=True)
class Goes:
    """Where the open cases of an ended body go: to one successor, or to `waits_with` until it is known."""

    old_id: str
    to_id: str | None
    waits_with: str | None = None

    @property
    def holder(self) -> str:
        """The body that has the case from now on."""
        return self.to_id or self.waits_with or self.old_id


@dataclass
class HandedOver:
    """What was handed over: cases by the body that has them now, and the tasks of sealing anew."""

    cases: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    waiting: int = 0
    tasks: int = 0


def open_cases(plan: Plan) -> dict[Seat, list[tuple[str, Body]]]:
    """The open cases of bodies that end with the plan: (case id, body), by the seat that the body has."""
    found: dict[Seat, list[tuple[str, Body]]] = {}
    for seat, column in _COLUMNS.items():
        rows = session().execute(
            select(Case.id, Body)
            .join(Body, Body.id == column)
            .where(Case._state.not_in(RESTING))
            .order_by(Case.id)
        )
        found[seat] = [(case_id, body) for case_id, body in rows if body.area_id in plan.ends]
    return found


def keyed_bodies(plan: Plan) -> list[Body]:
    """The bodies with keys that end with the plan, and those that were to inherit some."""
    keyed = session().scalars(select(Body).where(Body.id.in_(select(BodyKey.body_id))))
    heirs = session().scalars(select(Body).where(Body.id.in_(select(BodyHeir.heir_id))))
    found = {body.id: body for body in (*keyed, *heirs) if body.area_id in plan.ends}
    return [found[one] for one in sorted(found)]


def goes(plan: Plan, body: Body) -> Goes:
    """Where what belongs to the body goes; raises Refused where nothing of its kind follows."""
    heirs = plan.successors_of_body(body.kind, body.area_id)
    if not heirs:
        raise Refused(Because.NO_SUCCESSOR, body.name)
    if len(heirs) == 1:
        return Goes(body.id, heirs[0])
    return Goes(body.id, None, body_id(body.kind, plan.above(body.area_id)))


def hand_over(plan: Plan, reorganisation_id: str) -> HandedOver:
    """Move the open cases, keep their clocks, and leave the tasks; inside the act that closed the bodies."""
    done = HandedOver()
    move_locks(plan, lambda body: goes(plan, body).holder)
    for seat, cases in open_cases(plan).items():
        _move(plan, reorganisation_id, seat, cases, done)
    for body in keyed_bodies(plan):
        _leave_tasks(plan, reorganisation_id, body, done)
    session().flush()
    return done


def _move(
    plan: Plan, reorganisation_id: str, seat: Seat, cases: list[tuple[str, Body]], done: HandedOver
) -> None:
    by_body: dict[Goes, list[str]] = defaultdict(list)
    for case_id, body in cases:
        by_body[goes(plan, body)].append(case_id)
    for went, ids in by_body.items():
        for some in chunks(ids):
            changed = {_COLUMNS[seat].key: went.holder, "assignee_id": None, "version": Case.version + 1}
            session().execute(update(Case).where(Case.id.in_(some)).values(**changed))
            session().execute(
                insert(CaseMove), [_move_row(one, seat, went, reorganisation_id) for one in some]
            )
            if seat is Seat.FRONT and went.to_id:
                _move_identities(some, went.to_id)
            current_act().touch("case", *some)
        done.cases[went.holder] += len(ids)
        done.waiting += 0 if went.to_id else len(ids)
        _tell(went.holder, ids)


def _tell(holder: str, case_ids: list[str]) -> None:
    """Of what the body may know of; whoever has no part in one of the cases gets no notice."""
    each = blind_to_each(case_ids)
    known = [one for one in case_ids if one not in each or holder not in each[one][1]]
    if known:
        notices.notify(holder, "moved", OFFICERS, cases=known)


def _move_identities(case_ids: list[str], to_id: str) -> None:
    """Kept identities go along, under the keys they have: the heir inherits those (decisions 10)."""
    reports = select(CaseReport.report_id).where(CaseReport.case_id.in_(case_ids))
    session().execute(update(Identity).where(Identity.report_id.in_(reports)).values(keeper_id=to_id))


def _move_row(case_id: str, seat: Seat, went: Goes, reorganisation_id: str) -> dict[str, object]:
    return {
        "case_id": case_id,
        "seat": seat,
        "reorganisation_id": reorganisation_id,
        "from_id": went.old_id,
        "to_id": went.to_id,
        "waits_with_id": went.waits_with,
        "moved_on": clock.today(),
    }


def _leave_tasks(plan: Plan, reorganisation_id: str, body: Body, done: HandedOver) -> None:
    """One task for each secret that the body held, its own and what it inherited or was to inherit.

    A divided unit has none: there each case is sealed anew to the part that the street tells (decisions 4).
    """
    went = goes(plan, body)
    if went.to_id is None:
        return
    heir = session().get_one(Body, went.to_id)
    inherited = session().scalars(select(BodyHeir.old_id).where(BodyHeir.heir_id == body.id).distinct()).all()
    origins = [*inherited, body.id]
    keyed = set(session().scalars(select(BodyKey.body_id).where(BodyKey.body_id.in_(origins)).distinct()))
    for origin in sorted(keyed):
        for purpose in PURPOSES.get(body.kind, ()):
            session().add(
                BodyHeir(
                    id=new_id(),
                    reorganisation_id=reorganisation_id,
                    old_id=origin,
                    heir_id=heir.id,
                    purpose=purpose,
                    superior_id=heir.superior_id,
                )
            )
            done.tasks += 1
    if keyed and heir.superior_id:
        notices.notify(heir.superior_id, "reseal", RESEALERS, cases=())
