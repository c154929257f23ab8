"""Dated records of a case: requests, outcomes, remedies; what comes on them, and the check of a remedy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.action import action, session
from portal.casework.actions.nameless import require_nameless
from portal.casework.actions.opening import key_of
from portal.data.discipline import forms
from portal.data.models.case import Case, RecordKind
from portal.data.models.followed import Followed
from portal.domain.entries import FOLLOWS, SHAPES, Ask, Entry, Owed, Shape
from portal.domain.life import IllegalStep, Step
from portal.domain.permissions import Actor, Permission
from portal.papers import records
from portal.papers.life import take
from portal.vault.ring import KeyRing

OUTCOMES = frozenset({Step.RECORD_OUTCOME, Step.PLAN_REMEDY})


class NotInForce(Exception):
    """No decision of that day could name this form of discipline."""


class NoDueDay(Exception):
    """The kind needs a day due, which is not before the day of the record."""


@dataclass(frozen=True)
class Entered:
    """One record as typed: `asked` holds what its kind asks beside day, due day and text."""

    entry: Entry
    dated: date
    text: str
    due: date | None
    asked: Mapping[Ask, str]


@action(Permission.CASEWORK_WORK)
def enter(actor: Actor, case: Case, /, ring: KeyRing, *, what: Entered, seen: int | None = None) -> str:
    """Enter what an inspector does while verifying; returns the record's id. Raises NoDueDay."""
    shape = SHAPES[what.entry]
    if shape.step in OUTCOMES:
        raise IllegalStep(f"{what.entry} is for the lead")
    return _enter(actor, case, ring, shape, what, seen)


@action(Permission.CASEWORK_LEAD)
def record_outcome(
    actor: Actor, case: Case, /, ring: KeyRing, *, what: Entered, seen: int | None = None
) -> str:
    """Enter what followed from the conclusion; returns the record's id. Raises NoDueDay, NotInForce."""
    shape = SHAPES[what.entry]
    if shape.step not in OUTCOMES:
        raise IllegalStep(f"{what.entry} is no outcome")
    return _enter(actor, case, ring, shape, what, seen)


def _enter(actor: Actor, case: Case, ring: KeyRing, shape: Shape, what: Entered, seen: int | None) -> str:
    key = key_of(actor, case, ring)
    if shape.owes is not None and (what.due is None or what.due < what.dated):
        raise NoDueDay(what.entry)
    if shape.owes is Owed.APPROVAL:
        require_nameless(case, key, what.text)
    take(actor, case, shape.step, seen=seen)
    sealed: dict[str, Any] = {"entry": what.entry.value, "text": what.text}
    sealed |= {ask.value: what.asked[ask] for ask in shape.asks if ask in what.asked}
    if Ask.FORM in shape.asks:
        sealed |= _form(what)
    record_id = records.record(actor, case, key, RecordKind.ENTRY, sealed, step=shape.step, dated=what.dated)
    if shape.owes is not None and what.due is not None:
        owe(actor, case, record_id, shape.owes, what.due)
    return record_id


def owe(actor: Actor, case: Case, record_id: str, owes: Owed, due: date) -> None:
    """What the case owes from now on by a record that was just written, and until when."""
    session().flush()  # the row of what is owed names the record
    row = Followed(record_id=record_id, case_id=case.id, owes=owes, due_on=due)
    if owes is Owed.APPROVAL:  # the draft itself is what the head decides on
        row.reply_id, row.reply_by = record_id, actor.id
    session().add(row)


def _form(what: Entered) -> dict[str, str]:
    form = forms().get(what.asked.get(Ask.FORM, ""))
    if form is None or not form.in_force_on(what.dated):
        raise NotInForce(what.asked.get(Ask.FORM, ""))
    # The title as it was: a later version of the table does not change what was decided.
    return {"form": form.id, "title": form.title}


@action(Permission.CASEWORK_WORK)
def follow_up(
    actor: Actor, followed: Followed, /, ring: KeyRing, *, dated: date, text: str, seen: int | None = None
) -> None:
    """Record the answer, or the evidence of a remedy; raises IllegalStep where it was recorded already."""
    case = case_of(followed)
    if followed.owes not in FOLLOWS or followed.reply_id is not None:
        raise IllegalStep("something came on it already")
    key, step = key_of(actor, case, ring), FOLLOWS[followed.owes]
    take(actor, case, step, seen=seen)
    content = {"on": followed.record_id, "text": text}
    record_id = records.record(actor, case, key, RecordKind.FOLLOW, content, step=step, dated=dated)
    session().flush()
    followed.reply_id, followed.reply_by = record_id, actor.id


@action(Permission.CASEWORK_CHECK)
def check_remedy(
    actor: Actor, followed: Followed, /, ring: KeyRing, *, done: bool, text: str, seen: int | None = None
) -> None:
    """Say, as a second person, whether the remedy was carried out; where not, evidence is due again."""
    case = case_of(followed)
    if followed.owes is not Owed.EVIDENCE or followed.reply_id is None or followed.check_id is not None:
        raise IllegalStep("there is nothing to check")
    key = key_of(actor, case, ring)
    take(actor, case, Step.CHECK_REMEDY, seen=seen)
    content = {"on": followed.record_id, "done": done, "text": text}
    record_id = records.record(actor, case, key, RecordKind.FOLLOW, content, step=Step.CHECK_REMEDY)
    session().flush()
    if done:
        followed.check_id = record_id
    else:
        followed.reply_id = followed.reply_by = None


def case_of(followed: Followed) -> Case:
    """The case as it is in this transaction, kept from other writers."""
    return session().get_one(Case, followed.case_id, populate_existing=True, with_for_update=True)
