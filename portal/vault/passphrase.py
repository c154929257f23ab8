"""Passphrases: from what a person types to the key of the person's secret, slowly and in little memory.

One Argon2id run, split by HKDF into a verifier (stored, compared at sign-in) and a key-encryption key
(never stored): what is stored is not the key. At most two run at a time in a process (64 MiB each).
Source: design, decision 9 and security tests B1, B9; RFC 9106; RFC 8265 (NFC before hashing).
"""

import os
import re
import unicodedata
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import BoundedSemaphore
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

__all__ = ["LONGEST", "STANDARD", "Busy", "Cost", "Derived", "TooLong", "derive", "new_salt", "same"]

LONGEST: Final = 1024
"""Bytes of UTF-8; a longer passphrase is refused before any work."""

_SALT_BYTES = 16
_KEY_BYTES = 32
_VERSION = 19
_AT_ONCE = 2
_PATIENCE_SECONDS = 15
_running = BoundedSemaphore(_AT_ONCE)
_WRITTEN = re.compile(r"argon2id\$v=19\$m=([0-9]{1,7}),t=([0-9]{1,2}),p=([0-9])")


class TooLong(ValueError):
    """More than 1,024 bytes, or not text at all."""


class Busy(Exception):
    """Others were being checked for 15 seconds; try again."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one derivation costs: memory in KiB, rounds, lanes. Stored beside the verifier as text."""

    memory_kib: int = 64 * 1024
    rounds: int = 3
    lanes: int = 1

    def __str__(self) -> str:
        """The stored form, "argon2id$v=19$m=65536,t=3,p=1"."""
        return f"argon2id$v={_VERSION}$m={self.memory_kib},t={self.rounds},p={self.lanes}"

    @classmethod
    def parse(cls, text: str) -> "Cost":
        """Read the stored form. Raises ValueError for anything else."""
        if not (found := _WRITTEN.fullmatch(text)):
            raise ValueError("not a cost of Argon2id")
        memory, rounds, lanes = (int(part) for part in found.groups())
        return cls(memory, rounds, lanes)


STANDARD: Final = Cost()


@dataclass(frozen=True, slots=True)
class Derived:
    """What a passphrase gives: a verifier and a key-encryption key, 32 bytes each, never printed."""

    verifier: bytes = field(repr=False)
    kek: bytes = field(repr=False)


def new_salt() -> bytes:
    """A random salt of 16 bytes."""
    return os.urandom(_SALT_BYTES)


def derive(passphrase: str, salt: bytes, cost: Cost = STANDARD) -> Derived:
    """The verifier and the key of a passphrase; about 0.2 s and 64 MiB at the standard cost.

    The same letters give the same key however a keyboard composes them (NFC). Raises TooLong before any
    work, Busy when two other derivations did not end for 15 seconds.
    """
    secret = _bytes_of(passphrase)
    if not _running.acquire(timeout=_PATIENCE_SECONDS):
        raise Busy
    try:
        raw = hash_secret_raw(
            secret, salt, cost.rounds, cost.memory_kib, cost.lanes, _KEY_BYTES, Type.ID, _VERSION
        )
    finally:
        _running.release()
    split = HKDFExpand(SHA256(), 2 * _KEY_BYTES, b"portal|passphrase|v1").derive(raw)
    return Derived(verifier=split[:_KEY_BYTES], kek=split[_KEY_BYTES:])


def same(a: bytes, b: bytes) -> bool:
    """Whether two verifiers are equal, in a time that does not tell where they differ."""
    return compare_digest(a, b)


def _bytes_of(passphrase: str) -> bytes:
    if len(passphrase) > LONGEST:
        raise TooLong
    try:
        secret = unicodedata.normalize("NFC", passphrase).encode()
    except UnicodeEncodeError:
        raise TooLong from None
    if len(secret) > LONGEST:
        raise TooLong
    return secret
