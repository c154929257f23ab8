"""How fast it is decided who is competent, and how long the proof of the whole country takes."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from portal.bench.report import Measure
from portal.data.country import shipped_holdings
from portal.domain import clock
from portal.domain.parties import Level, Track
from portal.domain.routing import Matter, decide
from portal.domain.routing.proof import Holdings
from portal.domain.routing.walk import prove
from portal.domain.subjects import Subject, as_main

LEAST_RATE, LONGEST_PROOF = 20_000, 60
_COMMUNES, _ROUNDS = 40, 5


def routing() -> Iterator[Measure]:
    """Decisions a second in one process, best of several rounds, and the proof with its loading."""
    gc.collect()
    begun = time.perf_counter()
    held = shipped_holdings()
    loaded = time.perf_counter()
    proof = prove(held, clock.today())
    took = time.perf_counter() - begun
    yield Measure(
        "routing_proof", took, "s", bar=f"≤ {LONGEST_PROOF} s", held=proof.holds and took <= LONGEST_PROOF,
        more={"cells": proof.cells, "classes": len(proof.classes), "loading_s": loaded - begun},
    )  # fmt: skip
    matters = _matters(held)
    rates = [_rate(matters, time.perf_counter) for _ in range(_ROUNDS)]
    best, cpu = max(rates), _rate(matters, time.process_time)
    yield Measure(
        "routing_decisions", best, "decisions/s", bar=f"≥ {LEAST_RATE:,}", held=best >= LEAST_RATE,
        more={"per_cpu_second": cpu, "slowest_round": min(rates), "decisions": len(matters)},
    )  # fmt: skip


def _matters(held: Holdings) -> list[Matter]:
    """Every office in force on both tracks, in communes from all over the country."""
    day = clock.today()
    communes = [area for area in held.country.areas.values() if area.level is Level.COMMUNE]
    standing = [area for area in communes if area.exists_on(day)]
    posts = [post for post in held.posts if post.exists_on(day)]
    found = []
    for area in standing[:: max(1, len(standing) // _COMMUNES)]:
        place = held.country.on(area.id, day)
        bodies = held.country.bodies(place)
        for post in posts:
            subject = Subject(area.id, act_date=day - timedelta(days=30), **as_main(post))
            found += [Matter(subject, place, bodies, day, track) for track in Track]
    return found


def _rate(matters: list[Matter], seconds: Callable[[], float]) -> float:
    begun = seconds()
    for one in matters:
        decide(one)
    return len(matters) / (seconds() - begun)
