"""The proof that nothing falls through: it holds for the country, and fails when anything is missing."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.data.country import shipped_holdings
from portal.domain.country import Country
from portal.domain.kinds import Kind
from portal.domain.parties import BodyFacts, PostFacts, SuccessorFacts, Track
from portal.domain.routing import Guidance, Matter, Route, decide
from portal.domain.routing.proof import Cell, Gap, Holdings, Proof
from portal.domain.routing.walk import prove
from portal.domain.subjects import Subject, as_main
from tests.support.offices import (
    BODIES,
    CITY,
    FIRST,
    LAST,
    OLD_CITY,
    OLD_WARD,
    OTHER_WARD,
    POSTS_SHIPPED,
    TODAY,
    UNITS,
    WARD,
)

DAYS = (LAST, FIRST, TODAY)
AREAS = {unit.id: unit for unit in UNITS if unit.id != "VN"}
LINKS = (
    SuccessorFacts(OLD_WARD.id, WARD.id, False, True),
    SuccessorFacts(OLD_WARD.id, OTHER_WARD.id, False, False),
    SuccessorFacts(OLD_CITY.id, CITY.id, True),
)
WALKED = {LAST: {"C0", "D0", "P0", "VN"}, FIRST: {"C1", "C2", "P1", "VN"}}
STANDING = [
    (day, body.id) for day, units in WALKED.items() for body in BODIES.values() if body.area_id in units
]
IN_FORCE = [(day, post) for day in DAYS for post in POSTS_SHIPPED if post.exists_on(day)]


def held(
    bodies: Mapping[str, BodyFacts] = BODIES,
    posts: tuple[PostFacts, ...] = POSTS_SHIPPED,
    links: tuple[SuccessorFacts, ...] = LINKS,
) -> Holdings:
    return Holdings(Country(AREAS, links), bodies, posts, POSTS_SHIPPED, LINKS)


def faults(proof: Proof) -> set[Gap]:
    return {one.fault for one in proof.failing}


def named(proof: Proof) -> set[tuple[str, str]]:
    """(unit, post) of every failing cell."""
    return {(unit.id, cell.post) for one in proof.failing for unit in one.units for cell in one.cells}


@pytest.mark.parametrize("day", DAYS)
def test_a_small_country_is_proved(day: date) -> None:
    proof = prove(held(), day)
    assert proof.holds, proof.failing
    assert (proof.units, proof.ended) == ((1, 0) if day == LAST else (2, 3))
    assert sum(proof.competent.values()) + proof.guided == proof.cells == proof.units * proof.posts * 16


@settings(max_examples=20)
@given(missing=st.sampled_from(STANDING))
def test_without_one_body_it_fails_and_names_cells(missing: tuple[date, str]) -> None:
    day, body_id = missing
    proof = prove(held(bodies={one: body for one, body in BODIES.items() if one != body_id}), day)
    assert not proof.holds
    body = BODIES[body_id]
    units = {unit for unit, _ in named(proof)}
    assert units == (
        {body.area_id} if body.area_id in ("C0", "C1", "C2") else WALKED[day] & {"C0", "C1", "C2"}
    )


@settings(max_examples=20)
@given(missing=st.sampled_from(STANDING))
def test_a_body_that_ended_the_day_before_is_missing_too(missing: tuple[date, str]) -> None:
    day, body_id = missing
    ended = replace(BODIES[body_id], valid_from=None, valid_to=date.fromordinal(day.toordinal() - 1))
    assert not prove(held(bodies={**BODIES, body_id: ended}), day).holds


@settings(max_examples=20)
@given(missing=st.sampled_from(IN_FORCE))
def test_without_one_row_of_a_post_it_fails_and_names_it(missing: tuple[date, PostFacts]) -> None:
    day, row = missing
    proof = prove(held(posts=tuple(one for one in POSTS_SHIPPED if one.id != row.id)), day)
    assert faults(proof) == {Gap.NO_POST}
    assert {post for _, post in named(proof)} == {row.post}


@pytest.mark.parametrize("missing", LINKS, ids=lambda link: f"{link.old_id} to {link.new_id}")
def test_without_one_successor_it_fails_and_names_the_unit(missing: SuccessorFacts) -> None:
    proof = prove(held(links=tuple(link for link in LINKS if link != missing)), TODAY)
    assert faults(proof) == {Gap.NO_SUCCESSOR}
    assert {unit for unit, _ in named(proof)} >= {missing.old_id}


def test_a_post_that_the_registrar_ended_is_known_and_not_missing() -> None:
    row = next(one for one in POSTS_SHIPPED if one.id == "party.commune.secretary-b")
    ended = replace(row, valid_to=date(2026, 1, 1))
    posts = tuple(ended if one == row else one for one in POSTS_SHIPPED)
    assert prove(held(posts=posts), TODAY).holds


def test_two_rows_of_a_post_on_one_day_fail() -> None:
    twin = replace(next(one for one in POSTS_SHIPPED if one.id == "committee.commune.land"), id="twin")
    proof = prove(held(posts=(*POSTS_SHIPPED, twin)), TODAY)
    assert faults(proof) == {Gap.SEVERAL_POSTS}
    assert {post for _, post in named(proof)} == {"committee.commune.land"}


def test_two_bodies_of_a_kind_in_one_ward_fail_there_only() -> None:
    twin = replace(BODIES["inspection.C1"], id="inspection.C1-new")
    proof = prove(held(bodies={**BODIES, twin.id: twin}), TODAY)
    assert faults(proof) == {Gap.SEVERAL_BODIES}
    assert {unit for unit, _ in named(proof)} == {"C1"}


def test_bodies_that_lead_in_a_circle_fail() -> None:
    circle = replace(BODIES["inspection.P1"], superior_id="inspection.C1")
    proof = prove(held(bodies={**BODIES, circle.id: circle}), TODAY)
    assert Gap.BROKEN_LINE in faults(proof)


def test_a_rule_that_asks_or_finds_nothing_fails() -> None:
    assert faults(prove(held(), TODAY, rules=())) == {Gap.UNDETERMINED}
    assert not prove(Holdings(Country({}, ()), {}, POSTS_SHIPPED), TODAY).holds


def test_bodies_that_take_no_part_are_listed_apart() -> None:
    proof = prove(held(), TODAY)
    everybody = {one.id: replace(one, active=True) for one in BODIES.values()}
    assert {one.id for one in proof.outside(BODIES)} == set(proof.competent)
    assert proof.outside(everybody) == []
    city_away = everybody | {"inspection.P1": BODIES["inspection.P1"]}
    assert [one.id for one in proof.outside(city_away)] == ["inspection.P1", "inspection.C1", "inspection.C2"]


def directly(held: Holdings, day: date, area_id: str, post: PostFacts, cell: Cell) -> str:
    """The answer to one cell, decided for itself."""
    place = held.country.on(area_id, day)
    unit = next((one for one in place.line if one.level is post.level), place.line[0])
    subject = Subject(unit.id, party_member=post.party_member, **as_main(post))
    assert cell.track is not None
    answer = decide(Matter(subject, place, held.bodies, day, cell.track, cell.kind)).answer
    assert isinstance(answer, Route | Guidance)
    return answer.body.id if isinstance(answer, Route) else answer.code.value


@pytest.fixture(scope="module")
def whole() -> Holdings:
    return shipped_holdings()


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_the_whole_country_is_proved_and_the_classes_stand_for_every_cell(whole: Holdings, day: date) -> None:
    proof = prove(whole, day)
    assert proof.holds, proof.failing[:3]
    assert (proof.units, proof.ended) == ((10_040, 0) if day == LAST else (3_321, 10_794))
    places = [(one, place) for one in proof.classes for place in one.alike.places]
    assert len(places) == proof.units
    chance = random.Random(day.toordinal())
    in_force = [post for post in whole.posts if post.exists_on(day)]
    for _ in range(4_000):
        proved, place = chance.choice(places)
        post = chance.choice(in_force)
        cell = Cell(post.post, chance.choice(list(Kind)), chance.choice(list(Track)))
        if cell in proved.outcomes:
            area_id = place.line[0].id
            assert proved.outcome(place, cell) == directly(whole, day, area_id, post, cell), (area_id, cell)
