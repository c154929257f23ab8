"""Names typed at the counter: what they can mean, and when it is sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.naming import Meant, meant
from portal.domain.paper import register_number

OFFICES = {
    "committee": ("Ủy ban nhân dân phường Tân Phú",),
    "council": ("Hội đồng nhân dân phường Tân Phú",),
    "police": ("Công an phường Tân Phú",),
    "front": ("Ban Thường trực Ủy ban MTTQ Việt Nam phường Tân Phú",),
}
POSTS = {
    "chair": ("Chủ tịch Ủy ban nhân dân phường", "Chủ tịch phường"),
    "deputy": ("Phó Chủ tịch Ủy ban nhân dân phường",),
    "clerk": ("Công chức tư pháp - hộ tịch",),
    "land": ("Công chức địa chính", "Cán bộ địa chính"),
}


@pytest.mark.parametrize(
    ("typed", "sure"),
    [
        ("ubnd", "committee"),
        ("UBND P. Tân Phú", "committee"),
        ("uy ban nhan dan", "committee"),
        ("cong an", "police"),
        ("hdnd", "council"),
        ("phuong tan phu", ""),
        ("trường học", ""),
        ("", ""),
    ],
)
def test_an_office_is_found_by_what_people_write(typed, sure):
    assert meant(typed, OFFICES).sure == sure


@pytest.mark.parametrize(
    ("typed", "sure"),
    [
        ("chu tich", "chair"),
        ("CT", "chair"),
        ("pct", "deputy"),
        ("pho chu tich", "deputy"),
        ("ho tich", "clerk"),
        ("cong chuc", ""),
        ("can bo dia chinh", "land"),
        ("cong chuc dia", "land"),
    ],
)
def test_a_post_is_found_and_a_deputy_is_no_head(typed, sure):
    assert meant(typed, POSTS).sure == sure


def test_what_fits_is_offered_and_the_rest_is_not():
    assert set(meant("cong chuc", POSTS).keys) == {"clerk", "land"}
    assert meant("hieu truong", POSTS) == Meant()


@given(st.text(max_size=60))
def test_whatever_is_typed_the_sure_one_is_among_those_that_fit(typed):
    found = meant(typed, POSTS)
    assert set(found.keys) <= set(POSTS)
    assert found.sure in {"", *found.keys}


@given(st.sampled_from([name for names in POSTS.values() for name in names]))
def test_a_whole_name_is_always_sure(name):
    assert name in POSTS[meant(name, POSTS).sure]


@pytest.mark.parametrize("typed", ["12/ĐT", " 12 / đt ", "12/đt", "12 /ĐT"])
def test_a_number_has_one_spelling(typed):
    assert register_number(typed) == "12/ĐT"


@given(st.text(max_size=60))
def test_a_number_read_twice_stays(typed):
    once = register_number(typed)
    assert register_number(once) == once
