"""Receipts: the code of a report, and what is derived from it.

The code is made from the secret of the draft, so a retry gets the same one and nothing is stored. From the
code and the server's pepper come the value that is stored for look-up and the reporter's key pair. The code
holds 115 random bits, so no slow hash is needed and none can be used to exhaust the server.
Source: design, decision 11; confidentiality ("Receipt").
"""

from hashlib import blake2b

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.domain.receipts import CODE_LENGTH, check_symbol, is_code, spell
from portal.vault.sealing import SECRET_BYTES, KeyPair, pair_of

__all__ = ["LOOKUP_BYTES", "lookup_value", "receipt_code", "reporter_keys"]

LOOKUP_BYTES = 32
_RANDOM_SYMBOLS = CODE_LENGTH - 1
_LEAST_SECRET = 32
_PEPPER_BYTES = range(32, 65)  # the key of BLAKE2b has at most 64


def receipt_code(draft_secret: bytes, draft_id: str) -> str:
    """The receipt code of a draft: 24 symbols, always the same for the same draft.

    Raises ValueError when the secret has fewer than 32 bytes or the id is empty.
    """
    if len(draft_secret) < _LEAST_SECRET or not draft_id:
        raise ValueError("a draft has a secret of at least 32 bytes and an id")
    info = b"portal|receipt|v1|" + draft_id.encode()
    bits = int.from_bytes(HKDF(SHA256(), 15, salt=None, info=info).derive(draft_secret))
    symbols = spell(bits, _RANDOM_SYMBOLS)
    return symbols + check_symbol(symbols)


def lookup_value(code: str, pepper: bytes) -> bytes:
    """What is stored to find the report again (32 bytes); nothing without the pepper.

    Raises ValueError when the code is not in its normal form or the pepper not of 32 to 64 bytes.
    """
    return _derived(code, pepper, b"portal lookup v1")


def reporter_keys(code: str, pepper: bytes) -> KeyPair:
    """The reporter's key pair, held nowhere: it is made again from the code each time.

    Raises ValueError as `lookup_value` does.
    """
    return pair_of(_derived(code, pepper, b"portal reader v1"))


def _derived(code: str, pepper: bytes, purpose: bytes) -> bytes:
    if not is_code(code):
        raise ValueError("not a receipt code in its normal form")
    if len(pepper) not in _PEPPER_BYTES:
        raise ValueError("the pepper has 32 to 64 bytes")
    return blake2b(code.encode(), key=pepper, person=purpose, digest_size=SECRET_BYTES).digest()
