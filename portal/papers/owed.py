"""What is owed on cases, as conditions of lists: duties by their steps, dated records by their own day.

A duty has no stored last day. Its row says up to which start it has ended by now, so a range of starts
stands for a range of last days: the lists agree with `portal.domain.duties`, by the calendar as it stands.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, or_, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.data.calendar import calendar
from portal.data.deadlines import deadlines
from portal.data.models.case import Case, CaseStep, Reminder
from portal.data.models.followed import Followed
from portal.domain import clock
from portal.domain.deadlines import REMIND_AGAIN, DeadlineRow
from portal.domain.duties import DUTIES, Duty, latest_start
from portal.domain.entries import CHECKED
from portal.domain.kinds import ReportKind
from portal.domain.life import State

FOLLOWED = "followed"
NEAR = 2
"""How many working days before the day of a record one hears of it (design)."""
_DAY = timedelta(days=1)
Text = ColumnElement[str] | InstrumentedAttribute[str]
Wanted = Callable[[str, Text, ColumnElement[str]], ColumnElement[bool]]
"""A further condition on one thing owed: by its rule, its case, and what tells it from others of the rule."""


@dataclass(frozen=True)
class Within:
    """Last days after `after` (None: from ever) up to and with `until`."""

    after: date | None
    until: date


def every(rule: str, case_id: Text, place: ColumnElement[str]) -> ColumnElement[bool]:
    """No further condition."""
    return true()


def late(day: date, wanted: Wanted = every) -> ColumnElement[bool]:
    """On Case: something is owed whose last day lies before `day`."""
    within = Within(None, day - _DAY)
    return or_(
        *(_duty(duty, within, wanted) for duty in DUTIES), _record(within, wanted), _letter(within, wanted)
    )


def soon(day: date, wanted: Wanted = every) -> ColumnElement[bool]:
    """On Case: something is owed whose last day is `day` or comes as soon as its row tells of it before."""
    records = Within(day - _DAY, calendar().add_working_days(day, NEAR))
    duties = (
        _duty(duty, Within(day - _DAY, calendar().add_working_days(day, duty.near)), wanted)
        for duty in DUTIES
    )
    return or_(*duties, _record(records, wanted), _letter(records, wanted))


def _duty(duty: Duty, within: Within, wanted: Wanted) -> ColumnElement[bool]:
    whose = [Case._state.in_(sorted(duty.open_in)), Case.report_kind != ReportKind.PRAISE]
    if duty.kinds:
        whose.append(Case.kind.in_(sorted(duty.kinds)))
    if duty.reviews_only:
        whose.append(Case.review_of.is_not(None))
    laws = [row for row in deadlines().rows if row.id == duty.use.row and row.is_on]
    return and_(*whose, or_(*(_by_law(duty, law, within, wanted) for law in laws)))


def _by_law(duty: Duty, law: DeadlineRow, within: Within, wanted: Wanted) -> ColumnElement[bool]:
    """By the version that was in force when the case came in."""
    last = latest_start(law, calendar(), within.until)
    first = latest_start(law, calendar(), within.after) if within.after else None
    valid = list(_in_force(law))
    if not duty.starts:
        began = [Case.opened_on <= last, *([Case.opened_on > first] if first else [])]
        return and_(
            *valid, *began, ~_ended(duty, Case.id, literal(0)), wanted(duty.rule, Case.id, literal("0"))
        )
    start = aliased(CaseStep)
    began = [start.at < _midnight(last + _DAY), *([start.at >= _midnight(first + _DAY)] if first else [])]
    return and_(
        *valid,
        exists().where(
            start.case_id == Case.id,
            start.step.in_(sorted(duty.starts)),
            *began,
            # By the step's own case: a condition within a condition sees no further than the one around it.
            ~_ended(duty, start.case_id, start.version),
            wanted(duty.rule, start.case_id, cast(start.version, String)),
        ),
    )


def _in_force(law: DeadlineRow) -> Iterator[ColumnElement[bool]]:
    if law.valid_from:
        yield Case.opened_on >= law.valid_from
    if law.valid_to:
        yield Case.opened_on <= law.valid_to


def _ended(duty: Duty, case_id: Text, place: Any) -> ColumnElement[bool]:
    """A step after `place` fulfilled the duty, or led where it is not owed."""
    end = aliased(CaseStep)
    ends = or_(end.step.in_(sorted(duty.done_by)), end.to_state.in_(sorted(duty.void_in)))
    return exists().where(end.case_id == case_id, end.version > place, ends)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, clock.VIETNAM)


def _record(within: Within, wanted: Wanted) -> ColumnElement[bool]:
    checked = Followed.owes.in_(sorted(CHECKED))
    is_open = or_(and_(checked, Followed.check_id.is_(None)), and_(~checked, Followed.reply_id.is_(None)))
    days = [Followed.due_on <= within.until, *([Followed.due_on > within.after] if within.after else [])]
    which = wanted(FOLLOWED, Followed.case_id, cast(Followed.record_id, String))
    return exists().where(Followed.case_id == Case.id, is_open, *days, which)


def _letter(within: Within, wanted: Wanted) -> ColumnElement[bool]:
    """The newest letter that urged a body outside, from which nothing has come."""
    sent, newer = aliased(Reminder), aliased(Reminder)
    days = [sent.next_on <= within.until, *([sent.next_on > within.after] if within.after else [])]
    found = exists().where(
        sent.case_id == Case.id,
        *days,
        ~exists().where(newer.case_id == sent.case_id, newer.number > sent.number),
        wanted(REMIND_AGAIN.rule, sent.case_id, cast(sent.number, String)),
    )
    return and_(Case._state == State.OUTSIDE, found)
