"""An officer is away: a leave with a substitute, entered by himself or by the head, and ended early."""

from datetime import date

from sqlalchemy import select

from portal.action import Stale, action, current_act, session
from portal.data.db import new_id
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.body import Body
from portal.data.models.leave import Leave
from portal.domain import clock
from portal.domain.permissions import Actor, Permission
from portal.domain.substituting import Away, LeaveFault, LeaveReason, Person, fault_of
from portal.papers import leaves


class NoLeave(Exception):
    """The leave cannot be entered, for `fault`; nothing was changed."""

    def __init__(self, fault: LeaveFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@action(Permission.LEAVE_ENTER)
def enter_leave(
    actor: Actor, member: Member, /, *, substitute_id: str, reason: LeaveReason, first: date, last: date
) -> None:
    """Enter that the member is away and who stands in; raises NoLeave."""
    # One leave of a body at a time: two that are entered at once see each other, so no circle arises.
    session().get_one(Body, member.body_id, with_for_update={"of": Body, "key_share": True})
    wanted = Away(member.account_id, substitute_id, first, last)
    today = clock.today()
    known = [one.as_away() for one in leaves.open_with([member.account_id, substitute_id], today)]
    fault = fault_of(_person(member), _substitute(member.body_id, substitute_id), wanted, known, today)
    if fault is not None:
        raise NoLeave(fault)
    row = Leave(
        id=new_id(),
        body_id=member.body_id,
        account_id=member.account_id,
        substitute_id=substitute_id,
        reason=reason,
        first_on=first,
        last_on=last,
        entered_by=actor.id,
        entered_on=today,
    )
    session().add(row)
    current_act().touch("leave", row.id)
    current_act().touch("account", member.account_id, substitute_id)


@action(Permission.LEAVE_ENTER)
def end_leave(actor: Actor, leave: Leave, /) -> None:
    """End a leave before its day, or take it back; raises Stale for one that is over."""
    if leave.ended_on is not None or leave.last_on < clock.today():
        raise Stale
    leaves.end(actor, leave)
    current_act().touch("account", leave.account_id, leave.substitute_id)


def _person(member: Member) -> Person:
    at_work = member.state is MemberState.ADMITTED and member.account.state is AccountState.ACTIVE
    return Person(member.account_id, member.body_id, member.role_set, at_work)


def _substitute(body_id: str, account_id: str) -> Person:
    """The substitute as a member of the body; of somebody who is none, that he is of none."""
    found = session().scalar(
        select(Member)
        .join(Account, Account.id == Member.account_id)
        .where(Member.account_id == account_id, Member.body_id == body_id, Member.state != MemberState.LEFT)
        .execution_options(populate_existing=True)
    )
    return _person(found) if found is not None else Person(account_id, "", frozenset(), at_work=False)
