"""The search key of a body: seals its index of words, and spreads words over buckets that tell nothing.

A random key per version of the body's content key, sealed to that version: who holds the body's key searches,
and after a rotation whoever left can open nothing that is indexed from then on. Where a word lies is a keyed
digest, so that neither words nor which of them are alike can be read off the stored index.
Source: design, confidentiality ("Search in text"); docs/decisions/search.md.
"""

from dataclasses import dataclass, field
from hashlib import blake2b

from portal.vault.boxes import KEY_BYTES, box, new_key, place, unbox
from portal.vault.errors import Broken
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_to

__all__ = ["MARK_BYTES", "SearchKey", "new_search_key", "open_search_key"]

MARK_BYTES = 16
_BUCKET, _MARK, _BOX = b"portal bucket v1", b"portal mark v1", b"portal words v1"


@dataclass(frozen=True, slots=True)
class SearchKey:
    """What seals and searches an index."""

    version: int
    _key: bytes = field(repr=False)
    _box: bytes = field(repr=False)

    @classmethod
    def of(cls, version: int, key: bytes) -> "SearchKey":
        """The search key of 32 bytes. Raises Broken for another length."""
        if len(key) != KEY_BYTES:
            raise Broken
        return cls(version, key, blake2b(key=key, person=_BOX, digest_size=KEY_BYTES).digest())

    def bucket(self, term: str, number: int) -> int:
        """In which of `number` buckets the term lies."""
        digest = blake2b(term.encode(), key=self._key, person=_BUCKET, digest_size=8).digest()
        return int.from_bytes(digest, "big") % number

    def mark(self, content: bytes) -> bytes:
        """A keyed digest (16 bytes): whether the words of a case are still the same."""
        return blake2b(content, key=self._key, person=_MARK, digest_size=MARK_BYTES).digest()

    def seal(self, table: str, row_id: str, part: str, content: bytes) -> bytes:
        """A part of the index, bound to its row."""
        return box(self._box, content, bound_to=place(table, row_id, part))

    def open(self, table: str, row_id: str, part: str, sealed: bytes) -> bytes:
        """The part again; raises Broken."""
        return unbox(self._box, sealed, bound_to=place(table, row_id, part))


def new_search_key(public: bytes, body_id: str, version: int) -> bytes:
    """A random search key, sealed to the body's content key of this version."""
    return seal_to(public, new_key(), info=_info(body_id, version))


def open_search_key(ring: KeyRing, sealed: bytes, body_id: str, version: int) -> SearchKey:
    """The search key again; raises NotHeld and Broken as `KeyRing.open` does."""
    key = ring.open(body_id, "content", sealed, info=_info(body_id, version), version=version)
    return SearchKey.of(version, key)


def _info(body_id: str, version: int) -> str:
    if "|" in body_id:
        raise ValueError("an id may not contain '|'")
    return f"search|{body_id}|{version}|v1"
