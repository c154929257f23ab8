"""The receipt code (mã tra cứu): its alphabet, its check character, and reading what people type.

24 symbols of Crockford's base 32, shown as six groups of four: 23 that mean something (115 bits) and one
check symbol over the same alphabet. Source: design, decision 11 and security tests C1, C8.
"""

import unicodedata
from collections.abc import Iterator
from itertools import islice

from portal.domain.keyboard import keystrokes

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O (read as 1, 1, 0) and no U."""

CODE_LENGTH = 24
GROUP_LENGTH = 4
LONGEST_TYPED = 80
"""Characters looked at: a code with signs between all symbols, or with combining marks, still fits."""

_MOST_READINGS = 3
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_SEPARATORS = " \t\r\n\v\f\u00a0\u2028\u2029\u3000-._·•,:;'\"‐‑‒–—―−\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MEANT = str.maketrans("abcdefghijklmnopqrstuvwxyzOIL", "ABCDEFGH1JK1MN0PQRSTUVWXYZ011", _SEPARATORS)


def _times_alpha(value: int) -> int:
    """Multiply by the primitive element of GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled


_TIMES_ALPHA = tuple(_times_alpha(value) for value in range(32))


def check_symbol(symbols: str) -> str:
    """The check symbol of symbols of the alphabet.

    Symbol i counts alpha^(n - i), the check symbol 1: the powers of alpha differ over 31 positions and none
    is zero, so every changed symbol and every swap of two different symbols changes the sum.
    Raises KeyError for a character outside the alphabet.
    """
    total = 0
    for symbol in symbols:
        total = _TIMES_ALPHA[total ^ _VALUES[symbol]]
    return ALPHABET[total]


def spell(number: int, count: int) -> str:
    """The lowest 5 * `count` bits of a number as `count` symbols."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(count))


def is_code(text: str) -> bool:
    """Whether this is a receipt code in its one stored form: 24 symbols, no separators, right check."""
    if len(text) != CODE_LENGTH:
        return False
    try:
        return check_symbol(text[:-1]) == text[-1]
    except KeyError:
        return False


def plain_symbols(typed: str) -> str:
    """What was typed as symbols of the alphabet, separators left out; empty when anything else is in it."""
    symbols = typed.translate(_MEANT)
    return symbols if all(symbol in _VALUES for symbol in symbols) else ""


def format_groups(code: str) -> str:
    """For people to read: groups of four, hyphens between ("7K3M-9Q2F-…")."""
    return "-".join(code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH))


def normalise(typed: str) -> str | None:
    """The code that a person meant, or None when it is none; never raises.

    Ignored: spaces, hyphens and dashes, dots and other signs between groups, invisible characters.
    Read as meant: lower case, O as 0, I and L as 1, full-width and other compatibility forms, and letters
    that a Vietnamese keyboard (Telex or VNI) made out of two or three keys (see `keyboard.keystrokes`).
    Refused: U, anything else, a wrong length, a wrong check symbol, and more than 80 characters (unread).
    """
    return next(_readings(typed), None)


def readings(typed: str) -> tuple[str, ...]:
    """Every code that a person may have meant, the likeliest first, at most three; never raises.

    More than one only when a Vietnamese keyboard joined keys in a way that could have been typed in two
    ways and both have a right check symbol: one such input in fifty (Telex) or twenty (VNI). Look up each.
    """
    return tuple(islice(dict.fromkeys(_readings(typed)), _MOST_READINGS))


def _readings(typed: str) -> Iterator[str]:
    if len(typed) > LONGEST_TYPED:
        return
    plain = typed.translate(_MEANT)
    if is_code(plain):
        yield plain
    elif not typed.isascii():
        marked = unicodedata.normalize("NFKD", typed).translate(_MEANT).upper()
        yield from filter(is_code, (keys.translate(_MEANT) for keys in keystrokes(marked, CODE_LENGTH)))
