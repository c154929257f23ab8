"""Many cases walked at random by several actors at once; then every promise about them is checked.

The cases are walked in small groups, so that the actors often meet on one case. Source: issue "Bars".
"""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from portal.action import Stale, session
from portal.bench.walk_check import BESIDE, faults_of
from portal.bench.walk_steps import DOES, REFUSALS, Seat, Turn, Walked
from portal.config import Settings
from portal.data import db
from portal.data.models.case import Case
from portal.domain.life import MOVES, RESTING, Step
from portal.worker import clocks

GROUP = 4
"""Cases that are walked at the same time: fewer than there are actors."""
_ODD = 0.1  # so often a step is tried whether the map has it or not
_AGAIN = 4
# Steps that end a walk are rarer, notes more frequent than the rest.
_WEIGHTS = {
    Step.NOTE: 6.0,
    Step.ROUTE: 0.3,
    Step.HAND_OVER: 0.3,
    Step.ACCEPT: 3.0,
    Step.BEGIN_VERIFICATION: 3.0,
    Step.CONCLUDE: 2.0,
    Step.DECLINE: 0.2,
    Step.COMMEND: 0.1,
    Step.WITHDRAW: 0.3,
    Step.CLOSE: 0.3,
    Step.REQUEST_REVIEW: 0.3,
    Step.JOIN: 0.5,
    Step.REFER: 0.5,
}

Turned = tuple[Walked, tuple[str, ...]]
"""A case, and the ids of the cases that are walked beside it."""


@dataclass
class Log:
    """What the acts answered. `taken`: every step whose act returned; `notes`: mark, case and version."""

    taken: list[tuple[str, Step, int]] = field(default_factory=list)
    notes: list[tuple[str, str, int]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Findings:
    """The figures of a run. `faults` is empty where every promise was kept."""

    cases: int
    steps: int
    notes: int
    stale: int
    refused: int
    seconds: float
    states: int
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """Where it is walked. `sign_in(body, lead)` gives a person of the body with keys of his own."""

    settings: Settings
    cases: Sequence[Walked]
    sign_in: Callable[[str, bool], Seat]


def run(ground: Ground, *, actors: int, steps: int, seed: int) -> Findings:
    """Let `actors` processes take `steps` steps of every case, then check what is stored."""
    plan = _plan(ground.cases, steps, random.Random(seed))  # noqa: S311 - chance, not a secret
    session().rollback()
    begin = time.perf_counter()
    log = _together(ground, plan, actors, seed)
    spent = time.perf_counter() - begin
    taken = [one for each in log for one in each.taken]
    notes = [one for each in log for one in each.notes]
    refused = sum((each.refused for each in log), Counter())
    session().rollback()
    faults = [fault for each in log for fault in each.faults]
    faults += faults_of(ground.cases, taken, notes, ground.sign_in)
    states = set(session().scalars(select(Case._state).where(Case.id.in_([c.case_id for c in ground.cases]))))
    session().rollback()
    return Findings(
        len(ground.cases),
        len(taken),
        len(notes),
        refused[Stale.__name__],
        refused.total(),
        spent,
        len(states),
        tuple(faults),
    )


def _plan(cases: Sequence[Walked], steps: int, chance: random.Random) -> list[Turned]:
    """Whose turn it is: the cases of a group in any order, group after group."""
    found = []
    for start in range(0, len(cases), GROUP):
        group = list(cases[start : start + GROUP])
        ids = tuple(one.case_id for one in group)
        turns = [(one, ids) for one in group for _ in range(steps)]
        chance.shuffle(turns)
        found += turns
    return found


def _together(ground: Ground, plan: list[Turned], actors: int, seed: int) -> list[Log]:
    """Each actor is a process with a store of its own; whoever is free takes the next turn."""
    forked = multiprocessing.get_context("fork")
    place, answers = forked.Value("i", 0), forked.SimpleQueue()
    work = [
        forked.Process(target=_walk, args=(ground, plan, number, f"{seed}.{number}", place, answers))
        for number in range(actors)
    ]
    for one in work:
        one.start()
    found = [answers.get() for _ in work]
    for one in work:
        one.join()
    return found


def _walk(ground: Ground, plan: list[Turned], number: int, seed: str, place: Any, answers: Any) -> None:
    chance, log = random.Random(seed), Log()  # noqa: S311
    seats: dict[tuple[str, bool], Seat] = {}

    def seat(body: str, lead: bool) -> Seat:
        if (body, lead) not in seats:
            seats[body, lead] = ground.sign_in(body, lead)
            session().rollback()
        return seats[body, lead]

    try:
        # What the parent has open is the parent's: connections and locks are not shared.
        db.open_store(ground.settings.database, ground.settings.blobs, pool_size=2)
        for mine in range(len(plan)):
            with place:
                turn, place.value = place.value, place.value + 1
            if turn >= len(plan):
                break
            if mine % 100 == 99:
                clocks.run()
            _one(ground, plan[turn], seat, chance, f"dấu {number}.{mine}", log)
    except Exception as fault:  # reported as a fault of the run
        log.faults.append(f"actor {number} stopped: {type(fault).__name__} {fault}"[:400])
    finally:
        answers.put(log)


def _one(
    ground: Ground,
    turn: Turned,
    seat: Callable[[str, bool], Seat],
    chance: random.Random,
    mark: str,
    log: Log,
) -> None:
    """One step of a case; where it is refused, the case is read again and a step chosen anew."""
    one, group = turn
    for _ in range(_AGAIN):
        session().rollback()
        case = session().get_one(Case, one.case_id, populate_existing=True)
        step = _chosen(one, case, chance)
        before = case.version
        now = Turn(ground.settings, one, case, case.version, mark, seat, group)
        try:
            DOES[step](now)
        except REFUSALS as refusal:
            log.refused[type(refusal).__name__] += 1
            log.taken += now.taken
            session().rollback()
            if case.state in RESTING and not isinstance(refusal, Stale):
                return
            continue
        except Exception as fault:
            session().rollback()
            log.taken += now.taken
            log.faults.append(f"{step} of {one.case_id} at {before}: {type(fault).__name__} {fault}"[:400])
        else:
            log.taken += now.taken
            if step not in BESIDE:
                log.taken.append((one.case_id, step, case.version))
            if step is Step.NOTE:
                log.notes.append((mark, one.case_id, case.version))
        return


def _chosen(one: Walked, case: Case, chance: random.Random) -> Step:
    possible = [step for step in DOES if case.state in MOVES[step].sources]
    if not possible or chance.random() < _ODD:
        return chance.choice(list(DOES))
    # Nothing leads on from a report that nobody classified.
    weights = _WEIGHTS | {Step.CLASSIFY: 1.0 if case.kind else 20.0}
    weights |= {Step.HAND_OVER if one.outside else Step.ROUTE: 5.0}
    return chance.choices(possible, [weights.get(step, 1.0) for step in possible])[0]
