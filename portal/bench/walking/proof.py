"""What must hold after a walk: each state where its steps lead, nothing lost or doubled, the chain whole."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select

from portal.action import session
from portal.bench.walking.country import Country, reports_of
from portal.bench.walking.walk import Walked
from portal.data import audit
from portal.data.models.case import Case, CaseStep, Record, RecordKind
from portal.data.models.report import Message, MessageKind
from portal.data.models.timing import CaseClock
from portal.domain.deadlines import CLOCKS, GOES_ON
from portal.domain.life import DESKS, MOVES, RESTING, State, Step


def proven(country: Country, walked: Walked) -> Iterator[str]:
    """The faults, one line each; none where every promise was kept."""
    session().rollback()
    yield from walked.faults
    for case in session().scalars(select(Case).order_by(Case.id)):
        yield from (f"{case.id}: {fault}" for fault in _of_case(case))
    yield from _notes(walked)
    yield from _letters(walked)
    verdict = audit.verify(session())
    yield from (f"audit {fault}" for fault in verdict.faults)
    yield from _entries(walked, verdict.entries)


def _of_case(case: Case) -> Iterator[str]:
    steps = session().scalars(select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.version))
    state, version = State.RECEIVED, 1
    for one in steps:
        move, version = MOVES[one.step], version + 1
        if one.version != version:
            yield f"step {one.version} follows {version - 1}"
        if one.from_state is not state or state not in move.sources:
            yield f"{one.step} from {one.from_state} after {state}"
        if one.to_state is not (move.target or one.from_state):
            yield f"{one.step} leads to {one.to_state}"
        state = one.to_state
    if (state, version, DESKS[state]) != (case.state, case.version, case.desk):
        yield f"stands at {case.state} {case.version}, its steps lead to {state} {version}"
    if (case.closed_on is not None) != (state in RESTING):
        yield f"closed_on in {state}"
    yield from _clocks(case)


def _clocks(case: Case) -> Iterator[str]:
    open_ones = select(func.count()).where(CaseClock.case_id == case.id, CaseClock.ended_on.is_(None))
    running = session().scalar(open_ones) or 0
    if running > 1:
        yield f"{running} clocks run"
    if case.state not in GOES_ON and case.state not in CLOCKS and (running or case.due_on):
        yield f"a clock runs in {case.state}"


def _notes(walked: Walked) -> Iterator[str]:
    """As many notes lie with each case as its officers were told are kept."""
    noted = (Record.kind == RecordKind.NOTE, Record.step == Step.NOTE)
    rows = select(Record.case_id, func.count()).where(*noted).group_by(Record.case_id)
    yield from _compared("notes", Counter(case for case, _ in walked.notes), Counter(dict(_pairs(rows))))


def _letters(walked: Walked) -> Iterator[str]:
    rows = select(Message.report_id, func.count()).where(Message.kind == MessageKind.ADDITION)
    found = Counter(dict(_pairs(rows.group_by(Message.report_id))))
    yield from _compared("letters", Counter(reports_of(case)[0] for case, _ in walked.letters), found)


def _pairs(rows) -> Iterator[tuple[str, int]]:  # type: ignore[no-untyped-def]
    yield from ((one, number) for one, number in session().execute(rows))


def _compared(what: str, wanted: Counter[str], found: Counter[str]) -> Iterator[str]:
    for one in sorted(wanted.keys() | found.keys()):
        if wanted[one] != found[one]:
            yield f"{one}: {found[one]} {what}, {wanted[one]} were taken in"


def _entries(walked: Walked, entries: int) -> Iterator[str]:
    """Every step on record was an act on record."""
    if entries < walked.steps:
        yield f"audit: {entries} entries for {walked.steps} acts"
