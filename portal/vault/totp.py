"""The second factor: one-time codes of six digits that change every 30 seconds (TOTP).

Source: RFC 6238; design, confidentiality ("Staff accounts") and security test B4.
"""

import re
from datetime import datetime
from hmac import compare_digest

import pyotp

__all__ = ["check", "new_seed", "uri"]

_STEP_SECONDS = 30
_WINDOW = 1  # steps the telephone's clock may be off, either way
_CODE = re.compile(r"[0-9]{6}")
_LONGEST_TYPED = 16


def new_seed() -> str:
    """A random seed of 160 bits, in base 32 as authenticator apps want it."""
    return pyotp.random_base32()


def uri(seed: str, name: str, *, issuer: str = "Cổng phản ánh") -> str:
    """The otpauth:// address for the QR code that is scanned once; `name` is shown in the app."""
    return pyotp.TOTP(seed).provisioning_uri(name=name, issuer_name=issuer)


def check(seed: str, code: str, at: datetime, last_counter: int | None) -> int | None:
    """The counter of a right code, to be stored as `last_counter`; None for a wrong or used one.

    `at` is the time with its zone; a code counts for its own 30 seconds and those before and after. A code
    of the stored counter or an earlier one is refused, so each works once. Spaces in the code do not matter.
    The caller stores the counter only if it is still greater than the stored one (two workers).
    """
    typed = "".join(code.split()) if len(code) <= _LONGEST_TYPED else ""
    if not _CODE.fullmatch(typed):
        return None
    now, clock = int(at.timestamp()) // _STEP_SECONDS, pyotp.TOTP(seed)
    right = [
        counter
        for counter in range(now - _WINDOW, now + _WINDOW + 1)
        if compare_digest(clock.generate_otp(counter), typed) and counter > (last_counter or 0)
    ]
    return right[0] if right else None
