"""Every step from every state through the real acts, and long walks that nobody planned.

A step that MOVES does not have is refused with IllegalStep (or Forbidden, where the case is nobody's of that
body) and changes nothing; one that it has leads where it says. Source: assurance Z-14, issue "Bars".
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.action import Forbidden, Stale, session
from portal.casework import actions as casework
from portal.data import audit, db
from portal.data.models.case import Case, CaseStep
from portal.data.models.report import Message, MessageKind
from portal.domain.answers import Finding
from portal.domain.clocks import NotExtendable, NotSuspendable
from portal.domain.declining import DeclineReason
from portal.domain.kinds import Kind, ReportKind
from portal.domain.life import DESKS, MOVES, IllegalStep, State, Step
from portal.domain.parties import Level
from portal.domain.stated import Stated
from portal.intake.actions import mailbox
from portal.intake.actions.review import request_review
from portal.triage import actions as triage
from tests.support import make, people
from tests.support.fingerprints import Book
from tests.support.later_steps import LATER, resident
from tests.support.make import ANSWER, COMMITTEE, FRONT

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
OUTSIDE_WARD = "C27031b"
"""The ward whose bodies have no keys: its committee gets a hand-over outside the portal."""
TEXT = "Một câu đủ dài để không bị từ chối vì ngắn."
REFUSALS = (
    triage.NotTogether,
    IllegalStep,
    Forbidden,
    NotExtendable,
    NotSuspendable,
    mailbox.NotOpen,
    mailbox.NotNow,
    triage.NotRoutable,
    casework.NotHeard,
    casework.OpenRemedy,
)


@dataclass
class Run:
    """One case, with the people who may act on it."""

    made: Any
    sent: Any
    case_id: str
    seats: dict[str, Any] = field(default_factory=dict)
    beside: str = ""
    into: str = ""

    @property
    def case(self) -> Case:
        session().rollback()
        return session().get_one(Case, self.case_id)

    @property
    def state(self) -> State:
        return self.case.state

    @property
    def lead(self) -> str:
        """The lead of the committee that has the case; the ward's, where nobody on the portal has it."""
        login = f"lead.{self.case.leader_id}"
        return login if login in self.made.made.persons else f"lead.{COMMITTEE}"

    def seat(self, who: str) -> Any:
        return self.seats.get(who) or self.seats.setdefault(who, self.made.made.signed_in(who))

    def take(self, step: Step) -> None:
        DOES[step](self, self.case)


def begin(
    made: Any, *, kind: ReportKind = ReportKind.ACT, outside: bool = False, linked: bool = False
) -> Run:
    """A new case at a Front board, whose competent committee is on the portal or outside it.

    `linked`: the case on the state track that was opened beside it; its body has no key here.
    """
    changes: dict[str, Any] = {}
    if outside:
        whole = make.telling()
        office = whole.office.__class__(
            **{**whole.office.__dict__, "area_id": OUTSIDE_WARD, "body_id": f"committee.{OUTSIDE_WARD}"}
        )
        changes = {"area_id": OUTSIDE_WARD, "office": office}
    if kind is ReportKind.PRAISE:
        changes |= {"kind": kind, "category": "praise"}
    sent = make.report(made.settings, **changes)
    run = Run(made, sent, make.case_of(sent).id)
    if linked:
        run.take(Step.CLASSIFY)
        run.take(Step.ESTABLISH)
        run.take(Step.OPEN_TRACK)
        run.case_id, run.beside = run.case.linked_to or "", run.case_id
    return run


def _front(run: Run, act: Callable[..., Any], case: Case, *args: Any, **named: Any) -> None:
    actor, ring = run.seat(f"lead.{case.front_id}")
    act(actor, case, ring, *args, **named)


def _committee(
    run: Run, act: Callable[..., Any], case: Case, *, with_ring: bool = True, **named: Any
) -> None:
    actor, ring = run.seat(run.lead)
    if with_ring:
        act(actor, case, ring, **named)
    else:
        act(actor, case, **named)


def _route(run: Run, case: Case) -> None:
    _send(run, case, triage.route, COMMITTEE)


def _hand_over(run: Run, case: Case) -> None:
    _send(run, case, triage.hand_over, f"inspection.{OUTSIDE_WARD}", register_no="01/CV")


