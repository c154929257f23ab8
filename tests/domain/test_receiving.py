"""Which Front board receives: the lowest active one; neither it nor one above it has a named person."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.lineage import Standing
from portal.domain.parties import COUNTRY, AreaFacts, BodyFacts, BodyKind, Level, PostGroup
from portal.domain.receiving import NobodyLeft, Reception, SkipReason, receiving_board
from portal.domain.structure import line_of, standard_bodies
from portal.domain.subjects import Subject

DAY = date(2026, 11, 23)
WARD = AreaFacts("C1", "Phường Tây Thạnh", Level.COMMUNE, "P1", date(2025, 7, 1))
OTHER_WARD = AreaFacts("C2", "Phường Tân Sơn Nhì", Level.COMMUNE, "P1", date(2025, 7, 1))
CITY = AreaFacts("P1", "Thành phố Hồ Chí Minh", Level.PROVINCE, None, date(2025, 7, 1))
PLACE = Standing((WARD, CITY, COUNTRY))
SPLIT = Standing((CITY, COUNTRY), (WARD, OTHER_WARD))
IDS = ("front.C1", "front.P1", "front.VN")


def boards(*active: str) -> dict[str, BodyFacts]:
    units = (WARD, OTHER_WARD, CITY, COUNTRY)
    found = [one for unit in units for one in standard_bodies(unit) if one.kind is BodyKind.FRONT]
    return {one.id: replace(one, active=one.id in active) for one in found}


def subject(level: Level | None = Level.COMMUNE, **facts: object) -> Subject:
    return Subject(**{"area_id": "C1", "level": level} | facts)  # type: ignore[arg-type]


ALL = (*IDS, "front.C2")


@pytest.mark.parametrize(
    ("person", "active", "named_on", "board", "skipped"),
    [
        (subject(), ALL, (), "front.C1", []),
        (subject(None), ALL, (), "front.C1", []),
        (subject(), ("front.P1", "front.VN"), (), "front.P1", [("front.C1", "not_active")]),
        (subject(), ("front.C1", "front.VN"), (), "front.VN", None),
        (subject(Level.PROVINCE), ALL, (), "front.P1", [("front.C1", "below_post_level")]),
        (subject(Level.CENTRAL), ALL, (), "front.VN", None),
        (subject(Level.DISTRICT), ALL, (), "front.P1", [("front.C1", "below_post_level")]),
        (subject(works_at_front=True), ALL, (), "front.P1", [("front.C1", "conflict")]),
        (subject(body_kind=BodyKind.FRONT), ALL, (), "front.P1", [("front.C1", "conflict")]),
        (subject(), ALL, ("front.C1",), "front.P1", [("front.C1", "conflict")]),
        (subject(), ALL, ("front.P1",), "front.VN", [("front.C1", "conflict"), ("front.P1", "conflict")]),
        (subject(sits_on=frozenset({"front.P1"})), ALL, (), "front.VN", None),
        (subject(), ALL, ("front.VN",), None, None),
        (subject(), (), (), None, None),
        (subject(works_at_party=True, works_at_inspection=True), ALL, (), "front.C1", []),
        (subject(body_kind=BodyKind.COMMITTEE, group=PostGroup.HEAD), ALL, (), "front.C1", []),
    ],
    ids=[
        "the ward's own board",
        "post not known",
        "ward not taking part",
        "active below an inactive superior does not count",
        "provincial post",
        "central post",
        "district post of the past",
        "works at the Front of the place",
        "holds a post of the Front",
        "named among the ward's members",
        "named above: nothing below it either",
        "known to sit on the provincial board",
        "named at the root: nobody is left",
        "nobody takes part",
        "committee membership moves the routing, not the receipt",
        "head of the people's committee",
    ],
)
def test_receiving(
    person: Subject,
    active: tuple[str, ...],
    named_on: tuple[str, ...],
    board: str | None,
    skipped: list[tuple[str, str]] | None,
) -> None:
    answer = receiving_board(person, PLACE, boards(*active), DAY, named_on)
    assert (answer.board.id if isinstance(answer, Reception) else None) == board
    if skipped is not None:
        assert [(one.body.id, one.reason.value) for one in answer.skipped] == skipped


def test_a_split_ward_climbs_above_its_parts_and_its_flag_counts_for_each() -> None:
    answer = receiving_board(subject(area_id="C-old"), SPLIT, boards(*ALL), DAY)
    assert isinstance(answer, Reception)
    assert answer.board.id == "front.P1"


def test_the_front_of_a_former_ward_stands_for_that_of_its_successor() -> None:
    answer = receiving_board(subject(area_id="C-old", works_at_front=True), PLACE, boards(*ALL), DAY)
    assert isinstance(answer, Reception)
    assert answer.board.id == "front.P1"


def test_a_closed_board_is_not_on_the_line() -> None:
    answer = receiving_board(subject(), PLACE, boards(*ALL), date(2025, 6, 30))
    assert isinstance(answer, Reception)
    assert answer.board.id == "front.VN"


SOME = st.sets(st.sampled_from(ALL))
PERSONS = st.builds(
    subject,
    st.sampled_from([None, *Level]),
    works_at_front=st.booleans(),
    works_at_party=st.booleans(),
    body_kind=st.sampled_from([None, *BodyKind]),
    group=st.sampled_from([None, *PostGroup]),
    sits_on=st.frozensets(st.sampled_from(ALL)),
)


@given(PERSONS, SOME, SOME)
def test_never_inactive_never_conflicted_never_below_the_post(
    person: Subject, active: set[str], named_on: set[str]
) -> None:
    known = boards(*active)
    answer = receiving_board(person, PLACE, known, DAY, named_on)
    if isinstance(answer, Reception):
        line = {one.id for one in line_of(answer.board.id, known)}
        assert line <= active
        assert not line & (named_on | person.sits_on)
        assert person.level is None or answer.board.level.rank >= person.level.rank
        if person.works_at_front:
            assert answer.board.id != "front.C1"
    else:
        assert isinstance(answer, NobodyLeft)
        assert len(answer.skipped) == 3


@given(PERSONS, SOME, SOME, st.sampled_from(ALL))
def test_one_more_conflict_never_moves_the_receipt_down(
    person: Subject, active: set[str], named_on: set[str], also: str
) -> None:
    def height(names: set[str]) -> int:
        answer = receiving_board(person, PLACE, boards(*active), DAY, names)
        return answer.board.level.rank if isinstance(answer, Reception) else 99

    assert height(named_on | {also}) >= height(named_on)


@given(PERSONS, SOME, SOME)
def test_every_lower_board_is_accounted_for(person: Subject, active: set[str], named_on: set[str]) -> None:
    answer = receiving_board(person, PLACE, boards(*active), DAY, named_on)
    passed = [one.body.id for one in answer.skipped]
    assert passed == list(IDS[: len(passed)])
    assert all(one.conflicts for one in answer.skipped if one.reason is SkipReason.CONFLICT)
