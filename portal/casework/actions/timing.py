"""Suspending, resuming, extending: the clock, the sealed reason and the letter to the resident in one act."""

from datetime import date
from typing import Any

from portal.action import action
from portal.casework.actions.answering import write_to_all
from portal.casework.actions.opening import key_of
from portal.data.models.case import Case, RecordKind
from portal.data.models.report import MessageKind
from portal.domain.clocks import Until
from portal.domain.deadlines import Ground
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import clocks, records, timing
from portal.papers.life import take
from portal.vault.ring import KeyRing


@action(Permission.CASEWORK_LEAD)
def suspend(
    actor: Actor, case: Case, /, ring: KeyRing, *, until: Until, reason: str, text: str, seen: int
) -> None:
    """Let the work stand still until something has come (LTC art. 34); raises NoClock, NotSuspendable."""
    key = key_of(actor, case, ring)
    take(actor, case, Step.SUSPEND, reason, seen=seen)
    clocks.suspend(case, until)
    _keep(actor, case, key, Step.SUSPEND, {"text": reason, "until": until.value})
    _tell(actor, case, ring, suspended(until, text))


@action(Permission.CASEWORK_LEAD)
def resume_work(actor: Actor, case: Case, /, ring: KeyRing, *, reason: str, text: str, seen: int) -> None:
    """Go on with the work; the clock runs again from tomorrow. Raises NoClock, NotSuspendable."""
    key = key_of(actor, case, ring)
    take(actor, case, Step.RESUME_WORK, reason, seen=seen)
    clocks.resume(case)
    _keep(actor, case, key, Step.RESUME_WORK, {"text": reason})
    _tell(actor, case, ring, resumed(case.due_on, text))


@action(Permission.CASEWORK_LEAD)
def extend(
    actor: Actor,
    case: Case,
    /,
    ring: KeyRing,
    *,
    ground: Ground,
    days: int,
    reason: str,
    text: str,
    seen: int,
) -> None:
    """Give more time on a ground of the law (LTC art. 30(2)–(4)); raises NoClock, NotExtendable."""
    key = key_of(actor, case, ring)
    take(actor, case, Step.EXTEND, reason, seen=seen)
    letter = extended(timing.extendable(case), ground, days, text)
    notices = _tell(actor, case, ring, letter)
    clocks.extend(case, ground, days, message_id=next(iter(notices), ""))
    _keep(actor, case, key, Step.EXTEND, {"text": reason, "ground": ground.value, "days": days})


def suspended(until: Until, text: str) -> dict[str, Any]:
    """The letter about a suspension, as the resident reads it."""
    return {"notice": "suspended", "until": until.value, "text": text}


def resumed(due: date | None, text: str) -> dict[str, Any]:
    """The letter that says that the work goes on, with the new last day."""
    return {"notice": "resumed", "due": due.isoformat() if due else "", "text": text}


def extended(what: timing.Extendable, ground: Ground, days: int, text: str) -> dict[str, Any]:
    """The letter about an extension, with the new last day; raises NotExtendable."""
    due = what.due(ground, days)
    return {
        "notice": "extended",
        "ground": ground.value,
        "days": days,
        "unit": what.unit.value,
        "due": due.isoformat() if due else "",
        "text": text,
    }


def _tell(actor: Actor, case: Case, ring: KeyRing, content: dict[str, Any]) -> list[str]:
    return write_to_all(actor, case, ring, MessageKind.NOTICE, content)


def _keep(actor: Actor, case: Case, key: bytes, step: Step, content: dict[str, Any]) -> None:
    records.record(actor, case, key, RecordKind.REASON, content, step=step)
