"""The simulator: a draft shows which known cases it would answer otherwise, and only those."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.data.country import shipped_cases
from portal.domain.kinds import Kind
from portal.domain.parties import BodyKind, Level, PartyMember, PostFacts, PostGroup, Track, overlap
from portal.domain.posts import with_drafts
from portal.domain.routing import RULES
from portal.domain.routing.classes import CaseClass, Era, Outcome, answer_of
from portal.domain.routing.simulation import RuleSet, Sample, Stored, differences, possible
from portal.domain.subjects import Status, Who
from tests.support.offices import POSTS_SHIPPED, REGISTER, TODAY

SAMPLES = [Sample(one.id, one.case) for one in shipped_cases()]
NOW = RuleSet(POSTS_SHIPPED)
CITY, WARD = Outcome(BodyKind.INSPECTION, Level.PROVINCE), Outcome(BodyKind.INSPECTION, Level.COMMUNE)
NEXT_YEAR = date(2027, 1, 1)


def row(post_id: str) -> PostFacts:
    return next(one for one in POSTS_SHIPPED if one.id == post_id)


def drafted(post_id: str, **changes: object) -> PostFacts:
    return replace(row(post_id), id=f"{post_id}-draft", valid_from=NEXT_YEAR, **changes)  # type: ignore[arg-type]


DRAFT = drafted("committee.commune.chair-b", managing_level=Level.COMMUNE)


def after(*drafts: PostFacts) -> RuleSet:
    return RuleSet(with_drafts(POSTS_SHIPPED, drafts))


def test_nothing_drafted_changes_nothing() -> None:
    assert differences(NOW, after(), SAMPLES, TODAY) == ()
    assert possible(NOW, after(), [stored()], TODAY) == ()


def test_a_draft_changes_the_cases_of_its_post_and_no_other() -> None:
    [found] = differences(NOW, after(DRAFT), SAMPLES, NEXT_YEAR)
    assert (found.before, found.after) == (CITY, WARD)
    chairs = {
        one.id
        for one in SAMPLES
        if one.case.track is Track.PARTY and {*one.case.now, *one.case.then} == {DRAFT.post}
    }
    assert set(found.ids) == chairs
    assert chairs


def test_a_draft_changes_nothing_before_it_begins() -> None:
    assert differences(NOW, after(DRAFT), SAMPLES, date(2026, 12, 31)) == ()


def test_other_rules_are_simulated_like_other_posts() -> None:
    fewer = RuleSet(POSTS_SHIPPED, tuple(rule for rule in RULES if rule.name != "own_cell"))
    cell = Sample(
        "1",
        CaseClass(
            Era.AFTER, Track.PARTY, Who.PERSON, PartyMember.YES, Status.UNKNOWN, ("party.cell.member",)
        ),
    )
    [found] = differences(NOW, fewer, [cell], TODAY)
    assert found.before.code == "own_cell"
    assert found.after == Outcome(BodyKind.INSPECTION, Level.CELL, "other_line")


def stored(number: int = 7, **facts: object) -> Stored:
    given = {"track": Track.PARTY, "kind": Kind.PETITION, "level": Level.COMMUNE, "group": PostGroup.HEAD}
    return Stored(**{**given, "number": number, **facts})  # type: ignore[arg-type]


def test_stored_cases_are_told_by_level_and_group_of_the_post() -> None:
    [found] = possible(NOW, after(DRAFT), [stored(), stored(group=PostGroup.STAFF)], NEXT_YEAR)
    heads = {
        one.post
        for one in POSTS_SHIPPED
        if one.exists_on(NEXT_YEAR) and (one.level, one.group) == (Level.COMMUNE, PostGroup.HEAD)
    }
    assert (found.posts, found.is_certain) == (len(heads), False)
    assert [(one.post, one.before, one.after) for one in found.changes] == [(DRAFT.post, CITY, WARD)]


def test_an_office_whose_group_is_not_known_may_be_any_of_its_level() -> None:
    [found] = possible(NOW, after(DRAFT), [stored(group=None)], NEXT_YEAR)
    [heads] = possible(NOW, after(DRAFT), [stored()], NEXT_YEAR)
    assert found.posts > heads.posts
    assert found.changes == heads.changes


def test_where_the_case_went_narrows_what_it_may_be_about() -> None:
    """A school's head is examined in the ward; a case that went to the city is not about one."""
    to_the_city = stored(led=(BodyKind.INSPECTION, Level.PROVINCE))
    [found] = possible(NOW, after(DRAFT), [to_the_city], NEXT_YEAR)
    [wide] = possible(NOW, after(DRAFT), [stored()], NEXT_YEAR)
    assert found.posts < wide.posts
    assert possible(NOW, after(DRAFT), [stored(led=(BodyKind.INSPECTION, Level.COMMUNE))], NEXT_YEAR) == ()


def test_a_change_of_every_office_is_certain_and_comes_first() -> None:
    heads = [
        one
        for one in POSTS_SHIPPED
        if one.exists_on(NEXT_YEAR) and (one.level, one.group) == (Level.COMMUNE, PostGroup.DEPUTY)
    ]
    drafts = [drafted(one.id, managing_level=Level.CENTRAL) for one in heads]
    cases = [stored(99), stored(3, group=PostGroup.DEPUTY)]
    found = possible(NOW, after(DRAFT, *drafts), cases, NEXT_YEAR)
    assert [(one.is_certain, one.stored.number) for one in found] == [(True, 3), (False, 99)]


def test_kinds_that_no_committee_receives_do_not_change() -> None:
    assert possible(NOW, after(DRAFT), [stored(kind=Kind.CRIME)], NEXT_YEAR) == ()


@pytest.mark.parametrize("one", SAMPLES, ids=lambda one: one.id)
def test_a_class_is_answered_alike_twice(one: Sample) -> None:
    assert answer_of(one.case, REGISTER, TODAY) == answer_of(one.case, REGISTER, TODAY)


DAYS = st.dates(date(2024, 1, 1), date(2029, 1, 1))


@settings(max_examples=60)
@given(post=st.sampled_from(POSTS_SHIPPED), ends=st.tuples(DAYS, DAYS), is_open=st.booleans(), day=DAYS)
def test_drafts_leave_one_row_of_a_post_on_every_day(post, ends, is_open, day) -> None:
    draft = replace(post, id="draft", valid_from=min(ends), valid_to=None if is_open else max(ends))
    rows = [one for one in with_drafts(POSTS_SHIPPED, [draft]) if one.post == post.post]
    assert all(
        not overlap((one.valid_from, one.valid_to), (two.valid_from, two.valid_to))
        for one in rows
        for two in rows
        if one is not two
    )
    known = [one for one in POSTS_SHIPPED if one.post == post.post and one.exists_on(day)]
    found = [one for one in rows if one.exists_on(day)]
    assert len(found) == int(bool(known) or draft.exists_on(day))
    assert (draft in found) == draft.exists_on(day)
