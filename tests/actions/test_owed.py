"""What is owed beside the clocks, on both databases: lists that agree with the rules, numbers on the desk."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import insert, select

from portal.casework import actions as casework
from portal.casework import queries as committee_queries
from portal.conflicts import actions as conflicts
from portal.data import db
from portal.data.db import session
from portal.data.models.case import Case, CaseStep
from portal.desk import queries
from portal.domain import clock
from portal.domain.duties import DUTIES, Standing
from portal.domain.entries import Ask, Entry
from portal.domain.kinds import Kind
from portal.domain.life import DESKS, MOVES, State, Step, steps_from
from portal.papers import duties, lists, owed
from portal.papers.deadlines import working_days_on
from tests.support import make, people

WALKS = 250
FIRST = date(2026, 6, 25)
ONWARD = {
    *(Step.ROUTE, Step.ACCEPT, Step.BEGIN_VERIFICATION, Step.SUSPEND),
    *(Step.RESUME_WORK, Step.CONCLUDE, Step.ANSWER, Step.CLOSE),
}


@pytest.fixture
def founded(prepared):
    return prepared("people", people.found)


def on(month: int, day: int):
    """Nine in the morning of a day of 2026 in Viet Nam."""
    return clock.at(datetime(2026, month, day, 2, tzinfo=UTC))


def walked(chance: random.Random, number: int, like: dict) -> tuple[dict, list[dict]]:
    """A case that went a random way, as rows."""
    opened = FIRST + timedelta(days=chance.randrange(10))
    state, day, steps = State.RECEIVED, opened, []
    for version in range(2, chance.randrange(2, 16)):
        ahead = [step for step in steps_from(state) if step in ONWARD and chance.random() < 0.7]
        step = chance.choice(ahead or steps_from(state))
        before, state = state, MOVES[step].target or state
        day += timedelta(days=chance.randrange(6))
        # From midnight in Viet Nam to the minute before the next, and as a resident's step is kept.
        at = datetime.combine(day, time(chance.randrange(24), 59), clock.VIETNAM).astimezone(UTC)
        if chance.random() < 0.3:
            at = datetime.combine(day, time.min, UTC)
        key = {"case_id": f"w{number:015}", "version": version, "step": step}
        steps.append(key | {"from_state": before, "to_state": state, "at": at})
    return like | {
        "id": f"w{number:015}",
        "state": state,
        "desk": DESKS[state],
        "kind": chance.choice([None, Kind.PETITION, Kind.DENUNCIATION, Kind.DENUNCIATION]),
        "review_of": chance.choice([None, like["id"]]),
        "leader_id": make.COMMITTEE,
        "opened_on": opened,
    }, steps


def test_the_lists_agree_with_the_rules_wherever_a_case_goes(founded):
    make.report(founded.settings)
    like = dict(session().execute(select(Case.__table__).limit(1)).mappings().one())
    session().rollback()
    chance = random.Random(20260701)
    made = [walked(chance, number, like) for number in range(WALKS)]
    raw = db.make_engine(db.store().engine.url.render_as_string(hide_password=False), pool_size=1)
    with raw.begin() as connection:
        connection.execute(insert(Case.__table__), [case for case, _ in made])
        connection.execute(insert(CaseStep.__table__), [step for _, steps in made for step in steps])
    raw.dispose()
    cases = session().scalars(select(Case).where(Case.id.startswith("w"))).all()
    taken = {case.id: [one for one in _steps() if one.case_id == case.id] for case in cases}
    seen = set()
    for day in (date(2026, 7, 3), date(2026, 7, 9), date(2026, 7, 20), date(2026, 8, 17), date(2026, 11, 2)):
        with on(day.month, day.day):
            late, soon = set(), set()
            for case in cases:
                for one in duties.owing(case, taken[case.id]):
                    if one.standing is Standing.LATE:
                        late.add(case.id)
                        seen.add(one.duty.rule)
                    near = working_days_on(day, one.duty.near)
                    if one.standing is Standing.OPEN and one.due_on <= near:
                        soon.add(case.id)
            assert _ids(owed.late(day)) == late
            assert _ids(owed.soon(day)) == soon
    assert seen == {one.rule for one in DUTIES}, "a walk that proves nothing of a duty"


def _steps():
    return session().scalars(select(CaseStep).order_by(CaseStep.version)).all()


def _ids(wanted) -> set[str]:
    return set(session().scalars(select(Case.id).where(Case.id.startswith("w"), wanted)))


def numbers(actor, day):
    return {(one.stage, one.line.name): one.number for one in queries.work(actor, day)}


def test_the_desk_counts_what_is_late_beside_the_clock_and_its_queue_lists_it(founded):
    with on(7, 1):
        case = make.verifying(founded, heard=False)
        lead, ring = make.lead(founded)
        casework.assign(lead, make.now(case), account_id=lead.id, seen=make.now(case).version)
    for day, number in ((date(2026, 7, 8), 0), (date(2026, 7, 9), 1)):
        with clock.at(datetime.combine(day, time(9), clock.VIETNAM)):
            found = numbers(lead, day)
        assert (found["casework", "owed"], found["casework", "mine_owed"]) == (number, number)
    listed = lists.at_committee({"desk": lists.OWED}, lead, date(2026, 7, 9))
    assert [one.id for one in committee_queries.queue(lead, listed.filters)] == [case.id]
    board, _ring = founded.made.signed_in(f"lead.{make.FRONT}")
    assert numbers(board, date(2026, 7, 9))["triage", "owed"] == 0
    member, _ring = founded.made.signed_in(f"member.{make.COMMITTEE}")
    conflicts.stand_aside(member, make.now(case))
    assert numbers(member, date(2026, 7, 9))["casework", "owed"] == 0
    with on(7, 9):
        told = casework.Entered(Entry.PERSON_TOLD, date(2026, 7, 9), "Đã báo.", None, {Ask.NUMBER: "1-TB"})
        casework.enter(lead, make.now(case), ring, what=told)
    assert numbers(lead, date(2026, 7, 9))["casework", "owed"] == 0


def test_a_board_hears_nothing_for_ten_days_and_that_counts(founded):
    with on(7, 1):
        make.case_of(make.report(founded.settings))
    board, _ring = founded.made.signed_in(f"lead.{make.FRONT}")
    assert numbers(board, date(2026, 7, 15))["triage", "owed"] == 0
    assert numbers(board, date(2026, 7, 16))["triage", "owed"] == 1
