"""What the last nightly proof of the routing rules found: kept as one setting of the installation."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from portal.data.db import session
from portal.data.models.office import Setting
from portal.domain import clock

NAME = "routing_proof"
OLD = timedelta(hours=36)


@dataclass(frozen=True)
class ProofRecord:
    """`on`: the day that was proved; `first` names a few failing cells; `warned_on`: the last alarm.

    Counts are of cells and of bodies that take no part; metadata of the public register only.
    """

    on: date
    at: datetime
    holds: bool
    cells: int
    failing: int
    outside: int
    first: tuple[str, ...] = ()
    warned_on: date | None = None

    @property
    def is_old(self) -> bool:
        return clock.now() - self.at > OLD


def last_proof() -> ProofRecord | None:
    """The record of the last proof; None before the first."""
    row = session().get(Setting, NAME)
    return read(row.value) if row is not None else None


def written(record: ProofRecord) -> str:
    """As the setting holds it, at most 2,000 characters."""
    return json.dumps(asdict(record), default=str, ensure_ascii=False)


def read(value: str) -> ProofRecord:
    """The inverse of `written`."""
    given = json.loads(value)
    return ProofRecord(
        date.fromisoformat(given["on"]),
        datetime.fromisoformat(given["at"]),
        given["holds"],
        given["cells"],
        given["failing"],
        given["outside"],
        tuple(given["first"]),
        date.fromisoformat(given["warned_on"]) if given["warned_on"] else None,
    )


def is_proved() -> bool:
    """True if the last proof holds and is not older than 36 hours."""
    record = last_proof()
    return record is not None and record.holds and not record.is_old
