"""What people type is made harmless, compared without diacritics, and sorted as Vietnamese readers expect."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.text import BadText, clean_text, fold, sort_key

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn Văn A ", "Nguyễn Văn A"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("phường\u200b Tân\u200d Sơn\ufeff Nhì", "phường Tân Sơn Nhì"),
        ("a\u202egpj.exe\u202c", "agpj.exe"),
        ("\u2067x\u2069\u200f\u061c", "x"),
        ("so\u00adft", "soft"),
        ("\U000e0041tag\U000e007f", "tag"),
        ("hai\r\ndòng\tvà", "hai dòng và"),
        ("a\u200b\u0301", "á"),
    ],
)
def test_one_line_is_cleaned(typed, kept):
    assert clean_text(typed) == kept


def test_several_lines_keep_their_lines():
    assert clean_text("một\r\nhai\rba\u2028bốn\n\n\tnăm\n", multiline=True) == "một\nhai\nba\nbốn\n\n\tnăm"


@pytest.mark.parametrize("half", ["\ud800", "a\udfffb"])
def test_half_a_character_is_refused(half):
    with pytest.raises(BadText):
        clean_text(half)


@given(ANY_TEXT, st.booleans())
def test_cleaning_is_done_once(text, multiline):
    once = clean_text(text, multiline=multiline)
    assert clean_text(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)
    left = set("\n\t") if multiline else set()
    assert not [c for c in once if unicodedata.category(c) in ("Cc", "Cf") and c not in left]


@pytest.mark.parametrize("typed", ["Hoà", "Hòa", "hoa\u0300", "  HOA ", "ho\u200bà", "\uff28oà"])
def test_spellings_of_one_word_are_equal(typed):
    assert fold(typed) == "hoa"


@pytest.mark.parametrize("typed", ["Đỗ", "đo", "Ðỗ", "Ɖo"])
def test_every_d_with_a_bar_is_a_d(typed):
    assert fold(typed) == "do"


def test_folding_a_full_name():
    assert fold("Phường  Đông Hưng\nThuận, TP. Hồ Chí Minh") == "phuong dong hung thuan, tp. ho chi minh"


@given(ANY_TEXT)
def test_folding_is_done_once_and_ignores_the_normal_form(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


SORTED = [
    "12",
    "2",
    "An Giang",
    "Ăn",
    "Âu",
    "Ba",
    "Bà Rịa",
    "Bả",
    "Bã",
    "Bá",
    "Bạ",
    "Bà Rịa - Vũng Tàu",
    "Cà Mau",
    "Da",
    "Đa",
    "Đà Nẵng",
    "Đắk Lắk",
    "Ea",
    "Ê",
    "Gia Lai",
    "Hà Nội",
    "Hải Phòng",
    "Hòa",
    "hoà bình",
    "Hòa Bình",
    "Hồ",
    "Hơ",
    "Quảng Trị",
    "Ung",
    "Ưng",
    "Vĩnh Long",
]


def test_vietnamese_order():
    expected = sorted(SORTED, key=SORTED.index)
    expected.remove("Bà Rịa - Vũng Tàu")
    expected.remove("Bà Rịa")
    mixed = random.Random(7).sample(expected, len(expected))
    assert sorted(mixed, key=sort_key) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [("Bạ", "Bà Rịa"), ("Bà Rịa", "Bà Rịa - Vũng Tàu"), ("hà", "Hà"), ("2", "An"), ("Zet", "Ж")],
)
def test_pairs_in_order(before, after):
    assert sort_key(before) < sort_key(after)


@given(ANY_TEXT)
def test_the_key_does_not_depend_on_the_normal_form(text):
    assert sort_key(unicodedata.normalize("NFC", text)) == sort_key(unicodedata.normalize("NFD", text))
