"""Slowing down whoever guesses, without shutting anybody else out.

Tries are counted per what is tried *and* the network it comes from, so nobody is locked out by a stranger
elsewhere, and a shared network is never shut as a whole (security test B2). Slow work has a turnstile:
whoever does not find a place at once is told to come back, so threads do not pile up.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from portal.domain import clock

_FREE = 5
_FIRST_WAIT = 15
_LONGEST_WAIT = 900
_WINDOW = 1800
_HOUR = 3600


class TooMany(Exception):
    """Too many tries: come back in `wait` seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(str(wait))
        self.wait = wait


class Crowded(Exception):
    """All places for slow work are taken; come back in a few seconds."""


@dataclass(frozen=True)
class Ticket:
    """A try that was let through and counted."""

    store: Any
    key: bytes

    def clear(self) -> None:
        """The try was right: what was counted is forgotten."""
        self.store.clear(self.key)


def install(app: Flask, store: Any) -> None:
    """`store` counts (portal.data.limits.Limits)."""
    app.extensions["limits"] = store


def network() -> str:
    """The network of this request: /24 of IPv4, /48 of IPv6. Never stored, only part of a keyed digest."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address, 48 if address.version == 6 else 24), strict=False))


def admit(what: str, *parts: str, free: int = _FREE) -> Ticket:
    """Let a try through and count it; raises TooMany with the seconds to wait.

    `free` tries cost nothing; then each waits twice as long as the one before, up to 15 minutes. Tries that
    are refused are not counted, so nobody can prolong another's wait.
    """
    store = current_app.extensions["limits"]
    key = store.key(what, *parts)
    tries, counted = store.add(key, window=_WINDOW, unless=lambda before: _wait(before, free) > 0)
    if not counted:
        raise TooMany(_wait(tries, free))
    return Ticket(store, key)


def count(what: str, *parts: str) -> int:
    """Count once and refuse nothing: how often within the hour, this time included."""
    store = current_app.extensions["limits"]
    tries, _ = store.add(store.key(what, *parts), window=_HOUR)
    number: int = tries.number
    return number


def limit(what: str, *, most: int) -> None:
    """Refuse with 429 what a network does more than `most` times an hour: many phones share one address."""
    if count(what, network()) > most:
        raise TooManyRequests


def _wait(tries: Any, free: int) -> int:
    over = tries.number - free
    if over < 0:
        return 0
    pause = min(_FIRST_WAIT << min(over, 10), _LONGEST_WAIT)
    return int(max(0, tries.last + pause - clock.now().timestamp()))


class Turnstile:
    """Places for slow work in this process: `all_at_once` in all, `from_one` for one network."""

    def __init__(self, all_at_once: int, from_one: int) -> None:
        self._most, self._from_one = all_at_once, from_one
        self._lock = threading.Lock()
        self._inside: dict[str, int] = {}

    @contextmanager
    def turn(self, place: str) -> Iterator[None]:
        """Hold a place for the block; raises Crowded at once where none is free."""
        with self._lock:
            mine = self._inside.get(place, 0)
            if mine >= self._from_one or sum(self._inside.values()) >= self._most:
                raise Crowded
            self._inside[place] = mine + 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[place] -= 1
                if not self._inside[place]:
                    del self._inside[place]
