"""The clocks of cases in the store: begun, ended, suspended, extended, taken over; on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.action import action, session
from portal.casework import actions as casework
from portal.data.db import make_engine
from portal.data.migrate import downgrade, upgrade
from portal.data.models.case import Case
from portal.data.models.report import Message, MessageKind
from portal.data.models.timing import CaseClock, ClockExtension, ClockPause, Ending
from portal.domain import clock
from portal.domain.clocks import NotExtendable, NotSuspendable, Until
from portal.domain.deadlines import Ground
from portal.domain.declining import DeclineReason
from portal.domain.permissions import Permission
from portal.papers import clocks
from portal.triage import actions as triage
from portal.worker.clocks import WORKER
from tests.support import make, people


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def on(year: int, month: int, day: int):
    """Nine in the morning of a day in Viet Nam."""
    return clock.at(datetime(year, month, day, 2, tzinfo=UTC))


@action(Permission.SYSTEM_RUN)
def in_an_act(actor, case, /, change):
    """Whatever a test does to a clock, within an act as the stages will do it."""
    return change(case)


def change(case: Case, what) -> None:
    in_an_act(WORKER, make.now(case), what)


def accepted(founded) -> Case:
    case = make.routed(founded)
    actor, _ = make.lead(founded)
    casework.accept(actor, case, seen=case.version)
    return case


def newest(case: Case) -> CaseClock:
    return clocks.history(case.id)[-1]


def a_message(case: Case) -> str:
    """The id of a message to the resident of the case."""
    return (
        session()
        .scalars(select(Message.id).where(Message.case_id == case.id, Message.kind == MessageKind.QUESTION))
        .one()
    )


def asked(founded, case: Case) -> str:
    actor, ring = make.lead(founded)
    report = make.casework_links(case)[0].report_id
    casework.ask(actor, case, ring, report_id=report, text="Xin cho biết thêm ngày hẹn.")
    return a_message(case)


def test_states_begin_and_end_clocks(founded):
    with on(2026, 6, 30):
        sent = make.report(founded.settings)
    case = make.case_of(sent)
    assert (case.due_on, case.due_rule) == (date(2026, 7, 9), "classify")
    assert clocks.history(case.id) == []  # the resident's own transaction writes none
    with on(2026, 7, 1):
        make.routed(founded, sent)
    with on(2026, 7, 3):
        actor, _ = make.lead(founded)
        casework.accept(actor, make.now(case), seen=make.now(case).version)
    first, second, third = clocks.history(case.id)
    assert (first.row_id, first.due_on, first.ended_on, first.ending) == (
        "D1",
        date(2026, 7, 9),
        date(2026, 7, 1),
        Ending.DONE,
    )
    assert (second.rule, second.started_on, second.due_on) == ("accept", date(2026, 7, 1), date(2026, 7, 10))
    assert (third.row_id, third.row_version, third.length, third.event.value) == ("D5", 1, 30, "accepted")
    assert (third.due_on, third.ended_on) == (date(2026, 8, 3), None)  # 2/8 is a Sunday
    assert make.now(case).due_on == third.due_on


def test_the_calendar_may_be_read_anew_in_the_middle_of_a_step(founded, monkeypatch):
    """It is kept for a minute: when that is over, a half-taken step must not be written for it."""
    monkeypatch.setattr("portal.data.calendar._KEPT_SECONDS", -1.0)
    assert make.routed(founded).due_rule == "accept"


def test_late_stays_late_in_the_next_clock_and_after_an_extension(founded):
    with on(2026, 7, 1):
        case = accepted(founded)
        message = asked(founded, case)
    with on(2026, 8, 5):
        change(case, lambda one: clocks.extend(one, Ground.COMPLEX, 30, message_id=message))
    stored, row = make.now(case), newest(case)
    assert (stored.was_late, row.was_late) == (True, True)
    assert (row.first_due_on, row.due_on) == (date(2026, 7, 31), date(2026, 9, 3))
    assert stored.due_on == row.due_on
    [more] = session().scalars(select(ClockExtension))
    assert (more.days, more.ground, more.decided_on, more.message_id) == (
        30,
        Ground.COMPLEX,
        date(2026, 8, 5),
        message,
    )


@pytest.mark.parametrize(
    ("ground", "days", "why"),
    [
        (Ground.NECESSARY, 30, "no_ground"),
        (Ground.COMPLEX, 31, "too_long"),
        (Ground.COMPLEX, 30, "no_notice"),
    ],
)
def test_an_extension_outside_the_law_changes_nothing(founded, ground, days, why):
    with on(2026, 7, 1):
        case = accepted(founded)
        message = "" if why == "no_notice" else asked(founded, case)
    with on(2026, 7, 20), pytest.raises(NotExtendable, match=why):
        change(case, lambda one: clocks.extend(one, ground, days, message_id=message))
    assert newest(case).due_on == date(2026, 7, 31)
    assert session().scalars(select(ClockExtension)).all() == []


def test_a_suspended_clock_does_not_run(founded):
    with on(2026, 7, 1):
        case = accepted(founded)
    with on(2026, 7, 10):
        change(case, lambda one: clocks.suspend(one, Until.OTHER_RESULT))
    row = newest(case)
    assert (row.due_on, row.waits_for, row.say_on) == (None, Until.OTHER_RESULT, None)
    assert make.now(case).due_on is None
    with on(2026, 7, 12), pytest.raises(NotSuspendable):
        change(case, lambda one: clocks.suspend(one, Until.OTHER_RESULT))
    with on(2026, 7, 20):
        change(case, clocks.resume)
    row = newest(case)
    assert (row.due_on, row.waits_for) == (date(2026, 8, 10), None)
    assert make.now(case).due_on == date(2026, 8, 10)
    [pause] = session().scalars(select(ClockPause))
    assert (pause.from_on, pause.to_on) == (date(2026, 7, 10), date(2026, 7, 20))


def test_a_case_taken_over_begins_anew_and_shows_the_old_day(founded):
    with on(2026, 7, 1):
        case = accepted(founded)
    with on(2026, 8, 5):
        change(case, clocks.take_over)
    *_, before, after = clocks.history(case.id)
    assert (before.due_on, before.ending, before.was_late) == (date(2026, 7, 31), Ending.TAKEN_OVER, True)
    assert (after.row_id, after.started_on, after.due_on) == ("D5", date(2026, 8, 5), date(2026, 9, 4))
    assert (make.now(case).due_on, make.now(case).was_late) == (date(2026, 9, 4), True)


def test_a_case_at_rest_has_no_clock_to_change(founded):
    case = make.case_of(make.report(founded.settings))
    actor, ring = founded.made.signed_in(f"lead.{make.FRONT}")
    reason, text = DeclineReason.NO_FACTS, "Chưa đủ thông tin."
    triage.decline(actor, case, ring, reason=reason, text=text, seen=case.version)
    with pytest.raises(clocks.NoClock):
        change(case, clocks.resume)


def test_the_migration_gives_running_cases_their_clocks(founded):
    with on(2026, 7, 1):
        received = make.case_of(make.report(founded.settings)).id
        verifying = make.verifying(founded).id
    with on(2026, 7, 3):
        routed = make.routed(founded).id
    address = founded.settings.database
    founded.store.close()
    downgrade(address, "0002")
    upgrade(address)
    engine = make_engine(address, pool_size=1)
    with engine.connect() as connection:
        rows = {row.case_id: row for row in connection.execute(select(CaseClock.__table__))}
    engine.dispose()
    assert {case_id: (row.rule, row.started_on, row.due_on) for case_id, row in rows.items()} == {
        received: ("classify", date(2026, 7, 1), date(2026, 7, 10)),
        verifying: ("settle", date(2026, 7, 1), date(2026, 7, 31)),
        routed: ("accept", date(2026, 7, 3), date(2026, 7, 14)),
    }
    assert {row.calendar for row in rows.values()} == {""}
    assert {row.say_on - row.due_on for row in rows.values()} == {timedelta(0)}
