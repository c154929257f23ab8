"""Duties beside the clock: a table that is whole, days counted by hand, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.data.deadlines import deadlines, shipped_calendar
from portal.domain.deadlines import CLOCKS, REPRISAL_CLOCKS, ends_on
from portal.domain.duties import (
    DUTIES,
    Matter,
    Owing,
    Standing,
    Taken,
    latest_start,
    owing,
    working_days_between,
)
from portal.domain.kinds import Kind, ReportKind
from portal.domain.life import MOVES, State, Step, steps_from
from portal.web.words.duties import DUTIES as SAID
from portal.web.words.duties import NOT_RUN

ROWS, CALENDAR = deadlines(), shipped_calendar()
RECEIVED = date(2026, 7, 1)
DENOUNCED = Matter(RECEIVED, Kind.DENUNCIATION)
WAY = (
    (Step.ROUTE, State.ROUTED),
    (Step.ACCEPT, State.ACCEPTED),
    (Step.BEGIN_VERIFICATION, State.VERIFYING),
    (Step.RECORD_EXPLANATION, State.VERIFYING),
    (Step.CONCLUDE, State.CONCLUDED),
    (Step.ANSWER, State.ANSWERED),
)


def taken(*steps: tuple[Step, State], start: date = RECEIVED) -> list[Taken]:
    """One step a day."""
    return [Taken(n + 2, step, to, start + timedelta(days=n + 1)) for n, (step, to) in enumerate(steps)]


def found(matter: Matter, steps: list[Taken], today: date) -> dict[str, Owing]:
    return {one.duty.rule: one for one in owing(matter, steps, ROWS, CALENDAR, today)}


def test_each_duty_is_a_row_that_is_on_and_can_be_done_where_it_is_owed() -> None:
    assert len({one.rule for one in DUTIES}) == len(DUTIES)
    assert {one.rule for one in DUTIES} == set(SAID)
    for duty in DUTIES:
        law = ROWS.on(duty.use.row, RECEIVED)
        assert law.is_on
        assert not law.extension, "an extension of a duty would have to be kept somewhere"
        for state in duty.open_in:
            # Wherever it is owed, a way of doing it is open, or the next step leads to one.
            ahead = {state, *(MOVES[step].target or state for step in steps_from(state))}
            assert any(duty.done_by & set(steps_from(one)) for one in ahead), (duty.rule, state)
        starts = {MOVES[step].target for step in duty.starts} or {State.RECEIVED}
        assert starts <= duty.open_in


def test_every_row_runs_as_a_clock_as_a_duty_or_says_why_not() -> None:
    on = {row.id for row in ROWS.rows if row.is_on}
    clocks = {use.row for use in (*CLOCKS.values(), *REPRISAL_CLOCKS.values())}
    duties = {one.use.row for one in DUTIES}
    assert not (clocks | duties) & set(NOT_RUN)
    assert clocks | duties | set(NOT_RUN) == on


def test_telling_the_person_complained_of_by_hand() -> None:
    steps = taken(*WAY[:2])  # accepted on Friday 3/7: 6, 7, 8, 9, 10/7
    open_now = found(DENOUNCED, steps, date(2026, 7, 10))["tell_person"]
    assert (open_now.due_on, open_now.standing, open_now.late) == (date(2026, 7, 10), Standing.OPEN, 0)
    late = found(DENOUNCED, steps, date(2026, 7, 14))["tell_person"]
    assert (late.standing, late.late) == (Standing.LATE, 2)
    told = [*steps, Taken(9, Step.TELL_PERSON, State.ACCEPTED, date(2026, 7, 13))]
    done = found(DENOUNCED, told, date(2026, 12, 1))["tell_person"]
    assert (done.standing, done.ended_on, done.late) == (Standing.DONE, date(2026, 7, 13), 1)
    gone = [*steps, Taken(9, Step.RETURN, State.RETURNED, date(2026, 7, 6))]
    assert found(DENOUNCED, gone, date(2026, 12, 1))["tell_person"].standing is Standing.VOID


def test_each_suspension_is_told_anew() -> None:
    steps = taken(*WAY[:3], (Step.SUSPEND, State.SUSPENDED), (Step.TELL_PERSON, State.SUSPENDED))
    steps += taken(
        (Step.RESUME_WORK, State.VERIFYING), (Step.SUSPEND, State.SUSPENDED), start=date(2026, 8, 3)
    )
    steps = [Taken(n, one.step, one.to_state, one.on) for n, one in enumerate(steps, 2)]
    both = [
        one
        for one in owing(DENOUNCED, steps, ROWS, CALENDAR, date(2026, 8, 20))
        if one.duty.rule == "tell_suspension"
    ]
    assert [(one.standing, one.started_on) for one in both] == [
        (Standing.DONE, date(2026, 7, 5)),
        (Standing.LATE, date(2026, 8, 5)),
    ]
    # 5/8 a Wednesday: 6, 7, 10, 11, 12/8.
    assert both[1].due_on == date(2026, 8, 12)


def test_a_conclusion_is_acted_on_and_published_of_a_denunciation_only() -> None:
    steps = taken(*WAY)  # concluded on Monday 6/7: seven working days end on 15/7
    today = date(2026, 7, 20)
    late = found(DENOUNCED, steps, today)
    for rule in ("act_on_conclusion", "publish_conclusion"):
        assert (late[rule].due_on, late[rule].standing, late[rule].late) == (
            date(2026, 7, 15),
            Standing.LATE,
            3,
        )
    closed = found(DENOUNCED, [*steps, Taken(9, Step.CLOSE, State.CLOSED, today)], today)
    assert closed["act_on_conclusion"].standing is Standing.DONE
    assert closed["publish_conclusion"].standing is Standing.LATE
    reviewed = [*steps, Taken(9, Step.REQUEST_REVIEW, State.UNDER_REVIEW, date(2026, 7, 8))]
    assert found(DENOUNCED, reviewed, today)["publish_conclusion"].standing is Standing.VOID
    petition = found(Matter(RECEIVED, Kind.PETITION), steps, today)
    assert set(petition) == {"tell_person", "first_answer", "handle_at_all"}


def test_from_the_receipt_on() -> None:
    today = date(2026, 8, 20)
    waiting = found(Matter(RECEIVED), [], today)
    assert waiting["first_answer"].due_on == date(2026, 7, 15)
    assert waiting["handle_at_all"].due_on == date(2026, 8, 17)  # 45 days end on a Saturday
    assert {one.standing for one in waiting.values()} == {Standing.LATE}
    review = found(Matter(RECEIVED, is_review=True), [], today)
    assert review["review_again"].due_on == date(2026, 7, 21)
    assert "review_again" not in waiting
    # The decree was not in force for what came in before it; praise has no limit.
    assert set(found(Matter(date(2026, 6, 30)), [], today)) == {"first_answer"}
    assert found(Matter(RECEIVED, report_kind=ReportKind.PRAISE), [], today) == {}


def test_days_of_an_unconfirmed_year_are_provisional() -> None:
    assert not found(Matter(RECEIVED), [], RECEIVED)["first_answer"].provisional
    assert found(Matter(date(2031, 7, 1)), [], date(2031, 7, 1))["first_answer"].provisional


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from(DUTIES))
def test_the_latest_start_parts_those_that_ended_from_those_that_did_not(day, duty) -> None:
    law = ROWS.on(duty.use.row, date(2026, 7, 1))
    start = latest_start(law, CALENDAR, day)
    assert ends_on(law, start, CALENDAR) <= day < ends_on(law, start + timedelta(days=1), CALENDAR)


@st.composite
def walks(draw: st.DrawFn) -> list[Taken]:
    """A way through the life of a case, some days between the steps."""
    state, day, steps = State.RECEIVED, RECEIVED, []
    for version in range(2, draw(st.integers(2, 25))):
        step = draw(st.sampled_from(steps_from(state)))
        state, day = MOVES[step].target or state, day + timedelta(days=draw(st.integers(0, 9)))
        steps.append(Taken(version, step, state, day))
    return steps


@given(walks(), st.sampled_from([None, *Kind]), st.booleans(), st.integers(0, 60))
def test_what_always_holds(steps, kind, is_review, later) -> None:
    today = (steps[-1].on if steps else RECEIVED) + timedelta(days=later)
    state = steps[-1].to_state if steps else State.RECEIVED
    seen = owing(Matter(RECEIVED, kind, is_review=is_review), steps, ROWS, CALENDAR, today)
    for one in seen:
        waits = one.standing in (Standing.OPEN, Standing.LATE)
        assert waits == (one.ended_on is None)
        assert not waits or state in one.duty.open_in
        assert one.started_on < one.due_on
        assert (one.late > 0) <= ((one.ended_on or today) > one.due_on)
        assert (one.standing is Standing.LATE) == (waits and today > one.due_on)
    assert len({(one.duty.rule, one.place) for one in seen}) == len(seen)
    # What is late today is late tomorrow, whatever else happens in between (rule 28).
    then = owing(
        Matter(RECEIVED, kind, is_review=is_review), steps, ROWS, CALENDAR, today + timedelta(days=1)
    )
    for before, after in zip(seen, then, strict=True):
        assert after.late >= before.late


@pytest.mark.parametrize(("until", "days"), [(date(2026, 7, 10), 0), (date(2026, 7, 12), 0)])
def test_a_weekend_makes_nobody_later(until, days) -> None:
    assert working_days_between(date(2026, 7, 10), until, CALENDAR) == days
