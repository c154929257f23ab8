"""Published decisions: the rules keep agreeing with them, and what is shipped of them points to nobody."""

import csv
import re
from dataclasses import replace

import pytest

from portal.data.country import shipped_cases
from portal.data.reference import shipped
from portal.domain.csv_rows import Refused
from portal.domain.routing import RULES
from portal.domain.routing.agreement import (
    LEAST_AGREEMENT,
    LEAST_EXCEPTIONS,
    compare,
    exceptions,
    page,
    share,
    under_the_rule,
)
from portal.domain.routing.published import COLUMNS, PUBLISHED, read_published
from tests.support.offices import POSTS_SHIPPED
from tests.support.tree import ROOT

KEYS = {post.post for post in POSTS_SHIPPED}
CASES = shipped_cases()
ROWS = list(csv.DictReader(shipped(PUBLISHED).decode().splitlines()))


def test_the_rules_agree_with_what_a_simple_rule_gives() -> None:
    found = share(under_the_rule(compare(CASES, POSTS_SHIPPED)))
    assert found.rows == 59
    assert found.value >= LEAST_AGREEMENT, str(found)


def test_the_rules_give_the_exceptions_whose_reason_is_a_fact() -> None:
    found = share(exceptions(compare(CASES, POSTS_SHIPPED), carried=True))
    assert found.rows == 8
    assert found.value >= LEAST_EXCEPTIONS, str(found)


@pytest.mark.parametrize("lost", ["by_managing_level", "managing_head", "moved_highest"])
def test_a_lost_rule_shows_in_the_figures(lost: str) -> None:
    """The two tests above can fail: each of these rules carries rows of the sample."""
    rules = tuple(rule for rule in RULES if rule.name != lost)
    found = compare(CASES, POSTS_SHIPPED, rules)
    assert share(found).agreeing < share(compare(CASES, POSTS_SHIPPED)).agreeing
    if lost != "moved_highest":
        assert share(under_the_rule(found)).value < LEAST_AGREEMENT


def test_every_disagreement_has_its_reason_and_the_page_is_current() -> None:
    compared = compare(CASES, POSTS_SHIPPED)
    text = page(compared, POSTS_SHIPPED)
    told = (ROOT / "docs" / "routing-evidence.md").read_text(encoding="utf-8")
    assert told == text, "portal routing evidence --out docs/routing-evidence.md"
    for one in compared:
        if not one.agrees:
            assert one.published.note, one.published.id
            assert f"| {one.published.id} | {one.published.case.track.value} |" in text
        if one.published.contradicts:
            assert one.published.facts_carry_reason is not None, one.published.id


def test_what_is_shipped_has_no_place_no_day_no_title_and_no_address() -> None:
    assert set(ROWS[0]) == set(COLUMNS)
    for row in ROWS:
        for column in set(COLUMNS) - {"note", "era"}:
            assert re.fullmatch(r"[a-z0-9_.|-]*", row[column]), (row["id"], column)
        # English words in plain letters: no Vietnamese name of a person or a place can stand there.
        assert re.fullmatch(r"[A-Za-z0-9 ,.;:()'-]*", row["note"]), row["id"]
        assert not re.search(r"\b(19|20)\d\d\b|https?|www", row["note"])


def row(**cells: str) -> bytes:
    given = {**ROWS[0], **cells}
    return (",".join(COLUMNS) + "\n" + ",".join(given[name] for name in COLUMNS) + "\n").encode()


@pytest.mark.parametrize(
    ("column", "value", "named"),
    [
        ("id", "Nguyen", "số thứ tự"),
        ("era", "yesterday", "era"),
        ("track", "court", "track"),
        ("subject_kind", "animal", "subject_kind"),
        ("posts_now", "committee.commune.king", "committee.commune.king"),
        ("handling_level", "village", "handling_level"),
        ("handling_body_kind", "king", "handling_body_kind"),
        ("contradicts_simple_rule", "maybe", "contradicts_simple_rule"),
        ("note", "x" * 400, "300"),
    ],
)
def test_a_faulty_row_is_refused_and_named(column: str, value: str, named: str) -> None:
    with pytest.raises(Refused, match=rf"dòng 2: .*{re.escape(named)}"):
        read_published(row(**{column: value}), KEYS)


def test_a_row_that_comes_twice_is_refused() -> None:
    again = row() + row().splitlines()[1] + b"\n"
    with pytest.raises(Refused, match="dòng 3"):
        read_published(again, KEYS)


def test_the_party_s_bodies_of_one_level_are_one_kind() -> None:
    case = replace(CASES[0], kind="btv")
    assert case.agrees(case.level.value, "ubkt")
    assert case.agrees(case.level.value, "cap_uy")
    assert not case.agrees(case.level.value, "chu_tich_ubnd")
    assert not case.agrees("cell", "ubkt")
