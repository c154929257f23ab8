"""What is owed beside the clocks, by metadata alone: told once before its last day, and once after it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, or_, select

from portal.action import action, current_act, session
from portal.data import calendar as days_off
from portal.data.models.case import Case, CaseStep, Reminder
from portal.data.models.followed import DutyTold, Followed
from portal.domain import clock
from portal.domain.deadlines import REMIND_AGAIN
from portal.domain.duties import Standing
from portal.domain.life import Desk, State
from portal.domain.noticing import Notice
from portal.domain.permissions import Actor, Permission
from portal.papers import duties, owed
from portal.papers.notices import remind
from portal.papers.owed import Text, Wanted
from portal.worker.clocks import BATCH, WORKER, in_batches, readers


@dataclass(frozen=True)
class Thing:
    """One thing owed on a case that nobody did yet. `legal`: a law sets its day, not an office's letter."""

    case_id: str
    rule: str
    place: str
    due_on: date
    near: int = owed.NEAR
    legal: bool = False

    def late_on(self, today: date) -> bool:
        return self.due_on < today

    def speaks_on(self, today: date) -> bool:
        """Its day is near, or passed."""
        return self.due_on <= days_off.calendar().add_working_days(today, self.near)


@dataclass(frozen=True)
class Whose:
    """What says who hears of a case. Where its desk is empty, whoever answered it still owes what is left."""

    case_id: str
    front_id: str
    leader_id: str | None
    assignee_id: str | None
    desk: Desk


def run() -> int:
    """Say what is owed soon and what is late, each once, however often this runs; of how many cases."""
    days_off.forget()
    return in_batches(select(Case.id).where(_waits(clock.today())), lambda: tell_owed(WORKER, None))


@action(Permission.SYSTEM_RUN)
def tell_owed(actor: Actor, nothing: None, /) -> int:
    """Notices of a batch of cases; returns of how many. What another worker told is not told again."""
    today = clock.today()
    rows = select(Case).where(_waits(today)).order_by(Case.id).limit(BATCH)
    cases = {one.id: one for one in session().scalars(rows.with_for_update(of=Case, skip_locked=True))}
    told = {(one.case_id, one.rule, one.place, one.late) for one in _told(cases)}
    heard: dict[Notice, list[tuple[Whose, bool]]] = defaultdict(list)
    for thing in _things(cases):
        late = thing.late_on(today)
        if not thing.speaks_on(today) or (thing.case_id, thing.rule, thing.place, late) in told:
            continue
        session().add(
            DutyTold(case_id=thing.case_id, rule=thing.rule, place=thing.place, late=late, told_on=today)
        )
        notice = Notice.DUTY_LATE if late else Notice.DUTY_SOON
        heard[notice].append((_whose(cases[thing.case_id]), late and thing.legal))
    spoken = {whose.case_id for found in heard.values() for whose, _ in found}
    current_act().touch("case", *sorted(spoken))
    for notice, found in heard.items():
        remind(readers(found), notice)
    return len(spoken)


def _waits(today: date) -> ColumnElement[bool]:
    """On Case: something is owed soon or late, and nobody was told so yet."""
    waits = or_(owed.late(today, _untold(late=True)), owed.soon(today, _untold(late=False)))
    return Case.erased_on.is_(None) & waits


def _untold(*, late: bool) -> Wanted:
    def wanted(rule: str, case_id: Text, place: ColumnElement[str]) -> ColumnElement[bool]:
        return ~exists().where(
            DutyTold.case_id == case_id,
            DutyTold.rule == rule,
            DutyTold.place == place,
            DutyTold.late.is_(late),
        )

    return wanted


def _told(cases: Iterable[str]) -> Iterable[DutyTold]:
    return session().scalars(select(DutyTold).where(DutyTold.case_id.in_(cases)))


def _whose(case: Case) -> Whose:
    desk = case.desk
    if desk is Desk.NOBODY:
        desk = Desk.COMMITTEE if case.leader_id else Desk.FRONT
    return Whose(case.id, case.front_id, case.leader_id, case.assignee_id, desk)


def _things(cases: dict[str, Case]) -> Iterator[Thing]:
    steps: dict[str, list[CaseStep]] = defaultdict(list)
    taken = select(CaseStep).where(CaseStep.case_id.in_(cases))
    for step in session().scalars(taken.order_by(CaseStep.case_id, CaseStep.version)):
        steps[step.case_id].append(step)
    for case in cases.values():
        for one in duties.owing(case, steps[case.id]):
            if one.standing in (Standing.OPEN, Standing.LATE):
                duty = one.duty
                yield Thing(case.id, duty.rule, str(one.place), one.due_on, duty.near, one.is_legal)
    for row in session().scalars(select(Followed).where(Followed.case_id.in_(cases))):
        if row.is_open:
            yield Thing(row.case_id, owed.FOLLOWED, row.record_id, row.due_on)
    newest = {
        letter.case_id: letter
        for letter in session().scalars(
            select(Reminder).where(Reminder.case_id.in_(cases)).order_by(Reminder.number)
        )
    }
    for letter in newest.values():
        if cases[letter.case_id].state is State.OUTSIDE:
            yield Thing(letter.case_id, REMIND_AGAIN.rule, str(letter.number), letter.next_on)
