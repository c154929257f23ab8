"""Drafts of post rows: what they would make of the register, and what they differ in."""

from dataclasses import replace
from datetime import date

import pytest

from portal.data.reference import shipped
from portal.domain.csv_rows import Refused
from portal.domain.parties import Level, PartyMember, PostFacts
from portal.domain.post_drafts import Op, PostChange, as_text, differences, drafted, from_text
from portal.domain.posts import POSTS, post_on, read_posts

DAY = date(2027, 1, 1)
ROWS = read_posts(shipped(POSTS))
POST = next(one for one in ROWS if one.level is Level.COMMUNE and one.exists_on(DAY))


def changed(**values: object) -> PostChange:
    return PostChange(Op.CHANGE, POST.post, replace(POST, **values))  # type: ignore[arg-type]


def test_a_change_closes_the_row_and_opens_the_next_day() -> None:
    after = drafted(ROWS, [changed(managing_level=Level.CENTRAL)], DAY)
    old = next(one for one in after if one.id == POST.id)
    new = post_on(after, POST.post, DAY)
    assert old == replace(POST, valid_to=date(2026, 12, 31))
    assert new is not None
    assert (new.managing_level, new.valid_from, new.valid_to) == (Level.CENTRAL, DAY, POST.valid_to)
    assert len(after) == len(ROWS) + 1


def test_an_end_leaves_no_row_after_it() -> None:
    after = drafted(ROWS, [PostChange(Op.END, POST.post)], DAY)
    assert post_on(after, POST.post, DAY) is None
    assert post_on(after, POST.post, date(2026, 12, 31)) is not None


def test_an_added_post_begins_on_the_day() -> None:
    row = replace(POST, post="committee.commune.new", name="Chức vụ mới")
    after = drafted(ROWS, [PostChange(Op.ADD, "committee.commune.new", row)], DAY)
    assert [one.valid_from for one in after if one.post == "committee.commune.new"] == [DAY]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (PostChange(Op.ADD, POST.post, POST), "đã có"),
        (PostChange(Op.CHANGE, "khong-co", POST), "không có dòng nào"),
        (changed(managing_level=Level.CELL), "thấp hơn"),
        (changed(source=""), "thiếu tên hoặc căn cứ"),
        (
            changed(level=Level.PROVINCE, managing_level=Level.CENTRAL, settler_level=Level.CENTRAL),
            "chức vụ khác",
        ),
        (PostChange(Op.CHANGE, POST.post), "thiếu nội dung"),
    ],
)
def test_what_does_not_hold_is_refused_with_its_row(change: PostChange, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        drafted(ROWS, [change], DAY)
    assert str(refused.value.problems[0]).startswith("bản dự thảo, dòng 1:")


def test_a_row_is_not_changed_on_its_first_day() -> None:
    begun = next(one for one in ROWS if one.valid_from is not None)
    with pytest.raises(Refused, match="ngày thay đổi phải sau"):
        drafted(ROWS, [PostChange(Op.CHANGE, begun.post, begun)], begun.valid_from or DAY)


def test_the_difference_names_what_changes_and_nothing_else() -> None:
    found = differences(ROWS, [changed(party_member=PartyMember.UNKNOWN, name="Tên khác")], DAY)[0]
    assert {name for name, _, _ in found.fields} <= {"party_member", "name"}
    assert ("name", POST.name, "Tên khác") in found.fields


def test_rows_are_stored_and_read_again() -> None:
    changes = (changed(name="Khác", synonyms=("một", "hai")), PostChange(Op.END, "x"))
    read = from_text(as_text(changes))
    assert read[1] == changes[1]
    row: PostFacts | None = read[0].row
    assert row is not None
    assert (row.name, row.synonyms, row.managing_level) == ("Khác", ("một", "hai"), POST.managing_level)
