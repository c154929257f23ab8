"""A box opens with its key, in its place, unaltered; its length says little."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.vault.boxes import Broken, box, box_json, new_key, place, unbox, unbox_json

KEY = bytes(range(32))
PLACE = place("report", "0abc", "text")
BOX = box(KEY, "Nội dung phản ánh".encode(), bound_to=PLACE)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)


@given(st.binary(max_size=5000), TEXT)
def test_what_is_boxed_opens_again(plaintext, bound_to):
    blob = box(KEY, plaintext, bound_to=bound_to)
    assert unbox(KEY, blob, bound_to=bound_to) == plaintext
    assert len(blob) == len(plaintext) + 29


@given(JSON)
def test_json_comes_back_as_it_was(value):
    blob = box_json(KEY, value, bound_to=PLACE)
    assert unbox_json(KEY, blob, bound_to=PLACE) == value
    assert (len(blob) - 29) % 256 == 0


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", object()])
def test_what_json_cannot_hold_is_refused(value):
    with pytest.raises((ValueError, TypeError)):
        box_json(KEY, value, bound_to=PLACE)


def test_a_box_of_something_else_is_not_json():
    with pytest.raises(Broken):
        unbox_json(KEY, BOX, bound_to=PLACE)


def test_no_bit_can_be_changed():
    for bit in range(len(BOX) * 8):
        changed = bytearray(BOX)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Broken):
            unbox(KEY, bytes(changed), bound_to=PLACE)


def test_a_box_cut_anywhere_does_not_open():
    for length in range(len(BOX)):
        with pytest.raises(Broken):
            unbox(KEY, BOX[:length], bound_to=PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        place("report", "0abd", "text"),
        place("report", "0abc", "answers"),
        place("message", "0abc", "text"),
        place("report", "0abc", "text", 2),
        "",
    ],
    ids=["row", "field", "table", "schema version", "nowhere"],
)
def test_a_moved_box_does_not_open(elsewhere):
    with pytest.raises(Broken):
        unbox(KEY, BOX, bound_to=elsewhere)


def test_another_key_does_not_open():
    with pytest.raises(Broken):
        unbox(new_key(), BOX, bound_to=PLACE)


def test_a_key_has_32_bytes():
    for key in (b"", os.urandom(16), os.urandom(33)):
        with pytest.raises(ValueError, match="32 bytes"):
            box(key, b"x", bound_to=PLACE)


def test_boxing_twice_gives_two_boxes():
    assert len({box(KEY, b"x", bound_to=PLACE) for _ in range(1000)}) == 1000


def test_no_two_places_read_the_same():
    assert PLACE == "report|0abc|text|1"
    for parts in (("report|0abc", "x", "text"), ("report", "0abc|x", "text"), ("report", "0abc", "x|text")):
        with pytest.raises(ValueError, match="part of a place"):
            place(*parts)
