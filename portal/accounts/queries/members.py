"""Members, invitations and bodies, as the pages and commands list them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.accounts.names import token_digest
from portal.action import session
from portal.data.models.account import Account, AccountState, Invitation, Member, MemberState
from portal.data.models.body import Body, BodyKey
from portal.domain import clock
from portal.domain.keys import KeyPurpose
from portal.domain.roles import PURPOSES


def account(account_id: str) -> Account | None:
    return session().get(Account, account_id)


def member(member_id: str) -> Member | None:
    return session().get(Member, member_id)


def body(body_id: str) -> Body | None:
    return session().get(Body, body_id)


def members_of(body_id: str) -> Sequence[Member]:
    """Everybody of the body, those who left last."""
    rows = session().scalars(select(Member).where(Member.body_id == body_id)).all()
    order = {MemberState.WAITING: 0, MemberState.ADMITTED: 1, MemberState.LEFT: 2}
    return sorted(rows, key=lambda one: (order[one.state], one.account.display_name, one.id))


def everybody(body_id: str | None = None) -> Sequence[Member]:
    """All members who have not left, of one body or of all."""
    wanted = select(Member).where(Member.state != MemberState.LEFT).order_by(Member.body_id, Member.id)
    return session().scalars(wanted.where(Member.body_id == body_id) if body_id else wanted).all()


def member_called(login: str) -> Member | None:
    """The place of the person with this login name."""
    return session().scalar(
        select(Member)
        .join(Account, Account.id == Member.account_id)
        .where(Account.login == login, Member.state != MemberState.LEFT)
        .limit(1)
    )


def invitations_of(body_id: str) -> Sequence[Invitation]:
    """Invitations of the body that may still be accepted."""
    return (
        session()
        .scalars(
            select(Invitation)
            .where(Invitation.body_id == body_id, Invitation.expires_on >= clock.today())
            .order_by(Invitation.expires_on, Invitation.display_name)
        )
        .all()
    )


def invitation(token: str) -> Invitation | None:
    """The invitation of a link that may still be accepted."""
    found = session().get(Invitation, token_digest(token)) if len(token) <= 100 else None
    return found if found is not None and found.expires_on >= clock.today() else None


@dataclass(frozen=True)
class Below:
    """A body below, as its superior's list shows it."""

    id: str
    name: str
    founded: bool
    admitted: int
    waiting: int
    behind: bool


def bodies_below(body_id: str) -> list[Below]:
    """The bodies directly below that can take part, with how far each has come."""
    members = (
        select(Member.body_id, Member.state, func.count().label("number"))
        .join(Account, Account.id == Member.account_id)
        .where(Account.state == AccountState.ACTIVE)
        .group_by(Member.body_id, Member.state)
        .subquery()
    )
    today = clock.today()
    rows = (
        session()
        .execute(
            select(Body.id, Body.name, members.c.state, members.c.number)
            .outerjoin(members, members.c.body_id == Body.id)
            .where(Body.superior_id == body_id, Body.kind.in_(PURPOSES))
            .where((Body.valid_to.is_(None)) | (Body.valid_to >= today))
            .order_by(Body.name, Body.id)
        )
        .all()
    )
    founded, late = _founded_below(body_id), set(behind(body_id))
    counts: dict[str, dict[MemberState, int]] = {}
    names: dict[str, str] = {}
    for one, name, state, number in rows:
        names[one] = name
        if state is not None:
            counts.setdefault(one, {})[state] = number
    return [
        Below(
            one,
            name,
            one in founded,
            counts.get(one, {}).get(MemberState.ADMITTED, 0),
            counts.get(one, {}).get(MemberState.WAITING, 0),
            one in late,
        )
        for one, name in names.items()
    ]


def _founded_below(body_id: str) -> set[str]:
    return set(
        session().scalars(
            select(BodyKey.body_id)
            .join(Body, Body.id == BodyKey.body_id)
            .where(Body.superior_id == body_id, BodyKey.purpose == KeyPurpose.CONTENT)
        )
    )


def behind(body_id: str) -> list[str]:
    """Bodies below whose keys in use lie under a retired key of this body: renew them next."""
    above = aliased(BodyKey)
    return list(
        session().scalars(
            select(BodyKey.body_id)
            .distinct()
            .join(
                above,
                (above.body_id == BodyKey.superior_id)
                & (above.purpose == BodyKey.purpose)
                & (above.version == BodyKey.superior_version),
            )
            .where(
                BodyKey.superior_id == body_id, BodyKey.retired_on.is_(None), above.retired_on.is_not(None)
            )
            .order_by(BodyKey.body_id)
        )
    )


def keys_of(body_id: str) -> Sequence[BodyKey]:
    """The keys of a body that are in use."""
    return (
        session()
        .scalars(
            select(BodyKey)
            .where(BodyKey.body_id == body_id, BodyKey.retired_on.is_(None))
            .order_by(BodyKey.purpose)
        )
        .all()
    )


def body_keys() -> Sequence[BodyKey]:
    """Every key in use."""
    return (
        session()
        .scalars(
            select(BodyKey).where(BodyKey.retired_on.is_(None)).order_by(BodyKey.body_id, BodyKey.purpose)
        )
        .all()
    )
