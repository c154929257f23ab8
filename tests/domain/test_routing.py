"""Who is competent: every row of the jurisdiction tables, one line each, named after its source."""

from datetime import date
from typing import Any

import pytest

from portal.domain.kinds import Kind
from portal.domain.lineage import Standing
from portal.domain.parties import COUNTRY, BodyKind, Level, PartyMember, Track
from portal.domain.routing import (
    RULES,
    Advice,
    Guidance,
    Open,
    Question,
    Route,
    Unmet,
    decide,
)
from portal.domain.routing.tracks import open_tracks
from portal.domain.subjects import Status, Subject, Who
from tests.support.offices import (
    BEFORE,
    CITY,
    FIRST,
    LAST,
    OTHER_WARD,
    SPLIT,
    TODAY,
    WARD,
    active,
    holder,
    matter,
)

PARTY, STATE = Track.PARTY, Track.STATE
MOVED, LEFT = Status.MOVED, Status.LEFT
CITY_ONLY = Standing((CITY, COUNTRY))


def ask(*keys: str, day: date = TODAY, track: Track = PARTY, then: tuple[str, ...] = (), **facts: Any) -> str:
    """The id of the body, the code of a question, or the code of a guidance."""
    answer = decide(matter(holder(*keys, day=day, then=then, **facts), day, track=track)).answer
    return answer.body.id if isinstance(answer, Route) else answer.code.value


