"""Taking a step of a case: the move, its row, and the clock that starts with the new state."""

from datetime import UTC, datetime, time

from portal.action import Stale, session
from portal.data.models.case import Case, CaseStep
from portal.data.models.timing import Ending
from portal.domain import clock
from portal.domain.deadlines import CLOCKS, GOES_ON, REPRISAL_CLOCKS
from portal.domain.kinds import ReportKind
from portal.domain.life import RESTING, State, Step
from portal.domain.permissions import Actor, ActorKind
from portal.papers import clocks


def take(actor: Actor, case: Case, step: Step, reason: str = "", *, seen: int | None = None) -> None:
    """Move `case` and write its step; raises IllegalStep, and Stale if it moved on since version `seen`.

    The reason itself is sealed by the caller.
    """
    require_unmoved(case, seen)
    note_lateness(case)
    before, after = case.take(step, reason)
    if after is not before:
        start_clock(case)
    resident = actor.kind in (ActorKind.PUBLIC, ActorKind.REPORTER)
    # A resident's step carries its day only (confidentiality 6).
    moment = datetime.combine(clock.today(), time.min, UTC) if resident else clock.now()
    session().add(
        CaseStep(
            case_id=case.id,
            version=case.version,
            step=step,
            from_state=before,
            to_state=after,
            at=moment,
            body_id=actor.body_id,
            account_id=None if resident else actor.id,
        )
    )


def require_unmoved(case: Case, seen: int | None) -> None:
    """Raises Stale if the case moved on since version `seen`; None: whoever acts saw no version."""
    if seen is not None and seen != case.version:
        raise Stale(case.id)


def note_lateness(case: Case) -> None:
    """Late stays late, also after the step is taken (rule 28)."""
    if case.due_on is not None and clock.today() > case.due_on:
        case.was_late = True


def start_clock(case: Case) -> None:
    """Begin the clock of the state the case is in now; praise starts no clock (rule 9)."""
    if case.state in GOES_ON:
        return
    own = REPRISAL_CLOCKS if case.reprisal_of else CLOCKS
    running = own.get(case.state, CLOCKS.get(case.state))
    if running is None or (case.report_kind is ReportKind.PRAISE and case.state is not State.RECEIVED):
        clocks.stop(case, Ending.DONE)
    else:
        clocks.start(case, running)
    case.closed_on = clock.today() if case.state in RESTING else None


def end_review(actor: Actor, case: Case) -> None:
    """When the case that reviewed another ends, the other one is closed."""
    if case.review_of is None:
        return
    earlier = session().get(Case, case.review_of, populate_existing=True, with_for_update=True)
    if earlier is not None and earlier.state is State.UNDER_REVIEW:
        take(actor, earlier, Step.END_REVIEW)
