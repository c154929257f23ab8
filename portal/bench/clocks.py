"""Ten thousand open clocks: begun, counted again after a change of the calendar, and told of."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from portal.bench import cases
from portal.bench.base import Base
from portal.bench.report import Measure
from portal.data.models.timing import Effect
from portal.domain import clock
from portal.registry.calendar import in_force, set_day
from portal.worker import clocks

NUMBER = 10_000
BAR_SECONDS = 10.0


class Missed(Exception):
    """A round did not reach every clock."""


def run(base: Base) -> Iterator[Measure]:
    """The rounds of the worker over `NUMBER` clocks of one board, in seconds."""
    cases.fill(base, NUMBER, real=0)
    yield Measure("clocks_begin", _timed(clocks.take_in), "s", base.kind)
    clocks.warn()
    set_day(
        clocks.WORKER, None, day=_a_working_day(), effect=Effect.OFF, what="Đo tốc độ", source="make bench"
    )
    spent = _timed(clocks.recount)
    yield Measure("clocks_10000", spent, "s", base.kind, bar="≤ 10 s", held=spent <= BAR_SECONDS)
    with clock.at(clock.now() + timedelta(days=90)):
        yield Measure("clocks_warn", _timed(clocks.warn), "s", base.kind)


def _a_working_day() -> date:
    day = clock.today() + timedelta(days=1)
    while not in_force().is_working_day(day):
        day += timedelta(days=1)
    return day


def _timed(round_: Callable[[], int]) -> float:
    begin = time.perf_counter()
    reached = round_()
    spent = time.perf_counter() - begin
    if reached != NUMBER:
        raise Missed(f"{reached} of {NUMBER}")
    return spent
