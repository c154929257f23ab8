"""Substitution during leave: the substitute has the cases from the first day to the last, and no longer."""

from datetime import date, datetime, timedelta

import pytest

from portal.accounts import actions as accounts
from portal.accounts import queries as members
from portal.action import Forbidden, session
from portal.casework import actions as casework
from portal.casework import queries
from portal.conflicts import actions as conflicts
from portal.data import audit
from portal.data.models.audit import AuditEntry
from portal.domain import clock
from portal.domain.life import IllegalStep
from portal.domain.permissions import Role
from portal.domain.substituting import Leave, Why, refusal
from portal.papers import substitutes
from portal.papers.lists import Filters
from portal.worker import clocks
from tests.support import make, people
from tests.support.make import COMMITTEE, FRONT

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=clock.VIETNAM)
FIRST, LAST = date(2026, 3, 4), date(2026, 3, 9)
A, B, C = "a", "b", "c"


@pytest.fixture
def founded(prepared):
    made = prepared("people", people.found)
    people.join(made.made, f"lead.{COMMITTEE}", COMMITTEE, "third", {Role.INSPECTOR})
    return made


def at(day: date):
    return clock.at(NOON + (day - NOON.date()))


def named(founded, officer: str = "member", other: str = "third", first=FIRST, last=LAST) -> str:
    actor, _ = make.lead(founded)
    ids = {who: founded.made[f"{who}.{COMMITTEE}"].account_id for who in ("lead", "member", "third")}
    given = {"officer_id": ids[officer], "substitute_id": ids[other], "first": first, "last": last}
    return casework.name_substitute(actor, queries.body(COMMITTEE), **given)


def assigned(founded):
    case = make.routed(founded)
    actor, _ = make.lead(founded)
    member = founded.made[f"member.{COMMITTEE}"].account_id
    casework.assign(actor, case, account_id=member, seen=case.version)
    return case


def mine(founded, who: str) -> list[str]:
    actor = founded.made.actor(f"{who}.{COMMITTEE}")
    away = frozenset(one.officer_id for one in substitutes.stood_for_by(actor))
    session().rollback()
    return [one.id for one in queries.queue(actor, Filters(assignee_id=actor.id, stands_in_for=away))]


@pytest.mark.parametrize(
    ("new", "others", "why"),
    [
        (Leave(A, B, FIRST, LAST), [], None),
        (Leave(A, B, FIRST, FIRST), [], None),
        (Leave(A, A, FIRST, LAST), [], Why.ONESELF),
        (Leave(A, B, LAST, FIRST), [], Why.ORDER),
        (Leave(A, B, NOON.date() - timedelta(1), LAST), [], Why.PAST),
        (Leave(A, B, LAST, LAST), [Leave(A, C, FIRST, LAST)], Why.OVERLAP),
        (Leave(A, B, LAST + timedelta(1), LAST + timedelta(2)), [Leave(A, C, FIRST, LAST)], None),
        (Leave(A, B, LAST, LAST), [Leave(B, C, FIRST, LAST)], Why.SUBSTITUTE_AWAY),
        (Leave(B, C, FIRST, FIRST), [Leave(A, B, FIRST, LAST)], Why.OFFICER_STANDS_IN),
        (Leave(C, B, FIRST, FIRST), [Leave(A, B, FIRST, LAST)], None),
    ],
)
@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_who_may_stand_in(new, others, why, kind) -> None:
    assert refusal(new, others, NOON.date()) is why


def test_from_the_first_day_to_the_last_and_no_longer(founded) -> None:
    with at(NOON.date()):
        case = assigned(founded)
        named(founded)
    days = [FIRST - timedelta(1), FIRST, LAST, LAST + timedelta(1)]
    seen = {}
    for day in days:
        with at(day):
            seen[day] = mine(founded, "third"), substitutes.of_case(make.now(case)) is not None
            assert mine(founded, "member") == [case.id]
    assert [seen[day] for day in days] == [([], False), ([case.id], True), ([case.id], True), ([], False)]


