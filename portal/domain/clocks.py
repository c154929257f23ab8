"""A running clock (đồng hồ thời hạn): counting, suspension, extension, warnings, by a given calendar."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from portal.domain.deadlines import DeadlineRow, Ground, NoRule, end_of
from portal.domain.working_days import Calendar, Unit


class Level(IntEnum):
    """How far a clock has run, in hundredths of its limit; LATE is the day after its last."""

    NONE = 0
    HALF = 50
    FOUR_FIFTHS = 80
    DUE = 100
    LATE = 101


class Until(StrEnum):
    """What a suspended clock waits for (LTC art. 34)."""

    OTHER_RESULT = "other_result"
    PERSON_BACK = "person_back"
    FORCE_MAJEURE = "force_majeure"


class NotExtendable(Exception):
    """The extension is outside the law's grounds and limits; `why` is a code that the page explains."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotSuspendable(Exception):
    """The clock stands still already, or does not, or the days are in no order."""


@dataclass(frozen=True)
class Pause:
    """Time does not run after `start` up to and with `end`; None: it stands still now."""

    start: date
    end: date | None
    until: Until


@dataclass(frozen=True)
class Extension:
    """More time, by a written decision with a ground of the row and a notice to the reporter."""

    days: int
    ground: Ground
    decided_on: date


@dataclass(frozen=True)
class Clock:
    """A limit at work: which version of which row, since when, and what happened to it. `limit` in `unit`."""

    row: str
    version: int
    unit: Unit
    limit: int
    started_on: date
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def days(self) -> int:
        """The limit with its extensions, counted as one term from the start."""
        return self.limit + sum(one.days for one in self.extensions)

    @property
    def stands_still(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].end is None

    def runs_on(self, day: date) -> bool:
        return not any(one.start < day <= (one.end or date.max) for one in self.pauses)


def begin(row: DeadlineRow, started_on: date) -> Clock:
    """The clock of a row that is on."""
    if row.unit is None or row.limit is None or not row.is_on:
        raise NoRule(f"dòng {row.id} không chạy được")
    return Clock(row.id, row.version, row.unit, row.limit, started_on)


def due(clock: Clock, calendar: Calendar) -> date | None:
    """The last day; None while the clock stands still before it (BLDS 2015 arts. 147–148; LTC art. 34)."""
    return _reached(clock, calendar, clock.days)


def _reached(clock: Clock, calendar: Calendar, count: int) -> date | None:
    if not clock.pauses:
        return end_of(clock.unit, count, clock.started_on, calendar)
    halt = clock.pauses[-1].start if clock.stands_still else None
    day, left = clock.started_on, count
    works: Callable[[date], bool] = calendar.is_working_day
    counts = works if clock.unit is Unit.WORKING_DAYS else lambda day: True
    while left > 0 or not works(day) or not clock.runs_on(day):
        day += timedelta(days=1)
        if halt is not None and day > halt:
            return None
        if left > 0:
            left -= clock.runs_on(day) and counts(day)
    return day


def levels(clock: Clock, calendar: Calendar) -> Iterator[tuple[Level, date]]:
    """The days on which the clock reaches its levels, in order; only those before it stands still."""
    day: date | None = None
    for level in (Level.HALF, Level.FOUR_FIFTHS, Level.DUE):
        day = _reached(clock, calendar, -(-clock.days * level // 100))
        if day is not None:
            yield level, day
    if day is not None:
        yield Level.LATE, day + timedelta(days=1)


def level_on(clock: Clock, calendar: Calendar, today: date) -> Level:
    """The highest level that the clock has reached."""
    return max((level for level, day in levels(clock, calendar) if day <= today), default=Level.NONE)


def next_level_on(clock: Clock, calendar: Calendar, said: Level) -> date | None:
    """The first day on which there is more to say than `said`; None where nothing follows."""
    return next((day for level, day in levels(clock, calendar) if level > said), None)


def extended(clock: Clock, row: DeadlineRow, extension: Extension) -> Clock:
    """The clock with more time; raises NotExtendable outside the row's grounds, number and length.

    That a clock is late already is no hindrance, but takes nothing back: late stays late (LTC 30; rule 28).
    """
    allowed = (row.grounds or {}).get(extension.ground, 0)
    if not allowed:
        raise NotExtendable("no_ground")
    if len(clock.extensions) >= allowed:
        raise NotExtendable("too_often")
    if not 0 < extension.days <= row.extension:
        raise NotExtendable("too_long")
    if clock.stands_still:
        raise NotExtendable("stands_still")
    return replace(clock, extensions=(*clock.extensions, extension))


def suspended(clock: Clock, day: date, until: Until) -> Clock:
    """The clock standing still after `day`; raises NotSuspendable."""
    last = clock.pauses[-1].end if clock.pauses else clock.started_on
    if last is None or day < last:
        raise NotSuspendable
    return replace(clock, pauses=(*clock.pauses, Pause(day, None, until)))


def resumed(clock: Clock, day: date) -> Clock:
    """The clock running again after `day`, the day of the decision to go on; raises NotSuspendable."""
    if not clock.stands_still or day < clock.pauses[-1].start:
        raise NotSuspendable
    return replace(clock, pauses=(*clock.pauses[:-1], replace(clock.pauses[-1], end=day)))
