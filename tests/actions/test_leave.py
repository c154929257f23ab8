"""Who is away and who stands in, on both databases: who may say it, what is refused, what ends it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts import actions, queries
from portal.action import Forbidden, Stale, session
from portal.data import db
from portal.data.models.account import Member
from portal.data.models.audit import AuditEntry
from portal.data.models.leave import Leave
from portal.domain import clock
from portal.domain.permissions import Role
from portal.domain.substituting import LeaveFault, LeaveReason
from portal.papers import leaves
from tests.support import people as make
from tests.support.people import People

WARD = "inspection.C27019b"
LEAD, MEMBER, SECOND = f"lead.{WARD}", f"member.{WARD}", f"second.{WARD}"


@pytest.fixture
def people(prepared) -> People:
    people = prepared("people", make.found).made
    make.join(people, LEAD, WARD, "second", {Role.INSPECTOR})
    return people


def place(people: People, login: str) -> Member:
    return session().get_one(Member, people[login].member_id, populate_existing=True)


def enter(people, actor, who, substitute, first=0, last=4, reason=LeaveReason.ANNUAL) -> None:
    today = clock.today()
    actions.enter_leave(
        people.actor(actor),
        place(people, who),
        substitute_id=people[substitute].account_id,
        reason=reason,
        first=today + timedelta(days=first),
        last=today + timedelta(days=last),
    )


def held(day=0) -> list[tuple[str, str]]:
    session().rollback()
    return [
        (one.account_id, one.substitute_id) for one in leaves.standing(clock.today() + timedelta(days=day))
    ]


def ids(people: People, *logins: str) -> tuple[str, ...]:
    return tuple(people[login].account_id for login in logins)


def only() -> Leave:
    session().expire_all()
    return session().scalars(select(Leave)).one()


@pytest.mark.parametrize("actor", [MEMBER, LEAD])
def test_the_officer_or_the_head_enters_it_and_it_ends_by_its_day(people, actor):
    enter(people, actor, MEMBER, SECOND, first=1, last=3)
    assert held(0) == []
    assert held(1) == held(3) == [ids(people, MEMBER, SECOND)]
    assert held(4) == []
    entry = session().scalars(select(AuditEntry).where(AuditEntry.act == "accounts.enter_leave")).one()
    assert entry.actor_id == people[actor].account_id
    for account_id in ids(people, MEMBER, SECOND):
        assert f"account:{account_id}" in entry.objects
    assert f"leave:{only().id}" in entry.objects


@pytest.mark.parametrize(
    "actor",
    [SECOND, "lead.front.C27019b", "lead.inspection.C27013b", "lead.inspection.P79b", "admin.front.P79b"],
)
def test_nobody_else_enters_or_ends_it(people, actor):
    with pytest.raises(Forbidden):
        enter(people, actor, MEMBER, SECOND)
    enter(people, LEAD, MEMBER, SECOND)
    with pytest.raises(Forbidden):
        actions.end_leave(people.actor(actor), only())
    assert held() == [ids(people, MEMBER, SECOND)]


@pytest.mark.parametrize(
    ("fault", "who", "substitute", "days"),
    [
        (LeaveFault.ITSELF, MEMBER, MEMBER, {}),
        (LeaveFault.OTHER_BODY, MEMBER, "member.inspection.C27013b", {}),
        (LeaveFault.OTHER_BODY, MEMBER, "member.front.C27019b", {}),
        (LeaveFault.OTHER_ROLE, LEAD, MEMBER, {}),
        (LeaveFault.PAST, MEMBER, SECOND, {"first": -1}),
        (LeaveFault.BACKWARDS, MEMBER, SECOND, {"first": 3, "last": 2}),
        (LeaveFault.TOO_LONG, MEMBER, SECOND, {"last": 366}),
    ],
)
def test_a_leave_that_makes_no_sense_is_refused(people, fault, who, substitute, days):
    with pytest.raises(actions.NoLeave) as refused:
        enter(people, LEAD, who, substitute, **days)
    assert refused.value.fault is fault
    assert session().scalars(select(Leave)).all() == []


def test_somebody_unknown_cannot_stand_in(people):
    with pytest.raises(actions.NoLeave) as refused:
        actions.enter_leave(
            people.actor(LEAD),
            place(people, MEMBER),
            substitute_id="0" * 16,
            reason=LeaveReason.OTHER,
            first=clock.today(),
            last=clock.today(),
        )
    assert refused.value.fault is LeaveFault.OTHER_BODY


@pytest.mark.parametrize(
    ("fault", "who", "substitute"),
    [
        (LeaveFault.OVERLAP, MEMBER, LEAD),
        (LeaveFault.SUBSTITUTE_AWAY, SECOND, MEMBER),
        (LeaveFault.STANDS_IN, SECOND, LEAD),
    ],
)
def test_neither_twice_nor_in_a_circle_nor_in_a_chain(people, fault, who, substitute):
    enter(people, LEAD, MEMBER, SECOND)
    with pytest.raises(actions.NoLeave) as refused:
        enter(people, LEAD, who, substitute, first=4, last=8)
    assert refused.value.fault is fault
    enter(people, LEAD, who, substitute, first=5, last=8)


def test_two_that_are_entered_at_once_make_no_circle(people):
    pairs = [(MEMBER, SECOND), (SECOND, MEMBER)]

    def one(pair: tuple[str, str]) -> LeaveFault | None:
        try:
            enter(people, pair[0], *pair)
        except actions.NoLeave as refused:
            return refused.fault
        finally:
            db.store().session.remove()
        return None

    with ThreadPoolExecutor(2) as pool:
        came = sorted(map(str, pool.map(one, pairs)))
    assert came[0] == "None"
    assert came[1] in {LeaveFault.SUBSTITUTE_AWAY, LeaveFault.STANDS_IN}
    assert len(held()) == 1


@pytest.mark.parametrize("actor", [MEMBER, LEAD])
def test_it_is_ended_by_hand_once(people, actor):
    enter(people, LEAD, MEMBER, SECOND)
    actions.end_leave(people.actor(actor), only())
    assert held() == []
    row = only()
    assert (row.ended_on, row.ended_by) == (clock.today(), people[actor].account_id)
    with pytest.raises(Stale):
        actions.end_leave(people.actor(actor), row)
    enter(people, LEAD, MEMBER, LEAD)


def _left(people, login):
    actions.end_membership(people.actor(LEAD), place(people, login))


def _shut(people, login):
    actions.disable(people.actor(LEAD), place(people, login))


@pytest.mark.parametrize("how", [_left, _shut])
@pytest.mark.parametrize("login", [MEMBER, SECOND])
def test_whoever_leaves_or_is_shut_out_ends_it(people, how, login):
    enter(people, LEAD, MEMBER, SECOND)
    how(people, login)
    assert held() == []
    assert only().ended_by == people[LEAD].account_id
    if how is _shut:
        actions.enable(people.actor(LEAD), place(people, login))
        assert held() == []


def test_another_role_ends_what_no_longer_suits(people):
    make.join(people, LEAD, WARD, "third", {Role.LEAD_INSPECTOR, Role.INSPECTOR})
    enter(people, LEAD, f"third.{WARD}", LEAD)
    enter(people, LEAD, MEMBER, SECOND)
    actions.change_roles(
        people.actor(f"third.{WARD}"), place(people, SECOND), roles=frozenset({Role.LEAD_INSPECTOR})
    )
    assert len(held()) == 2
    actions.change_roles(
        people.actor(f"third.{WARD}"), place(people, LEAD), roles=frozenset({Role.INSPECTOR})
    )
    assert held() == [ids(people, MEMBER, SECOND)]


def test_it_holds_no_more_though_nothing_ended_it(people, monkeypatch):
    """Past the acts: the membership alone decides."""
    enter(people, LEAD, MEMBER, SECOND)
    monkeypatch.setattr(leaves, "end_all_of", lambda actor, member: None)
    _left(people, SECOND)
    assert only().ended_on is None
    assert held() == []
    assert queries.leaves_of(WARD) == {}


def test_who_can_stand_in_is_offered(people):
    offered = {one.id for one in queries.substitutes_for(place(people, MEMBER))}
    assert offered == set(ids(people, LEAD, SECOND))
    assert queries.substitutes_for(place(people, LEAD)) == []
