"""Wrong receipt codes: counted so that a flood raises an alarm, and never so that a right code is kept out.

A code has 115 random bits, so nobody guesses one; what counts is what a flood costs. A right code is looked
up before anything here is asked. To stay cheaper than the guess, one miss in EVERY goes to the store that
the workers share. Source: design, security test C6.
"""

import logging
from itertools import count

from portal.domain.clock import now
from portal.web import throttle

log = logging.getLogger("portal")
ALARM, SHED = 10_000, 100_000  # misses in an hour
EVERY = 16
_misses = count(1)
_shed_in = ""


def missed() -> bool:
    """Note one wrong code; True if there are so many in this hour that the page need not be made."""
    global _shed_in
    hour = f"{now():%Y-%m-%dT%H}"
    if next(_misses) % EVERY == 0:
        noted = throttle.count("receipt.miss", hour)
        if noted == ALARM // EVERY:
            log.warning("alarm: %s wrong receipt codes within an hour", ALARM)
        if noted > SHED // EVERY:
            _shed_in = hour
    return _shed_in == hour
