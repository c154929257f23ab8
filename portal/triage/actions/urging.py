"""Letters to a body outside the portal: what was handed over, as it is printed, and what urges an answer."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from portal.action import action, current_act, session
from portal.data.models.body import Body
from portal.data.models.case import Case, Handover, RecordKind, Reminder, ReminderKind
from portal.data.models.report import Under
from portal.domain import clock
from portal.domain.deadlines import REMIND_AGAIN
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.domain.urging import Awaited, NotUrged
from portal.papers import records
from portal.papers.deadlines import last_day
from portal.papers.life import take
from portal.papers.reports import keys_of
from portal.triage import queries
from portal.vault.ring import KeyRing

_STEPS = {ReminderKind.REMINDER: Step.REMIND, ReminderKind.ESCALATION: Step.ESCALATE}


@action(Permission.TRIAGE_VIEW)
def open_handed(actor: Actor, case: Case, /, ring: KeyRing) -> dict[str, Any]:
    """What went outside, as it was sealed when it went: `pieces` by report, `told` the decision.

    Empty where the case went before the portal kept it.
    """
    key = keys_of(ring, queries.reports(case.id)[0].id, actor.body).report_key()
    papers = records.papers(case, {Under.REPORT: key})
    found = [paper.content for paper in papers if paper.kind is RecordKind.HANDED]
    return max(found, key=lambda content: int(content["version"]), default={})


@action(Permission.TRIAGE_DECIDE)
def urge(actor: Actor, case: Case, /, *, kind: ReminderKind, register_no: str, seen: int) -> int:
    """Record a letter to the body outside, or to the one above it once it is late; returns its number.

    Raises NotUrged, IllegalStep. The letter itself is printed from this row and names nothing of the content.
    """
    handover = session().get(Handover, case.id)
    take(actor, case, _STEPS[kind], seen=seen)
    if handover is None:
        raise NotUrged("not_late")
    awaited = Awaited(_due(case, handover))
    if kind is ReminderKind.ESCALATION:
        awaited.require_late(clock.today())
    number = (session().scalar(_numbers(case.id)) or 0) + 1
    session().add(
        Reminder(
            case_id=case.id,
            number=number,
            kind=kind,
            to_body_id=_reader(handover, kind),
            register_no=register_no,
            sent_on=clock.today(),
            days_late=awaited.days_late(clock.today()),
            next_on=last_day(REMIND_AGAIN, clock.today()),
            written_by=actor.id,
        )
    )
    current_act().touch("body", handover.body_id)
    return number


def _due(case: Case, handover: Handover) -> date:
    """The last day of the limit: of the clock, which an extension moves, else as it was told."""
    return case.due_on or handover.due_on


def _numbers(case_id: str) -> Any:
    return select(func.max(Reminder.number)).where(Reminder.case_id == case_id)


def _reader(handover: Handover, kind: ReminderKind) -> str:
    if kind is ReminderKind.REMINDER:
        return handover.body_id
    above = session().get_one(Body, handover.body_id).superior_id
    if above is None:
        raise NotUrged("nobody_over")
    return above
