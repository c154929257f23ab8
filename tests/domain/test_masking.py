"""What a printed copy hides, and what it leaves to be read."""

from datetime import date

import pytest

from portal.domain.masking import HIDDEN, masked
from portal.domain.standard import Blank, filled, in_force, unknown_blanks


@pytest.mark.parametrize(
    ("text", "names", "hidden"),
    [
        ("Cán bộ Đoàn Văn Mẫu hẹn nhiều lần.", ["Đoàn Văn Mẫu"], ["Đoàn Văn Mẫu"]),
        ("Can bo DOAN VAN  MAU hen.", ["Đoàn Văn Mẫu"], ["MAU", "DOAN"]),
        ("Gọi 0903 111 222 gặp tôi.", [], ["0903"]),
        ("Thư a.b@example.vn nhé.", [], ["example"]),
        ("Hôm đó ông Mẫu Thử ký giấy.", [], ["Mẫu Thử"]),
        ("Người ký là Nguyễn Thị Thử.", [], ["Nguyễn", "Thử"]),
        ("Tôi tên là Lạ Thường, nhà tôi ở số 5.", [], ["Lạ Thường", "số 5"]),
    ],
)
def test_hides(text, names, hidden):
    shown = masked(text, names)
    assert HIDDEN in shown
    assert not [one for one in hidden if one in shown]


@pytest.mark.parametrize(
    "text",
    [
        "Bà ấy hẹn nhiều lần, anh ta không trả hồ sơ.",
        "Ủy ban nhân dân phường Tân Sơn Nhì trả chậm mười hai ngày.",
        "Theo Nghị định 118/2025/NĐ-CP, điều 20.",
        "",
    ],
)
def test_leaves_what_names_nobody(text):
    assert masked(text, ["Đoàn Văn Mẫu"]) == text


def test_a_short_name_is_no_part_of_another_word():
    assert masked("Lan can hỏng, chị tên lan.", ["Lan"]) == f"{HIDDEN} can hỏng, chị tên {HIDDEN}."
    assert masked("Phường lân cận.", ["Lan"]) == f"Phường {HIDDEN} cận."
    assert masked("Đoạn làng", ["Lan"]) == "Đoạn làng"


def test_what_is_hidden_does_not_tell_its_length():
    assert masked("A Lê Văn Mẫu B", []) == masked("A Huỳnh Thị Ngọc Thử B", [])


def test_blanks_are_filled_and_unknown_ones_named():
    text = "Hồ sơ [số hồ sơ], [ngày]: [cơ quan] [hạn] [khác] [khác]"
    assert unknown_blanks(text) == ["khác"]
    told = filled(
        text, {Blank.NUMBER: "HS-1", Blank.TODAY: "02/04/2026", Blank.BODY: "[ngày]", Blank.DUE: ""}
    )
    assert told == "Hồ sơ HS-1, 02/04/2026: [ngày] [hạn] [khác] [khác]"


def test_a_version_counts_on_its_first_and_its_last_day():
    first, last = date(2026, 4, 1), date(2026, 4, 30)
    assert [in_force(first, last, day) for day in (first, last)] == [True, True]
    assert not in_force(first, last, date(2026, 5, 1))
    assert not in_force(first, None, date(2026, 3, 31))
    assert in_force(first, None, date(2030, 1, 1))
