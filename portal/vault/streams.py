"""Streams: files under a key of their own, in chunks, so that none is ever whole in memory.

The STREAM construction over AES-256-GCM: chunks of 1 MiB; the nonce is a random prefix of 7 bytes, the
number of the chunk (4 bytes) and a flag for the last one, so a file cut short, reordered or lengthened
does not open. Source: design, confidentiality ("Keys"); Hoang, Reyhanitabar, Rogaway, Vizár 2015.
"""

import os
from collections.abc import Iterable, Iterator
from itertools import chain

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.vault.errors import Broken

__all__ = ["CHUNK", "Broken", "open_stream", "seal_stream", "sealed_size"]

CHUNK = 1 << 20
FORMAT = b"\x01"
_PREFIX_BYTES = 7
_TAG_BYTES = 16
_MOST_CHUNKS = 1 << 32


def seal_stream(key: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Encrypt a file given in pieces of any size; yields the header, then sealed chunks of 1 MiB.

    `key` has 32 bytes and serves this one file. Raises ValueError for another length, at the first piece.
    """
    cipher, prefix = AESGCM(_checked(key)), os.urandom(_PREFIX_BYTES)
    yield FORMAT + prefix
    for number, (chunk, last) in enumerate(_cut(chunks, CHUNK)):
        yield cipher.encrypt(_nonce(prefix, number, last), chunk, FORMAT)


def open_stream(key: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Decrypt a file given in pieces of any size; yields only chunks that have been checked.

    Raises Broken on a wrong key, an altered, reordered, lengthened or shortened file. A missing end shows
    only at the end: what was yielded before is true but not whole, so a reader keeps it only if all came.
    """
    cipher, pieces = AESGCM(_checked(key)), iter(chunks)
    header, rest = _take(pieces, len(FORMAT) + _PREFIX_BYTES)
    if len(header) != len(FORMAT) + _PREFIX_BYTES or not header.startswith(FORMAT):
        raise Broken
    prefix = header[len(FORMAT) :]
    for number, (chunk, last) in enumerate(_cut(chain([rest], pieces), CHUNK + _TAG_BYTES)):
        try:
            yield cipher.decrypt(_nonce(prefix, number, last), chunk, FORMAT)
        except InvalidTag:
            raise Broken from None


def sealed_size(size: int) -> int:
    """How many bytes a file of `size` bytes has once sealed."""
    return len(FORMAT) + _PREFIX_BYTES + size + _TAG_BYTES * max(1, -(-size // CHUNK))


def _cut(pieces: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Pieces of exactly `size` bytes and a last one of 0 (only if there is no other) to `size` bytes."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) > size:
            yield bytes(held[:size]), False
            del held[:size]
    yield bytes(held), True


def _take(pieces: Iterator[bytes], size: int) -> tuple[bytes, bytes]:
    """The first `size` bytes (fewer at the end), and what was read beyond them."""
    held = b""
    while len(held) < size and (piece := next(pieces, None)) is not None:
        held += piece
    return held[:size], held[size:]


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    if number >= _MOST_CHUNKS:
        raise Broken
    return prefix + number.to_bytes(4) + bytes([last])


def _checked(key: bytes) -> bytes:
    if len(key) != 32:
        raise ValueError("a key has 32 bytes")
    return key
