"""The worker on what is owed: told once before its day and once after it, to whom it concerns."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.action import session
from portal.casework import actions as casework
from portal.conflicts import actions as conflicts
from portal.data import audit, calendar
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case
from portal.data.models.followed import DutyTold
from portal.data.models.office import StaffNotice
from portal.domain import clock
from portal.domain.entries import Ask, Entry
from portal.domain.noticing import Notice
from portal.worker import owed
from tests.support import make, people
from tests.support.several import at_once

SOON, LATE = Notice.DUTY_SOON, Notice.DUTY_LATE
LEAD, MEMBER = f"lead.{make.COMMITTEE}", f"member.{make.COMMITTEE}"
ABOVE = "lead.inspection.P79b"


@pytest.fixture
def founded(prepared):
    calendar.forget()
    yield prepared("people", people.found)
    calendar.forget()


def on(month: int, day: int):
    """Nine in the morning of a day of 2026 in Viet Nam."""
    return clock.at(datetime(2026, month, day, 2, tzinfo=UTC))


def told() -> Counter[tuple[str, Notice]]:
    """How often each account was told which notice of what is owed."""
    wanted = select(StaffNotice.account_id, StaffNotice.notice).where(StaffNotice.notice.in_([SOON, LATE]))
    found = Counter((account, notice) for account, notice in session().execute(wanted))
    session().rollback()
    return found


def of(founded, notice: Notice, *logins: str) -> Counter[tuple[str, Notice]]:
    return Counter({(founded.made[login].account_id, notice): 1 for login in logins})


def unheard(founded) -> Case:
    """Accepted on 1/7 and given to an official; the one complained of was not told: until 8/7."""
    with on(7, 1):
        case = make.verifying(founded, heard=False)
        actor, _ring = make.lead(founded)
        member = founded.made[MEMBER].account_id
        casework.assign(actor, make.now(case), account_id=member, seen=make.now(case).version)
    return make.now(case)


def test_told_once_before_its_day_and_once_after_it_the_body_above_when_late(founded):
    unheard(founded)
    with on(7, 3):
        assert owed.run() == 0
    for day in (6, 7, 8):
        with on(7, day):
            assert owed.run() == (day == 6)
            assert owed.run() == 0
    assert told() == of(founded, SOON, LEAD, MEMBER)
    for day in (9, 10, 20):
        with on(7, day):
            assert owed.run() == (day == 9)
    assert told() == of(founded, SOON, LEAD, MEMBER) + of(founded, LATE, LEAD, MEMBER, ABOVE)
    assert audit.verify(session()).faults == ()


def test_a_worker_that_was_away_says_that_it_is_late_only(founded):
    unheard(founded)
    with on(7, 20):
        assert owed.run() == 1
    assert told() == of(founded, LATE, LEAD, MEMBER, ABOVE)


def test_what_was_done_in_time_is_never_spoken_of(founded):
    with on(7, 1):
        make.verifying(founded)
    for day in (6, 9, 20):
        with on(7, day):
            assert owed.run() == 0
    assert told() == Counter()


def test_of_a_case_that_one_has_no_part_in_he_hears_nothing(founded):
    case = unheard(founded)
    member, _ring = founded.made.signed_in(MEMBER)
    with on(7, 2):
        conflicts.stand_aside(member, case)
    with on(7, 9):
        owed.run()
    assert told() == of(founded, LATE, LEAD, ABOVE)


def test_a_record_with_a_day_is_told_to_its_office_alone(founded):
    with on(7, 1):
        case = make.verifying(founded)
        actor, ring = make.lead(founded)
        asked = {Ask.TO: "Phòng Nội vụ", Ask.NUMBER: "9-CV"}
        what = casework.Entered(Entry.DOCUMENTS, date(2026, 7, 1), "Sổ giao nhận.", date(2026, 7, 15), asked)
        record = casework.enter(actor, make.now(case), ring, what=what)
    for day, count in ((10, 0), (13, 1), (14, 0), (16, 1), (17, 0)):
        with on(7, day):
            assert owed.run() == count, day
    assert told() == of(founded, SOON, LEAD) + of(founded, LATE, LEAD)
    rows = session().execute(select(DutyTold.rule, DutyTold.place, DutyTold.late).order_by(DutyTold.late))
    assert [tuple(row) for row in rows] == [("followed", record, False), ("followed", record, True)]


def test_of_several_workers_each_thing_is_told_once(founded):
    for _ in range(3):
        unheard(founded)

    def work() -> int:
        with on(7, 9):
            return owed.run()

    assert sum(at_once(founded.store, 3, work)) == 3
    assert session().scalar(select(func.count()).select_from(DutyTold)) == 3
    acts = select(AuditEntry.objects).where(AuditEntry.act == "worker.tell_owed")
    named = session().scalars(acts).all()
    assert "".join(named).count("case:") == 3
