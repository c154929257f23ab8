"""Who the reporter is, sealed twice: two persons are needed, by mathematics.

Inside to the custodian's key, around it to the body's identity key. The body's officer peels the outer
seal and holds something only the custodian can open; the custodian alone cannot reach it.
Source: design, decision 10; confidentiality, promise 4.
"""

from portal.vault.errors import Broken
from portal.vault.sealing import LoadedSecret, open_with, seal_to

__all__ = ["Broken", "open_inner", "peel_outer", "seal_identity", "wrap_again"]

_STEP = 512  # the length of a name and address is padded to a multiple of this many bytes
_END = b"\x80"


def seal_identity(custodian_public: bytes, body_identity_public: bytes, plaintext: bytes, info: str) -> bytes:
    """Seal an identity for both; its length is hidden within 512 bytes.

    `info` names the place ("report|<id>|identity|v1"). Raises Broken when a public key is not one.
    """
    padded = plaintext + _END
    padded = padded.ljust(-(-len(padded) // _STEP) * _STEP, b"\0")
    inner = seal_to(custodian_public, padded, info=f"{info}|inner")
    return seal_to(body_identity_public, inner, info=f"{info}|outer")


def peel_outer(body_secret: bytes | LoadedSecret, blob: bytes, info: str) -> bytes:
    """The inner blob, by the body's identity key: still closed. Raises Broken as `open_with` does."""
    return open_with(body_secret, blob, info=f"{info}|outer")


def wrap_again(
    body_secret: bytes | LoadedSecret, body_identity_public: bytes, blob: bytes, info: str
) -> bytes:
    """The outer seal changed from one body's identity key to another's; what is inside stays closed.

    Raises Broken as `open_with` and `seal_to` do.
    """
    return seal_to(body_identity_public, peel_outer(body_secret, blob, info), info=f"{info}|outer")


def open_inner(custodian_secret: bytes | LoadedSecret, inner: bytes, info: str) -> bytes:
    """The identity, by the custodian's key. Raises Broken as `open_with` does."""
    padded = open_with(custodian_secret, inner, info=f"{info}|inner")
    plaintext, end, rest = padded.rpartition(_END)
    if end != _END or rest.strip(b"\0"):
        raise Broken
    return plaintext
