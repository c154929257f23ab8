"""The rows of the law and the calendar of days off, as they are shipped with the code."""

import hashlib
from functools import cache

from portal.data.reference import shipped
from portal.domain.calendar_rows import DAYS, YEARS, read_days, read_years
from portal.domain.deadline_rows import FILE, read_deadlines
from portal.domain.deadlines import Deadlines
from portal.domain.working_days import PACKAGE, Calendar


@cache
def deadlines() -> Deadlines:
    """Every version of every limit."""
    return read_deadlines(shipped(FILE))


@cache
def shipped_calendar() -> Calendar:
    """The days off without what officers entered; its revision names the file and the package's release."""
    days, years = shipped(DAYS), shipped(YEARS)
    return Calendar(read_days(days), read_years(years), revision_of(PACKAGE.encode(), days))


def revision_of(*parts: bytes) -> str:
    """A short name of what a date was computed with."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:16]