def _refer(run: Run, case: Case) -> None:
    """Where nobody knows who manages the post: what was stated before is taken back."""
    actor, ring = run.seat(f"lead.{case.front_id}")
    if case.state in MOVES[Step.REFER].sources:
        triage.establish(actor, case, ring, stated=Stated(), seen=case.version)
    triage.refer(actor, case, ring, seen=run.case.version)


def _send(run: Run, case: Case, act: Callable[..., Any], committee: str, **named: Any) -> None:
    """To the committee that the engine names now: in a review it is another than before."""
    actor, ring = run.seat(f"lead.{case.front_id}")
    answer = triage.prepare(actor, case, ring)[1].answer
    if not hasattr(answer, "body") and case.state in MOVES[Step.ROUTE].sources:
        make.established(actor, case, ring)
        answer = triage.prepare(actor, case, ring)[1].answer
    named["committee_id"] = answer.body.id if hasattr(answer, "body") else committee
    versions = (triage.HandoverVersion(run.sent.report_id, TEXT, "", ()),)
    act(actor, case, ring, versions=versions, seen=run.case.version, **named)


def _answer_info(run: Run, case: Case) -> None:
    actor, report, secret = resident(run)
    asked = select(Message).where(Message.report_id == report.id, Message.kind == MessageKind.QUESTION)
    question = session().scalars(asked.order_by(Message.place.desc())).first()
    wanted = question.id if question else "0" * 16
    if case.state is not State.NEEDS_INFO:
        raise IllegalStep("a reply outside needs_info is a letter, not a step")
    mailbox.reply(actor, report, secret, question_id=wanted, text=TEXT, files=())


def _request_review(run: Run, case: Case) -> None:
    actor, report, secret = resident(run)
    request_review(actor, report, secret, case_id=case.id, text=TEXT)


def _end_review(run: Run, case: Case) -> None:
    """What ends a review is the end of the case that reviews: its board answers by declining."""
    review = session().scalars(select(Case).where(Case.review_of == case.id)).first()
    if review is None or review.state is not State.RECEIVED:
        raise IllegalStep("no review")
    given = {"reason": DeclineReason.NO_FACTS, "text": TEXT, "seen": review.version}
    _front(run, triage.decline, review, **given)


def _answer(run: Run, case: Case) -> None:
    if _is_the_boards(case):
        _front(run, triage.answer_outside, case, seen=case.version)
    else:
        _committee(run, casework.answer, case, seen=case.version)


def _close(run: Run, case: Case) -> None:
    if _is_the_boards(case):
        actor, _ = run.seat(f"lead.{case.front_id}")
        triage.close_outside(actor, case, seen=case.version)
    else:
        _committee(run, casework.close, case, with_ring=False, seen=case.version)


def _is_the_boards(case: Case) -> bool:
    """Nobody on the portal has it, or it went to a body that is not on the portal."""
    leader = case.leader_id or ""
    return not leader.startswith("inspection.") or leader.endswith(OUTSIDE_WARD)


def _returned(run: Run, case: Case) -> None:
    given = {"finding": Finding.NONE, "answer": ANSWER, "dated": date(2026, 4, 2), "seen": case.version}
    _front(run, triage.record_return, case, **given)


def _assign(run: Run, case: Case) -> None:
    account = run.made.made[run.lead.replace("lead.", "member.")].account_id
    _committee(run, casework.assign, case, with_ring=False, account_id=account, seen=case.version)


def _explain(run: Run, case: Case) -> None:
    given = {"text": TEXT, "dated": date(2026, 4, 2), "refused": False}
    _committee(run, casework.record_explanation, case, **given)


def _conclude(run: Run, case: Case) -> None:
    _committee(run, casework.conclude, case, finding=Finding.PARTLY, answer=ANSWER, seen=case.version)


def _join(run: Run, case: Case) -> None:
    """Into another case of the same board."""
    run.into = run.into or make.case_of(make.report(run.made.settings)).id
    _front(run, triage.join, run.case, into=run.into, why=TEXT, seen=run.case.version)


