"""The catalogue asks about acts in office and nothing else; kinds and refusals always lead somewhere."""

from dataclasses import replace
from datetime import date

import pytest

from portal.domain import catalogue as book
from portal.domain import declining, kinds
from portal.domain.catalogue import CATEGORIES, CategoryGroup, Content
from portal.domain.kinds import Kind, ReportKind
from portal.domain.text import fold

TODAY = date(2026, 11, 23)

# Belief, opinion, speech, religion, party theory, family life: folded, as whole words.
FORBIDDEN = (
    "tu tuong",
    "ly tuong",
    "ly luan",
    "chu nghia",
    "quan diem",
    "y kien",
    "niem tin",
    "lap truong",
    "chinh kien",
    "nhan thuc",
    "chinh tri",
    "nghi quyet",
    "duong loi",
    "dang vien",
    "chi bo",
    "sinh hoat dang",
    "tu phe binh",
    "phat ngon",
    "phat bieu",
    "noi xau",
    "noi chuyen",
    "bai viet",
    "binh luan",
    "mang xa hoi",
    "facebook",
    "zalo",
    "bao chi",
    "ton giao",
    "tin nguong",
    "me tin",
    "chua chien",
    "le chua",
    "nha tho",
    "thay cung",
    "dao duc",
    "loi song",
    "gia dinh",
    "vo chong",
    "vo con",
    "con cai",
    "hon nhan",
    "ly hon",
    "ngoai tinh",
    "bo nhi",
    "tinh cam",
    "yeu duong",
    "dan toc",
    "que quan",
    "benh",
)


def _words(text: str) -> str:
    return f" {fold(''.join(c if c.isalnum() else ' ' for c in text))} "


def _texts(category):
    return (category.title, category.hint, *(item.text for item in category.items))


def test_there_are_thirteen_categories_and_81_items():
    assert len(book.categories_on(TODAY)) == 13
    assert sum(len(c.items) for c in book.categories_on(TODAY)) == 81


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda c: c.code)
def test_a_category_is_complete(category):
    assert 4 <= len(category.items) <= 8
    assert category.title
    assert category.hint.endswith(".")
    assert category.law.startswith(("Luật ", "Quyết định ", "Quy định "))
    assert all(item.text.endswith("?") for item in category.items)
    codes = [item.code for item in category.items]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda c: c.code)
def test_no_text_is_about_belief_speech_or_private_life(category):
    found = [(word, t) for t in _texts(category) for word in FORBIDDEN if f" {word} " in _words(t)]
    assert not found


def test_the_guard_sees_a_forbidden_word():
    assert " tin nguong " in _words("Người đó theo tín ngưỡng nào?")


@pytest.mark.parametrize("category", CATEGORIES, ids=lambda c: c.code)
def test_a_category_points_to_conduct_only(category):
    assert set(category.rows) <= book.ACT_ROWS | book.PART_ROWS
    assert category.rows or category.kind is ReportKind.PRAISE
    assert category.contents
    assert Content.RESIDENCE not in category.contents


def test_every_act_row_and_every_content_in_office_is_covered():
    assert {row for c in CATEGORIES for row in c.rows} == book.ACT_ROWS | book.PART_ROWS
    assert len(book.ACT_ROWS) == 6
    assert len(book.PART_ROWS) == 7
    assert {content for c in CATEGORIES for content in c.contents} == set(Content) - {Content.RESIDENCE}


def test_items_are_short_enough_for_a_phone():
    assert max(len(item.text) for c in CATEGORIES for item in c.items) <= 100


def test_the_residents_choice_splits_the_catalogue():
    by_kind = {kind: book.categories_on(TODAY, kind) for kind in ReportKind}
    assert len(by_kind[ReportKind.ACT]) == 11
    assert [c.code for c in by_kind[ReportKind.PRAISE]] == ["praise"]
    assert [c.code for c in by_kind[ReportKind.REPRISAL]] == ["retaliation"]


def test_groups_in_clear_are_coarse():
    shared = [g for g in CategoryGroup if g is not CategoryGroup.PRAISE]
    assert all(len([c for c in CATEGORIES if c.group is g]) >= 3 for g in shared)


def test_versions_follow_the_day(monkeypatch):
    old = replace(CATEGORIES[0], title="Cũ", valid_to=date(2026, 12, 31))
    new = replace(CATEGORIES[0], title="Mới", valid_from=date(2027, 1, 1))
    monkeypatch.setattr(book, "CATEGORIES", (old, new))
    assert book.category(old.code, date(2026, 12, 31)).title == "Cũ"
    assert book.category(old.code, date(2027, 1, 1)).title == "Mới"
    with pytest.raises(book.UnknownCategory):
        book.category(old.code, date(2025, 6, 30))


def test_one_code_has_one_version_on_any_day():
    for day in (TODAY, date(2025, 7, 1), date(2030, 1, 1)):
        codes = [c.code for c in book.categories_on(day)]
        assert len(set(codes)) == len(codes)


def test_corruption_follows_the_category_or_a_single_answer():
    construction = book.category("construction_breach", TODAY)
    assert not book.is_about_corruption(construction, ["no_permit"])
    assert book.is_about_corruption(construction, ["no_permit", "paid_to_ignore"])
    assert book.is_about_corruption(book.category("asking_money", TODAY), [])
    assert not book.is_about_corruption(book.category("praise", TODAY), ["gift_refused"])


def test_every_kind_has_a_row_and_guidance():
    assert {row.kind for row in kinds.KINDS} == set(Kind)
    for row in kinds.KINDS:
        assert row.test.endswith("?")
        assert row.guidance.endswith(".")
        assert row.source


@pytest.mark.parametrize(
    ("kind", "routable"),
    [
        (Kind.DENUNCIATION, True),
        (Kind.PETITION, True),
        (Kind.COMMENT, True),
        (Kind.COMPLAINT, False),
        (Kind.PROCEDURE, False),
        (Kind.CRIME, False),
        (Kind.PRAISE, False),
        (Kind.OUT_OF_SCOPE, False),
    ],
)
def test_which_kinds_a_committee_may_receive(kind, routable):
    assert kinds.facts_of(kind).routable is routable


def test_only_a_sign_of_crime_is_due_at_once():
    assert [row.kind for row in kinds.KINDS if row.at_once] == [Kind.CRIME]


@pytest.mark.parametrize("reason", declining.DeclineReason)
def test_a_refusal_names_its_ground_and_another_way(reason):
    row = declining.facts_of(reason)
    assert row.law
    assert row.told.endswith(".")
    assert len(row.instead) > 40
    assert row.instead.endswith(".")


@pytest.mark.parametrize("thing", book.OUTSIDE, ids=lambda o: o.code)
def test_what_is_outside_says_why_and_where(thing):
    assert thing.why.endswith(".")
    assert thing.instead.endswith(".")
