"""Unlocked sessions: what a member of staff can open lies half in the cookie and half on the server.

The cookie holds an id and a secret; the server holds the SHA-256 of the id and the person's secret key in
a box under that secret. The row alone, or the cookie alone, opens nothing. Drafts use the same cookie.
Source: design, confidentiality ("Unlocked session").
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import NamedTuple

from portal.vault.boxes import box, unbox
from portal.vault.errors import Broken

__all__ = ["Broken", "Cookie", "Session", "lock", "new_session", "parse_cookie", "unlock"]

_PART_BYTES = 32
_PART_LENGTH = 43  # 32 bytes in base64url without padding
_COOKIE_LENGTH = 2 * _PART_LENGTH + 1


class Session(NamedTuple):
    """A new session: what goes into the cookie, the id of its row, and the secret (32 bytes)."""

    cookie_value: str
    row_id: str
    secret: bytes

    def __repr__(self) -> str:
        """Nothing that opens anything."""
        return "Session(…)"


class Cookie(NamedTuple):
    """A cookie as read: the id of the row it speaks of, and the secret (32 bytes)."""

    row_id: str
    secret: bytes

    def __repr__(self) -> str:
        """Nothing that opens anything."""
        return "Cookie(…)"


def new_session() -> Session:
    """A random session; the row id is 64 hexadecimal digits."""
    public_id, secret = os.urandom(_PART_BYTES), os.urandom(_PART_BYTES)
    return Session(f"{_encode(public_id)}.{_encode(secret)}", _row_id(public_id), secret)


def parse_cookie(value: str) -> Cookie | None:
    """The row id and secret of a cookie, or None for anything that `new_session` does not make."""
    if len(value) != _COOKIE_LENGTH or value[_PART_LENGTH] != ".":
        return None
    public_id, secret = _decode(value[:_PART_LENGTH]), _decode(value[_PART_LENGTH + 1 :])
    if public_id is None or secret is None:
        return None
    return Cookie(_row_id(public_id), secret)


def lock(secret: bytes, person_secret: bytes, bound_to: str) -> bytes:
    """The person's secret key in a box under the session's secret, for the session's row."""
    return box(secret, person_secret, bound_to=bound_to)


def unlock(secret: bytes, blob: bytes, bound_to: str) -> bytes:
    """The person's secret key. Raises Broken for another session's cookie or row."""
    return unbox(secret, blob, bound_to=bound_to)


def _row_id(public_id: bytes) -> str:
    return sha256(b"portal|session|v1|" + public_id).hexdigest()


def _encode(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def _decode(text: str) -> bytes | None:
    """The 32 bytes of a part; None unless it is exactly how those bytes are written."""
    try:
        part = urlsafe_b64decode(f"{text}=")
    except ValueError:
        return None
    return part if _encode(part) == text else None
