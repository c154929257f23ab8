"""Sealing: anyone can close with a public key, only the holder of the secret can open.

HPKE (RFC 9180, base mode) with ML-KEM-768 and X25519 together, HKDF-SHA256 and AES-256-GCM: to open
without the secret both key exchanges must fall. A secret is a seed of 32 bytes; the two private keys are
derived from it by HKDF. Public keys and blobs start with one format byte, so the suite can change.
Source: design, confidentiality ("Keys"); docs/decisions/sealing.md.
"""

import json
import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.vault.errors import Broken

__all__ = [
    "OVERHEAD",
    "PUBLIC_BYTES",
    "SECRET_BYTES",
    "Broken",
    "KeyPair",
    "LoadedSecret",
    "load_secret",
    "new_key_pair",
    "open_with",
    "pair_of",
    "public_of",
    "seal_json",
    "seal_to",
]

SECRET_BYTES: Final = 32
PUBLIC_BYTES: Final = 1 + 1184 + 32
OVERHEAD: Final = 1 + 1088 + 32 + 16  # format byte, both key exchanges, tag
FORMAT: Final = b"\x01"
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_ML_KEM_SEED = 64
_ML_KEM_PUBLIC = 1184


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A public key (1,217 bytes) and its secret (a seed of 32 bytes, never printed)."""

    public: bytes = field(repr=False)
    secret: bytes = field(repr=False)


class LoadedSecret:
    """A secret made ready for opening many blobs: saves about 0.1 ms each. Never stored, never printed."""

    __slots__ = ("_key",)

    def __init__(self, key: MLKEM768X25519PrivateKey) -> None:
        """Keep the private keys of `load_secret`."""
        self._key = key

    def open(self, blob: bytes, *, info: str) -> bytes:
        """The content of a blob sealed to this key for `info`. Raises Broken for anything else."""
        if len(blob) < OVERHEAD or blob[:1] != FORMAT:
            raise Broken
        try:
            return _SUITE.decrypt(blob[1:], self._key, _info(info))
        except (InvalidTag, ValueError):
            raise Broken from None


def new_key_pair() -> KeyPair:
    """A random key pair."""
    return pair_of(os.urandom(SECRET_BYTES))


def pair_of(secret: bytes) -> KeyPair:
    """The key pair of a seed of 32 bytes. Raises ValueError for another length."""
    return KeyPair(public=public_of(secret), secret=secret)


def public_of(secret: bytes) -> bytes:
    """The public key (1,217 bytes) of a secret. Raises ValueError when the secret is not of 32 bytes."""
    ml_kem, x25519 = _private_keys(secret)
    return FORMAT + ml_kem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def seal_to(public: bytes, plaintext: bytes, *, info: str) -> bytes:
    """Seal for the holder of the secret of `public`; the result is 1,137 bytes longer.

    `info` names what this is and whose ("report|…|body|…|v1"): only the same `info` opens it.
    Raises Broken when the public key is not one.
    """
    try:
        return FORMAT + _SUITE.encrypt(plaintext, _load_public(public), _info(info))
    except ValueError:
        raise Broken from None


def seal_json(public: bytes, value: Any, *, info: str, step: int = 512) -> bytes:
    """Seal a JSON value, padded with spaces to a multiple of `step` bytes so that its length says little.

    Raises Broken as `seal_to` does, and ValueError for what JSON cannot hold.
    """
    text = json.dumps(value, ensure_ascii=False).encode()
    return seal_to(public, text.ljust(-(-len(text) // step) * step), info=info)


def open_with(secret: bytes | LoadedSecret, blob: bytes, *, info: str) -> bytes:
    """The content of a blob. Raises Broken on a wrong key or info, an altered blob, an unknown format.

    Raises ValueError when the secret is not of 32 bytes.
    """
    loaded = secret if isinstance(secret, LoadedSecret) else load_secret(secret)
    return loaded.open(blob, info=info)


def load_secret(secret: bytes) -> LoadedSecret:
    """A secret (32 bytes) ready for use. Raises ValueError for another length."""
    return LoadedSecret(MLKEM768X25519PrivateKey(*_private_keys(secret)))


def _private_keys(secret: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(secret) != SECRET_BYTES:
        raise ValueError("a secret has 32 bytes")
    seed = HKDF(SHA256(), _ML_KEM_SEED + 32, salt=None, info=b"portal|key pair|v1").derive(secret)
    return (
        MLKEM768PrivateKey.from_seed_bytes(seed[:_ML_KEM_SEED]),
        X25519PrivateKey.from_private_bytes(seed[_ML_KEM_SEED:]),
    )


@lru_cache(maxsize=512)  # a public key is no secret, and checking it costs a fifth of sealing
def _load_public(public: bytes) -> MLKEM768X25519PublicKey:
    if len(public) != PUBLIC_BYTES or public[:1] != FORMAT:
        raise ValueError("not a public key of a known format")
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[1 : 1 + _ML_KEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[1 + _ML_KEM_PUBLIC :]),
    )


def _info(info: str) -> bytes:
    return FORMAT + info.encode()
