"""The files of units, successors and posts: the shipped ones hold, and every fault is named with its line."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from portal.data.reference import shipped
from portal.domain.csv_rows import Refused
from portal.domain.gazetteer import Gazetteer, read_gazetteer
from portal.domain.parties import AreaFacts, BodyKind, Level
from portal.domain.posts import post_on, read_posts
from portal.domain.structure import STANDARD

AREAS = """area_id,code,name,level,parent_id,valid_from,valid_to
P1a,01,Tỉnh Cũ,province,,,2025-06-30
D1a,001,Huyện Cũ,district,P1a,,2025-06-30
C1a,00001,Xã Một,commune,D1a,,2025-06-30
C2a,00002,Xã Hai,commune,D1a,,2025-06-30
P1b,01,Tỉnh Mới,province,,2025-07-01,
C1b,00001,Xã Một,commune,P1b,2025-07-01,
C2b,00002,Xã Hai,commune,P1b,2025-07-01,
"""
SUCCESSORS = """old_area_id,new_area_id,extent,default
P1a,P1b,whole,true
C1a,C1b,whole,true
C2a,C1b,part,true
C2a,C2b,part,false
"""


def read(areas: str = AREAS, successors: str = SUCCESSORS) -> Gazetteer:
    return read_gazetteer(areas.encode(), successors.encode())


def test_a_right_file_is_read() -> None:
    assert len(read().areas) == 7
    assert {link.new_id for link in read().successors_of()["C2a"]} == {"C1b", "C2b"}
    assert len(read_gazetteer(b"\xef\xbb\xbf" + AREAS.encode(), SUCCESSORS.encode()).areas) == 7


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("C1a,00001,Xã Một,commune", "C1a,00001,Xã Một,hamlet", 4, "level"),
        ("C1a,00001,Xã Một,commune", "C1a,00001,Xã Một,central", 4, "level"),
        ("commune,D1a,,2025-06-30\nC2a", "commune,D9a,,2025-06-30\nC2a", 4, "D9a"),
        ("C1a,00001,Xã Một,commune,D1a", "C1a,00001,Xã Một,commune,C2a", 4, "cấp"),
        ("district,P1a", "district,C1a", 3, "vòng lặp"),
        ("D1a,001,Huyện Cũ,district,P1a", "D1a,001,Huyện Cũ,district,D1a", 3, "vòng lặp"),
        ("C2a,00002,Xã Hai,commune,D1a", "C1a,00002,Xã Hai,commune,D1a", 5, "đã có ở dòng 4"),
        ("C2a,00002,Xã Hai,commune,D1a", "C2a,00001,Xã Hai,commune,D1a", 5, "chồng"),
        ("commune,P1b,2025-07-01,\nC2b", "commune,P1b,2025-07-01,2025-06-30\nC2b", 7, "trước valid_from"),
        ("commune,P1b,2025-07-01,\nC2b", "commune,P1b,2025-06-01,\nC2b", 7, "ngoài thời hạn"),
        ("D1a,,2025-06-30\nC2a", "D1a,,2025-05-31\nC2a", 4, "trước tháng 6/2025"),
        ("D1a,,2025-06-30\nC2a", "D1a,,30/06/2025\nC2a", 4, "YYYY-MM-DD"),
        ("D1a,,2025-06-30\nC2a", "D1a,,2025-06-31\nC2a", 4, "YYYY-MM-DD"),
        ("Xã Một,commune,D1a", "Một,commune,D1a", 4, "name"),
        ("Xã Một,commune,D1a", ",commune,D1a", 4, "name"),
        ("Xã Một,commune,D1a", "Xã Mộ\x00t,commune,D1a", 4, "điều khiển"),
        ("Xã Một,commune,D1a", "Xã Một,thừa,commune,D1a", 4, "8 ô"),
        ("C1a,00001", "C1 a,00001", 4, "area_id"),
        ("C1a,00001", "C1a,abc", 4, "code"),
        ("code,name", "mã,name", 1, "thiếu cột code"),
    ],
)
def test_a_broken_row_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in AREAS
    with pytest.raises(Refused) as refused:
        read(areas=AREAS.replace(old, new, 1))
    assert any(
        p.file == "areas.csv" and p.line == line and words in p.text for p in refused.value.problems
    ), str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "file", "line", "words"),
    [
        ("C1a,C1b,whole", "C1a,C9b,whole", "area_successors.csv", 3, "C9b"),
        ("C1a,C1b,whole", "C9a,C1b,whole", "area_successors.csv", 3, "C9a"),
        ("C1a,C1b,whole,true", "C1a,C1b,all,true", "area_successors.csv", 3, "extent"),
        ("C1a,C1b,whole,true", "C1a,C1b,whole,yes", "area_successors.csv", 3, "default"),
        ("C1a,C1b,whole", "C1a,C2a,whole", "area_successors.csv", 3, "vòng lặp"),
        ("C1a,C1b,whole", "C1b,C2b,whole", "area_successors.csv", 3, "chưa kết thúc"),
        ("C2a,C2b,part,false", "C2a,C2b,part,true", "area_successors.csv", 5, "default"),
        ("C2a,C2b,part,false", "C2a,C2b,whole,false", "area_successors.csv", 5, "whole"),
        ("C2a,C2b,part,false\n", "", "area_successors.csv", 4, "thiếu"),
        ("C2a,C2b,part,false", "C2a,C1b,part,false", "area_successors.csv", 5, "đã có"),
        ("C1a,C1b,whole,true\n", "", "areas.csv", 4, "kế tiếp"),
    ],
)
def test_a_broken_successor_is_named_with_its_line(
    old: str, new: str, file: str, line: int, words: str
) -> None:
    assert old in SUCCESSORS
    with pytest.raises(Refused) as refused:
        read(successors=SUCCESSORS.replace(old, new, 1))
    assert any(p.file == file and p.line == line and words in p.text for p in refused.value.problems), str(
        refused.value
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (AREAS.encode() + b"C3a,3,X\xe3 Ba,commune,D1a,,\n", 9),
        (AREAS.encode("utf-16"), 1),
        (AREAS.encode() + b'"C3a', 9),
        (b"", 1),
    ],
    ids=["one broken letter", "utf-16", "open quote", "empty"],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(content: bytes, line: int) -> None:
    with pytest.raises(Refused) as refused:
        read_gazetteer(content, SUCCESSORS.encode())
    assert refused.value.problems[0].line == line


def test_every_fault_is_told_at_once() -> None:
    broken = AREAS.replace("Xã Một", "Một").replace("Huyện Cũ", "Cũ")
    with pytest.raises(Refused) as refused:
        read(areas=broken)
    assert {3, 4, 7} <= {problem.line for problem in refused.value.problems}


def test_a_stored_unit_may_be_the_parent_and_its_code_is_taken() -> None:
    known = {"P9b": AreaFacts("P9b", "Tỉnh Chín", Level.PROVINCE, None, date(2025, 7, 1), None, "09")}
    header = AREAS.splitlines()[0]
    links = SUCCESSORS.splitlines()[0].encode()
    more = f"{header}\nC9b,00009,Xã Chín,commune,P9b,2025-07-01,\n".encode()
    assert set(read_gazetteer(more, links, known=known).areas) == {"C9b"}
    clash = f"{header}\nP8b,09,Tỉnh Tám,province,,2026-01-01,\n".encode()
    with pytest.raises(Refused, match="chồng lên P9b"):
        read_gazetteer(clash, links, known=known)


# --- the shipped files --------------------------------------------------------------------------------------


@cache
def country() -> Gazetteer:
    return read_gazetteer(shipped("areas.csv"), shipped("area_successors.csv"))


def test_the_country_is_whole() -> None:
    counts = Counter((area.level, area.valid_to is None) for area in country().areas.values())
    assert counts == {
        (Level.PROVINCE, False): 63,
        (Level.DISTRICT, False): 696,
        (Level.COMMUNE, False): 10_035,
        (Level.PROVINCE, True): 34,
        (Level.COMMUNE, True): 3_321,
    }
    followed = {link.new_id for link in country().successors}
    assert {a.id for a in country().areas.values() if a.valid_to is None} <= followed


@cache
def posts() -> tuple:  # type: ignore[type-arg]
    return read_posts(shipped("posts.csv"))


@pytest.mark.parametrize(
    ("post", "day", "managed_at"),
    [
        ("committee.commune.chair", date(2024, 3, 1), Level.DISTRICT),
        ("committee.commune.chair", date(2025, 6, 30), Level.DISTRICT),
        ("committee.commune.chair", date(2025, 7, 1), Level.PROVINCE),
        ("party.commune.secretary", date(2026, 1, 1), Level.PROVINCE),
        ("committee.commune.land", date(2024, 3, 1), Level.COMMUNE),
        ("committee.commune.land", date(2026, 3, 1), Level.COMMUNE),
        ("school.commune.head", date(2025, 6, 30), Level.DISTRICT),
        ("school.commune.head", date(2025, 7, 1), Level.COMMUNE),
        ("school.province.head", date(2026, 1, 1), Level.PROVINCE),
        ("committee.district.chair", date(2025, 6, 30), Level.PROVINCE),
        ("committee.district.chair", date(2025, 7, 1), None),
        ("committee.province.chair", date(2026, 1, 1), Level.CENTRAL),
        ("department.province.director", date(2026, 1, 1), Level.PROVINCE),
        ("police.commune.chief", date(2026, 1, 1), Level.PROVINCE),
        ("neighbourhood.commune.head", date(2026, 1, 1), Level.COMMUNE),
    ],
)
def test_who_manages_a_post_on_a_day(post: str, day: date, managed_at: Level | None) -> None:
    found = post_on(posts(), post, day)
    assert (found.managing_level if found else None) == managed_at


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2025, 7, 1)])
def test_every_kind_of_body_has_a_post_on_both_sides_of_the_reorganisation(day: date) -> None:
    have = {(one.level, one.body_kind) for one in posts() if one.exists_on(day)}
    expected = {
        (level, kind)
        for level, kinds in STANDARD.items()
        for kind in kinds
        if level is not Level.CENTRAL and (level is not Level.DISTRICT or day <= date(2025, 6, 30))
    }
    assert expected <= have
    assert (Level.DISTRICT, BodyKind.COMMITTEE) not in have or day <= date(2025, 6, 30)


def test_no_post_has_two_templates_on_a_day() -> None:
    for one in posts():
        for day in (one.valid_from, one.valid_to):
            if day is not None:
                assert post_on(posts(), one.post, day) == one


POSTS = """id,post,body_kind,level,name,synonyms,group,managing_level,party_member,settler_kind,\
settler_level,valid_from,valid_to,source,settler_source
a,a,committee,commune,Chủ tịch,CT|Chủ tịch xã,head,district,unknown,committee,district,,2025-06-30,MEM,LTC 13
b,a,committee,commune,Chủ tịch,,head,province,unknown,committee,province,2025-07-01,,MEM,LTC 12
"""


def test_posts_are_read_with_their_synonyms() -> None:
    assert [one.synonyms for one in read_posts(POSTS.encode())] == [("CT", "Chủ tịch xã"), ()]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("b,a,committee", "a,a,committee", 3, "đã có"),
        ("2025-07-01,,MEM", "2025-06-30,,MEM", 3, "chồng"),
        ("b,a,committee,commune", "b,a,council,commune", 3, "khác cơ quan"),
        ("committee,district,,", "committee,cell,,", 2, "không có cơ quan"),
        ("committee,district,,", "senate,district,,", 2, "settler_kind"),
        (",MEM,LTC 13", ",MEM,", 2, "settler_source"),
        ("a,a,committee", "a,a,senate", 2, "body_kind"),
        ("head,district", "boss,district", 2, "group"),
        ("head,district", "head,cell", 2, "thấp hơn"),
        ("a,a,committee,commune", "a,a,inspectorate,commune", 2, "không có cơ quan"),
        (",2025-06-30,MEM", ",2025-06-30,", 2, "source"),
        ("Chủ tịch,CT", ",CT", 2, "name"),
    ],
)
def test_a_broken_post_is_named_with_its_line(old: str, new: str, line: int, words: str) -> None:
    assert old in POSTS
    with pytest.raises(Refused) as refused:
        read_posts(POSTS.replace(old, new, 1).encode())
    assert any(p.line == line and words in p.text for p in refused.value.problems), str(refused.value)
