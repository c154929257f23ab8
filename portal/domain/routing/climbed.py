"""A decision on record after a conflict was found late: what it answered then, and who has the case now."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.domain.parties import Level
from portal.domain.routing.engine import CONFLICT, MOVED_UP, SOURCES


def climbed(told: dict[str, Any], left: Iterable[str], body: str, level: Level, on: date) -> dict[str, Any]:
    """The decision as `told` keeps it, answered by `body`, which took over that day from those that `left`.

    The trace stays: it says how the first answer was found. Source: rule 24; decisions 2 (design).
    """
    passed = list(left)
    known = {skip["name"] for skip in told["skipped"]}
    return told | {
        "body": body,
        "level": level.value,
        "active": True,
        "rule": CONFLICT,
        "source": SOURCES[CONFLICT],
        "reason": MOVED_UP[level],
        "joining": [name for name in told["joining"] if name not in (body, *passed)],
        "skipped": [
            *told["skipped"],
            *({"name": name, "conflicts": []} for name in passed if name not in known),
        ],
        "climbed_on": on.isoformat(),
    }
