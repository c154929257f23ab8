"""Which body is competent: one table of cases, and what must hold for all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.lineage import Standing
from portal.domain.parties import (
    COUNTRY,
    AreaFacts,
    BodyFacts,
    BodyKind,
    Level,
    PartyMember,
    PostGroup,
    Subject,
    Track,
)
from portal.domain.routing import RULES, Advice, Guidance, Matter, Open, Question, Route, decide
from portal.domain.structure import line_of, standard_bodies

TODAY, BEFORE = date(2026, 11, 23), date(2025, 5, 1)
NEW, OLD = date(2025, 7, 1), date(2025, 6, 30)
WARD = AreaFacts("C1", "Phường Tây Thạnh", Level.COMMUNE, "P1", NEW)
OTHER_WARD = AreaFacts("C2", "Phường Tân Sơn Nhì", Level.COMMUNE, "P1", NEW)
CITY = AreaFacts("P1", "Thành phố Hồ Chí Minh", Level.PROVINCE, None, NEW)
OLD_WARD = AreaFacts("C0", "Phường Sơn Kỳ", Level.COMMUNE, "D0", None, OLD)
DISTRICT = AreaFacts("D0", "Quận Tân Phú", Level.DISTRICT, "P0", None, OLD)
OLD_CITY = AreaFacts("P0", "Thành phố Hồ Chí Minh", Level.PROVINCE, None, None, OLD)
UNITS = (WARD, OTHER_WARD, CITY, OLD_WARD, DISTRICT, OLD_CITY, COUNTRY)
PLACE = Standing((WARD, CITY, COUNTRY))
THEN = Standing((OLD_WARD, DISTRICT, OLD_CITY, COUNTRY))
SPLIT = Standing((CITY, COUNTRY), (WARD, OTHER_WARD))
BODIES = {body.id: body for unit in UNITS for body in standard_bodies(unit)}


def bodies(active: Iterable[str] = ()) -> dict[str, BodyFacts]:
    return {one.id: replace(one, active=one.id in set(active)) for one in BODIES.values()}


def person(managed_at: Level | None = Level.PROVINCE, **facts: Any) -> Subject:
    return Subject(**{"area_id": "C1", "level": Level.COMMUNE, "managing_level": managed_at} | facts)


def matter(
    subject: Subject, place: Standing = PLACE, day: date = TODAY, track: Track = Track.PARTY
) -> Matter:
    return Matter(subject, place, bodies(), day, track)


C, D, P, Z = Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.CENTRAL
POLICE, SCHOOL, PARTY, INSPECTION = (
    BodyKind.POLICE,
    BodyKind.SCHOOL,
    BodyKind.PARTY,
    BodyKind.INSPECTION,
)
HEAD, STAFF = PostGroup.HEAD, PostGroup.STAFF


@pytest.mark.parametrize(
    ("case", "body", "rule"),
    [
        (matter(person(P)), "inspection.P1", "by_managing_level"),
        (matter(person(C, group=STAFF)), "inspection.C1", "by_managing_level"),
        (matter(person(Z, area_id="P1", level=P), Standing((CITY, COUNTRY))), "inspection.VN", None),
        (matter(person(D), THEN, BEFORE), "inspection.D0", "by_managing_level"),
        (matter(person(P), THEN, BEFORE), "inspection.P0", "by_managing_level"),
        (matter(person(D)), "inspection.P1", "by_managing_level"),
        (matter(person(C, works_at_inspection=True)), "inspection.P1", "conflict_goes_up"),
        (matter(person(C, works_at_party=True)), "inspection.P1", "conflict_goes_up"),
        (matter(person(C, works_at_front=True)), "inspection.C1", "by_managing_level"),
        (matter(person(C, body_kind=INSPECTION, group=STAFF)), "inspection.P1", "conflict_goes_up"),
        (matter(person(P, body_kind=PARTY, group=HEAD)), "inspection.P1", "by_managing_level"),
        (matter(person(P, sits_on=frozenset({"party.P1"}))), "inspection.VN", "conflict_goes_up"),
        (matter(person(C, sits_on=frozenset({"inspection.P1"}))), "inspection.VN", "conflict_goes_up"),
        (matter(person(Z, sits_on=frozenset({"party.VN"}))), "inspection.VN", "by_managing_level"),
        (matter(person(P, party_member=PartyMember.NO)), "committee.P1", "by_managing_level"),
        (matter(person(C, group=STAFF), track=Track.STATE), "committee.C1", "by_managing_level"),
        (matter(person(P, group=HEAD), track=Track.STATE), "committee.P1", "by_managing_level"),
        (matter(person(P, body_kind=POLICE), track=Track.STATE), "police.P1", "by_managing_level"),
        (matter(person(P), SPLIT), "inspection.P1", "by_managing_level"),
    ],
    ids=[
        "ward leader: the province",
        "ward civil servant: the ward",
        "provincial leader: the centre",
        "ward leader before July 2025: the district",
        "district leader then: the province",
        "managed by a district that ended: the province",
        "works at the ward's inspection committee",
        "works at the ward's party committee",
        "works at the Front: the receipt moves, not the routing",
        "holds a post of the inspection committee",
        "ward secretary, managed above his own committee",
        "member of the provincial party committee",
        "sits on the committee above the competent one",
        "member of the central party committee",
        "not a member of the Party: state track",
        "state track, civil servant",
        "state track, chair",
        "state track, police",
        "split ward, managed above its parts: no question",
    ],
)
def test_route(case: Matter, body: str, rule: str | None) -> None:
    answer = decide(case)
    assert isinstance(answer, Route)
    assert answer.body.id == body
    assert rule is None or answer.rule == rule
    assert answer.reason
    assert answer.source


def test_a_split_ward_asks_which_unit_when_the_ward_is_competent() -> None:
    assert decide(matter(person(C), SPLIT)) == Question(Open.WHICH_UNIT, (WARD, OTHER_WARD))


def test_an_unknown_manager_is_asked_for() -> None:
    assert decide(matter(person(None))) == Question(Open.WHO_MANAGES)


def test_nobody_left_is_guidance() -> None:
    answer = decide(matter(person(Z, sits_on=frozenset({"inspection.VN"}))))
    assert isinstance(answer, Guidance)
    assert answer.code is Advice.NOBODY_LEFT


def test_no_answer_is_undetermined_never_a_default() -> None:
    assert decide(matter(person(P)), rules=()) == Guidance(Advice.UNDETERMINED)
    assert decide(Matter(person(P), PLACE, {}, TODAY)) == Guidance(Advice.UNDETERMINED)


def test_the_competent_body_need_not_take_part() -> None:
    case = matter(person(P))
    everyone = replace(case, bodies=bodies(("inspection.P1", "inspection.VN")))
    apart = replace(case, bodies=bodies(("inspection.P1",)))
    assert [decide(one).active for one in (case, everyone, apart)] == [False, True, False]  # type: ignore[union-attr]


def test_one_version_of_each_rule_holds_on_a_day() -> None:
    for day in (date(2024, 1, 1), date(2025, 5, 29), date(2025, 5, 30), OLD, NEW, TODAY):
        names = [rule.name for rule in RULES if rule.holds_on(day)]
        assert len(names) == len(set(names)) == 2
    assert all(rule.source for rule in RULES)


PLACES = {"C1": PLACE, "C0": SPLIT}
SEATS = [f"{kind}.{unit}" for kind in ("party", "inspection", "front") for unit in ("C1", "P1", "VN")]
PERSONS = st.builds(
    person,
    st.sampled_from([None, *Level]),
    area_id=st.sampled_from(list(PLACES)),
    works_at_front=st.booleans(),
    works_at_party=st.booleans(),
    works_at_inspection=st.booleans(),
    party_member=st.sampled_from(PartyMember),
    body_kind=st.sampled_from([None, *BodyKind]),
    group=st.sampled_from([None, *PostGroup]),
    sits_on=st.frozensets(st.sampled_from(SEATS)),
)


@given(PERSONS, st.sampled_from(Track), st.dates(date(2025, 7, 1), date(2030, 1, 1)))
def test_never_closed_never_conflicted_never_below_the_manager(
    subject: Subject, track: Track, day: date
) -> None:
    case = Matter(subject, PLACES[subject.area_id], bodies(), day, track)
    answer = decide(case)
    assert answer == decide(case)
    if isinstance(answer, Route):
        assert answer.body.exists_on(day)
        assert subject.managing_level is not None
        assert answer.level.rank >= subject.managing_level.rank
        line = {one.id for one in line_of(answer.body.id, BODIES)}
        assert not line & subject.sits_on
        rule = next(one for one in RULES if one.name == answer.rule and one.source == answer.source)
        assert rule.holds_on(day)


@given(PERSONS, st.sampled_from(SEATS))
def test_one_more_conflict_never_moves_a_case_down(subject: Subject, seat: str) -> None:
    def height(one: Subject) -> int:
        answer = decide(Matter(one, PLACE, bodies(), TODAY))
        return answer.level.rank if isinstance(answer, Route) else 99

    assert height(replace(subject, sits_on=subject.sits_on | {seat})) >= height(subject)
