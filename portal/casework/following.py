"""The dated records of an opened case as its page shows them: what can be entered, what is owed, by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portal.casework.actions import OUTCOMES
from portal.data.models.followed import Followed
from portal.data.models.publication import Publication
from portal.domain.entries import SHAPES, Entry, Owed
from portal.domain.life import MOVES, State, Step, steps_from
from portal.domain.permissions import Actor, Facts, Permission, may
from portal.domain.publishing import Posted
from portal.papers.records import Paper

# The kinds in addresses.
SLUGS = {
    Entry.PERSON_TOLD: "bao-nguoi-bi-phan-anh",
    Entry.DOCUMENTS: "tai-lieu",
    Entry.UNIT_CHECK: "don-vi",
    Entry.RECOMMENDATION: "kien-nghi",
    Entry.SELF_REVIEW: "goi-y-kiem-diem",
    Entry.DISCIPLINE: "ky-luat",
    Entry.INVESTIGATORS: "dieu-tra",
    Entry.REMEDY: "khac-phuc",
    Entry.PUBLICATION: "cong-khai",
}


@dataclass(frozen=True)
class Link:
    """A kind that can be entered now, and the page for it."""

    entry: Entry
    endpoint: str


@dataclass(frozen=True)
class Followup:
    """One thing owed, with the record it is owed on (None: its key is gone), and what may be done."""

    row: Followed
    paper: Paper | None
    overdue: bool
    may_follow: bool
    may_check: bool
    waits_for_another: bool
    may_approve: bool = False


@dataclass(frozen=True)
class Public:
    """One text that was published of the case, how it stands today, and what may be done."""

    row: Publication
    posted: Posted
    corrected: bool
    may_withdraw: bool
    may_correct: bool


def public(actor: Actor, state: State, rows: Sequence[Publication], today: date) -> list[Public]:
    """What was published, in the order given."""
    amended = {row.corrects_id for row in rows if row.withdrawn_on is None}
    possible, found = set(steps_from(state)), []
    for row in rows:
        posted, facts, corrected = row.posted(today), row.facts(), row.id in amended
        withdrawable = posted is Posted.SHOWN and Step.WITHDRAW_PUBLICATION in possible
        correctable = not corrected and Step.CORRECT_PUBLICATION in possible
        may_withdraw = withdrawable and may(actor, Permission.CASEWORK_LEAD, facts)
        may_correct = correctable and may(actor, Permission.CASEWORK_WORK, facts)
        found.append(Public(row, posted, corrected, may_withdraw, may_correct))
    return found


def links(actor: Actor, facts: Facts, state: State) -> list[Link]:
    """The kinds that the actor can enter in this state, in the table's order."""
    possible = set(steps_from(state))
    found = []
    for shape in SHAPES.values():
        leads = shape.step in OUTCOMES
        right = Permission.CASEWORK_LEAD if leads else Permission.CASEWORK_WORK
        if shape.step in possible and may(actor, right, facts):
            found.append(Link(shape.entry, "casework.record_outcome" if leads else "casework.enter"))
    return found


def owed(
    actor: Actor, state: State, rows: Iterable[Followed], papers: Iterable[Paper], today: date
) -> list[Followup]:
    """What is or was owed, the first due first."""
    by_id = {paper.id: paper for paper in papers}
    return [_followup(actor, state, row, by_id.get(row.record_id), today) for row in rows]


def _followup(actor: Actor, state: State, row: Followed, paper: Paper | None, today: date) -> Followup:
    if row.owes is Owed.APPROVAL:
        return _approval(actor, state, row, paper, today)
    is_remedy, facts = row.owes is Owed.EVIDENCE, row.facts()
    step = Step.RECORD_REMEDY if is_remedy else Step.RECORD_REPLY
    can = row.is_open and state in MOVES[step].sources
    waits = can and is_remedy and row.reply_id is not None
    may_check = waits and may(actor, Permission.CASEWORK_CHECK, facts)
    return Followup(
        row,
        paper,
        overdue=row.is_open and row.due_on < today,
        may_follow=can and row.reply_id is None and may(actor, Permission.CASEWORK_WORK, facts),
        may_check=may_check,
        waits_for_another=waits and not may_check,
    )


def _approval(actor: Actor, state: State, row: Followed, paper: Paper | None, today: date) -> Followup:
    waits = row.is_open and state in MOVES[Step.APPROVE_PUBLICATION].sources
    may_approve = waits and may(actor, Permission.CASEWORK_APPROVE, row.facts())
    return Followup(
        row,
        paper,
        overdue=row.is_open and row.due_on < today,
        may_follow=False,
        may_check=False,
        waits_for_another=waits and not may_approve,
        may_approve=may_approve,
    )
