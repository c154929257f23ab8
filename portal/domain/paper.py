"""Letters, calls and visits that an officer enters: the number in the board's register (sổ tiếp nhận đơn)."""

import re

_SPACES = re.compile(r"\s+")
_AROUND_SIGNS = re.compile(r"\s*([/\-.])\s*")


def register_number(typed: str) -> str:
    """The number as the register keeps it, so that one number has one spelling: " 12 / đt " → "12/ĐT"."""
    return _AROUND_SIGNS.sub(r"\1", _SPACES.sub(" ", typed).strip()).upper()
