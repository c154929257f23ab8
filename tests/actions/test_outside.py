"""A body outside the portal: what is printed, who has not answered, letters that urge."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.action import Forbidden, Stale, session
from portal.data.models.body import Body
from portal.data.models.case import Case, Reminder
from portal.domain import clock
from portal.domain.answers import Finding
from portal.domain.life import IllegalStep, State
from portal.domain.permissions import Actor
from portal.domain.urging import Awaited, NotUrged
from portal.triage import actions, awaiting
from portal.triage.actions import ReminderKind
from tests.support import make, world_grouping
from tests.support import people as made_people

START = datetime(2026, 6, 30, 3, tzinfo=UTC)
REMINDER, ESCALATION = ReminderKind.REMINDER, ReminderKind.ESCALATION


@pytest.fixture
def founded(prepared):
    return prepared("people", made_people.found)


@pytest.fixture
def case(founded) -> Case:
    with clock.at(START):
        return world_grouping.outside(founded.made, founded.settings)


def city(founded: Any) -> tuple[Actor, Any]:
    found: tuple[Actor, Any] = founded.made.signed_in("lead.front.P79b")
    return found


def late(case: Case, days: int = 3) -> datetime:
    due = case.due_on
    assert due is not None
    return datetime(due.year, due.month, due.day, 3, tzinfo=UTC) + timedelta(days=days)


def test_what_went_is_kept_for_printing_and_nothing_else_is(founded, case: Case) -> None:
    actor, ring = city(founded)
    handed = actions.open_handed(actor, case, ring)
    [piece] = handed["pieces"]
    assert piece["narrative"] == "Bản chuyển ra ngoài."
    assert make.STORY not in str(handed)
    assert handed["told"]["source"]
    assert piece["as_lead"] is True
    ward, keys = founded.made.signed_in(f"lead.{make.FRONT}")
    with pytest.raises(Forbidden):
        actions.open_handed(ward, case, keys)


def test_the_list_shows_days_late_and_when_to_urge_again(founded, case: Case) -> None:
    actor, _ = city(founded)
    with clock.at(START):
        [line] = awaiting.lines(actor)
        assert (line.days_late(clock.today()), line.is_to_urge(clock.today())) == (0, False)
        assert line.handover.register_no == "12/MTTQ"
        assert line.body == session().get_one(Body, f"inspection.{world_grouping.OUTSIDE}").name
    with clock.at(late(case)):
        [line] = awaiting.lines(actor)
        assert (line.days_late(clock.today()), line.is_to_urge(clock.today())) == (3, True)
        actions.urge(actor, case, kind=REMINDER, register_no="20/MTTQ", seen=case.version)
        [line] = awaiting.lines(actor)
        assert line.is_to_urge(clock.today()) is False
        assert [one.days_late for one in line.letters] == [0, 3]
    with clock.at(late(case, 20)):
        assert awaiting.lines(actor)[0].is_to_urge(clock.today()) is True


def test_the_body_above_is_told_once_it_is_late_never_before(founded, case: Case) -> None:
    actor, _ = city(founded)
    with clock.at(START), pytest.raises(NotUrged, match="not_late"):
        actions.urge(actor, case, kind=ESCALATION, register_no="21/MTTQ", seen=case.version)
    session().rollback()
    assert len(awaiting.letters_of(case.id)) == 1
    with clock.at(late(case)):
        number = actions.urge(actor, case, kind=ESCALATION, register_no="21/MTTQ", seen=case.version)
    letter = session().get_one(Reminder, (case.id, number))
    assert (letter.to_body_id, letter.days_late, letter.register_no) == ("inspection.P79b", 3, "21/MTTQ")
    assert awaiting.lines(actor)[0].escalated is True
    assert case.was_late is True


def test_after_the_return_nobody_is_urged_and_the_list_is_empty(founded, case: Case) -> None:
    actor, ring = city(founded)
    given = {"finding": Finding.NONE, "answer": make.ANSWER, "dated": clock.today()}
    actions.record_return(actor, case, ring, seen=case.version, **given)
    assert case.state is State.CONCLUDED
    assert awaiting.lines(actor) == []
    with pytest.raises(IllegalStep):
        actions.urge(actor, case, kind=REMINDER, register_no="22/MTTQ", seen=case.version)


def test_urging_is_the_boards_own_and_refuses_what_moved(founded, case: Case) -> None:
    ward = founded.made.actor(f"lead.{make.FRONT}")
    with pytest.raises(Forbidden):
        actions.urge(ward, case, kind=REMINDER, register_no="23/MTTQ", seen=case.version)
    actor, _ = city(founded)
    with pytest.raises(Stale):
        actions.urge(actor, case, kind=REMINDER, register_no="23/MTTQ", seen=case.version + 1)
    assert awaiting.lines(ward) == []


def test_an_awaited_answer_is_late_the_day_after_its_limit() -> None:
    due = datetime(2026, 7, 1, tzinfo=UTC).date()
    awaited = Awaited(due)
    assert (awaited.days_late(due), awaited.is_to_urge(due)) == (0, False)
    tomorrow = due + timedelta(days=1)
    assert (awaited.days_late(tomorrow), awaited.is_to_urge(tomorrow)) == (1, True)
    assert Awaited(due, tomorrow + timedelta(days=1)).is_to_urge(tomorrow) is False
