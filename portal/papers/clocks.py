"""The clock of a case: begun and ended with its states, suspended, extended, taken over. Inside acts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.calendar import calendar
from portal.data.deadlines import deadlines
from portal.data.models.case import Case
from portal.data.models.timing import CaseClock, ClockExtension, ClockPause, Ending
from portal.domain import clock, clocks
from portal.domain.clocks import Clock, Extension, Level, NotExtendable, Pause, Until
from portal.domain.deadlines import CLOCKS, Ground, Use, ends_on
from portal.domain.life import State
from portal.domain.working_days import Calendar

Row = dict[str, Any]
Key = tuple[str, int]


class NoClock(Exception):
    """The case has no clock that is open."""


def begun(use: Use, received: date, started_on: date) -> Row:
    """The columns of a clock that begins, but for its case: the version of its row is by day of receipt."""
    row, current = deadlines().on(use.row, received), calendar()
    running = clocks.begin(row, started_on)
    due = ends_on(row, started_on, current)
    return {
        "rule": use.rule,
        "row_id": row.id,
        "row_version": row.version,
        "unit": running.unit,
        "length": running.limit,
        "event": row.event,
        "started_on": started_on,
        "first_due_on": due,
        "due_on": due,
        "calendar": current.revision,
        "said": Level.NONE.value,
        "say_on": clocks.next_level_on(running, current, Level.NONE),
        "was_late": False,
    }


def adopt(case: Case) -> CaseClock:
    """The clock of a case as it came in: sending a report writes none, for thousands do so at once."""
    row = CaseClock(case_id=case.id, **received(case.opened_on))
    row.first_due_on, case.due_on = case.due_on or row.first_due_on, row.due_on
    session().add(row)
    return row


def received(day: date) -> Row:
    """The first clock of a case that came in on a day, but for its case."""
    return {"number": 1} | begun(CLOCKS[State.RECEIVED], day, day)


def start(case: Case, use: Use) -> None:
    """End the clock that is open, and begin the one of a row."""
    number = stop(case, Ending.DONE)
    _add(case, number + 1, use)


def stop(case: Case, ending: Ending) -> int:
    """End the open clock of the case, if any; returns the number of its newest clock, 0 for none."""
    newest = _newest(case)
    if newest is not None and newest.ended_on is None:
        note_lateness(case, newest)
        newest.ended_on, newest.ending, newest.say_on = clock.today(), ending, None
    case.due_on = case.due_rule = None
    return newest.number if newest is not None else 0


def note_lateness(case: Case, row: CaseClock) -> None:
    """Late stays late (rule 28)."""
    if row.due_on is not None and clock.today() > row.due_on:
        case.was_late = row.was_late = True


def running_of(case: Case) -> CaseClock:
    """The open clock; raises NoClock."""
    newest = _newest(case)
    if newest is None or newest.ended_on is not None:
        raise NoClock(case.id)
    return newest


def history(case_id: str) -> list[CaseClock]:
    """Every clock that the case had, in order: those that were taken over stay visible (rule 24)."""
    rows = select(CaseClock).where(CaseClock.case_id == case_id).order_by(CaseClock.number)
    return list(session().scalars(rows))


def take_over(case: Case) -> None:
    """The superior takes the case over: the same limit begins anew today (NĐ 31/2019 art. 5(3); rule 24)."""
    before = running_of(case)
    stop(case, Ending.TAKEN_OVER)
    _add(case, before.number + 1, Use(before.rule, before.row_id))


def suspend(case: Case, until: Until) -> None:
    """From tomorrow on the clock stands still (LTC art. 34; rule 29); raises NoClock, NotSuspendable."""
    row, running = _opened(case)
    note_lateness(case, row)
    after = clocks.suspended(running, clock.today(), until)
    key = {"case_id": case.id, "number": row.number, "place": len(after.pauses)}
    session().add(ClockPause(**key, from_on=clock.today(), to_on=None, waits_for=until))
    row.waits_for = until
    _renew(case, row, after, calendar())


def resume(case: Case) -> None:
    """From tomorrow on the clock runs again; raises NoClock, NotSuspendable."""
    row, running = _opened(case)
    after = clocks.resumed(running, clock.today())
    pause = session().get_one(ClockPause, (case.id, row.number, len(after.pauses)))
    pause.to_on, row.waits_for = clock.today(), None
    _renew(case, row, after, calendar())


def extend(case: Case, ground: Ground, days: int, *, message_id: str) -> None:
    """Give more time; `message_id` is the notice to the reporter, written in the same act.

    Raises NoClock and NotExtendable; a clock that is late is extended and stays late.
    """
    row, running = _opened(case)
    note_lateness(case, row)
    if not message_id:
        raise NotExtendable("no_notice")
    more = Extension(days, ground, clock.today())
    # The grounds are those of the version that the clock began with, whatever came later.
    law = next(r for r in deadlines().rows if (r.id, r.version) == (row.row_id, row.row_version))
    after = clocks.extended(running, law, more)
    key = {"case_id": case.id, "number": row.number, "place": len(after.extensions)}
    session().add(
        ClockExtension(**key, days=days, ground=ground, decided_on=more.decided_on, message_id=message_id)
    )
    # What was said of the shorter limit is said again of the longer one.
    row.said = clocks.level_on(after, calendar(), clock.today()).value
    _renew(case, row, after, calendar())


def read(rows: Iterable[Any]) -> dict[Key, Clock]:
    """The clocks of rows as the rules see them, with their pauses and extensions, by case and number.

    `rows`: clocks, or rows with the columns of their table.
    """
    found = {(row.case_id, row.number): row for row in rows}
    cases = {case_id for case_id, _ in found}
    pauses: dict[Key, list[Pause]] = defaultdict(list)
    stood = select(ClockPause).where(ClockPause.case_id.in_(cases)).order_by(ClockPause.place)
    for pause in session().scalars(stood):
        pauses[pause.case_id, pause.number].append(pause.as_pause())
    extensions: dict[Key, list[Extension]] = defaultdict(list)
    extended = select(ClockExtension).where(ClockExtension.case_id.in_(cases))
    for more in session().scalars(extended.order_by(ClockExtension.place)):
        extensions[more.case_id, more.number].append(more.as_extension())
    return {
        key: Clock(
            row.row_id,
            row.row_version,
            row.unit,
            row.length,
            row.started_on,
            tuple(pauses.get(key, ())),
            tuple(extensions.get(key, ())),
        )
        for key, row in found.items()
    }


def renewed(running: Clock, said: Level, *, current: Calendar) -> Row:
    """What a clock's row says by this calendar: `due_on`, `say_on` and the revision."""
    return {
        "due_on": clocks.due(running, current),
        "say_on": clocks.next_level_on(running, current, said),
        "calendar": current.revision,
    }


def _renew(case: Case, row: CaseClock, running: Clock, current: Calendar) -> None:
    for name, value in renewed(running, Level(row.said), current=current).items():
        setattr(row, name, value)
    case.due_on = row.due_on


def _opened(case: Case) -> tuple[CaseClock, Clock]:
    row = running_of(case)
    return row, read([row])[row.case_id, row.number]


def _newest(case: Case) -> CaseClock | None:
    waiting = [one for one in session().new if isinstance(one, CaseClock) and one.case_id == case.id]
    if waiting:
        return max(waiting, key=lambda one: one.number)
    rows = select(CaseClock).where(CaseClock.case_id == case.id).order_by(CaseClock.number.desc())
    with session().no_autoflush:  # a step is half taken: what it leads to is not complete yet
        newest = session().scalar(rows.limit(1))
    return adopt(case) if newest is None and case.due_on is not None else newest


def _add(case: Case, number: int, use: Use) -> None:
    row = begun(use, case.opened_on, clock.today())
    session().add(CaseClock(case_id=case.id, number=number, **row))
    case.due_on, case.due_rule = row["due_on"], row["rule"]