def test_the_substitute_is_warned_of_the_clock_too(founded, monkeypatch) -> None:
    told: list[set[str]] = []
    monkeypatch.setattr(clocks, "remind", lambda readers, notice: told.append(set(readers)))
    third = founded.made[f"third.{COMMITTEE}"].account_id
    with at(NOON.date()):
        case = assigned(founded)
        due = make.now(case).due_on
        named(founded, first=due, last=due)
    with at(due - timedelta(1)):
        clocks.run()
    assert told
    assert not any(third in one for one in told)
    told.clear()
    with at(due):
        clocks.run()
    assert any(third in one for one in told)


def test_who_is_barred_from_a_case_gets_neither_the_case_nor_a_notice(founded, monkeypatch) -> None:
    told: list[set[str]] = []
    monkeypatch.setattr(clocks, "remind", lambda readers, notice: told.append(set(readers)))
    third = founded.made[f"third.{COMMITTEE}"].account_id
    actor, ring = founded.made.signed_in(f"third.{COMMITTEE}")
    lead = founded.made[f"lead.{COMMITTEE}"].account_id
    with at(NOON.date()):
        case = assigned(founded)
        barred_from(founded, case, third)
        due = make.now(case).due_on
        named(founded, last=due)
    with at(due):
        clocks.run()
        standing = substitutes.of_case(make.now(case))
        assert standing is not None
        assert standing.kept
        assert mine(founded, "third") == []
        with pytest.raises(Forbidden):
            casework.open_case(actor, make.now(case), ring)
    assert any(lead in one for one in told)
    assert not any(third in one for one in told)


def barred_from(founded, case, account_id: str) -> None:
    """Through an act, as every conflict is recorded."""
    actor, _ = founded.made.signed_in(f"third.{COMMITTEE}")
    assert actor.id == account_id
    conflicts.stand_aside(actor, case)


def test_ending_early_takes_effect_at_once(founded) -> None:
    with at(NOON.date()):
        case = assigned(founded)
        key = named(founded)
    actor, _ = make.lead(founded)
    with at(FIRST):
        assert mine(founded, "third") == [case.id]
        casework.end_substitution(actor, substitutes.one(key))
        assert mine(founded, "third") == []
        with pytest.raises(IllegalStep):
            casework.end_substitution(actor, substitutes.one(key))
        named(founded, first=FIRST + timedelta(1))  # the days are free again
    acts = [row.act for row in session().query(AuditEntry)]
    assert acts.count("casework.name_substitute") == 2
    assert acts.count("casework.end_substitution") == 1
    assert audit.verify(session()).faults == ()


@pytest.mark.parametrize(
    ("officer", "other", "why"),
    [
        ("third", "third", Why.ONESELF),
        ("member", "lead", Why.OVERLAP),
        ("lead", "member", Why.SUBSTITUTE_AWAY),
        ("third", "lead", Why.OFFICER_STANDS_IN),
    ],
)
def test_what_is_refused_changes_nothing(founded, officer, other, why) -> None:
    with at(NOON.date()):
        named(founded)
        with pytest.raises(casework.NotNamed) as refused:
            named(founded, officer, other)
        assert refused.value.why is why
        assert len(substitutes.not_over(COMMITTEE)) == 1


def test_only_a_lead_of_the_same_body_names_its_own_inspectors(founded) -> None:
    member = founded.made[f"member.{COMMITTEE}"].account_id
    stranger = founded.made["member.inspection.P79b"].account_id
    given = {"officer_id": member, "first": FIRST, "last": LAST}
    with at(NOON.date()):
        for who in (f"member.{COMMITTEE}", "lead.inspection.P79b", f"lead.{FRONT}"):
            with pytest.raises(Forbidden):
                casework.name_substitute(
                    founded.made.actor(who), queries.body(COMMITTEE), substitute_id=member, **given
                )
        with pytest.raises(casework.NotAMember):
            actor, _ = make.lead(founded)
            casework.name_substitute(actor, queries.body(COMMITTEE), substitute_id=stranger, **given)


def test_who_left_the_body_stands_in_no_more(founded) -> None:
    with at(NOON.date()):
        case = assigned(founded)
        named(founded)
    with at(FIRST):
        actor, _ = make.lead(founded)
        third = founded.made[f"third.{COMMITTEE}"]
        assert substitutes.of_case(make.now(case)) is not None
        accounts.end_membership(actor, members.member(third.member_id))
        assert substitutes.of_case(make.now(case)) is None
