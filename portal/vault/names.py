"""Names of declared relatives: a keyed digest that finds a name again, and never tells it.

The digest is keyed by the server's pepper: without it a copy of the database can test no guess. With it,
names are few enough to be guessed: who holds database and configuration can test them (docs/threat-model.md).
Source: design, conflict of interest.
"""

from hashlib import blake2b

__all__ = ["name_digest", "use_pepper"]

_BYTES = 32
_pepper: list[bytes] = []


def use_pepper(value: bytes) -> None:
    """Make `value` the process's pepper for names (32 to 64 bytes are used). Once, at start-up."""
    _pepper[:] = [value]


def name_digest(spelled: str) -> bytes:
    """The digest (32 bytes) of a name as it is compared; raises RuntimeError where no pepper was given."""
    if not _pepper:
        raise RuntimeError("no pepper was given: names cannot be compared")
    return blake2b(
        spelled.encode(), key=_pepper[0][:64], person=b"portal name v1", digest_size=_BYTES
    ).digest()
