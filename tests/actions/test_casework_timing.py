"""Suspending, resuming and extending a case: clock, reason, letter; on both databases."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.action import Forbidden, Stale, session
from portal.casework import actions
from portal.data.models.report import Message, MessageKind
from portal.data.models.timing import ClockExtension
from portal.domain import clock
from portal.domain.clocks import NotExtendable, Until
from portal.domain.deadlines import Ground
from portal.domain.life import Desk, IllegalStep, State
from portal.papers import timing
from tests.support import make, people

REASON, TOLD = "Quyết định 12/QĐ ngày 3/7.", "Chúng tôi chờ kết quả giám định."


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


@pytest.fixture
def lead(founded):
    return make.lead(founded)


def on(year: int, month: int, day: int):
    return clock.at(datetime(year, month, day, 2, tzinfo=UTC))


def begun(founded, *, heard=True):
    with on(2026, 7, 1):
        return make.verifying(founded, heard=heard)


def suspend(lead, case, **changes):
    given = {"until": Until.OTHER_RESULT, "reason": REASON, "text": TOLD, "seen": case.version} | changes
    actions.suspend(lead[0], case, lead[1], **given)


def resume(lead, case):
    actions.resume_work(lead[0], case, lead[1], reason=REASON, text=TOLD, seen=case.version)


def extend(lead, case, ground=Ground.COMPLEX, days=30):
    given = {"ground": ground, "days": days, "reason": REASON, "text": TOLD, "seen": case.version}
    actions.extend(lead[0], case, lead[1], **given)


def letters(lead, case):
    return [one.content for one in actions.open_case(lead[0], case, lead[1]).reports[0].letters]


def test_a_suspended_case_has_no_day_due_and_goes_on_with_what_was_left(founded, lead):
    case = begun(founded)
    due = case.due_on
    with on(2026, 7, 3):
        suspend(lead, case)
        assert (case.state, case.desk, case.due_on) == (State.SUSPENDED, Desk.COMMITTEE, None)
    with on(2026, 7, 13):
        forecast = timing.due_if_resumed(case)
        resume(lead, case)
    assert case.state is State.VERIFYING
    # Ten days stood still; 30/7 + 10 is Sunday 9/8 … 31/7 + 10 = 10/8, a Monday.
    assert (due, case.due_on) == (date(2026, 7, 31), date(2026, 8, 10))
    assert forecast == case.due_on
    assert letters(lead, case) == [
        {"notice": "suspended", "until": "other_result", "text": TOLD},
        {"notice": "resumed", "due": "2026-08-10", "text": TOLD},
    ]
    kept = [paper.content["text"] for paper in actions.open_case(lead[0], case, lead[1]).papers]
    assert kept[-2:] == [REASON, REASON]


def test_nothing_is_concluded_or_extended_while_it_stands_still(founded, lead):
    case = begun(founded)
    suspend(lead, case)
    with pytest.raises(IllegalStep):
        extend(lead, case)
    with pytest.raises(IllegalStep):
        suspend(lead, case)
    actions.note(lead[0], case, lead[1], text="Đã nhắc nơi giám định.")
    assert make.now(case).state is State.SUSPENDED


def test_an_extension_tells_the_resident_the_ground_and_the_new_day(founded, lead):
    case = begun(founded)
    with on(2026, 7, 20):
        extend(lead, case)
    assert case.due_on == date(2026, 9, 3)  # 30/8 is a Sunday, 31/8 to 2/9 are off
    (letter,) = letters(lead, case)
    assert letter == {
        "notice": "extended",
        "ground": "complex",
        "days": 30,
        "unit": "d",
        "due": "2026-09-03",
        "text": TOLD,
    }
    more = session().scalars(select(ClockExtension)).one()
    message = session().get_one(Message, more.message_id)
    assert (message.kind, message.case_id) == (MessageKind.NOTICE, case.id)


@pytest.mark.parametrize(
    ("ground", "days", "why"),
    [
        (Ground.NECESSARY, 30, "no_ground"),
        (Ground.SEVERAL_PLACES, 3, "no_ground"),
        (Ground.COMPLEX, 31, "too_long"),
        (Ground.COMPLEX, 0, "too_long"),
    ],
)
def test_outside_the_law_nothing_changes_and_nobody_is_told(founded, lead, ground, days, why):
    case = begun(founded)
    with pytest.raises(NotExtendable) as refused:
        extend(lead, case, ground, days)
    assert refused.value.why == why
    assert letters(lead, make.now(case)) == []
    assert session().scalars(select(ClockExtension)).all() == []


def test_a_complex_case_is_extended_once_a_very_complex_one_twice(founded, lead):
    case = begun(founded)
    extend(lead, case, Ground.VERY_COMPLEX)
    extend(lead, case, Ground.VERY_COMPLEX)
    with pytest.raises(NotExtendable, match="too_often"):
        extend(lead, case, Ground.VERY_COMPLEX)


def test_late_stays_late_after_an_extension(founded, lead):
    case = begun(founded)
    with on(2026, 8, 5):
        extend(lead, case)
    assert case.was_late
    (accepted, settling) = [one for one in timing.shown(case) if one.row.rule in ("accept", "settle")]
    assert settling.row.was_late
    assert not accepted.row.was_late
    assert settling.law.id == "D5"


def test_before_acceptance_the_grounds_are_those_of_that_limit(founded, lead):
    with on(2026, 7, 1):
        case = make.routed(founded)
        assert timing.extendable(case).grounds == (Ground.SEVERAL_PLACES, Ground.DELEGATED)
        extend(lead, case, Ground.DELEGATED, 3)
    assert case.due_on == date(2026, 7, 15)


def test_only_the_lead_suspends_and_a_page_too_old_decides_nothing(founded, lead):
    case = begun(founded)
    with pytest.raises(Forbidden):
        suspend(founded.made.signed_in(f"member.{make.COMMITTEE}"), case)
    with pytest.raises(Stale):
        suspend(lead, case, seen=case.version - 1)
    assert make.now(case).state is State.VERIFYING
