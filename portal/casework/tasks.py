"""The task list of a case: which steps the committee can take now, which it took, which wait and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.life import State, Step, steps_from
from portal.domain.permissions import Actor, Facts, Permission, may

LEAD, WORK = Permission.CASEWORK_LEAD, Permission.CASEWORK_WORK


@dataclass(frozen=True)
class Act:
    """A step of the committee, the page on which it is taken, and the right it needs."""

    step: Step
    endpoint: str
    permission: Permission


PATH = (
    Act(Step.ACCEPT, "casework.accept", LEAD),
    Act(Step.ASSIGN, "casework.assign", LEAD),
    Act(Step.BEGIN_VERIFICATION, "casework.begin_verification", WORK),
    Act(Step.RECORD_EXPLANATION, "casework.record_explanation", WORK),
    Act(Step.CONCLUDE, "casework.conclude", WORK),
    Act(Step.ANSWER, "casework.answer", LEAD),
    Act(Step.CLOSE, "casework.close", LEAD),
)
BESIDES = (
    Act(Step.NOTE, "casework.note", WORK),
    Act(Step.ASK_REPORTER, "casework.ask", WORK),
    Act(Step.EXTEND, "casework.extend", LEAD),
    Act(Step.SUSPEND, "casework.suspend", LEAD),
    Act(Step.RESUME_WORK, "casework.resume_work", LEAD),
    Act(Step.CORRECT, "casework.correct", LEAD),
    Act(Step.RETURN, "casework.return_case", LEAD),
)


_ARRIVALS = {Step.ROUTE, Step.TAKE_OVER}


class Standing(StrEnum):
    """How a task stands."""

    DONE = "done"
    READY = "ready"
    FOR_LEAD = "for_lead"
    LATER = "later"
    PASSED = "passed"


@dataclass(frozen=True)
class Task:
    """One line of the task list. `open` says that its page can be used now."""

    act: Act
    standing: Standing
    open: bool


def tasks(actor: Actor, facts: Facts, state: State, taken: Iterable[Step]) -> list[Task]:
    """The main path of a case, in order; `taken` are its steps since the committee has it.

    To hand the case to an officer is done while one has it: whoever lost his part in it leaves the task open.
    """
    possible, done = set(steps_from(state)), set(taken)
    if facts.assignee_id is None:
        done.discard(Step.ASSIGN)
    last = max((number for number, act in enumerate(PATH) if act.step in done), default=0)
    found = []
    for number, act in enumerate(PATH):
        allowed = act.step in possible and may(actor, act.permission, facts)
        if act.step in done:
            standing = Standing.DONE
        elif act.step in possible:
            standing = Standing.READY if allowed else Standing.FOR_LEAD
        else:  # what the case went past does not come later
            standing = Standing.PASSED if number < last else Standing.LATER
        found.append(Task(act, standing, allowed))
    return found


def besides(actor: Actor, facts: Facts, state: State) -> list[Act]:
    """What else can be done now: note, question, more time, return."""
    possible = set(steps_from(state))
    return [act for act in BESIDES if act.step in possible and may(actor, act.permission, facts)]


def since_held(steps: Iterable[Step]) -> list[Step]:
    """The steps since the committee got the case: routed to it, or taken over from one in conflict."""
    found: list[Step] = []
    for step in steps:
        found = [] if step in _ARRIVALS else [*found, step]
    return found
