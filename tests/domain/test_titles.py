"""Titles as people and newspapers write them: what each means, and what stays open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.parties import Level, PostFacts
from portal.domain.stated import readings
from portal.domain.text import fold
from portal.domain.titles import Context, read_title
from tests.support.offices import POSTS_SHIPPED, REGISTER

OLD, NEW = date(2024, 5, 1), date(2025, 10, 1)
C, D, P, Z = Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.CENTRAL
WARD = Context(C, "Lâm Đồng", "", "Xuân Hương")


NOTHING = Context()


def posts(text: str, context: Context = NOTHING, day: date = NEW) -> list[list[str]]:
    """For each office of the title the keys of the posts that it may mean."""
    return [[post.post for post in REGISTER.fitting(one, day)] for one in read_title(text, context)]


TITLES = {
    "CT UBND P.": "committee.commune.chair",
    "Chủ tịch UBND phường": "committee.commune.chair",
    "PCT UBND xã": "committee.commune.vice-chair",
    "bí thư đảng uỷ xã": "party.commune.secretary",
    "Phó Bí thư Thường trực Đảng ủy phường": "party.commune.deputy-secretary",
    "UV BTV Đảng ủy xã": "party.commune.standing-member",
    "cán bộ địa chính xã": "committee.commune.staff",
    "Kế toán xã": "committee.commune.staff",
    "Trưởng CA xã": "police.commune.chief",
    "Phó trưởng Công an phường": "police.commune.deputy",
    "25 cán bộ, chiến sĩ Công an phường": "police.commune.officer",
    "Hiệu trưởng Trường Tiểu học": "school.commune.head",
    "hiệu phó trường mầm non": "school.commune.deputy",
    "giáo viên trường THCS": "school.commune.staff",
    "Hiệu trưởng Trường THPT": "school.province.head",
    "Trạm trưởng Trạm Y tế xã": "health.commune.head",
    "Trưởng thôn": "neighbourhood.commune.head",
    "trưởng bản": "neighbourhood.commune.head",
    "Tổ trưởng TDP": "neighbourhood.commune.head",
    "Chủ tịch HĐND xã": "council.commune.chair",
    "Đại biểu HĐND phường": "council.commune.deputy",
    "Chủ tịch Mặt trận xã": "front.commune.chair",
    "Phó Chủ tịch UBMTTQ xã": "front.commune.vice-chair",
    "Chủ tịch Hội Nông dân xã": "front.commune.mass-head",
    "Chủ nhiệm UBKT Đảng ủy xã": "inspection.commune.head",
    "Trưởng phòng Kinh tế, Hạ tầng và Đô thị phường": "committee.commune.office-head",
    "Chánh Văn phòng HĐND và UBND phường": "committee.commune.office-head",
    "Chỉ huy trưởng BCHQS phường": "committee.commune.military",
    "Bí thư Huyện ủy": "party.district.secretary",
    "Huyện ủy viên": "party.district.member",
    "Phó trưởng Ban Dân vận Huyện ủy": "party.district.board-head",
    "Phó trưởng Phòng Nông nghiệp và Phát triển nông thôn huyện": "committee.district.office-deputy",
    "Phó Chủ tịch UBND thị xã Giá Rai": "committee.district.vice-chair",
    "Chi cục trưởng Chi cục Thuế huyện": "vertical.district.head",
    "Giám đốc Trung tâm y tế huyện": "health.district.head",
    "Giám đốc Chi nhánh Văn phòng đăng ký đất đai huyện": "department.district.unit-head",
    "Phó trưởng Công an quận": "police.district.chief",
    "Giám đốc Sở Nông nghiệp và Phát triển nông thôn": "department.province.director",
    "Trưởng phòng Tổ chức cán bộ Sở Giáo dục và Đào tạo": "department.province.office-head",
    "Trưởng Ban Quản lý Khu công nghiệp": "department.province.director",
    "Chủ tịch UBND TPHCM": "committee.province.chair",
    "Phó Chánh Văn phòng UBND tỉnh": "committee.province.office-head",
    "Ủy viên Ban Thường vụ Tỉnh ủy": "party.province.standing-member",
    "Tỉnh ủy viên": "party.province.member",
    "Trưởng Ban Tổ chức Tỉnh ủy": "party.province.board-head",
    "Chánh Thanh tra tỉnh": "inspectorate.province.head",
    "Thanh tra viên Phòng Thanh tra 1 thuộc Thanh tra tỉnh": "inspectorate.province.staff",
    "Trưởng phòng CSGT Công an tỉnh": "police.province.officer",
    "Trưởng Ban Pháp chế HĐND tỉnh": "council.province.board-head",
    "Chánh án TAND tỉnh": "judiciary.province.head",
    "Bí thư Tỉnh đoàn": "front.province.mass-head",
    "Ban Thường vụ Đảng ủy Sở Xây dựng": "party.province.affiliate",
    "Ban cán sự đảng UBND tỉnh": "party.province.group",
    "Thứ trưởng Bộ Nội vụ": "department.central.minister",
    "Ủy viên Trung ương Đảng": "party.central.member",
    "Hiệu trưởng Trường Đại học": "school.central.head",
    "Thủ tướng": "committee.central.leader",
}


@pytest.mark.parametrize("title", TITLES)
def test_one_meaning(title: str) -> None:
    day = OLD if ".district." in TITLES[title] else NEW
    found = posts(title, day=day)
    assert set(map(tuple, found)) == {(TITLES[title],)}


@pytest.mark.parametrize("row", POSTS_SHIPPED, ids=lambda row: row.id)
def test_the_register_s_own_words_mean_the_post(row: PostFacts) -> None:
    day = row.valid_to or max(row.valid_from or NEW, NEW)
    for words in (row.name, *row.synonyms):
        assert row.post in {one.post for one in readings(words, "", REGISTER, day, level=row.level)}, words


@pytest.mark.parametrize(
    ("title", "post"),
    [
        ("chủ tịch phường", "committee.commune.chair"),
        ("CT xã", "committee.commune.chair"),
        ("PCT phường", "committee.commune.vice-chair"),
        ("chủ tịch ủy ban", "committee.commune.chair"),
        ("tổ trưởng dân phố", "neighbourhood.commune.head"),
        ("tổ phó dân phố", "neighbourhood.commune.deputy"),
        ("bí thư đoàn", "front.commune.mass-head"),
        ("bí thư phường", "party.commune.secretary"),
    ],
)
def test_as_people_say_it(title: str, post: str) -> None:
    assert [one.post for one in readings(title, "", REGISTER, NEW, level=C)] == [post]


def test_a_post_s_word_of_one_level_is_no_guess_at_another() -> None:
    """The register spells "Chủ tịch Hội Phụ nữ" at the commune only; the title may be of any level."""
    found = readings("Chủ tịch Hội Phụ nữ", "", REGISTER, NEW, level=None)
    assert {one.level for one in found} >= {C, P}


def test_spelling_does_not_matter() -> None:
    for title in (
        "Chủ tịch Ủy ban nhân dân phường",
        "CHỦ TỊCH UBND PHƯỜNG",
        "chu tich ubnd phuong",
        "Chủ tịch UBND  phường.",
    ):
        assert posts(title) == [["committee.commune.chair"]]
    for title in ("Bí thư Đảng uỷ xã", "bi thu dang uy xa", "BT ĐU xã"):
        assert posts(title) == [["party.commune.secretary"]]


@pytest.mark.parametrize("title", TITLES)
def test_without_accents_it_means_the_same_or_stays_open(title: str) -> None:
    day = OLD if ".district." in TITLES[title] else NEW
    meant = {one for fits in posts(fold(title), day=day) for one in fits}
    assert not meant or TITLES[title] in meant or title in ("trưởng bản",)


def test_several_offices_are_all_read() -> None:
    assert posts("Bí thư Đảng ủy, Chủ tịch UBND phường", WARD) == [
        ["party.commune.secretary"],
        ["committee.commune.chair"],
    ]
    found = read_title("đảng viên; nguyên Phó Bí thư Đảng ủy, nguyên Chủ tịch UBND xã", WARD)
    assert [one.former for one in found] == [False, True, True]


def test_what_is_open_stays_open() -> None:
    """Never a guess: every level that has the post is offered."""
    assert set(posts("Chủ tịch UBND", day=OLD)[0]) == {
        "committee.commune.chair",
        "committee.district.chair",
        "committee.province.chair",
        "committee.central.leader",
    }
    assert len(posts("Hiệu trưởng")[0]) > 1
    assert posts("Tổ trưởng") == [[]]
    of_the_commune = {post for post in posts("Chủ tịch")[0] if ".commune." in post}
    assert of_the_commune == {"committee.commune.chair", "council.commune.chair", "front.commune.chair"}
    assert posts("người hàng xóm") == []


@pytest.mark.parametrize(
    ("title", "context", "level"),
    [
        ("Chủ tịch UBND thành phố", Context(None, "Hải Dương", "Hải Dương"), D),
        ("Chủ tịch UBND thành phố", Context(None, "TP. Hồ Chí Minh"), P),
        ("Bí thư Thành ủy Biên Hòa", Context(None, "Đồng Nai", "Biên Hòa"), D),
        ("Bí thư Thành ủy Đà Nẵng", Context(), P),
        ("Phó Chủ tịch UBND TP", Context(P, "TP. Hồ Chí Minh"), P),
    ],
)
def test_a_city_is_a_province_or_a_district(title: str, context: Context, level: Level) -> None:
    assert [one.level for one in read_title(title, context)] == [level]


def test_the_party_body_of_a_ministry_s_hospital_stands_under_the_province() -> None:
    found = posts("nguyên Bí thư Đảng ủy, nguyên Giám đốc Bệnh viện", Context(Z, "TP. Hồ Chí Minh"))
    assert found == [["party.province.affiliate"], ["health.central.head"]]


@given(st.text(max_size=120), st.sampled_from([None, *Level]))
def test_any_text_is_read_without_fault(text: str, level: Level | None) -> None:
    for title in read_title(text, Context(level, "Lâm Đồng")):
        assert isinstance(REGISTER.fitting(title, NEW), tuple)