# What is asked, when, on which track → the body. One line of a legal table is one line here.
TABLE: dict[str, tuple[str, str]] = {
    # 4.2 Party track
    "22 art. 11, 296 art. 10: ordinary member of a cell → his cell": (
        ask("party.cell.member"),
        "own_cell",
    ),
    "296: head of a commune office → ward committee": (ask("committee.commune.office-head"), "inspection.C1"),
    "296: cell secretary → ward committee": (ask("party.commune.cell-secretary"), "inspection.C1"),
    "296: school head after 1/7/2025 → ward committee": (ask("school.commune.head"), "inspection.C1"),
    "22: commune secretary until 30/6/2025 → district": (
        ask("party.commune.secretary", day=BEFORE),
        "inspection.D0",
    ),
    "22: commune chair until 30/6/2025 → district": (
        ask("committee.commune.chair", day=LAST),
        "inspection.D0",
    ),
    "22: district department head → district": (
        ask("committee.district.office-head", day=BEFORE),
        "inspection.D0",
    ),
    "296: ward secretary from 1/7/2025 → city": (ask("party.commune.secretary", day=FIRST), "inspection.P1"),
    "296: ward chair from 1/7/2025 → city": (ask("committee.commune.chair"), "inspection.P1"),
    "22: district secretary → city": (ask("party.district.secretary", day=BEFORE), "inspection.P0"),
    "296: director of a department → city": (ask("department.province.director"), "inspection.P1"),
    "296: official of a provincial department → city": (ask("department.province.staff"), "inspection.P1"),
    "296: provincial secretary → centre": (ask("party.province.secretary"), "inspection.VN"),
    "296: provincial chair → centre": (ask("committee.province.chair"), "inspection.VN"),
    "296: minister → centre": (ask("department.central.minister"), "inspection.VN"),
    "22 art. 19: retired, as when in office": (
        ask("committee.commune.chair", status=LEFT),
        "inspection.P1",
    ),
    "22 art. 19: left a district office, now an ordinary member → the district's successor": (
        ask("party.cell.member", status=LEFT, then=("committee.district.office-head",)),
        "inspection.P1",
    ),
    "296: an organisation of the Party → the committee above it": (
        ask("party.commune.secretary", who=Who.PARTY_ORGANISATION),
        "inspection.P1",
    ),
    "296: a ministry's school, its party body stands under the city": (
        ask("school.central.head"),
        "inspection.P1",
    ),
    "the ward committee's own chair → city": (ask("inspection.commune.head"), "inspection.P1"),
    "the ward committee's own member → city": (ask("inspection.commune.member"), "inspection.P1"),
    "the district committee's own chair → city": (
        ask("inspection.district.head", day=BEFORE),
        "inspection.P0",
    ),
    "the city committee's own chair → centre": (ask("inspection.province.head"), "inspection.VN"),
    "the central committee's own member → nobody left": (
        ask("inspection.central.member"),
        "nobody_left",
    ),
    # 4.3 State track
    "LTC 12(1): official → head of the managing body": (
        ask("department.province.staff", track=STATE),
        "department.P1",
    ),
    "LTC 12(1) §2: head of a body → head of the body above": (
        ask("committee.commune.chair", track=STATE),
        "committee.P1",
    ),
    "LTC 12(1) §2: deputy head → head of the body above": (
        ask("committee.commune.vice-chair", track=STATE),
        "committee.P1",
    ),
    "LTC 12(6): the body itself → head of the body above": (
        ask("committee.commune.chair", track=STATE, who=Who.BODY),
        "committee.P1",
    ),
    "LTC 12(3)a: moved at the same rank, was deputy → above the body at the time": (
        ask("front.commune.vice-chair", track=STATE, status=MOVED, then=("committee.commune.vice-chair",)),
        "committee.P1",
    ),
    "LTC 12(3)b: moved to a higher post → head of the present body": (
        ask("department.province.staff", track=STATE, status=MOVED, then=("committee.commune.land",)),
        "department.P1",
    ),
    "LTC 12(3)b: moved up, now head → above the present body": (
        ask("department.province.director", track=STATE, status=MOVED, then=("committee.commune.chair",)),
        "committee.P1",
    ),
    "LTC 12(3)c: moved otherwise → head of the body at the time": (
        ask("committee.commune.land", track=STATE, status=MOVED, then=("department.province.staff",)),
        "department.P1",
    ),
    "LTC 12(3)d: left the service → head of the body at the time": (
        ask("committee.commune.land", track=STATE, status=LEFT),
        "committee.C1",
    ),
    "LTC 12(3)d: left, was chair → head of the body above": (
        ask("committee.commune.chair", track=STATE, status=LEFT),
        "committee.P1",
    ),
    "LTC 12(4): the district that managed him was merged away → its successor": (
        ask("committee.district.office-head", track=STATE),
        "committee.P1",
    ),
    "LTC 12(5): inspectorate of a dissolved district → above the dissolved body": (
        ask("inspectorate.district.staff", track=STATE),
        "committee.P1",
    ),
    "LTC 13(1): commune civil servant → chair of the commune": (
        ask("committee.commune.land", track=STATE),
        "committee.C1",
    ),
    "LTC 13(1): so until 30/6/2025": (ask("committee.commune.land", track=STATE, day=BEFORE), "committee.C0"),
    "LTC 13(2): commune chair until 30/6/2025 → chair of the district": (
        ask("committee.commune.chair", track=STATE, day=LAST),
        "committee.D0",
    ),
    "LTC 12(1), NĐ 141/2025: commune chair from 1/7/2025 → chair of the province": (
        ask("committee.commune.chair", track=STATE, day=FIRST),
        "committee.P1",
    ),
    "LTC 13(4): head of a provincial department → chair of the province": (
        ask("department.province.director", track=STATE),
        "committee.P1",
    ),
    "LTC 13(4): deputy head of a provincial department": (
        ask("department.province.deputy-director", track=STATE),
        "committee.P1",
    ),
    "LTC 13(8): provincial chair → Prime Minister": (
        ask("committee.province.chair", track=STATE),
        "committee.VN",
    ),
    "LTC 13(8): provincial deputy chair → Prime Minister": (
        ask("committee.province.vice-chair", track=STATE),
        "committee.VN",
    ),
    "NĐ 224/2025: chief of the commune police → director of the provincial police": (
        ask("police.commune.chief", track=STATE),
        "police.P1",
    ),
    "NĐ 224/2025: deputy chief": (ask("police.commune.deputy", track=STATE), "police.P1"),
    "LTC 17(2): council deputy → standing board of that council": (
        ask("council.commune.deputy", track=STATE),
        "council.C1",
    ),
    "LTC 17(2): chair of the council → the body that approved the election": (
        ask("council.commune.chair", track=STATE),
        "council.P1",
    ),
    "LTC 18: teacher → head of the unit": (ask("school.commune.staff", track=STATE), "school.C1"),
    "LTC 18: head of a school → the managing state body, from 1/7/2025 the commune": (
        ask("school.commune.head", track=STATE),
        "committee.C1",
    ),
    "LTC 18: head of a school until 30/6/2025 → the district": (
        ask("school.commune.head", track=STATE, day=BEFORE),
        "committee.D0",
    ),
    "LTC 18: head of an upper secondary school → the department": (
        ask("school.province.head", track=STATE),
        "department.P1",
    ),
    "LTC 18: head of a hospital → the department": (
        ask("health.province.head", track=STATE),
        "department.P1",
    ),
    "LTC 21: head of a khu phố or thôn → the body directly managing": (
        ask("neighbourhood.commune.head", track=STATE),
        "committee.C1",
    ),
    "LTC 20: office of the Party only → the Party's own bodies": (
        ask("party.commune.secretary", track=STATE),
        "inspection.P1",
    ),
    "LTC 31(1), 32(1): the inspectorate verifies, the chair settles": (
        ask("inspectorate.province.staff", track=STATE),
        "committee.P1",
    ),
    # 4.4 Conflict, rules 18 and 19
    "rule 18: works at the ward's inspection committee → city": (
        ask("committee.commune.land", works_at_inspection=True),
        "inspection.P1",
    ),
    "rule 18: member of the ward's party committee → city": (
        ask("party.commune.member"),
        "inspection.P1",
    ),
    "rule 18: district committee member in a lesser office → city": (
        ask("party.district.board-head", "party.district.member", day=BEFORE),
        "inspection.P0",
    ),
    "rule 18: city committee member who heads a department → centre": (
        ask("department.province.director", "party.province.member"),
        "inspection.VN",
    ),
    "rule 18: district secretary on the city's standing board → centre": (
        ask("party.district.secretary", "party.province.standing-member", day=BEFORE),
        "inspection.VN",
    ),
    "rule 18: at the Front, not at the committee: the receipt moves, not the routing": (
        ask("committee.commune.land", works_at_front=True),
        "inspection.C1",
    ),
    "NĐ 31/2019 art. 5(2): a relative settles → the body above takes over": (
        ask("committee.commune.land", track=STATE, sits_on=frozenset({"committee.C1"})),
        "committee.P1",
    ),
    "NĐ 31/2019 art. 5(2): relatives at ward and city → centre": (
        ask("committee.commune.land", sits_on=frozenset({"inspection.C1", "inspection.P1"})),
        "inspection.VN",
    ),
    # Rules 20, 22, 23
    "rule 20: moved down: the higher of the two offices decides": (
        ask("party.commune.cell-secretary", status=MOVED, then=("committee.commune.chair",)),
        "inspection.P1",
    ),
    "rule 22: managed by a district that ended → never to the district": (
        ask("committee.district.office-head"),
        "inspection.P1",
    ),
    "rule 23: not a member of the Party → state track only": (
        ask("committee.commune.chair", party_member=PartyMember.NO),
        "committee.P1",
    ),
}


