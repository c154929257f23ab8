"""The steps of the form, and that nothing typed is dropped silently."""

from datetime import date

import pytest

from portal.domain.drafted import telling_from
from portal.domain.drafting import FormStep, Sketch, Why, category_of, first_missing, path
from portal.domain.kinds import ReportKind
from portal.domain.telling import Openness, Said
from tests.support.resident import KEPT

DAY = date(2026, 11, 23)


def answers(**changed):
    return {name: one for name, one in (KEPT | changed).items() if one is not None}


def test_a_complete_draft_misses_nothing():
    assert first_missing(answers(), "portal", DAY) is None
    telling = telling_from(answers(), "portal", DAY)
    assert telling.kind is ReportKind.ACT
    assert telling.office.post == "committee.commune.chair"
    assert telling.at_party is Said.UNKNOWN
    assert telling.said == {"past_due": True}


@pytest.mark.parametrize("step", FormStep)
def test_every_step_of_the_way_is_asked(step):
    assert first_missing(answers(**{step.value: None}), "portal", DAY) in (step, *_before(step))


def _before(step):
    """Leaving out the openness takes the contact out, leaving out the kind the category."""
    return {FormStep.ABOUT: (FormStep.ABOUT,), FormStep.CONTACT: (FormStep.CONTACT,)}.get(step, ())


@pytest.mark.parametrize(
    ("changed", "left_out"),
    [
        ({}, set()),
        ({"kind": {"kind": "praise"}}, {"ties", "category", "signs"}),
        ({"kind": {"kind": "reprisal"}}, {"category", "contact"}),
        ({"about": {"openness": "anonymous"}}, {"contact"}),
        ({"category": {"category": "asking_money"}}, {"contact"}),
        ({"category": {"category": "construction_breach"}, "signs": {"paid_to_ignore": "yes"}}, {"contact"}),
        ({"category": {"category": "construction_breach"}, "signs": {"paid_to_ignore": "no"}}, set()),
    ],
)
def test_which_steps_a_report_has(changed, left_out):
    steps = path(answers(**changed), "portal", DAY)
    assert {step.value for step in FormStep} - {step.value for step in steps} == left_out


def test_the_switch_keeps_every_name_outside():
    assert FormStep.CONTACT not in path(answers(), "none", DAY)
    given = answers(contact={"name": "A B", "phone": "", "address": ""})
    assert not telling_from(given, "none", DAY).contact
    assert telling_from(given, "portal", DAY).contact


def test_a_contact_typed_before_counts_for_nothing_once_anonymous():
    given = answers(contact={"name": "A B", "phone": "", "address": ""}, about={"openness": "anonymous"})
    telling = telling_from(given, "portal", DAY)
    assert not telling.contact
    assert telling.openness is Openness.ANONYMOUS


def test_what_an_answer_makes_obsolete_waits():
    sketch = Sketch(answers=answers())
    moved = sketch.accepts(FormStep.PLACE, {"area": "c2", "area_id": "c2", "name": "Khác"}, 5)
    assert moved.answer(FormStep.OFFICE) is None
    assert moved.pending["post"].why is Why.CHANGED
    assert moved.pending["post"].raw["post"] == ["committee.commune.chair"]
    assert first_missing(moved.answers, "portal", DAY) is FormStep.OFFICE


def test_a_detail_beside_the_same_choice_makes_nothing_obsolete():
    sketch = Sketch(answers=answers())
    same = sketch.accepts(FormStep.PLACE, KEPT["place"] | {"street": "đường mới"}, 5)
    assert same.answer(FormStep.POST) == KEPT["post"]


def test_two_windows_clash_only_where_they_differ():
    sketch = Sketch(answers=answers(), at={"story": 4})
    assert sketch.clashes(FormStep.STORY, {"story": "khác"}, seen=3)
    assert not sketch.clashes(FormStep.STORY, {"story": "khác"}, seen=4)
    assert not sketch.clashes(FormStep.STORY, KEPT["story"], seen=3)
    assert not sketch.clashes(FormStep.WHEN, {"when": ""}, seen=3)


def test_a_sketch_survives_its_sealing():
    sketch = Sketch(answers(), at={"kind": 1}, search="son ky", files=2)
    sketch = sketch.waits(FormStep.STORY, {"story": ["a", "b"]}, Why.INVALID)
    assert Sketch.from_json(sketch.as_json()) == sketch


def test_an_unknown_category_asks_again():
    assert category_of(answers(category={"category": "gone_since"}), DAY) == ""
    assert first_missing(answers(category={"category": "gone_since"}), "portal", DAY) is FormStep.CATEGORY