DOES: dict[Step, Callable[[Any, Case], None]] = {
    **LATER,
    Step.JOIN: _join,
    Step.UNJOIN: lambda run, case: _front(run, triage.unjoin, case, reason=TEXT, seen=case.version),
    Step.CLASSIFY: lambda run, case: _front(
        run, triage.classify, case, kind=Kind.PETITION, why=TEXT, seen=case.version
    ),
    Step.ESTABLISH: lambda run, case: _front(
        run, triage.establish, case, stated=Stated(managing_level=Level.COMMUNE), seen=case.version
    ),
    Step.ASK_INFO: lambda run, case: _front(run, triage.ask, case, text=TEXT, seen=case.version),
    Step.ANSWER_INFO: _answer_info,
    Step.RESUME: lambda run, case: _front(run, triage.resume, case, reason=TEXT, seen=case.version),
    Step.DECLINE: lambda run, case: _front(
        run, triage.decline, case, reason=DeclineReason.NO_FACTS, text=TEXT, seen=case.version
    ),
    Step.COMMEND: lambda run, case: _front(run, triage.commend, case, text=TEXT, seen=case.version),
    Step.REFER: _refer,
    Step.OPEN_TRACK: lambda run, case: _front(run, triage.open_track, case, seen=case.version),
    Step.ROUTE: _route,
    Step.HAND_OVER: _hand_over,
    Step.RECORD_RETURN: _returned,
    Step.ACCEPT: lambda run, case: _committee(run, casework.accept, case, with_ring=False, seen=case.version),
    Step.RETURN: lambda run, case: _committee(
        run, casework.return_case, case, reason=TEXT, seen=case.version
    ),
    Step.ASSIGN: _assign,
    Step.NOTE: lambda run, case: _committee(run, casework.note, case, text=TEXT),
    Step.ASK_REPORTER: lambda run, case: _committee(
        run, casework.ask, case, report_id=run.sent.report_id, text=TEXT
    ),
    Step.BEGIN_VERIFICATION: lambda run, case: _committee(
        run, casework.begin_verification, case, plan=TEXT, seen=case.version
    ),
    Step.RECORD_EXPLANATION: _explain,
    Step.CONCLUDE: _conclude,
    Step.ANSWER: _answer,
    Step.CLOSE: _close,
    Step.REQUEST_REVIEW: _request_review,
    Step.END_REVIEW: _end_review,
}
# How a case comes to each state: the steps from the beginning; the first word names the kind of case.
_TO_VERIFYING = (Step.CLASSIFY, Step.ROUTE, Step.ACCEPT, Step.BEGIN_VERIFICATION)
_TO_CONCLUDED = (*_TO_VERIFYING, Step.RECORD_EXPLANATION, Step.CONCLUDE)
PATHS: dict[State, tuple[Step, ...]] = {
    State.RECEIVED: (Step.CLASSIFY,),
    State.NEEDS_INFO: (Step.CLASSIFY, Step.ASK_INFO),
    State.RETURNED: (Step.CLASSIFY, Step.ROUTE, Step.RETURN),
    State.DECLINED: (Step.DECLINE,),
    State.ROUTED: (Step.CLASSIFY, Step.ROUTE),
    State.OUTSIDE: (Step.CLASSIFY, Step.HAND_OVER),
    State.ACCEPTED: (Step.CLASSIFY, Step.ROUTE, Step.ACCEPT),
    State.VERIFYING: (*_TO_VERIFYING, Step.RECORD_EXPLANATION),
    State.SUSPENDED: (*_TO_VERIFYING, Step.SUSPEND),
    State.CONCLUDED: _TO_CONCLUDED,
    State.ANSWERED: (*_TO_CONCLUDED, Step.ANSWER),
    State.CLOSED: (*_TO_CONCLUDED, Step.ANSWER, Step.CLOSE),
    State.UNDER_REVIEW: (*_TO_CONCLUDED, Step.ANSWER, Step.REQUEST_REVIEW),
    State.UNDETERMINED: (Step.CLASSIFY, Step.REFER),
    State.JOINED: (Step.JOIN,),
}
# What must be on a case for a step to have an object, after the step on its way that comes first.
NEEDS: dict[Step, tuple[Step, tuple[Step, ...]]] = {
    Step.RECORD_REPLY: (Step.BEGIN_VERIFICATION, (Step.REQUEST,)),
    Step.RECORD_REMEDY: (Step.CONCLUDE, (Step.PLAN_REMEDY,)),
    Step.CHECK_REMEDY: (Step.CONCLUDE, (Step.PLAN_REMEDY, Step.RECORD_REMEDY)),
    Step.APPROVE_PUBLICATION: (Step.ANSWER, (Step.DRAFT_PUBLICATION,)),
    Step.WITHDRAW_PUBLICATION: (Step.ANSWER, (Step.DRAFT_PUBLICATION, Step.APPROVE_PUBLICATION)),
    Step.CORRECT_PUBLICATION: (Step.ANSWER, (Step.DRAFT_PUBLICATION, Step.APPROVE_PUBLICATION)),
}


