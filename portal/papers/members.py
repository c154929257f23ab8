"""Who works in a body: its admitted members whose account is open."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.action import session
from portal.data.models.account import Account, AccountState, Member, MemberState

AT_WORK = (Member.state == MemberState.ADMITTED, Account.state == AccountState.ACTIVE)
"""Conditions on Member joined with its Account."""


def members_at_work(body_id: str) -> Sequence[Member]:
    """The members of the body who are at work, by name."""
    rows = (
        select(Member)
        .join(Account, Account.id == Member.account_id)
        .where(Member.body_id == body_id, *AT_WORK)
        .order_by(Account.display_name, Account.id)
    )
    return session().scalars(rows).all()
