"""The printed recovery key: a second way to a person's secret when the passphrase is forgotten.

28 symbols of Crockford's base 32 (27 random = 135 bits, 1 check) in seven groups of four: long enough that
no slow hash is needed, and of another length than a receipt, so the two cannot be mixed up.
Source: design, confidentiality ("Person key").
"""

import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from portal.domain.receipts import check_symbol, format_groups, plain_symbols, spell

__all__ = ["new_recovery_code", "recovery_key"]

_RANDOM_SYMBOLS = 27
_LONGEST_TYPED = 80


def new_recovery_code() -> str:
    """A random code, in groups as it is printed ("7K3M-9Q2F-…", 34 characters)."""
    symbols = spell(secrets.randbits(5 * _RANDOM_SYMBOLS), _RANDOM_SYMBOLS)
    return format_groups(symbols + check_symbol(symbols))


def recovery_key(typed: str, account_id: str) -> bytes | None:
    """The key (32 bytes) that a printed code gives for one account; None when it cannot be such a code.

    Separators, lower case and look-alikes are read as in receipts; more than 80 characters are not read.
    """
    code = plain_symbols(typed) if len(typed) <= _LONGEST_TYPED else ""
    if len(code) != _RANDOM_SYMBOLS + 1 or check_symbol(code[:-1]) != code[-1]:
        return None
    info = b"portal|recovery|v1|" + account_id.encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(code.encode())
