"""Ten thousand open clocks: begun, counted again after a change of the calendar, and told of."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from portal.bench import cases
from portal.bench.base import Base
from portal.bench.report import Measure
from portal.domain import clock
from portal.domain.calendar_rows import Effect
from portal.registry.calendar import in_force, set_day
from portal.worker import clocks

NUMBER = 10_000
BAR_SECONDS = 10.0


def run(base: Base) -> Iterator[Measure]:
    """The rounds of the worker over `NUMBER` clocks of one board, in seconds."""
    cases.fill(base, NUMBER, real=0)
    spent, reached = _timed(clocks.take_in)
    yield Measure("clocks_begin", spent, "s", base.kind, more={"clocks": reached})
    spent, reached = _timed(clocks.warn)
    yield Measure("clocks_warn", spent, "s", base.kind, more={"clocks": reached})
    day = _a_working_day()
    set_day(clocks.WORKER, None, day=day, effect=Effect.OFF, what="Đo tốc độ", source="make bench")
    spent, reached = _timed(clocks.recount)
    held = spent <= BAR_SECONDS and reached == NUMBER
    yield Measure("clocks_10000", spent, "s", base.kind, bar="≤ 10 s", held=held, more={"clocks": reached})


def _a_working_day() -> date:
    day = clock.today() + timedelta(days=1)
    while not in_force().is_working_day(day):
        day += timedelta(days=1)
    return day


def _timed(round_: Callable[[], int]) -> tuple[float, int]:
    """Seconds of a round, and the clocks that it reached."""
    begin = time.perf_counter()
    reached = round_()
    return time.perf_counter() - begin, reached
