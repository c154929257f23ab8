"""Every state with every step, and no state without a way out."""

import pytest

from portal.domain.life import DESKS, MOVES, RESTING, Desk, IllegalStep, State, Step, next_state, steps_from


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_every_pair_follows_the_table(state: State, step: Step) -> None:
    move = MOVES[step]
    if state in move.sources:
        assert next_state(state, step, "vì") is (move.target or state)
    else:
        with pytest.raises(IllegalStep):
            next_state(state, step, "vì")


@pytest.mark.parametrize("step", [step for step, move in MOVES.items() if move.reason_required])
def test_a_step_that_needs_a_reason_refuses_blanks(step: Step) -> None:
    source = next(iter(MOVES[step].sources))
    with pytest.raises(IllegalStep, match="reason"):
        next_state(source, step, " \n\t ")


def test_the_table_names_every_step() -> None:
    assert set(MOVES) == set(Step)


def reachable(start: State) -> set[State]:
    seen, todo = {start}, [start]
    while todo:
        state = todo.pop()
        for step in steps_from(state):
            target = MOVES[step].target or state
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return seen


def test_every_state_is_reached_from_the_first() -> None:
    assert reachable(State.RECEIVED) == set(State)


@pytest.mark.parametrize("state", State)
def test_no_state_is_a_dead_end(state: State) -> None:
    leaving = [step for step in steps_from(state) if MOVES[step].target not in (None, state)]
    assert leaving
    assert reachable(state) & RESTING


# What only a resident does, and what only a conflict of interest brings about.
NOT_BY_THE_DESK = {
    Step.ANSWER_INFO,
    Step.REQUEST_REVIEW,
    Step.WITHDRAW,
    Step.LOCK,
    Step.HAND_UP,
    Step.TAKE_OVER,
}
OPEN = [state for state in State if state not in RESTING]


@pytest.mark.parametrize("state", OPEN)
def test_who_has_the_case_can_bring_it_to_an_end(state: State) -> None:
    """Without the resident and without a superior: whoever falls silent, no case stays open for ever."""
    seen, todo = {state}, [state]
    while todo:
        here = todo.pop()
        for step in set(steps_from(here)) - NOT_BY_THE_DESK:
            target = MOVES[step].target or here
            if target not in seen:
                seen.add(target)
                todo.append(target)
    assert seen & RESTING


def test_every_state_has_a_desk_and_only_what_waits_for_nobody_has_none() -> None:
    assert set(DESKS) == set(State)
    nobodys = {state for state, desk in DESKS.items() if desk is Desk.NOBODY}
    assert nobodys == RESTING | {State.UNDER_REVIEW, State.JOINED}


def test_what_is_only_noted_moves_nothing() -> None:
    """A withdrawal ends no case (LTC art. 33), nor does a correction, a request, a record or an extension."""
    noted = {Step.WITHDRAW, Step.CORRECT, Step.EXTEND, Step.REQUEST, Step.RECORD_REPLY, Step.RECORD_OUTCOME}
    noted |= {Step.TELL_PERSON, Step.PLAN_REMEDY, Step.RECORD_REMEDY, Step.CHECK_REMEDY}
    noted |= {Step.DRAFT_PUBLICATION, Step.APPROVE_PUBLICATION}
    noted |= {Step.WITHDRAW_PUBLICATION, Step.CORRECT_PUBLICATION}
    assert {MOVES[step].target for step in noted} == {None}


def test_a_resident_can_withdraw_wherever_somebody_still_works() -> None:
    working = {state for state, desk in DESKS.items() if desk is not Desk.NOBODY}
    assert MOVES[Step.WITHDRAW].sources == working
