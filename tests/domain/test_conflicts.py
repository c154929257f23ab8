"""Who is named, whose relative, who is barred then, and how far a case climbs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.conflicts import (
    BarReason,
    Side,
    Sitting,
    climb,
    is_bare_name,
    judge,
    may_be_declared,
    named_in,
    phrases,
    step_up,
)
from portal.domain.life import MOVES, State, Step, next_state
from portal.domain.parties import BodyFacts, BodyKind, Level
from portal.domain.receiving import conflicts_of
from portal.domain.structure import is_active, line_of

LEVELS = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.CENTRAL)
LINE = ("front.C1", "front.D1", "front.P1", "front.VN")
LEAD = Sitting("lead", "front.C1", "Ông Trần Văn Bình", leads=True)
MEMBER = Sitting("member", "front.C1", "Nguyễn Thị Hoa (phó)")
ABOVE = Sitting("above", "front.P1", "Lê Minh")
PEOPLE = (LEAD, MEMBER, ABOVE)


def line(active: tuple[str, ...] = LINE) -> dict[str, BodyFacts]:
    found = {}
    for place, one in enumerate(LINE):
        above = LINE[place + 1] if place + 1 < len(LINE) else None
        area = one.partition(".")[2]
        found[one] = BodyFacts(one, BodyKind.FRONT, LEVELS[place], area, one, above, active=one in active)
    return found


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("Ông trần văn  BÌNH nhận tiền.", {"lead"}),
        ("Bà nguyen thi hoa, và Lê Minh nữa", {"member", "above"}),
        ("Trần Văn Bìnhh", set()),
        ("Văn Bình", set()),
        ("Lê Minhà", set()),
        ("", set()),
    ],
)
def test_whole_names_are_found_spelling_aside(typed: str, named: set[str]) -> None:
    assert named_in(typed, PEOPLE) == named


@pytest.mark.parametrize(
    ("named", "kin", "assignee", "bodies", "barred"),
    [
        ((), (), None, set(), {}),
        (("member",), (), None, {"front.C1"}, {"member": BarReason.NAMED}),
        ((), ("lead",), None, {"front.C1"}, {"lead": BarReason.RELATIVE}),
        ((), ("member",), None, set(), {"member": BarReason.RELATIVE}),
        ((), ("member",), "member", {"front.C1"}, {"member": BarReason.RELATIVE}),
        ((), ("member",), "lead", set(), {"member": BarReason.RELATIVE}),
        (("above",), ("above",), None, {"front.P1"}, {"above": BarReason.NAMED}),
    ],
    ids=[
        "nobody",
        "a member himself",
        "a relative of who leads",
        "a relative of another member",
        "a relative of who verifies",
        "another one verifies",
        "himself goes before a relative",
    ],
)
def test_what_follows_from_who_is_named(named, kin, assignee, bodies, barred) -> None:
    verdict = judge(PEOPLE, frozenset(named), frozenset(kin), assignee)
    assert (verdict.bodies, dict(verdict.barred)) == (bodies, barred)
    assert bool(verdict) == bool(bodies or barred)


@pytest.mark.parametrize(
    ("conflicted", "held", "active", "passed", "target"),
    [
        ({"front.C1"}, (), LINE, ("front.C1",), "front.D1"),
        ({"front.C1", "front.D1"}, (), LINE, ("front.C1", "front.D1"), "front.P1"),
        ({"front.P1"}, (), LINE, LINE[:3], "front.VN"),
        ({"front.VN"}, (), LINE, LINE, None),
        ({"front.C1"}, ("front.P1",), LINE, LINE[:2], "front.P1"),
        ({"front.C1"}, (), ("front.C1", "front.P1", "front.VN"), LINE[:2], "front.P1"),
        ({"front.C1"}, (), (), LINE, None),
    ],
    ids=[
        "one level",
        "the next is in conflict too",
        "somebody above could open it",
        "nobody is left",
        "never below who can open it",
        "a level that takes no part",
        "nobody at work",
    ],
)
def test_the_way_up(conflicted, held, active, passed, target) -> None:
    way = climb("front.C1", line(active), conflicted, held)
    assert (way.passed, way.target) == (tuple(passed), target)


BODIES = st.sets(st.sampled_from(LINE))


@given(st.sampled_from(LINE), BODIES, BODIES, BODIES)
def test_climbing_ends_with_a_free_body_above_or_with_nobody(holder, conflicted, active, held) -> None:
    bodies = line(tuple(active))
    way = climb(holder, bodies, conflicted, held)
    above = [one.id for one in line_of(holder, bodies)]
    assert list(way.passed) == above[: len(way.passed)]
    assert way.passed[0] == holder
    if way.target is None:
        assert list(way.passed) == above
    else:
        assert above[len(way.passed)] == way.target
        assert not conflicts_of(way.target, bodies, frozenset(conflicted))
        assert is_active(way.target, bodies)


@given(st.sampled_from(LINE), BODIES, BODIES, st.sampled_from(LINE))
def test_one_more_conflict_never_moves_a_case_down(holder, conflicted, active, another) -> None:
    bodies = line(tuple(active))
    before = climb(holder, bodies, conflicted)
    after = climb(holder, bodies, conflicted | {another})
    assert len(after.passed) >= len(before.passed)
    assert before.target is not None or after.target is None


@given(st.text(alphabet="abc dđ,.ấ\n", max_size=60))
def test_every_row_of_words_is_looked_up_once(typed: str) -> None:
    found = list(phrases(typed))
    assert len(found) == len(set(found))
    assert all(2 <= len(one.split()) <= 6 for one in found)


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("Nguyễn Văn An", True),
        ("Ông Lê Minh", True),
        ("An", False),
        ("Bà An", True),
        ("", False),
        ("Một hai ba bốn năm sáu bảy", False),
    ],
)
def test_a_declared_name_can_be_found_in_a_text(name: str, fits: bool) -> None:
    assert may_be_declared(name) == fits


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("side", Side)
def test_a_case_goes_up_from_every_state(side: Side, state: State) -> None:
    """The clock starts again only where the body had the work."""
    if side is Side.COMMITTEE and state in MOVES[Step.HAND_UP].sources:
        return  # no committee has it there
    step = step_up(side, state)
    after = next_state(state, step)
    worked = {Side.FRONT: MOVES[Step.HAND_UP], Side.COMMITTEE: MOVES[Step.TAKE_OVER]}[side]
    assert after is (worked.target if state in worked.sources else state)
    assert next_state(state, Step.LOCK) is state


def test_an_unknown_body_has_nobody_above() -> None:
    assert climb("front.X", line(), {"front.X"}) == replace(climb("front.X", {}, set()), target=None)


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn Zét", "Ngô Ổi", "nguyen van zet", "H'Bia Niê", "Tôn Nữ Thị Zét"]
)
def test_a_bare_name_is_found_as_it_is_written(name: str) -> None:
    assert is_bare_name(name)
    assert named_in(f"Việc của {name} ở xã.", [Sitting("a", "front.c1", name)])


@pytest.mark.parametrize(
    "name",
    [
        "Zét",
        "Nguyễn Văn Zét - Phó Chủ tịch",
        "Luật sư Nguyễn Văn Zét",
        "ThS. Nguyễn Văn Zét",
        "Thiếu tá Nguyễn Văn Zét",
        "Nguyễn Văn Zét 0901",
        "Nguyễn Văn Zéт",
        "Nguyễn Văn Zét Phó Chủ tịch",
        "Một Hai Ba Bốn Năm Sáu Bảy",
        "",
    ],
)
def test_a_decorated_name_would_be_found_in_no_report(name: str) -> None:
    assert not is_bare_name(name)
