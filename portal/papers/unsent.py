"""What an official typed when his session had ended: sealed to his own public key until he is back.

A technical row like a draft's (decisions 15, 19): no act, gone after three days.
"""

import json
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import delete, insert, select

from portal.action import session
from portal.data import db
from portal.data.models.account import Account, AccountState
from portal.data.models.draft import Draft
from portal.domain import clock
from portal.vault.errors import Broken
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_json

Raw = dict[str, list[str]]
HOURS_KEPT = 72
_STEP = 1024  # the length of what is kept is padded to a multiple of this many bytes


def row_id(account_id: str, form: str) -> str:
    """Where the text of this form waits for this person; 32 hexadecimal digits."""
    return blake2b(f"{form}|{account_id}".encode(), digest_size=16, person=b"unsent text").hexdigest()


def sealed(public: bytes, row: str, value: Any) -> bytes:
    """A JSON value that only the holder of the person key opens, for this row only."""
    return seal_json(public, value, info=f"draft|{row}|own|v1", step=_STEP)


def opened(ring: KeyRing, row: str, blob: bytes) -> Any:
    """The value again; raises Broken."""
    return json.loads(ring.open_own(blob, info=f"draft|{row}|own|v1"))


def until() -> datetime:
    """When something kept now is removed: a full hour."""
    return (clock.now() + timedelta(hours=HOURS_KEPT)).replace(minute=0, second=0, microsecond=0)


def keep(account_id: str, form: str, raw: Raw) -> bool:
    """Keep what was typed into a form in place of what was kept before; False for an account that is shut."""
    account = session().get(Account, account_id)
    if account is None or account.state is not AccountState.ACTIVE:
        return False
    row = row_id(account_id, form)
    body = sealed(account.public_key, row, raw)
    with db.housekeeping() as current:
        current.execute(delete(Draft).where(Draft.id == row))
        values = {"id": row, "version": 1, "expires_at": until(), "sealed_body": body}
        current.execute(insert(Draft), [values])
    return True


def kept(ring: KeyRing, account_id: str, form: str) -> Raw | None:
    """What waits for this person; None where nothing does, or where his key was changed since."""
    row = row_id(account_id, form)
    found = session().execute(select(Draft.sealed_body, Draft.expires_at).where(Draft.id == row)).first()
    if found is None or found.expires_at <= clock.now():
        return None
    try:
        raw: Raw = opened(ring, row, found.sealed_body)
    except Broken:
        return None
    return raw


def forget(account_id: str, form: str) -> None:
    """It was sent, or is not wanted any more."""
    with db.housekeeping() as current:
        current.execute(delete(Draft).where(Draft.id == row_id(account_id, form)))
