"""Facts that a reviewer states: what cannot be true together is refused by field, the rest can be asked."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.parties import BodyKind, Level, PartyMember
from portal.domain.routing import Route, decide
from portal.domain.stated import (
    Clash,
    Contradiction,
    Stated,
    applied,
    readings,
    require_consistent,
    stated_of,
)
from portal.domain.subjects import Status, Subject, Who
from tests.support.offices import POSTS_SHIPPED, REGISTER, TODAY, WARD, matter

CHAIR, STAFF = "committee.commune.chair", "committee.commune.staff"
SECRETARY, DISTRICT_CHAIR = "party.commune.secretary", "committee.district.chair"
KEYS = sorted({post.post for post in POSTS_SHIPPED})
TOLD = Subject(WARD.id, Level.COMMUNE, body_kind=BodyKind.COMMITTEE)


def faults(units: tuple[str, ...] = (), **facts: Any) -> set[tuple[str, Clash]]:
    try:
        require_consistent(Stated(**facts), REGISTER, TODAY, units)
    except Contradiction as fault:
        return {(one.field, one.clash) for one in fault.faults}
    return set()


TABLE: dict[str, tuple[dict[str, Any], set[tuple[str, Clash]]]] = {
    "nothing is known": ({}, set()),
    "a chair in office": ({"post": CHAIR, "status": Status.IN_OFFICE, "act": "2026-03"}, set()),
    "moved, without an earlier post": (
        {"post": CHAIR, "status": Status.MOVED},
        {("then", Clash.MOVED_WITHOUT_POST)},
    ),
    "moved, with one": ({"post": CHAIR, "status": Status.MOVED, "then": STAFF}, set()),
    "left, with the post then": ({"status": Status.LEFT, "then": CHAIR}, set()),
    "an earlier post of one who stayed": (
        {"post": CHAIR, "status": Status.IN_OFFICE, "then": STAFF},
        {("status", Clash.THEN_WITHOUT_MOVE)},
    ),
    "no member, but an office of the Party": (
        {"post": SECRETARY, "member": PartyMember.NO},
        {("member", Clash.NO_MEMBER_IN_PARTY_OFFICE)},
    ),
    "no member, but another office of the Party": (
        {"post": CHAIR, "others": (SECRETARY,), "member": PartyMember.NO},
        {("member", Clash.NO_MEMBER_IN_PARTY_OFFICE)},
    ),
    "no member, an office of the State": ({"post": STAFF, "member": PartyMember.NO}, set()),
    "an organisation of the Party, a post of the State": (
        {"post": CHAIR, "who": Who.PARTY_ORGANISATION},
        {("who", Clash.NOT_AN_OFFICE_OF_THE_PARTY)},
    ),
    "an act that is still to come": ({"post": CHAIR, "act": "2027"}, {("act", Clash.IN_THE_FUTURE)}),
    "an act of this year": ({"post": CHAIR, "act": "2026"}, set()),
    "a post of the districts, an act after them": (
        {"post": DISTRICT_CHAIR, "act": "2026-02", "status": Status.LEFT},
        {("post", Clash.OTHER_PERIOD)},
    ),
    "a post of the districts, an act in their year": (
        {"post": DISTRICT_CHAIR, "act": "2025", "status": Status.LEFT},
        set(),
    ),
    "moved from a post that did not exist then": (
        {"post": CHAIR, "status": Status.MOVED, "then": DISTRICT_CHAIR, "act": "2026-02"},
        {("then", Clash.OTHER_PERIOD)},
    ),
    "in office in a post that has ended": (
        {"post": DISTRICT_CHAIR, "status": Status.IN_OFFICE},
        {("status", Clash.ENDED)},
    ),
    "one office twice": ({"post": CHAIR, "others": (CHAIR,)}, {("others", Clash.TWICE)}),
    "a post that nobody knows": ({"post": "committee.moon.chair"}, {("post", Clash.UNKNOWN_POST)}),
    "another that nobody knows": ({"others": ("x",)}, {("others", Clash.UNKNOWN_POST)}),
    "a unit that is none of the successors": ({"area_id": "C9"}, {("area_id", Clash.UNKNOWN_UNIT)}),
}


@pytest.mark.parametrize("name", TABLE)
def test_what_cannot_be_true_together_names_its_field(name: str) -> None:
    facts, expected = TABLE[name]
    assert faults(**facts) == expected


def test_a_successor_may_be_chosen() -> None:
    assert faults(units=("C1", "C2"), area_id="C2") == set()


def test_all_faults_are_told_at_once() -> None:
    assert len(faults(post=SECRETARY, member=PartyMember.NO, status=Status.MOVED, act="2030")) == 3


@given(
    st.builds(
        Stated,
        who=st.sampled_from(Who),
        post=st.sampled_from(["", *KEYS]),
        others=st.lists(st.sampled_from(KEYS), max_size=2).map(tuple),
        member=st.sampled_from(PartyMember),
        status=st.sampled_from(Status),
        then=st.sampled_from(["", *KEYS]),
        act=st.sampled_from(["", "2019", "2024-05", "2026-11-22", "2031"]),
        managing_level=st.sampled_from([None, Level.COMMUNE, Level.PROVINCE]),
    )
)
def test_facts_are_refused_by_field_or_lead_to_an_answer(stated: Stated) -> None:
    """Whatever was accepted can be asked; a record gives the same facts again."""
    assert stated_of(stated.as_content()) == stated
    try:
        require_consistent(stated, REGISTER, TODAY, ())
    except Contradiction as refused:
        fields = {one.field for one in refused.faults}
    else:
        fields = set()
        assert decide(matter(applied(stated, TOLD, REGISTER, TODAY))).answer
    assert fields <= set(stated.as_content())


def test_the_reviewers_word_goes_before_the_residents() -> None:
    told = replace(TOLD, post=STAFF, managing_level=Level.COMMUNE)
    answer = decide(matter(applied(Stated(post=CHAIR), told, REGISTER, TODAY))).answer
    assert isinstance(answer, Route)
    assert answer.body.id == "inspection.P1"
    unknown = applied(Stated(managing_level=Level.CENTRAL), told, REGISTER, TODAY)
    assert (unknown.post, unknown.managing_level, unknown.settler_kind) == (None, Level.CENTRAL, None)


def test_the_day_of_the_act_is_kept() -> None:
    assert applied(Stated(act="2026-03"), TOLD, REGISTER, TODAY).act_date == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "level", "expected"),
    [
        ("CT UBND P.", None, {CHAIR}),
        ("Chủ tịch UBND", Level.COMMUNE, {CHAIR}),
        (
            "Chủ tịch UBND",
            None,
            {CHAIR, DISTRICT_CHAIR, "committee.province.chair", "committee.central.leader"},
        ),
        ("người hay quát ở quầy", Level.COMMUNE, set()),
    ],
)
def test_every_reading_of_a_title_is_offered(text: str, level: Level | None, expected: set[str]) -> None:
    assert {post.post for post in readings(text, "", REGISTER, TODAY, level=level)} == expected


def test_a_post_chosen_from_the_list_is_read_as_itself() -> None:
    assert [post.post for post in readings("CT UBND P.", STAFF, REGISTER, TODAY, level=None)] == [STAFF]
