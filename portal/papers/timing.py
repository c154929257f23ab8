"""What pages show of the clocks of a case, and what an extension would make of the running one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.data.calendar import calendar
from portal.data.deadlines import deadlines
from portal.data.models.case import Case
from portal.data.models.timing import CaseClock
from portal.domain import clock, clocks
from portal.domain.clocks import Clock, Extension
from portal.domain.deadlines import DeadlineRow, Ground
from portal.domain.working_days import Unit
from portal.papers.clocks import NoClock, history, read, running_of


@dataclass(frozen=True)
class Timed:
    """One clock of a case: its row, what happened to it, and the law that it counts by (None: gone)."""

    row: CaseClock
    clock: Clock
    law: DeadlineRow | None


@dataclass(frozen=True)
class Extendable:
    """A running clock and the law's row it began with."""

    clock: Clock
    law: DeadlineRow

    @property
    def grounds(self) -> Sequence[Ground]:
        """The grounds that the row knows; empty where the law allows no extension."""
        return tuple(self.law.grounds or {})

    @property
    def most(self) -> int:
        """The most units of one extension."""
        return self.law.extension

    @property
    def unit(self) -> Unit:
        return self.clock.unit

    def due(self, ground: Ground, days: int) -> date | None:
        """The last day after such an extension; raises NotExtendable."""
        more = Extension(days, ground, clock.today())
        return clocks.due(clocks.extended(self.clock, self.law, more), calendar())


def shown(case: Case) -> list[Timed]:
    """Every clock that the case had, in order; one that was taken over stays visible (rule 24)."""
    rows = history(case.id)
    as_rules = read(rows)
    return [Timed(row, as_rules[row.case_id, row.number], _law(row)) for row in rows]


def extendable(case: Case) -> Extendable:
    """What more time could be given to the running clock; raises NoClock."""
    row = running_of(case)
    law = _law(row)
    if law is None:  # a row of the law is never deleted, only ended
        raise NoClock(case.id)
    return Extendable(read([row])[row.case_id, row.number], law)


def due_if_resumed(case: Case) -> date | None:
    """The last day if the clock ran again from tomorrow; None where none stands still."""
    try:
        row = running_of(case)
    except NoClock:
        return None
    running = read([row])[row.case_id, row.number]
    return clocks.due(clocks.resumed(running, clock.today()), calendar()) if running.stands_still else None


def _law(row: CaseClock) -> DeadlineRow | None:
    versions = (one for one in deadlines().rows if (one.id, one.version) == (row.row_id, row.row_version))
    return next(versions, None)
