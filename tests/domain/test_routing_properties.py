"""Whatever the facts, the engine keeps its promises: random people, places, days, bodies and bad data."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from portal.domain.kinds import Kind
from portal.domain.lineage import Standing
from portal.domain.parties import COUNTRY, BodyFacts, BodyKind, Level, PartyMember, Track
from portal.domain.routing import (
    RULES,
    Advice,
    Decision,
    Guidance,
    Matter,
    Route,
    Unmet,
    decide,
)
from portal.domain.structure import body_id
from portal.domain.subjects import Held, Status, Subject, Who, as_main, held
from tests.support.offices import BODIES, CITY, LAST, NOW, POSTS_SHIPPED, SPLIT, THEN, holder, matter

IDS = sorted(BODIES)
CITY_ONLY = Standing((CITY, COUNTRY))
STATE_BODIES = ((BodyKind.COMMITTEE, Level.COMMUNE), (BodyKind.DEPARTMENT, Level.PROVINCE))
days = st.dates(date(2024, 1, 1), date(2027, 12, 31)) | st.sampled_from((LAST, LAST + timedelta(days=1)))
posts = st.sampled_from(POSTS_SHIPPED)
some_ids = st.frozensets(st.sampled_from(IDS), max_size=4)


@st.composite
def subjects(draw: Any, area_id: str) -> Subject:
    """Somebody with one to three offices, perhaps others before, and what people say of him."""
    flag = st.booleans()
    return Subject(
        area_id,
        party_member=draw(st.sampled_from(PartyMember)),
        works_at_front=draw(flag),
        works_at_party=draw(flag),
        works_at_inspection=draw(flag),
        sits_on=draw(some_ids),
        who=draw(st.sampled_from(Who)),
        status=draw(st.sampled_from(Status)),
        others=tuple(map(held, draw(st.lists(posts, max_size=2)))),
        then=tuple(map(held, draw(st.lists(posts, max_size=2)))),
        co_managers=draw(st.sampled_from(((), STATE_BODIES[:1], STATE_BODIES))),
        **as_main(draw(posts)),
    )


@st.composite
def matters(draw: Any) -> Matter:
    """A question on any day, in a place of that day; some bodies have ended, some take part."""
    day = draw(days)
    place = THEN if day <= LAST else draw(st.sampled_from((NOW, SPLIT, CITY_ONLY)))
    ended, active = draw(some_ids), draw(st.frozensets(st.sampled_from(IDS)))
    bodies = {
        one.id: replace(
            one,
            active=one.id in active,
            valid_from=None if one.id in ended else one.valid_from,
            valid_to=day - timedelta(days=1) if one.id in ended else one.valid_to,
        )
        for one in BODIES.values()
    }
    kind = draw(st.none() | st.sampled_from(Kind))
    subject = draw(subjects(place.line[0].id))
    return Matter(subject, place, bodies, day, draw(st.sampled_from(Track)), kind)


def above(body: BodyFacts, bodies: Mapping[str, BodyFacts]) -> list[BodyFacts]:
    """The body and all above it, by the links themselves."""
    line = [body]
    while line[-1].superior_id in bodies:
        line.append(bodies[line[-1].superior_id])  # type: ignore[index]
    return line


def named(decision: Decision) -> list[BodyFacts]:
    """Every body that gets the matter or takes part."""
    answer = decision.answer
    return [answer.body, *answer.joining] if isinstance(answer, Route) else []


@given(asked=matters())
def test_never_to_a_body_that_is_closed(asked: Matter) -> None:
    assert all(body.exists_on(asked.day) for body in named(decide(asked)))


@given(asked=matters())
def test_never_to_a_body_where_the_person_sits_nor_below_one(asked: Matter) -> None:
    """Known seats, and what he is by his office: head or deputy, member of a committee, inspector."""
    answer = decide(asked).answer
    assume(isinstance(answer, Route))
    assert isinstance(answer, Route)
    units = {unit.id: unit for unit in asked.place.line}
    for body in above(answer.body, asked.bodies):
        assert body.id not in asked.subject.sits_on
        examined_by_party = body.kind is BodyKind.INSPECTION and body.level is not Level.CENTRAL
        if examined_by_party:
            assert body_id(BodyKind.PARTY, body.area_id) not in asked.subject.sits_on
        unit = units.get(body.area_id)
        for office in asked.subject.offices:
            if unit is not None and office.level is unit.level:
                assert not (office.leads and office.kind is body.kind)
                assert not (office.kind is BodyKind.INSPECTION is body.kind)
                assert not (office.leads and office.kind is BodyKind.PARTY and examined_by_party)
        if asked.subject.works_at_inspection and asked.place.line[0].id == body.area_id:
            assert body.kind is not BodyKind.INSPECTION


@given(asked=matters())
def test_active_means_the_whole_line(asked: Matter) -> None:
    answer = decide(asked).answer
    assume(isinstance(answer, Route))
    assert isinstance(answer, Route)
    line = above(answer.body, asked.bodies)
    assert answer.active == all(body.active for body in line)
    assert line[-1].superior_id is None


def _of_state(offices: tuple[Held, ...]) -> list[Level]:
    return [
        one.level
        for one in offices
        if one.level is not None and one.settler_kind not in (None, BodyKind.INSPECTION)
    ]


@given(asked=matters())
def test_never_below_the_level_that_manages_or_the_level_of_the_office(asked: Matter) -> None:
    answer, person = decide(asked).answer, asked.subject
    assume(isinstance(answer, Route))
    assert isinstance(answer, Route)
    if answer.claim in ("by_managing_level", "moved_highest", "left_as_in_office", "party_organisation"):
        counted = person.offices
        if person.status in (Status.MOVED, Status.LEFT) and person.who is Who.PERSON:
            counted += person.then
        lowest = [one.managing_level for one in counted if one.managing_level is not None]
    elif answer.claim == "left_service":
        lowest = _of_state(person.then) or _of_state(person.offices)
    elif answer.claim == "party_office":
        offices = (*person.offices, *person.then)
        lowest = [one.managing_level for one in offices if one.managing_level is not None]
    else:
        lowest = _of_state(person.offices)
    assert all(answer.level.rank >= level.rank for level in lowest)


@given(asked=matters(), links=st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=6))
def test_climbing_ends_even_where_superiors_run_in_a_circle(
    asked: Matter, links: list[tuple[str, str]]
) -> None:
    bodies = dict(asked.bodies)
    for one, other in links:
        bodies[one] = replace(bodies[one], superior_id=other)
    bodies["inspection.C1"] = replace(bodies["inspection.C1"], superior_id="inspection.C1")
    decision = decide(replace(asked, bodies=bodies))
    assert all(body.exists_on(asked.day) for body in named(decision))
    if isinstance(decision.answer, Route):
        assert not (decision.answer.active and not decision.answer.body.active)
        assert decision.answer.body.id not in asked.subject.sits_on


@given(asked=matters())
def test_the_same_facts_give_the_same_answer(asked: Matter) -> None:
    again = replace(
        asked,
        bodies=dict(reversed(list(asked.bodies.items()))),
        subject=replace(asked.subject, sits_on=frozenset(sorted(asked.subject.sits_on, reverse=True))),
    )
    assert decide(asked) == decide(asked) == decide(again)


@given(asked=matters(), more=some_ids)
def test_one_more_conflict_never_moves_a_case_down(asked: Matter, more: frozenset[str]) -> None:
    subject = replace(asked.subject, sits_on=asked.subject.sits_on | more)
    before, after = decide(asked).answer, decide(replace(asked, subject=subject)).answer
    barred = isinstance(before, Guidance) and before.code is Advice.NOBODY_LEFT
    if not isinstance(before, Route) and not barred:
        assert after == before
    elif isinstance(after, Route):
        assert isinstance(before, Route)
        assert after.level.rank >= before.level.rank
    else:
        assert isinstance(after, Guidance)
        assert after.code is Advice.NOBODY_LEFT


@given(asked=matters())
def test_a_rule_outside_its_dates_never_fires(asked: Matter) -> None:
    in_force = {(rule.name, rule.source) for rule in RULES if rule.holds_on(asked.day)}
    known = {rule.name for rule in RULES}
    decision = decide(asked)
    for look in decision.trace:
        if look.rule in known:
            assert ((look.rule, look.source) in in_force) == (look.why is not Unmet.NOT_IN_FORCE)
    if isinstance(decision.answer, Route) and decision.answer.rule in known:
        assert (decision.answer.rule, decision.answer.source) in in_force


@given(asked=matters(), begins=days, ends=days)
@settings(max_examples=50)
def test_rules_of_other_days_decide_nothing(asked: Matter, begins: date, ends: date) -> None:
    first, last = min(begins, ends), max(begins, ends)
    assume(not first <= asked.day <= last)
    rules = tuple(replace(rule, valid_from=first, valid_to=last) for rule in RULES)
    assert decide(asked, rules).answer == Guidance(Advice.UNDETERMINED)


@given(asked=matters())
@example(asked=matter(holder("party.commune.secretary", party_member=PartyMember.NO)))
def test_who_is_no_member_gets_no_body_of_the_party_unless_his_offices_are_all_the_party_s(
    asked: Matter,
) -> None:
    subject = replace(asked.subject, party_member=PartyMember.NO)
    decision = decide(replace(asked, subject=subject))
    offices = (*subject.offices, *subject.then)
    if any(one.settler_kind is not BodyKind.INSPECTION for one in offices):
        assert all(body.kind not in (BodyKind.INSPECTION, BodyKind.PARTY) for body in named(decision))


@given(asked=matters())
@example(asked=matter(holder("health.district.staff"), track=Track.STATE))
def test_nothing_goes_to_a_district_that_ended(asked: Matter) -> None:
    assume(asked.day > LAST)
    decision = decide(asked)
    assert all(body.level is not Level.DISTRICT for body in named(decision))
    if isinstance(decision.answer, Guidance):
        assert decision.answer.level is not Level.DISTRICT
