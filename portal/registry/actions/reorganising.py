"""A reorganisation: planned, previewed, carried out in one act, taken back by a further dated one."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select, update

from portal.action import Stale, action, current_act, session
from portal.data.db import new_id
from portal.data.models.area import Area
from portal.data.models.body import Body, BodyKey
from portal.data.models.case import Case
from portal.data.models.registry import CaseMove, PlanState, Reorganisation
from portal.data.models.report import Report
from portal.domain import clock
from portal.domain.holding import Holding
from portal.domain.parties import CENTRE, AreaFacts
from portal.domain.permissions import Actor, ActorKind, Permission
from portal.domain.reorganising import Plan, read_plan
from portal.domain.undoing import as_before, reverse
from portal.registry.actions.handing import HandedOver, hand_over
from portal.registry.actions.importing import AreaFiles
from portal.registry.actions.rows import (
    Progress,
    Share,
    chunks,
    entry,
    silent,
    store_areas,
    store_bodies,
    store_links,
)
from portal.registry.refusals import Because, Refused


@dataclass(frozen=True)
class CarriedOut:
    """What a reorganisation did: units and bodies closed and opened, and what was handed over."""

    closed_areas: int
    opened_areas: int
    closed_bodies: int
    opened_bodies: int
    handed: HandedOver


def known_areas() -> dict[str, AreaFacts]:
    """Every unit of the register, of all periods, by id."""
    rows = session().execute(
        select(Area.area_id, Area.name, Area.level, Area.parent_id, Area.valid_from, Area.valid_to, Area.code)
    )
    return {row[0]: AreaFacts(*row) for row in rows}


@action(Permission.REGISTRY_EDIT)
def plan_reorganisation(actor: Actor, holding: Holding, /, *, files: AreaFiles, source_doc: str) -> str:
    """Keep a plan for its preview; returns its id. Raises csv_rows.Refused naming every faulty row.

    `holding` is the centre's, or the plan's keeper: a province's registrar plans within the province only.
    Raises Refused outside it, and for a day that has passed.
    """
    plan = read(files)
    if holding.area_id not in (CENTRE, plan.keeper()):
        raise Refused(Because.NOT_HERE, plan.keeper())
    return _keep(actor, plan, files, source_doc, None)


def read(files: AreaFiles) -> Plan:
    """The plan of the files against the register as it is; raises csv_rows.Refused."""
    return read_plan(files.areas, files.successors, known_areas())


def reorganise(
    actor: Actor, files: AreaFiles, /, *, source_doc: str, progress: Progress = silent
) -> CarriedOut:
    """Plan and carry out, one act after the other: for the command line."""
    kept = plan_reorganisation(actor, Holding(CENTRE), files=files, source_doc=source_doc)
    return carry_out(actor, session().get_one(Reorganisation, kept), progress=progress)


def _keep(actor: Actor, plan: Plan, files: AreaFiles, source_doc: str, undoes: str | None) -> str:
    # What came before is history, which the operator imports; from a page nothing is moved backdated.
    if plan.day < clock.today() and actor.kind is not ActorKind.SYSTEM:
        raise Refused(Because.PAST, f"{plan.day:%d/%m/%Y}")
    current_act().digest = hashlib.sha256(files.areas + files.successors).hexdigest()
    kept = new_id()
    session().add(
        Reorganisation(
            id=kept,
            day=plan.day,
            source_doc=source_doc,
            keeper_id=plan.keeper(),
            areas_csv=files.areas.decode("utf-8-sig"),
            successors_csv=files.successors.decode("utf-8-sig"),
            state=PlanState.PLANNED,
            planned_by=actor.id,
            planned_on=clock.today(),
            undoes=undoes,
        )
    )
    current_act().touch("reorganisation", kept)
    return kept


def plan_of(kept: Reorganisation) -> Plan:
    """The plan again, checked against the register as it is now; raises csv_rows.Refused."""
    return read_plan(kept.areas_csv.encode(), kept.successors_csv.encode(), known_areas())


@action(Permission.REGISTRY_CARRY_OUT)
def carry_out(actor: Actor, kept: Reorganisation, /, *, progress: Progress = silent) -> CarriedOut:
    """Close, open and hand over, at once; raises Stale, Refused before its day, csv_rows.Refused.

    A second person does it: POLICY.
    """
    if kept.state is not PlanState.PLANNED:
        raise Stale(kept.id)
    if kept.day > clock.today():
        raise Refused(Because.NOT_YET, f"{kept.day:%d/%m/%Y}")
    undone = session().get_one(Reorganisation, kept.undoes, with_for_update=True) if kept.undoes else None
    if undone is not None:
        refuse_dependent(undone)
    plan = plan_of(kept)
    if kept.keeper_id not in (CENTRE, plan.keeper()):
        raise Refused(Because.NOT_HERE, plan.keeper())
    done = _carry_out(actor, kept, plan, progress)
    kept.state, kept.carried_by, kept.carried_on = PlanState.CARRIED_OUT, actor.id, clock.today()
    if undone is not None:
        undone.state = PlanState.UNDONE
    return done


def _carry_out(actor: Actor, kept: Reorganisation, plan: Plan, progress: Progress) -> CarriedOut:
    bodies, entered = plan.new_bodies(), entry(actor, kept.source_doc)
    total = len(plan.ends) + len(plan.opens) + len(plan.links) + len(bodies)
    closed = _close(actor, kept, plan, Share(total, 0, progress))
    done = len(plan.ends)
    order = sorted(plan.opens.values(), key=lambda one: (-one.level.rank, one.id))
    store_areas(order, entered, Share(total, done, progress))
    done += len(plan.opens)
    store_links(plan.links, entered, Share(total, done, progress))
    store_bodies(bodies, entered, Share(total, done + len(plan.links), progress))
    handed = hand_over(plan, kept.id)
    return CarriedOut(len(plan.ends), len(plan.opens), closed, len(bodies), handed)


def _close(actor: Actor, kept: Reorganisation, plan: Plan, share: Share) -> int:
    """End the units and their bodies; what ended before stays as it is. Returns how many bodies."""
    last = {
        "valid_to": plan.last_day,
        "ended_doc": kept.source_doc,
        "edited_by": actor.id,
        "edited_on": clock.today(),
    }
    closed, done = 0, 0
    for some in chunks(sorted(plan.ends)):
        session().execute(update(Area).where(Area.area_id.in_(some)).values(**last))
        ended = update(Body).where(Body.area_id.in_(some), Body.valid_to.is_(None)).values(**last)
        closed += session().execute(ended).rowcount  # type: ignore[attr-defined]
        done += len(some)
        share.progress(done, share.total)
    return closed


@action(Permission.REGISTRY_EDIT)
def withdraw_plan(actor: Actor, kept: Reorganisation, /) -> None:
    """Give up a plan that was not carried out; raises Stale."""
    if kept.state is not PlanState.PLANNED:
        raise Stale(kept.id)
    kept.state = PlanState.WITHDRAWN


@action(Permission.REGISTRY_EDIT)
def plan_undoing(actor: Actor, kept: Reorganisation, /, *, day: date, source_doc: str) -> str:
    """Plan the way back from `day` on; returns the id of that plan, which is carried out like any other.

    Raises Stale, and Refused where another way back waits, or something new depends on what was done.
    """
    if kept.state is not PlanState.CARRIED_OUT:
        raise Stale(kept.id)
    # `kept` is locked by the gate: two at once cannot both find nothing.
    waits = select(Reorganisation.day).where(
        Reorganisation.undoes == kept.id, Reorganisation.state == PlanState.PLANNED
    )
    waiting = session().scalar(waits)
    if waiting is not None:
        raise Refused(Because.UNDO_WAITS, f"{waiting:%d/%m/%Y}")
    refuse_dependent(kept)
    files = AreaFiles(*reverse(plan_as_carried(kept), day, known_areas()))
    return _keep(actor, read(files), files, source_doc, kept.id)


def plan_as_carried(kept: Reorganisation) -> Plan:
    """The plan as it was: read against the register without what it did."""
    areas, successors = kept.areas_csv.encode(), kept.successors_csv.encode()
    return read_plan(areas, successors, as_before(areas, kept.day, known_areas()))


def refuse_dependent(kept: Reorganisation) -> None:
    """Raise Refused where something new rests on the plan's new units: it could not be taken back whole."""
    plan = plan_as_carried(kept)
    known = known_areas()
    for one in known.values():
        changed = one.id in plan.opens and one.valid_to is not None
        if changed or (one.parent_id in plan.opens and one.id not in plan.opens):
            raise Refused(Because.DEPENDS_UNITS, one.name)
    new = {body.id: body.name for body in plan.new_bodies()}
    _refuse_if(new, select(BodyKey.body_id).where(BodyKey.created_on >= kept.day), Because.DEPENDS_KEYS)
    _refuse_if(new, select(Report.body_id).where(Report.received_on >= kept.day), Because.DEPENDS_REPORTS)
    moved = select(CaseMove.case_id).where(CaseMove.reorganisation_id == kept.id)
    for column in (Case.front_id, Case.leader_id):
        added = select(column).where(column.is_not(None), Case.id.not_in(moved), Case.opened_on >= kept.day)
        _refuse_if(new, added, Because.DEPENDS_CASES)


def _refuse_if(new: dict[str, str], found: Select[Any], because: Because) -> None:
    for body_id in session().scalars(found.distinct()):
        if body_id in new:
            raise Refused(because, new[body_id])
