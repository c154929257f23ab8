"""Protection of who suffers for a report: asked of the body that can give it, and what came of it.

The Front asks and records (LTC arts. 50–51); the body reported is told nothing.
"""

from datetime import date
from typing import Any

from portal.action import Stale, action, current_act, session
from portal.data.db import new_id
from portal.data.models.case import Case, RecordKind
from portal.data.models.protection import Protection
from portal.data.models.report import Under
from portal.domain.kinds import ReportKind
from portal.domain.permissions import Actor, Permission
from portal.domain.reprisals import Measure, MeasureState
from portal.papers import records
from portal.papers.life import require_unmoved
from portal.papers.reports import keys_of
from portal.triage import queries
from portal.vault.ring import KeyRing


class NoReprisal(Exception):
    """The case is not about a reprisal."""


@action(Permission.TRIAGE_DECIDE)
def ask_protection(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    measure: Measure,
    body: str,
    text: str,
    dated: date,
    seen: int | None = None,
) -> str:
    """A measure was asked of `body`; returns its id. Raises NoReprisal."""
    require_unmoved(case, seen)
    if case.report_kind is not ReportKind.REPRISAL:
        raise NoReprisal(case.id)
    record_id = _keep(actor, case, ring, {"text": text, "body": body}, dated)
    one = Protection(id=new_id(), case_id=case.id, measure=measure, asked_on=dated, asked_record=record_id)
    session().add(one)
    session().flush()
    current_act().touch("protection", one.id)
    return one.id


@action(Permission.TRIAGE_DECIDE)
def settle_protection(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    protection_id: str,
    state: MeasureState,
    text: str,
    dated: date,
    seen: int | None = None,
) -> None:
    """The measure was taken, or refused with a reason. Raises NoReprisal, Stale once that is known."""
    require_unmoved(case, seen)
    one = queries.protection(case.id, protection_id)
    if one is None:
        raise NoReprisal(case.id)
    if one.state is not MeasureState.ASKED or state is MeasureState.ASKED:
        raise Stale(one.id)
    one.state, one.settled_on = state, dated
    one.settled_record = _keep(actor, case, ring, {"text": text}, dated)
    current_act().touch("protection", one.id)


def _keep(actor: Actor, case: Case, ring: KeyRing, content: dict[str, Any], dated: date) -> str:
    key = keys_of(ring, queries.reports(case.id)[0].id, actor.body).report_key()
    record_id = records.record(
        actor, case, key, RecordKind.PROTECTION, content, under=Under.REPORT, dated=dated
    )
    session().flush()
    return record_id
