"""What must be true of walked cases: their states, their steps, their notes, their clocks and the chain."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import func, select

from portal.action import session
from portal.bench.walk_steps import Seat, Walked
from portal.casework import actions as casework
from portal.data import audit
from portal.data.models.case import Case, CaseGrant, CaseStep, Record, RecordKind
from portal.data.models.timing import CaseClock
from portal.domain.life import DESKS, MOVES, State, Step

Taken = tuple[str, Step, int]
Note = tuple[str, str, int]
BESIDE = {Step.END_REVIEW, Step.TAKE_IN, Step.LET_GO, Step.ANSWER_INFO}
"""Steps that an act takes besides: of the case that was reviewed or taken in; a reply to an open question."""


def faults_of(
    cases: Sequence[Walked],
    taken: Iterable[Taken],
    notes: Sequence[Note],
    sign_in: Callable[[str, bool], Seat],
) -> list[str]:
    """Every promise that was not kept, in words; reads the stored cases and the committees' notes."""
    steps: dict[str, list[CaseStep]] = defaultdict(list)
    for row in session().scalars(select(CaseStep).order_by(CaseStep.case_id, CaseStep.version)):
        steps[row.case_id].append(row)
    faults = [fault for case in session().scalars(select(Case)) for fault in _replayed(case, steps[case.id])]
    faults += _counted(steps, taken)
    faults += _clocks()
    faults += _notes(cases, steps, notes, sign_in)
    session().rollback()
    faults += [f"audit {fault}" for fault in audit.verify(session()).faults]
    session().rollback()
    return faults


def _replayed(case: Case, steps: Sequence[CaseStep]) -> Iterator[str]:
    """The state is what the steps on record lead to, by the map, one version after the other."""
    if [one.version for one in steps] != list(range(2, case.version + 1)):
        yield f"{case.id}: versions {[one.version for one in steps]} up to {case.version}"
    state = State.RECEIVED
    for one in steps:
        move = MOVES[one.step]
        if one.from_state is not state or state not in move.sources:
            yield f"{case.id}: {one.step} from {one.from_state} where it stood at {state}"
        if one.to_state is not (move.target or state):
            yield f"{case.id}: {one.step} led to {one.to_state}"
        state = one.to_state
    if state is not case.state or case.desk is not DESKS[state]:
        yield f"{case.id}: stands at {case.state}, its steps lead to {state}"


def _counted(steps: dict[str, list[CaseStep]], taken: Iterable[Taken]) -> Iterator[str]:
    """Every step whose act returned is there once, and nothing else is."""
    stored = Counter((one.case_id, one.step, one.version) for rows in steps.values() for one in rows)
    said = Counter(taken)
    yield from (f"lost: {one}" for one in said - stored)
    yield from (f"nobody took: {one}" for one in stored - said if one[1] not in BESIDE)
    joined = sum(step is Step.JOIN for _, step, _ in said)
    taken_in = sum(step is Step.TAKE_IN for _, step, _ in stored)
    if joined != taken_in:
        yield f"{joined} cases were joined, {taken_in} taken in"


def _clocks() -> Iterator[str]:
    """A case has at most one clock that runs, and its last day is the case's (rule 25)."""
    running = (
        select(CaseClock.case_id, func.count(), func.min(CaseClock.due_on))
        .where(CaseClock.ended_on.is_(None))
        .group_by(CaseClock.case_id)
    )
    found = {case_id: (number, due) for case_id, number, due in session().execute(running)}
    yield from (f"{case_id}: {number} clocks run" for case_id, (number, _) in found.items() if number > 1)
    for case in session().scalars(select(Case)):
        number, due = found.get(case.id, (0, None))
        if number and case.due_on != due:
            yield f"{case.id}: due on {case.due_on}, its clock on {due}"
        if not number and case.due_on is not None and case.state is not State.RECEIVED:
            yield f"{case.id}: due on {case.due_on} without a clock"


def _notes(
    cases: Sequence[Walked],
    steps: dict[str, list[CaseStep]],
    notes: Sequence[Note],
    sign_in: Callable[[str, bool], Seat],
) -> Iterator[str]:
    """Each note that was accepted is stored, and read by whoever has the case since it was written.

    A case that was given back took its key along: notes of that time are kept and open to nobody.
    """
    by_case: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        by_case[note[1]].append(note)
    seats: dict[str, Seat] = {}
    for case_id, written in by_case.items():
        of_notes = (Record.case_id == case_id, Record.kind == RecordKind.NOTE, Record.step == Step.NOTE)
        stored = session().scalar(select(func.count()).where(*of_notes))
        if stored != len(written):
            yield f"{case_id}: {len(written)} notes were accepted, {stored} are stored"
        case = session().get_one(Case, case_id)
        body = case.leader_id
        if body is None or session().get(CaseGrant, (case_id, body)) is None:
            continue
        routed = max((one.version for one in steps[case_id] if one.step is Step.ROUTE), default=0)
        if body not in seats:
            seats[body] = sign_in(body, True)
        actor, ring = seats[body]
        opened = casework.open_case(actor, case, ring)
        read = Counter(paper.content.get("text") for paper in opened.papers)
        for mark, _, version in written:
            if version > routed and read[mark] != 1:
                yield f"{case_id}: the note {mark} of version {version} is read {read[mark]} times"