@pytest.mark.parametrize("row", TABLE)
def test_jurisdiction(row: str) -> None:
    found, expected = TABLE[row]
    assert found == expected


def answer_to(*keys: str, **given: Any) -> Any:
    more = {name: given.pop(name) for name in ("day", "place", "track", "kind", "bodies") if name in given}
    return decide(matter(holder(*keys, day=more.get("day", TODAY), **given), **more)).answer


def test_moved_and_present_bodies_join_the_leader() -> None:
    """LTC 12(3): the one leads, the other joins; LTC 12(2): several managers."""
    moved = answer_to(
        "department.province.staff", track=STATE, status=MOVED, then=("committee.commune.land",)
    )
    assert (moved.body.id, [one.id for one in moved.joining]) == ("department.P1", ["committee.C1"])
    shared = answer_to(
        "committee.commune.land", track=STATE, co_managers=((BodyKind.DEPARTMENT, Level.PROVINCE),)
    )
    assert (shared.body.id, [one.id for one in shared.joining]) == ("committee.C1", ["department.P1"])


def test_a_split_ward_asks_for_the_street_only_where_the_ward_decides() -> None:
    """Rule 21."""
    assert answer_to("committee.commune.land", place=SPLIT) == Question(Open.WHICH_UNIT, (WARD, OTHER_WARD))
    assert answer_to("committee.commune.chair", place=SPLIT).body.id == "inspection.P1"


