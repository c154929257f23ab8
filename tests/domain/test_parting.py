"""Sharing a report out among its matters: every piece goes somewhere."""

from dataclasses import replace

import pytest

from portal.domain.parting import (
    MOST,
    Kept,
    NotApart,
    Part,
    Whole,
    kept_of,
    newest,
    passages,
    require_complete,
    share_of,
)

ONE = Part("A", "UBND", "việc một", (0,), ("l1",), ("f1",), signs=True)
TWO = Part("B", "Công an", "việc hai", (1,))
WHOLE = Whole(2, ("l1",), ("f1",), signs=True)


def test_a_story_falls_into_its_lines_and_long_lines_into_sentences() -> None:
    long = "Câu thứ nhất khá dài. " * 20
    found = passages(f"Dòng đầu. Còn nữa.\n\n{long}")
    assert found[0] == "Dòng đầu. Còn nữa."
    assert len(found) == 21
    assert passages(" \n ") == ()


def test_a_complete_sharing_is_taken() -> None:
    require_complete(WHOLE, [ONE, TWO])


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([ONE], "one_part"),
        ([ONE] * (MOST + 1), "one_part"),
        ([ONE, replace(TWO, person="", office="")], "no_subject"),
        ([ONE, replace(TWO, told="")], "not_told"),
        ([replace(ONE, passages=(0, 1)), replace(TWO, passages=())], "empty_part"),
        ([ONE, replace(TWO, passages=(0,))], "lost"),
        ([replace(ONE, letters=()), TWO], "lost"),
        ([replace(ONE, files=()), TWO], "lost"),
        ([replace(ONE, signs=False), TWO], "lost"),
        ([ONE, replace(TWO, passages=(1, 2))], "unknown"),
        ([ONE, replace(TWO, files=("f2",))], "unknown"),
    ],
)
def test_what_is_not_complete_is_refused_with_its_reason(parts: list[Part], why: str) -> None:
    with pytest.raises(NotApart) as refused:
        require_complete(WHOLE, parts)
    assert refused.value.why == why


KEPT = Kept(2, False, "B", "Công an phường", "việc hai", ("Đoạn hai.",), (), ("l1",), (), False, 3)
CONTENT = {
    "office": {
        "body_id": "x",
        "name": "UBND",
        "kind": "committee",
        "level": "commune",
        "area_id": "w",
        "detail": "",
    },
    "post": {"post": "chair", "name": "Chủ tịch", "group": "head"},
    "category": "delay",
    "person": "A",
    "story": "Đoạn một.\nĐoạn hai.",
    "signs": {"past_due": True},
    "when": "2026-03",
}


def test_a_part_is_sealed_and_read_again_and_the_newest_counts() -> None:
    assert kept_of(KEPT.as_content()) == KEPT
    later = replace(KEPT, version=9, story=("Đoạn hai, phần sau.",))
    assert newest([later.as_content(), KEPT.as_content()]) == later
    assert newest([]) is None


def test_another_officials_matter_has_nothing_of_the_first() -> None:
    share = share_of(KEPT, CONTENT)
    assert (share["story"], share["person"], share["signs"]) == ("Đoạn hai.", "B", {})
    assert share["office"]["name"] == "Công an phường"
    assert (share["office"]["body_id"], share["office"]["area_id"]) == ("", "w")
    assert share["post"] == {"post": "", "name": "", "group": None}
    assert share["when"] == "2026-03"


def test_the_first_matter_keeps_the_office_that_the_resident_chose() -> None:
    share = share_of(replace(KEPT, first=True, signs=True, person="A"), CONTENT)
    assert (share["office"], share["post"], share["signs"]) == (
        CONTENT["office"],
        CONTENT["post"],
        CONTENT["signs"],
    )
