"""The walk itself: every person on a thread of his own, all at random among the same cases, for a while."""

import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from portal.action import Forbidden, Stale, session
from portal.bench.walking.acts import AT_BOARD, OF_RESIDENTS, Act, Turn, possible
from portal.bench.walking.committee import AT_COMMITTEE
from portal.bench.walking.country import Country, Person
from portal.casework import actions as casework
from portal.data import db
from portal.data.models.case import Case
from portal.domain.answers import NoRealAnswer
from portal.domain.clocks import NotExtendable, NotSuspendable
from portal.domain.life import IllegalStep, Step
from portal.domain.parting import NotApart
from portal.domain.urging import NotUrged
from portal.intake.actions import mailbox, review
from portal.triage import actions as triage
from portal.vault.errors import NotHeld

REFUSALS = (
    Forbidden,
    IllegalStep,
    NoRealAnswer,
    NotApart,
    NotExtendable,
    NotHeld,
    NotSuspendable,
    NotUrged,
    Stale,
    casework.NotHeard,
    casework.OpenRemedy,
    mailbox.NotNow,
    mailbox.NotOpen,
    mailbox.TooMuch,
    review.NobodyAbove,
    triage.NotRoutable,
    triage.NotTogether,
)
"""What a page would explain to the person; anything else is a fault of ours."""
_ANY_STEP, _ANY_CASE, _LOOK_AGAIN = 6, 6, 25
"""One turn in so many: a step that the table may not have here, a case of others, a look at new ones."""
_RARELY = frozenset(
    {
        Step.DECLINE,
        Step.JOIN,
        Step.NOTE,
        Step.OPEN_TRACK,
        Step.REFER,
        Step.RETURN,
        Step.SPLIT,
        Step.SUSPEND,
        Step.WITHDRAW,
    }
)
_ONWARD = frozenset(
    {Step.ROUTE, Step.ACCEPT, Step.BEGIN_VERIFICATION, Step.RECORD_EXPLANATION, Step.CONCLUDE, Step.ANSWER}
)
"""A walk that is to come far takes these more often than the ones before."""


@dataclass
class Walked:
    """What came of it: steps taken, refusals by kind, the texts that were taken in, and what went wrong."""

    done: Counter[Step] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str]] = field(default_factory=list, repr=False)
    letters: list[tuple[str, str]] = field(default_factory=list, repr=False)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Walked") -> None:
        self.done += other.done
        self.refused += other.refused
        self.notes += other.notes
        self.letters += other.letters
        self.faults += other.faults

    @property
    def steps(self) -> int:
        return self.done.total()


def walk(country: Country, *, attempts: int, seconds: float, seed: int) -> Walked:
    """Let everybody try up to `attempts` acts each, for `seconds` at most; who begins what is the seed's."""
    found, lock = Walked(), threading.Lock()
    until = time.monotonic() + seconds

    def go(number: int, person: Person) -> None:
        mine = _Walker(country, person, Random(f"{seed}.{number}"))  # noqa: S311
        try:
            for attempt in range(attempts):
                if time.monotonic() > until:
                    break
                mine.turn(f"{number}.{attempt}")
        finally:
            db.store().session.remove()
        with lock:
            found.add(mine.walked)

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(country.people)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


@dataclass
class _Walker:
    country: Country
    person: Person
    chance: Random
    cases: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    walked: Walked = field(default_factory=Walked)

    def turn(self, mark: str) -> None:
        """One act on a case as it stands; what others did meanwhile is for the gate to tell."""
        session().rollback()
        case = session().get_one(Case, self._some_case())
        step, act = self._choose(case)
        try:
            act(Turn(self.country, self.person, case, self.chance, mark))
        except REFUSALS as why:
            session().rollback()
            self.walked.refused[type(why).__name__] += 1
        except Exception as fault:  # anything else is what the walk looks for
            session().rollback()
            self.walked.faults.append(f"{case.id} {step}: {type(fault).__name__} {fault}")
        else:
            self._note(step, case.id, mark)

    def _some_case(self) -> str:
        """Mostly one that the person's body has."""
        if not self.own or self.chance.randrange(_LOOK_AGAIN) == 0:
            self.cases, self.own = self.country.cases(), self.country.cases_of(self.person)
        if not self.own or self.chance.randrange(_ANY_CASE) == 0:
            return self.chance.choice(self.cases)
        return self.chance.choice(self.own)

    def _choose(self, case: Case) -> tuple[Step, Act]:
        """Mostly a step that the table has here, and one that leads on."""
        acts = self._acts()
        here = list(acts) if self.chance.randrange(_ANY_STEP) == 0 else possible(acts, case.state)
        step = max(self.chance.choices(here or list(acts), k=2), key=_weight)
        return step, acts[step]

    def _acts(self) -> Mapping[Step, Act]:
        if self.person.actor is None:
            return OF_RESIDENTS
        return AT_BOARD if self.person.is_of_a_board else AT_COMMITTEE

    def _note(self, step: Step, case_id: str, mark: str) -> None:
        self.walked.done[step] += 1
        if step is Step.NOTE:
            kept = self.walked.notes if self.person.actor else self.walked.letters
            kept.append((case_id, mark))


def _weight(step: Step) -> int:
    return 2 if step in _ONWARD else 0 if step in _RARELY else 1
