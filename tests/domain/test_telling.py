"""Names in a text are found whatever their spelling, and only as whole names."""

import unicodedata

import pytest

from portal.domain.conflicts import Sitting, judge, named_in
from portal.domain.kinds import ReportKind
from portal.domain.parties import BodyKind, Level, PostGroup
from portal.domain.telling import Contact, Office, Openness, Said, Telling
from portal.domain.told import content_of, head_of, telling_of

SITTING = [
    Sitting("1", "front.c1", "Bà Nguyễn Thị Đào (lãnh đạo)"),
    Sitting("2", "front.79", "Lê Văn Ân"),
    Sitting("3", "front.79", "Bình"),
]


@pytest.mark.parametrize(
    ("typed", "bodies"),
    [
        ("Bà Nguyễn Thị Đào đã hẹn", {"front.c1"}),
        ("ba NGUYEN THI DAO, da hen", {"front.c1"}),
        (unicodedata.normalize("NFD", "nguyễn thị đào"), {"front.c1"}),
        ("Nguyễn\u200b Thị\u00a0 Đào.", {"front.c1"}),
        ("Nguyễn-Thị-Đào", {"front.c1"}),
        ("(lê văn ân) và nguyễn thị đào", {"front.c1", "front.79"}),
        ("Nguyễn Thị Đàong", set()),
        ("Thị Đào", set()),
        ("ông Bình ở phường", set()),  # one word is no name to go by
        ("Lê Văn\nÂn", {"front.79"}),
        ("", set()),
    ],
)
def test_names_are_found(typed, bodies):
    assert judge(SITTING, named_in(typed, SITTING), frozenset()).bodies == bodies


TELLING = Telling(
    ReportKind.REPRISAL,
    "c1",
    "Phường A",
    "retaliation",
    "Câu chuyện",
    Office(
        "police.c1",
        "Công an",
        BodyKind.POLICE,
        Level.COMMUNE,
        "c1",
        "đội",
        "p",
        "Phó",
        PostGroup.DEPUTY,
        "Ai",
    ),
    "đường",
    Said.YES,
    Said.NO,
    Said.UNKNOWN,
    {"threatened": True},
    "2026",
    "mấy lần",
    "nhà",
    Openness.NAMED,
    Contact("Tên", "1", "2"),
    {"has_evidence": False},
)


def test_a_telling_comes_back_from_its_content_without_the_contact():
    back = telling_of(content_of(TELLING))
    assert not back.contact
    assert content_of(back) == content_of(TELLING)
    assert back.subject() == TELLING.subject()
    assert back.openness is Openness.NAMED


def test_the_contact_is_in_no_part_and_in_no_representation():
    for shown in (head_of(TELLING), content_of(TELLING), repr(TELLING), repr(TELLING.contact)):
        assert "Tên" not in str(shown)
    assert "Câu chuyện" not in repr(TELLING)


def test_the_subject_says_what_the_rules_need():
    subject = TELLING.subject()
    assert (subject.area_id, subject.level, subject.group) == ("c1", Level.COMMUNE, PostGroup.DEPUTY)
    assert (subject.works_at_front, subject.works_at_party) == (True, False)
