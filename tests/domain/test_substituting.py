"""Who stands in for whom: one line for each reason to refuse, and what holds whatever the days are."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.permissions import Role
from portal.domain.substituting import LONGEST, SUITS, Away, LeaveFault, Person, fault_of, suits

TODAY = date(2026, 11, 29)
OFFICER = frozenset({Role.INSPECTOR})
HEAD = frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR})
A = Person("a", "inspection.C1", OFFICER, at_work=True)
B = Person("b", "inspection.C1", HEAD, at_work=True)
WANTED = Away("a", "b", TODAY, TODAY + timedelta(days=4))


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def asked(absent=A, substitute=B, known=(), **days):
    return fault_of(absent, substitute, replace(WANTED, **days), known, TODAY)


def test_a_sound_leave_is_entered() -> None:
    assert asked() is None
    assert asked(first=day(30), last=day(30)) is None
    assert asked(last=TODAY + LONGEST - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("fault", "changes"),
    [
        (LeaveFault.NO_OFFICER, {"absent": replace(A, roles=frozenset({Role.AUDITOR}))}),
        (LeaveFault.NO_OFFICER, {"absent": replace(A, roles=frozenset({Role.CUSTODIAN}))}),
        (LeaveFault.NOT_AT_WORK, {"absent": replace(A, at_work=False)}),
        (LeaveFault.ITSELF, {"substitute": A}),
        (LeaveFault.OTHER_BODY, {"substitute": replace(B, body_id="inspection.C2")}),
        (LeaveFault.OTHER_BODY, {"substitute": Person("b", "", frozenset(), at_work=False)}),
        (LeaveFault.SUBSTITUTE_GONE, {"substitute": replace(B, at_work=False)}),
        (LeaveFault.OTHER_ROLE, {"substitute": replace(B, roles=frozenset({Role.CUSTODIAN}))}),
        (LeaveFault.OTHER_ROLE, {"absent": replace(A, roles=HEAD), "substitute": replace(B, roles=OFFICER)}),
        (LeaveFault.PAST, {"first": day(-1)}),
        (LeaveFault.BACKWARDS, {"first": day(3), "last": day(2)}),
        (LeaveFault.TOO_LONG, {"last": TODAY + LONGEST}),
        (LeaveFault.TOO_LONG, {"first": day(400), "last": day(401)}),
        (LeaveFault.OVERLAP, {"known": [Away("a", "c", day(4), day(9))]}),
        (LeaveFault.OVERLAP, {"known": [Away("a", "c", day(-9), day(0))]}),
        (LeaveFault.SUBSTITUTE_AWAY, {"known": [Away("b", "a", day(2), day(2))]}),
        (LeaveFault.SUBSTITUTE_AWAY, {"known": [Away("b", "c", day(4), day(9))]}),
        (LeaveFault.STANDS_IN, {"known": [Away("c", "a", day(1), day(1))]}),
    ],
)
def test_each_reason_to_refuse(fault: LeaveFault, changes: dict) -> None:
    assert asked(**changes) is fault


@pytest.mark.parametrize(
    "known",
    [
        [Away("a", "b", day(-9), day(-1))],
        [Away("a", "b", day(5), day(9))],
        [Away("b", "a", day(5), day(9))],
        [Away("a", "b", day(0), day(9), ended_on=day(0))],
        [Away("c", "b", day(0), day(9))],  # one person can stand in for two
        [Away("c", "d", day(0), day(9))],
    ],
)
def test_leaves_that_do_not_meet_it_are_no_hindrance(known: list[Away]) -> None:
    assert asked(known=known) is None


@pytest.mark.parametrize("absent", Role)
@pytest.mark.parametrize("substitute", Role)
def test_the_kind_of_role_is_the_same_and_a_head_stands_in_for_a_head(absent: Role, substitute: Role) -> None:
    kinds = {Role.REVIEWER: 1, Role.LEAD_REVIEWER: 1, Role.INSPECTOR: 2, Role.LEAD_INSPECTOR: 2}
    heads = {Role.LEAD_REVIEWER, Role.LEAD_INSPECTOR}
    same = absent in kinds and kinds[absent] == kinds.get(substitute)
    expected = same and (absent not in heads or substitute in heads)
    assert suits(frozenset({absent}), frozenset({substitute})) is expected


@given(st.frozensets(st.sampled_from(Role)), st.frozensets(st.sampled_from(Role)))
def test_a_substitute_has_a_role_for_each_that_has_cases(absent, substitute) -> None:
    held = absent & SUITS.keys()
    assert suits(absent, substitute) == (bool(held) and all(SUITS[role] & substitute for role in held))


NUMBERS = st.integers(-20, 20)
PEOPLE = st.sampled_from("abcd")
LEAVES = st.builds(
    lambda who, he, first, long, ended: Away(
        who, he, day(first), day(first + long), None if ended is None else day(ended)
    ),
    PEOPLE,
    PEOPLE,
    NUMBERS,
    st.integers(0, 9),
    st.none() | NUMBERS,
)


@given(LEAVES, NUMBERS)
def test_while_it_holds_it_binds(leave: Away, number: int) -> None:
    if leave.holds(day(number)):
        assert leave.binds(day(number))
        assert leave.ended_on is None
    if leave.binds(day(number)):
        assert leave.first <= day(number) <= leave.last or leave.ended_on is not None


@given(LEAVES, LEAVES)
def test_two_meet_where_both_hold_on_a_day(one: Away, other: Away) -> None:
    days = [day(number) for number in range(-20, 31)]
    assert one.meets(other) == any(one.holds(each) and other.holds(each) for each in days)
    assert one.meets(other) == other.meets(one)


@given(st.lists(st.tuples(PEOPLE, PEOPLE, NUMBERS, st.integers(0, 9)), max_size=12))
def test_however_they_are_entered_nobody_who_is_away_stands_in(wishes) -> None:
    kept: list[Away] = []
    for who, he, first, long in wishes:
        wanted = Away(who, he, day(first), day(first + long))
        if fault_of(replace(A, account_id=who), replace(B, account_id=he), wanted, kept, TODAY) is None:
            kept.append(wanted)
    for each in (day(number) for number in range(-20, 31)):
        here = [one for one in kept if one.holds(each)]
        away = [one.account_id for one in here]
        assert len(away) == len(set(away))
        assert not {one.substitute_id for one in here} & set(away)
        assert each >= TODAY or not here
