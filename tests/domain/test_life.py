"""Every state with every step, and no state without a way out."""

import pytest

from portal.domain.life import MOVES, RESTING, IllegalStep, State, Step, next_state, steps_from


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
