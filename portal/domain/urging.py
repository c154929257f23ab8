"""Urging a body outside the portal (đôn đốc): when it is late, when to write, when its superior is told.

Source: the item that the Front sent carries a clock and stays late for ever (domain rules 28 and 30; QĐ
124-QĐ/TW art. 8); how often is urged is the dated row P7 of the deadlines (design).
"""

from dataclasses import dataclass
from datetime import date


class NotUrged(Exception):
    """The letter cannot be written now; `why` is a code that the page explains."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Awaited:
    """What is awaited from outside: `due` is the last day of the limit, `next_on` when to urge again."""

    due: date
    next_on: date | None = None

    def days_late(self, today: date) -> int:
        """Calendar days since the last day; 0 in time."""
        return max(0, (today - self.due).days)

    def is_to_urge(self, today: date) -> bool:
        """True once it is late and no letter of the last days waits for its effect."""
        return today > self.due and (self.next_on is None or today >= self.next_on)

    def require_late(self, today: date) -> None:
        """Raise NotUrged while the body still has time: nobody above it is told before."""
        if not self.days_late(today):
            raise NotUrged("not_late")
