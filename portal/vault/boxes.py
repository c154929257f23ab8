"""Boxes: bytes under a symmetric key, bound to the one place where they may stand.

A box is one format byte, a random nonce of 12 bytes, and AES-256-GCM (16 bytes longer than the content).
The place (`bound_to`) is associated data: a box moved to another row or field does not open.
Source: design, confidentiality ("Report key"); NIST SP 800-38D (at most 2**32 random nonces per key).
"""

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.vault.errors import Broken

__all__ = ["KEY_BYTES", "Broken", "box", "box_json", "new_key", "place", "unbox", "unbox_json"]

KEY_BYTES = 32
FORMAT = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16
_JSON_STEP = 256  # the length of a text is padded to a multiple of this many bytes


def new_key() -> bytes:
    """A random symmetric key of 32 bytes."""
    return os.urandom(KEY_BYTES)


def place(table: str, row_id: str, field: str, version: int = 1) -> str:
    """Where a box stands, as `bound_to`: table, row id, field and schema version.

    Raises ValueError when a part holds the separator, which could make two places read the same.
    """
    parts = (table, row_id, field, str(version))
    if any("|" in part for part in parts):
        raise ValueError("a part of a place may not contain '|'")
    return "|".join(parts)


def box(key: bytes, plaintext: bytes, *, bound_to: str) -> bytes:
    """Encrypt under `key` (32 bytes) for the place `bound_to`; the result is 29 bytes longer.

    Raises ValueError when the key is not of 32 bytes.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return FORMAT + nonce + _cipher(key).encrypt(nonce, plaintext, _bound(bound_to))


def unbox(key: bytes, blob: bytes, *, bound_to: str) -> bytes:
    """The content of a box. Raises Broken for a wrong key or place, or an altered or unknown box."""
    if len(blob) < 1 + _NONCE_BYTES + _TAG_BYTES or blob[:1] != FORMAT:
        raise Broken
    nonce, sealed = blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
    try:
        return _cipher(key).decrypt(nonce, sealed, _bound(bound_to))
    except InvalidTag:
        raise Broken from None


def box_json(key: bytes, value: Any, *, bound_to: str) -> bytes:
    """Encrypt a JSON value, padded with spaces to a multiple of 256 bytes so that its length says little.

    Raises TypeError or ValueError for what JSON cannot hold (NaN and lone surrogates included).
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return box(key, text.ljust(-(-len(text) // _JSON_STEP) * _JSON_STEP), bound_to=bound_to)


def unbox_json(key: bytes, blob: bytes, *, bound_to: str) -> Any:
    """The JSON value of a box. Raises Broken as `unbox` does, and for a box that holds no JSON."""
    try:
        return json.loads(unbox(key, blob, bound_to=bound_to))
    except ValueError:
        raise Broken from None


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return AESGCM(key)


def _bound(bound_to: str) -> bytes:
    return FORMAT + bound_to.encode()
