"""What an officer does with his own desk: filters under a name, mentions laid aside."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, select

from portal.action import action, session
from portal.data.db import new_id
from portal.data.models.account import Account
from portal.data.models.desk import Mention, SavedFilter
from portal.domain.permissions import Actor, Permission
from portal.vault.errors import Broken
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_json

MOST = 20
"""How many filters one officer may keep (design)."""
_KEYS = ("desk", "state", "late", "mine")
_VALUE = re.compile(r"[a-z0-9_]{1,32}")


class TooMany(Exception):
    """More filters than anybody keeps."""


@dataclass(frozen=True)
class Kept:
    """A saved filter as its owner reads it."""

    id: str
    name: str
    stage: str
    query: dict[str, str]


def chosen(given: Mapping[str, str]) -> dict[str, str]:
    """What of an address is a choice in a queue's form."""
    return {key: given[key] for key in _KEYS if _VALUE.fullmatch(given.get(key, ""))}


@action(Permission.ACCOUNT_OWN)
def save_filter(
    actor: Actor, account: Account, /, *, name: str, stage: str, query: Mapping[str, str]
) -> None:
    """Keep a filter, its name sealed to the officer's own key; raises TooMany."""
    owned = select(SavedFilter.id).where(SavedFilter.account_id == account.id)
    if len(session().scalars(owned).all()) >= MOST:
        raise TooMany(account.id)
    row_id = new_id()
    told = {"name": name, "stage": stage, "query": chosen(query)}
    sealed = seal_json(account.public_key, told, info=_place(row_id))
    session().add(SavedFilter(id=row_id, account_id=account.id, sealed=sealed))


@action(Permission.ACCOUNT_OWN)
def read_filters(actor: Actor, account: Account, /, ring: KeyRing) -> list[Kept]:
    """The officer's filters by name; one that was sealed to a key he lost is left out."""
    found = []
    for row in session().scalars(select(SavedFilter).where(SavedFilter.account_id == account.id)):
        try:
            told = json.loads(ring.open_own(row.sealed, info=_place(row.id)))
        except Broken:
            continue
        found.append(Kept(row.id, **told))
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


@action(Permission.ACCOUNT_OWN)
def drop_filter(actor: Actor, row: SavedFilter, /) -> None:
    """Forget a filter."""
    session().delete(row)


@action(Permission.ACCOUNT_OWN)
def lay_aside(actor: Actor, row: Mention, /) -> None:
    """The officer has seen where he was named."""
    session().execute(delete(Mention).where(Mention.id == row.id))


def _place(row_id: str) -> str:
    return f"saved_filter|{row_id}|own|v1"
