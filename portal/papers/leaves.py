"""Leaves in the store: who stands in for whom today, and what ends a leave before its day.

A leave holds only while both are at work in its body and their roles still suit: asked anew each time, so
that nothing hangs on an act that forgot to end it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from portal.action import current_act, session
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.leave import Leave
from portal.domain import clock
from portal.domain.permissions import Actor, Role
from portal.domain.substituting import suits

_ABSENT, _SUBSTITUTE = aliased(Member), aliased(Member)
_THEIRS, _HIS = aliased(Account), aliased(Account)


def standing(day: date, *which: ColumnElement[bool]) -> list[Leave]:
    """The leaves of `which` that hold on `day`."""
    return [one for one in not_over(day, Leave.first_on <= day, *which) if one.as_away().holds(day)]


def not_over(day: date, *which: ColumnElement[bool]) -> list[Leave]:
    """The leaves of `which` that hold on `day` or will, the first to begin first."""
    rows = (
        select(Leave, _ABSENT.roles, _SUBSTITUTE.roles)
        .join(_ABSENT, and_(_ABSENT.account_id == Leave.account_id, _ABSENT.body_id == Leave.body_id))
        .join(
            _SUBSTITUTE,
            and_(_SUBSTITUTE.account_id == Leave.substitute_id, _SUBSTITUTE.body_id == Leave.body_id),
        )
        .join(_THEIRS, _THEIRS.id == Leave.account_id)
        .join(_HIS, _HIS.id == Leave.substitute_id)
        .where(
            Leave.ended_on.is_(None),
            Leave.last_on >= day,
            _ABSENT.state == MemberState.ADMITTED,
            _SUBSTITUTE.state == MemberState.ADMITTED,
            _THEIRS.state == AccountState.ACTIVE,
            _HIS.state == AccountState.ACTIVE,
            *which,
        )
        .order_by(Leave.first_on, Leave.id)
    )
    return [leave for leave, absent, he in session().execute(rows) if suits(_roles(absent), _roles(he))]


def _roles(stored: str) -> frozenset[Role]:
    return frozenset(Role(name) for name in stored.split(",") if name)


@dataclass(frozen=True)
class Pairs:
    """One person's part in the leaves of a day, as the permission table asks (`Actor`)."""

    stands_for: frozenset[str] = frozenset()
    one_with: frozenset[str] = frozenset()


ALONE = Pairs()


def pairs_of(account_id: str, day: date) -> Pairs:
    """For whom the person stands in on `day`, and with whom he counts as one.

    The second asks neither for membership nor for roles: what was done in a leave is not undone by its end.
    """
    ended = func.coalesce(Leave.ended_on, Leave.last_on)
    either = or_(Leave.account_id == account_id, Leave.substitute_id == account_id)
    found = session().scalars(select(Leave).where(either, Leave.first_on <= day, ended >= day)).all()
    bound = [one for one in found if one.as_away().binds(day)]
    if not bound:
        return ALONE
    both = {id_ for one in bound for id_ in (one.account_id, one.substitute_id)}
    held = standing(day, Leave.substitute_id == account_id)
    return Pairs(frozenset(one.account_id for one in held), frozenset(both - {account_id}))


def by_absent(account_ids: Iterable[str], day: date) -> dict[str, Leave]:
    """The leaves of these on `day`, by account of the one who is away."""
    ids = list(account_ids)
    return {one.account_id: one for one in standing(day, Leave.account_id.in_(ids))} if ids else {}


def substitutes(day: date) -> dict[str, str]:
    """Everybody who is away on `day`, with who stands in."""
    return {one.account_id: one.substitute_id for one in standing(day)}


def with_substitutes(account_ids: Iterable[str], day: date) -> set[str]:
    """These, and whoever stands in for one of them."""
    found = set(account_ids)
    return found | {he for absent, he in substitutes(day).items() if absent in found}


def open_with(account_ids: Iterable[str], day: date) -> Sequence[Leave]:
    """The leaves in which one of these has a part, as absent or as substitute, not ended and not over."""
    ids = list(account_ids)
    either = or_(Leave.account_id.in_(ids), Leave.substitute_id.in_(ids))
    rows = select(Leave).where(either, Leave.ended_on.is_(None), Leave.last_on >= day)
    return session().scalars(rows.order_by(Leave.id)).all()


def end_all_of(actor: Actor, member: Member) -> None:
    """Whoever leaves or is shut out is away no more and stands in for nobody. Inside an act."""
    _end(actor, open_with([member.account_id], clock.today()))


def end_unsuited(actor: Actor, member: Member) -> None:
    """With other roles, what the two can do for each other is another. Inside an act."""
    session().flush()
    day = clock.today()
    suited = {one.id for one in not_over(day)}
    _end(actor, [one for one in open_with([member.account_id], day) if one.id not in suited])


def _end(actor: Actor, rows: Iterable[Leave]) -> None:
    for row in rows:
        end(actor, row)


def end(actor: Actor, row: Leave) -> None:
    """End a leave today, by name. Inside an act."""
    row.ended_on, row.ended_by = clock.today(), actor.id
    current_act().touch("leave", row.id)