def test_what_is_not_known_is_asked() -> None:
    unknown = Subject("C1", Level.COMMUNE)
    assert decide(matter(unknown)).answer == Question(Open.WHO_MANAGES)
    assert decide(matter(unknown, track=STATE)).answer == Question(Open.WHO_MANAGES)
    assert answer_to("committee.commune.chair", status=MOVED) == Question(Open.WHICH_POST_THEN)
    assert answer_to("committee.commune.chair", status=MOVED, track=STATE) == Question(Open.WHICH_POST_THEN)


def test_a_reviewer_s_word_on_the_managing_level_is_enough() -> None:
    told = Subject("C1", Level.COMMUNE, Level.PROVINCE)
    assert decide(matter(told)).answer.body.id == "inspection.P1"  # type: ignore[union-attr]
    assert decide(matter(told, track=STATE)).answer.body.id == "committee.P1"  # type: ignore[union-attr]


def test_no_answer_is_undetermined_never_a_default() -> None:
    """Rule 17."""
    chair = holder("committee.commune.chair")
    assert decide(matter(chair), rules=()).answer == Guidance(Advice.UNDETERMINED)
    nowhere = decide(matter(chair, bodies={})).answer
    assert isinstance(nowhere, Guidance)
    assert nowhere.code is Advice.UNDETERMINED


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        (Kind.CRIME, Advice.CRIME),
        (Kind.COMPLAINT, Advice.COMPLAINT),
        (Kind.PROCEDURE, Advice.PROCEDURE),
        (Kind.PRAISE, Advice.PRAISE),
        (Kind.OUT_OF_SCOPE, Advice.OUT_OF_SCOPE),
    ],
)
def test_kinds_that_no_committee_receives_get_guidance(kind: Kind, advice: Advice) -> None:
    """Rules 3, 9, 12, 13: guidance with its source, whatever the office."""
    answer = answer_to("committee.commune.chair", kind=kind)
    assert isinstance(answer, Guidance)
    assert answer.code is advice
    assert answer.source


def test_offices_outside_the_register_say_who_is_competent() -> None:
    tax = answer_to("vertical.province.head", track=STATE, place=CITY_ONLY)
    assert (tax.code, tax.kind, tax.level) == (Advice.OTHER_LINE, BodyKind.VERTICAL, Level.CENTRAL)


def test_both_tracks_may_be_open_and_are_linked() -> None:
    """Rule 23."""
    assert open_tracks(holder("committee.commune.chair")) == (PARTY, STATE)
    assert open_tracks(holder("committee.commune.chair", party_member=PartyMember.NO)) == (STATE,)
    assert open_tracks(holder("party.commune.secretary")) == (PARTY,)
    assert open_tracks(holder("party.commune.secretary", "committee.commune.chair")) == (PARTY, STATE)


def test_the_competent_body_need_not_take_part() -> None:
    found = [
        answer_to("committee.commune.chair", bodies=active(*ids)).active
        for ids in ((), ("inspection.P1", "inspection.VN"), ("inspection.P1",))
    ]
    assert found == [False, True, False]


def test_the_trace_names_every_rule_with_its_source() -> None:
    decision = decide(matter(holder("party.commune.member")))
    looks = {look.rule: look.why for look in decision.trace if look.why is not Unmet.NOT_IN_FORCE}
    assert looks["crime_at_once"] is Unmet.OTHER_KIND
    assert looks["moved_highest"] is Unmet.NOT_MOVED
    assert looks["left_as_in_office"] is Unmet.NOT_LEFT
    assert looks["by_managing_level"] is None
    assert looks["unit_ended"] is Unmet.UNIT_STANDS
    assert looks["conflict_goes_up"] is None
    assert all(look.source for look in decision.trace)
    assert isinstance(decision.answer, Route)
    assert (decision.answer.rule, decision.answer.claim) == ("conflict_goes_up", "by_managing_level")


def test_one_version_of_each_rule_holds_on_a_day() -> None:
    for day in (date(2024, 1, 1), date(2025, 5, 29), date(2025, 5, 30), LAST, FIRST, TODAY):
        names = [rule.name for rule in RULES if rule.holds_on(day)]
        assert len(names) == len(set(names)) == len({rule.name for rule in RULES})
    assert all(rule.source for rule in RULES)
