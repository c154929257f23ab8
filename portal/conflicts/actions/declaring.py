"""What a member says about himself: his relatives, and that he has a part in a case."""

import json
from dataclasses import dataclass

from sqlalchemy import delete, select

from portal.action import action, current_act, session
from portal.data.db import new_id
from portal.data.models.account import Account, Member, MemberState
from portal.data.models.case import Case
from portal.data.models.conflict import Relative
from portal.domain.conflicts import BarReason, ConflictSource, Relation, may_be_declared
from portal.domain.permissions import Actor, Permission
from portal.domain.telling import spelled
from portal.papers.comparing import compare_open
from portal.papers.conflicts import bar
from portal.vault.boxes import place
from portal.vault.errors import Broken
from portal.vault.names import name_digest
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_json

MOST = 60
"""How many relatives one member may declare (design)."""


class NotAName(ValueError):
    """A name has 2 to 6 words; anything else could not be found in a text."""


class TooMany(Exception):
    """More relatives than anybody has."""


@dataclass(frozen=True)
class Declared:
    """A relative as the member himself reads it; None where it was sealed to a key he lost."""

    id: str
    name: str | None
    relation: Relation | None


@action(Permission.ACCOUNT_OWN)
def declare_relative(
    actor: Actor, account: Account, /, ring: KeyRing, *, name: str, relation: Relation
) -> None:
    """Declare a relative (NĐ 31/2019 art. 5(2)); raises NotAName, TooMany.

    The name is sealed to the member's own key; a keyed digest is what texts are compared with. Where he can
    open cases himself they are compared at once.
    """
    if not may_be_declared(name):
        raise NotAName(relation)
    if len(session().scalars(select(Relative.id).where(Relative.account_id == account.id)).all()) >= MOST:
        raise TooMany(account.id)
    row_id = new_id()
    told = {"name": name, "relation": relation.value}
    session().add(
        Relative(
            id=row_id,
            account_id=account.id,
            digest=name_digest(spelled(name)),
            sealed_name=seal_json(account.public_key, told, info=_place(row_id)),
        )
    )
    session().flush()
    member = _member(actor)
    if member is not None and ring.holds(member.body_id):
        compare_open(actor, member, ring, ConflictSource.RELATIVE_DECLARED)


def _member(actor: Actor) -> Member | None:
    return session().scalar(
        select(Member).where(
            Member.account_id == actor.id,
            Member.body_id == actor.body,
            Member.state == MemberState.ADMITTED,
        )
    )


@action(Permission.ACCOUNT_OWN)
def drop_relative(actor: Actor, account: Account, /, *, relative_id: str) -> None:
    """Take a declaration back; what followed from it on cases stays."""
    session().execute(delete(Relative).where(Relative.id == relative_id, Relative.account_id == account.id))


@action(Permission.ACCOUNT_OWN)
def read_relatives(actor: Actor, account: Account, /, ring: KeyRing) -> list[Declared]:
    """The declared relatives, opened with the member's own key; by name."""
    rows = session().scalars(select(Relative).where(Relative.account_id == account.id))
    return sorted((_opened(row, ring) for row in rows), key=lambda one: (one.name or "", one.id))


def _opened(row: Relative, ring: KeyRing) -> Declared:
    try:
        told = json.loads(ring.open_own(row.sealed_name, info=_place(row.id)))
    except Broken:
        return Declared(row.id, None, None)
    return Declared(row.id, told["name"], Relation(told["relation"]))


def _place(row_id: str) -> str:
    return place("relative", row_id, "name")


@action(Permission.CASE_STAND_ASIDE)
def stand_aside(actor: Actor, case: Case, /) -> None:
    """The officer says that he has a part in the matter: from now on the case does not exist for him.

    He cannot take it back himself.
    """
    bar(case, {actor.id: BarReason.OWN_WORD})
    current_act().touch("case", case.id)