def way_to(state: State, step: Step) -> tuple[Step, ...]:
    """The steps to a state, with what `step` needs; a case with open remedies is closed by a review only."""
    after, needed = NEEDS.get(step, (None, ()))
    found: list[Step] = []
    for one in PATHS[state]:
        found += [one, *needed] if one is after else [one]
    if state is State.CLOSED and Step.PLAN_REMEDY in needed:
        found[-1:] = [Step.REQUEST_REVIEW, Step.END_REVIEW]
    return tuple(found)


# Steps of late conflicts: tests/actions/test_conflicts.py walks them.
# Of the other side of a join, of several matters, of a body outside: test_grouping.py, test_outside.py.
ELSEWHERE = {Step.SPLIT, Step.TAKE_IN, Step.LET_GO, Step.REMIND, Step.ESCALATE}
CONFLICTS = {Step.NAME_PERSON, Step.LOCK, Step.HAND_UP, Step.TAKE_OVER, Step.MOVE_UP}
OUTSIDE_ONLY = {Step.HAND_OVER, Step.RECORD_RETURN}


@pytest.fixture
def made(prepared):
    return prepared("people", people.found)


def test_every_step_has_an_act_and_every_state_a_way(kind) -> None:
    assert set(DOES) | CONFLICTS | ELSEWHERE == set(Step) == set(MOVES)
    assert set(PATHS) == set(State) == set(DESKS)


@pytest.mark.parametrize("state", State)
def test_every_step_from_a_state(made, state) -> None:
    """The steps that MOVES has lead where it says, each on a case of its own; all others change nothing."""
    for step in DOES:
        outside = step in OUTSIDE_ONLY or state is State.OUTSIDE
        if outside and state is State.UNDETERMINED:
            continue  # as from the state before it: the committee of this ward is on the portal
        outside = outside and state in (State.RECEIVED, State.OUTSIDE)
        run = _brought(made, state, outside=outside, step=step)
        if state in MOVES[step].sources and not (step in OUTSIDE_ONLY and state is State.RETURNED):
            run.take(step)
            assert run.state is (MOVES[step].target or state), f"{state} {step}"
            continue
        book = Book(made.settings.instance / "portal.sqlite3")
        with pytest.raises(REFUSALS):
            run.take(step)
        session().rollback()
        assert book.changed() == [], f"{state} {step}"
        assert run.state is state
    assert audit.verify(session()).faults == ()


def _brought(made: Any, state: State, *, outside: bool, step: Step = Step.NOTE) -> Run:
    run = begin(made, outside=outside)
    if step is Step.JOIN:
        run.into = _of_the_same_board(made, state)
    for one in way_to(state, step):
        run.take(one)
    assert run.state is state
    return run


def _of_the_same_board(made: Any, state: State) -> str:
    """A case that the board has which has a case in `state`: one that was referred is the province's."""
    other = begin(made)
    for one in PATHS[state] if state is State.UNDETERMINED else ():
        other.take(one)
    return other.case_id


@pytest.mark.parametrize("step", [Step.CLASSIFY, Step.ROUTE, Step.ACCEPT, Step.CONCLUDE, Step.ANSWER])
def test_a_page_that_is_too_old_decides_nothing(made, step) -> None:
    """Replayed from an old page: Stale, and nothing changes (Z-14)."""
    source = next(state for state in PATHS if state in MOVES[step].sources)
    run = _brought(made, source, outside=False)
    if step is Step.ROUTE:
        run.take(Step.ESTABLISH)
    run.take(
        step
        if MOVES[step].target is None
        else Step.NOTE
        if source in MOVES[Step.NOTE].sources
        else Step.CLASSIFY
    )
    old = run.case.version - 1
    book = Book(made.settings.instance / "portal.sqlite3")
    with pytest.raises(Stale):
        _replayed(run, step, old)
    session().rollback()
    assert book.changed() == []


