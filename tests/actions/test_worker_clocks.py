"""The worker's rounds over clocks: warned once, late for ever, counted again when days off change."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts.actions import set_email
from portal.action import session
from portal.casework import actions as casework
from portal.data import audit, calendar
from portal.data.models.account import Account
from portal.data.models.audit import AuditEntry
from portal.data.models.case import Case
from portal.data.models.office import Outbox, StaffNotice
from portal.data.models.timing import CaseClock
from portal.domain import clock
from portal.domain.calendar_rows import Effect
from portal.domain.deadlines import Ground
from portal.papers.clocks import history
from portal.registry.calendar import NotADay, confirm_year, entries, in_force, of_year, set_day
from portal.worker import clocks
from portal.worker.clocks import NOTICES, WORKER
from tests.support import make, people
from tests.support.several import at_once


@pytest.fixture
def founded(prepared):
    calendar.forget()
    yield prepared("people", people.found)
    calendar.forget()


def on(year: int, month: int, day: int):
    """Nine in the morning of a day in Viet Nam."""
    return clock.at(datetime(year, month, day, 2, tzinfo=UTC))


def told() -> Counter[tuple[str, str]]:
    """How often each account was queued which notice of a clock."""
    rows = session().execute(
        select(StaffNotice.account_id, StaffNotice.notice).where(StaffNotice.notice.in_(NOTICES.values()))
    )
    return Counter((account, notice) for account, notice in rows)


def of(founded, *logins: str, notice: str) -> dict[tuple[str, str], int]:
    return {(founded.made[login].account_id, notice): 1 for login in logins}


def accepted(founded) -> Case:
    case = make.routed(founded)
    actor, _ = make.lead(founded)
    casework.accept(actor, case, seen=case.version)
    return case


def test_a_new_report_gets_its_clock_in_the_first_round(founded):
    with on(2026, 6, 30):
        case = make.case_of(make.report(founded.settings))
        assert clocks.run() == 1
        [row] = history(case.id)
        assert (row.rule, row.started_on, row.due_on) == ("classify", date(2026, 6, 30), date(2026, 7, 9))
        assert clocks.run() == 0


def test_warned_at_each_level_once(founded):
    with on(2026, 6, 30):
        case = make.case_of(make.report(founded.settings))
    board = (f"lead.{make.FRONT}", f"member.{make.FRONT}")
    with on(2026, 7, 3):
        clocks.run()
        assert told() == {}
    with on(2026, 7, 6):  # the fourth of seven working days
        assert clocks.run() == 1
        assert clocks.run() == 0
        assert told() == of(founded, *board, notice="clock_half")
    with on(2026, 7, 8):
        clocks.run()
        clocks.run()
        half = of(founded, *board, notice="clock_half")
        assert told() == half | of(founded, *board, notice="clock_four_fifths")
    with on(2026, 7, 9):
        clocks.run()
        clocks.run()
        due = of(founded, *board, "lead.front.P79b", notice="clock_due")
        assert {key: n for key, n in told().items() if key[1] == "clock_due"} == due
        assert make.now(case).was_late is False
    before = told()
    with on(2026, 7, 10):
        clocks.run()
        clocks.run()
    assert told() == before
    assert (make.now(case).was_late, history(case.id)[0].was_late) == (True, True)
    assert audit.verify(session()).faults == ()


def test_a_worker_that_was_away_says_the_highest_level_only(founded):
    with on(2026, 7, 1):
        accepted(founded)
    with on(2026, 9, 1):
        clocks.run()
        clocks.run()
    lead = f"lead.{make.COMMITTEE}"
    assert told() == of(founded, lead, "lead.inspection.P79b", notice="clock_due")


def test_a_notice_names_nothing_and_leaves_in_the_morning(founded):
    with on(2026, 7, 1):
        accepted(founded)
    actor, _ = make.lead(founded)
    set_email(actor, session().get_one(Account, actor.id), email="can-bo@example.vn")
    with clock.at(datetime(2026, 7, 15, 17, 5, tzinfo=UTC)):  # five past midnight in Viet Nam
        clocks.run()
    [row] = session().scalars(select(Outbox).where(Outbox.notice == "clock_half"))
    assert row.due_at == datetime(2026, 7, 16, 0, tzinfo=UTC)


def test_the_assigned_official_is_warned_too(founded):
    with on(2026, 7, 1):
        case = accepted(founded)
        actor, _ = make.lead(founded)
        other = founded.made[f"member.{make.COMMITTEE}"].account_id
        casework.assign(actor, case, account_id=other, seen=case.version)
    with on(2026, 7, 16):
        clocks.run()
    assert told() == of(founded, f"lead.{make.COMMITTEE}", f"member.{make.COMMITTEE}", notice="clock_half")


def test_what_ended_in_time_is_never_spoken_of(founded):
    with on(2026, 7, 1):
        make.answered(founded)
    with on(2026, 7, 20):
        clocks.run()
    assert {notice for _, notice in told()} <= {"clock_half"}
    assert session().scalar(select(func.count()).where(Case.was_late)) == 0


def test_of_several_workers_each_clock_is_told_once(founded):
    with on(2026, 7, 1):
        for _ in range(3):
            accepted(founded)
        clocks.run()

    def work() -> int:
        with on(2026, 7, 16):
            return clocks.run()

    at_once(founded.store, 3, work)
    named = [
        entry.objects for entry in session().scalars(select(AuditEntry)) if entry.act == "worker.tell_levels"
    ]
    assert "".join(named).count("case:") == 3
    assert {row.said for row in session().scalars(select(CaseClock)) if row.ended_on is None} == {50}


def typhoon(founded) -> None:
    actor = founded.made.actor("registrar.front.P79b")
    what, source = "Nghỉ tránh bão", "Công điện 12/CĐ-TTg"
    set_day(actor, None, day=date(2026, 7, 7), effect=Effect.OFF, what=what, source=source)


def test_a_changed_calendar_moves_open_clocks_only(founded):
    with on(2026, 6, 30):
        open_case = make.case_of(make.report(founded.settings))
        ended = make.routed(founded)
        clocks.run()
        before = {(row.case_id, row.number): row.due_on for row in history(ended.id)}
        assert make.now(open_case).due_on == date(2026, 7, 9)
        typhoon(founded)
        entry = session().scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
        assert (entry.act, "calendar_day" in entry.changes) == ("registry.set_day", True)
        assert clocks.run() == 2  # the received case and the routed one; what ended is no clock any more
        assert clocks.run() == 0
    assert make.now(open_case).due_on == date(2026, 7, 10)
    first, second = history(ended.id)
    assert first.due_on == before[ended.id, 1] == date(2026, 7, 9)
    assert second.due_on == date(2026, 7, 10)
    acts = [entry.act for entry in session().scalars(select(AuditEntry))]
    assert acts.count("worker.count_again") == 1


def test_late_stays_late_when_the_calendar_gives_more_time(founded):
    with on(2026, 6, 30):
        case = make.case_of(make.report(founded.settings))
    with on(2026, 7, 10):
        clocks.run()
        assert make.now(case).was_late
        typhoon(founded)
        clocks.run()
    stored = make.now(case)
    assert (stored.due_on, stored.was_late) == (date(2026, 7, 10), True)


def test_extended_clocks_are_counted_with_their_extension(founded):
    with on(2026, 6, 10):
        accepted(founded)
        row = session().scalars(select(CaseClock).where(CaseClock.ended_on.is_(None))).one()
        assert row.due_on == date(2026, 7, 10)
    assert Ground.COMPLEX.value == "complex"


def test_days_are_kept_with_editor_and_document_and_taken_back(founded):
    with on(2026, 6, 30):
        typhoon(founded)
        assert not in_force().is_working_day(date(2026, 7, 7))
        assert [row.source for row in of_year(2026) if row.day == date(2026, 7, 7)] == ["Công điện 12/CĐ-TTg"]
        actor = founded.made.actor("registrar.front.P79b")
        back = {"day": date(2026, 7, 7), "what": "Bão tan", "source": "Công điện 13/CĐ-TTg"}
        set_day(actor, None, effect=Effect.AS_SHIPPED, **back)
        assert in_force().is_working_day(date(2026, 7, 7))
        newest, oldest = entries(2026)
    assert (newest.effect, oldest.effect, newest.on) == ("as_shipped", "off", date(2026, 6, 30))
    assert newest.by
    assert newest.by == oldest.by


def test_a_year_is_confirmed_and_unconfirmed(founded):
    actor = founded.made.actor("registrar.front.P79b")
    assert in_force().doubts(date(2027, 1, 4), date(2027, 1, 6)) == (2027,)
    confirm_year(actor, None, year=2027, confirmed=True, source="10065/VPCP-KGVX")
    assert in_force().doubts(date(2027, 1, 4), date(2027, 1, 6)) == ()
    assert in_force().confirmed_by(2027) == "10065/VPCP-KGVX"
    before = in_force().revision
    confirm_year(actor, None, year=2027, confirmed=False, source="Chờ thông báo")
    assert in_force().doubts(date(2027, 1, 4), date(2027, 1, 6)) == (2027,)
    assert in_force().revision == before  # nothing is counted again for a confirmation


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"day": date(1999, 1, 1)}, "year"),
        ({"effect": Effect.WORKED}, "weekday"),
        ({"source": " "}, "source"),
    ],
)
def test_entries_that_cannot_be_are_refused(founded, changes, why):
    entry = {"day": date(2026, 7, 7), "effect": Effect.OFF, "what": "Nghỉ", "source": "Văn bản"} | changes
    with pytest.raises(NotADay, match=why):
        set_day(WORKER, None, **entry)
    assert entries(2026) == []


def test_a_calendar_read_before_is_read_again_within_a_minute(founded, monkeypatch):
    assert in_force().is_working_day(date(2026, 7, 7))
    typhoon(founded)
    calendar.forget()
    assert not in_force().is_working_day(date(2026, 7, 7))
    assert timedelta(seconds=calendar._KEPT_SECONDS) <= timedelta(minutes=1)
