"""Fingerprints of public keys, for two people to compare on two screens before one admits the other.

Source: design, decision 8. 120 bits of SHA-256: nobody finds another key with the same one.
"""

from hashlib import sha256

from portal.domain.receipts import spell

__all__ = ["fingerprint"]

_SYMBOLS = 24
_GROUP = 4


def fingerprint(public: bytes) -> str:
    """Six groups of four symbols of Crockford's base 32 ("7K3M 9Q2F …") for a public key."""
    digest = sha256(b"portal|fingerprint|v1|" + public).digest()
    symbols = spell(int.from_bytes(digest[:15]), _SYMBOLS)
    return " ".join(symbols[start : start + _GROUP] for start in range(0, _SYMBOLS, _GROUP))