def _replayed(run: Run, step: Step, seen: int) -> None:
    front, committee = run.seat(f"lead.{FRONT}"), run.seat(f"lead.{COMMITTEE}")
    case = run.case
    if step is Step.CLASSIFY:
        triage.classify(front[0], case, front[1], kind=Kind.PETITION, why="", seen=seen)
    elif step is Step.ROUTE:
        version = (triage.HandoverVersion(run.sent.report_id, TEXT, "", ()),)
        given = {"committee_id": COMMITTEE, "versions": version}
        triage.route(front[0], case, front[1], seen=seen, **given)
    elif step is Step.ACCEPT:
        casework.accept(committee[0], case, seen=seen)
    elif step is Step.CONCLUDE:
        casework.conclude(committee[0], case, committee[1], finding=Finding.NONE, answer=ANSWER, seen=seen)
    else:
        casework.answer(committee[0], case, committee[1], seen=seen)


def test_walks_that_nobody_planned_stay_on_the_map(made) -> None:
    """60 walks of up to 14 steps in any order: the state is always what the steps on record lead to."""

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.sampled_from(list(DOES)), min_size=4, max_size=14), st.integers(0, 2))
    def walk(steps: list[Step], kind_of_case: int) -> None:
        run = begin(made, outside=kind_of_case == 1, linked=kind_of_case == 2)
        # Half of every walk is drawn from what is possible, else hardly any leaves the first state.
        for number, wanted in enumerate(steps):
            possible = [one for one in DOES if run.state in MOVES[one].sources]
            step = possible[list(DOES).index(wanted) % len(possible)] if number % 2 else wanted
            _try(run, step)
        _check_the_record(run)
        _check_the_case_beside(run)

    walk()
    assert audit.verify(session()).faults == ()
    states = set(session().scalars(select(Case._state)))
    assert len(states) >= 8, states


def _try(run: Run, step: Step) -> None:
    before = run.state
    try:
        run.take(step)
    except REFUSALS:
        session().rollback()
        assert run.state is before
    else:
        assert before in MOVES[step].sources or step is Step.END_REVIEW
        assert run.state is (MOVES[step].target or before)


def _check_the_case_beside(run: Run) -> None:
    """What is done on one track moves nothing on the other."""
    if run.beside:
        other = session().get_one(Case, run.beside)
        assert (other.state, other.version, other.leader_id) == (State.RECEIVED, 4, None)
        assert other.linked_to == run.case_id


def _check_the_record(run: Run) -> None:
    """The steps on record are a way on the map from the beginning to where the case stands."""
    case = run.case
    steps = (
        session()
        .scalars(select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.version))
        .all()
    )
    assert [one.version for one in steps] == list(range(2, case.version + 1))
    state = State.RECEIVED
    for one in steps:
        assert one.from_state is state
        assert state in MOVES[one.step].sources
        assert one.to_state is (MOVES[one.step].target or state)
        state = one.to_state
    assert state is case.state
    assert case.desk is DESKS[state]
    assert (case.closed_on is None) or state in {State.DECLINED, State.ANSWERED, State.CLOSED}


@pytest.mark.parametrize("pair", list(product((Step.ACCEPT, Step.RETURN), repeat=2)))
def test_of_two_who_decide_at_once_one_decides(made, pair) -> None:
    """Both saw the same page; the second is told that the case moved (E.6)."""
    run = _brought(made, State.ROUTED, outside=False)
    seen = run.case.version
    lead = run.seat(f"lead.{COMMITTEE}")

    def act(step: Step) -> None:
        if step is Step.ACCEPT:
            casework.accept(lead[0], run.case, seen=seen)
        else:
            casework.return_case(lead[0], run.case, lead[1], reason=TEXT, seen=seen)

    act(pair[0])
    with pytest.raises((Stale, Forbidden, IllegalStep)):
        act(pair[1])
    assert db.session().scalar(select(CaseStep.version).order_by(CaseStep.version.desc())) == seen + 1
