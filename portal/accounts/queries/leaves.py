"""Leaves, as the members page lists them."""

from collections import defaultdict

from portal.action import session
from portal.data.models.account import Account, Member
from portal.data.models.leave import Leave
from portal.domain import clock
from portal.domain.substituting import suits
from portal.papers import leaves
from portal.papers.members import members_at_work


def leave(leave_id: str) -> Leave | None:
    """One leave by id."""
    return session().get(Leave, leave_id)


def leaves_of(body_id: str) -> dict[str, list[Leave]]:
    """The leaves of the body that hold or will, by account of the one who is away."""
    found = defaultdict(list)
    for one in leaves.not_over(clock.today(), Leave.body_id == body_id):
        found[one.account_id].append(one)
    return dict(found)


def substitutes_for(member: Member) -> list[Account]:
    """Who can stand in for the member, by name."""
    return [
        one.account
        for one in members_at_work(member.body_id)
        if one.account_id != member.account_id and suits(member.role_set, one.role_set)
    ]
