"""Finding a place as people type it, and leading former names to today's units."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.lineage import Standing, UnknownUnit, standing
from portal.domain.parties import COUNTRY, AreaFacts, Level, SuccessorFacts
from portal.domain.place_query import accented, area_key, read_query, search_key, spans
from portal.domain.places import Extent, Heir, lead_to_today
from portal.domain.territory import Candidate, rank

DAY = date(2026, 11, 23)
ENDED = date(2025, 6, 30)
BEGAN = date(2025, 7, 1)


def unit(
    area_id: str, name: str, *above: str, level: Level = Level.COMMUNE, closed: bool = False
) -> Candidate:
    return Candidate(
        area_id,
        name,
        area_key(name),
        level,
        tuple(area_key(one) for one in above),
        ", ".join(above),
        None if closed else BEGAN,
        ENDED if closed else None,
    )


HCM, OLD_TAN_PHU = "Thành phố Hồ Chí Minh", "Quận Tân Phú"
COUNTRYSIDE = [
    unit("hcm", "Phường Tân Phú", HCM),
    unit("dongnai", "Xã Tân Phú", "Tỉnh Đồng Nai"),
    unit("trung", "Xã Tân Phú Trung", "Tỉnh Đồng Tháp"),
    unit("hoathanh", "Phường Hòa Thành", "Tỉnh Cà Mau"),
    unit("hoathanh-old", "Phường Hòa Thạnh", OLD_TAN_PHU, HCM, closed=True),
    unit("quan", OLD_TAN_PHU, HCM, level=Level.DISTRICT, closed=True),
    unit("sonky", "Phường Sơn Kỳ", OLD_TAN_PHU, HCM, closed=True),
    unit("sonky-qn", "Xã Sơn Kỳ", "Tỉnh Quảng Ngãi"),
    unit("quanhoa", "Huyện Quan Hóa", "Tỉnh Thanh Hóa", level=Level.DISTRICT, closed=True),
    unit("w1q3", "Phường 1", "Quận 3", HCM, closed=True),
    unit("w1q4", "Phường 1", "Quận 4", HCM, closed=True),
    unit("w12", "Phường 12", "Quận 3", HCM, closed=True),
    unit("eahleo", "Xã Ea H'Leo", "Tỉnh Đắk Lắk"),
    unit("city", HCM, level=Level.PROVINCE),
    unit("thuyloi", "Xã Thuỷ Lợi", "Tỉnh Hưng Yên"),
]


def ids(typed: str) -> list[str]:
    return [one.candidate.area_id for one in rank(read_query(typed), COUNTRYSIDE)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tân phú hồ chí minh", ["hcm"]),
        ("tan phu hcm", ["hcm"]),
        ("Phường Tân Phú, TP. Hồ Chí Minh", ["hcm"]),
        ("TP.HCM tân phú", ["hcm"]),
        ("tân phú đồng nai", ["dongnai"]),
        ("xã tân phú", ["dongnai"]),
        ("quận tân phú", ["quan"]),
        ("tân phú", ["hcm", "dongnai"]),
        ("hoà thạnh", ["hoathanh-old", "hoathanh"]),
        ("HÒA THÀNH", ["hoathanh"]),
        ("hoa thanh tan phu", ["hoathanh-old"]),
        ("P.Sơn-Kỳ", ["sonky"]),
        ("xã sơn kì", ["sonky-qn"]),
        ("sơn kỳ quảng ngãi", ["sonky-qn"]),
        ("Quan Hóa", ["quanhoa"]),
        ("huyện quan hoá", ["quanhoa"]),
        ("Quan Hóa, tỉnh Thanh Hóa", ["quanhoa"]),
        ("phường 1 quận 3", ["w1q3"]),
        ("p1 q4", ["w1q4"]),
        ("P. 01, Q.3", ["w1q3"]),
        ("xã ea hleo", ["eahleo"]),
        ("ea h’leo", ["eahleo"]),
        ("thành phố hồ chí minh", ["city"]),
        ("thủy lợi", ["thuyloi"]),
        ("thuỷ lợi", ["thuyloi"]),
        ("ho chi", ["city"]),
    ],
)
def test_what_people_type_finds_the_place_first(typed: str, first: list[str]) -> None:
    assert ids(typed)[: len(first)] == first


@pytest.mark.parametrize(
    "typed", ["", "   ", "%", "_%_", "xyz", "' OR '' = --", "\x00", "​", "\ud800", "日本"]
)
def test_what_names_no_place_finds_none(typed: str) -> None:
    assert ids(typed) == []


def test_a_district_in_the_query_leaves_no_other_ward_of_the_same_number() -> None:
    assert ids("phường 1 quận 3") == ["w1q3"]


@given(st.text(max_size=120))
def test_any_text_is_searched_without_fault_and_in_the_same_order(typed: str) -> None:
    found = ids(typed)
    shuffled = rank(read_query(typed), reversed(COUNTRYSIDE))
    assert found == [one.candidate.area_id for one in shuffled]
    assert all(set(run) <= set("abcdefghijklmnopqrstuvwxz0123456789 ") for run in spans(read_query(typed)))


@given(st.sampled_from(COUNTRYSIDE))
def test_every_unit_is_found_by_its_whole_name(candidate: Candidate) -> None:
    assert candidate.area_id in ids(f"{candidate.name}, {candidate.place}")
    assert candidate.area_id in ids(search_key(f"{candidate.name} {candidate.place}"))


def test_the_tone_mark_may_stand_anywhere_but_counts() -> None:
    assert accented("Hoà") == accented("HÒA") == accented("hòa")
    assert accented("hoá") != accented("hoà")
    assert accented("lý") == accented("lí")


# --- former names -----------------------------------------------------------------------------------------

TAY_THANH = unit("tt", "Phường Tây Thạnh", HCM)
TAN_SON_NHI = unit("tsn", "Phường Tân Sơn Nhì", HCM)
OLD_TSN = unit("tsn-old", "Phường Tân Sơn Nhì", OLD_TAN_PHU, HCM, closed=True)
SON_KY = unit("sonky", "Phường Sơn Kỳ", OLD_TAN_PHU, HCM, closed=True)
PHU_TRUNG = unit("phutrung", "Phường Phú Trung", OLD_TAN_PHU, HCM, closed=True)
TAN_PHU = unit("tp", "Phường Tân Phú", HCM)
HEIRS = {
    "sonky": [Heir(TAN_SON_NHI, Extent.PART), Heir(TAY_THANH, Extent.PART)],
    "tsn-old": [Heir(TAN_SON_NHI, Extent.WHOLE)],
    "phutrung": [Heir(TAN_PHU, Extent.WHOLE)],
}
UNITS = [TAY_THANH, TAN_SON_NHI, OLD_TSN, SON_KY, PHU_TRUNG, TAN_PHU]


def test_a_merged_ward_leads_to_the_new_one_and_says_so() -> None:
    found = lead_to_today(rank(read_query("phú trung"), UNITS), HEIRS, DAY)
    assert [place.area_id for place in found.places] == ["tp"]
    former = found.places[0].formerly[0]
    assert (former.name, former.extent, former.valid_to) == ("Phường Phú Trung", Extent.WHOLE, ENDED)
    assert not found.splits


def test_a_split_ward_gives_all_its_parts_and_asks() -> None:
    found = lead_to_today(rank(read_query("p. sơn kỳ"), UNITS), HEIRS, DAY)
    assert {place.area_id for place in found.places} == {"tt", "tsn"}
    assert [split.name for split in found.splits] == ["Phường Sơn Kỳ"]
    assert {part.area_id for part in found.splits[0].candidates} == {"tt", "tsn"}


def test_a_ward_that_kept_its_name_stands_once_without_a_note() -> None:
    found = lead_to_today(rank(read_query("tân sơn nhì"), UNITS), HEIRS, DAY)
    assert [(place.area_id, place.formerly) for place in found.places] == [("tsn", ())]


def test_more_is_said_when_places_are_left_off() -> None:
    many = [unit(f"u{n}", "Xã Tân An", f"Tỉnh {n}") for n in range(20)]
    found = lead_to_today(rank(read_query("tân an"), many), {}, DAY, limit=12)
    assert len(found.places) == 12
    assert found.more


# --- where a unit stands on a day -------------------------------------------------------------------------


def area(area_id: str, level: Level, parent: str | None, *, old: bool) -> AreaFacts:
    dates = (None, ENDED) if old else (BEGAN, None)
    return AreaFacts(area_id, area_id, level, parent, *dates)


AREAS = {
    one.id: one
    for one in (
        area("P-old", Level.PROVINCE, None, old=True),
        area("P-new", Level.PROVINCE, None, old=False),
        area("D-old", Level.DISTRICT, "P-old", old=True),
        area("C-whole", Level.COMMUNE, "D-old", old=True),
        area("C-split", Level.COMMUNE, "D-old", old=True),
        area("C1", Level.COMMUNE, "P-new", old=False),
        area("C2", Level.COMMUNE, "P-new", old=False),
    )
}
LINKS = {
    "P-old": (SuccessorFacts("P-old", "P-new", True),),
    "C-whole": (SuccessorFacts("C-whole", "C1", True),),
    "C-split": (SuccessorFacts("C-split", "C1", False), SuccessorFacts("C-split", "C2", False, False)),
}


def stands(area_id: str, day: date = DAY) -> Standing:
    return standing(area_id, day, AREAS, LINKS)


@pytest.mark.parametrize(
    ("area_id", "day", "line", "candidates"),
    [
        ("C1", DAY, ["C1", "P-new", "VN"], []),
        ("C-whole", DAY, ["C1", "P-new", "VN"], []),
        ("C-split", DAY, ["P-new", "VN"], ["C1", "C2"]),
        ("D-old", DAY, ["P-new", "VN"], []),
        ("P-old", DAY, ["P-new", "VN"], []),
        ("VN", DAY, ["VN"], []),
        ("C-split", ENDED, ["C-split", "D-old", "P-old", "VN"], []),
        ("C1", BEGAN, ["C1", "P-new", "VN"], []),
    ],
    ids=["today", "merged", "split", "district", "province", "centre", "last day of old", "first day of new"],
)
def test_where_a_unit_stands(area_id: str, day: date, line: list[str], candidates: list[str]) -> None:
    place = stands(area_id, day)
    assert [one.id for one in place.line] == line
    assert [one.id for one in place.candidates] == candidates
    assert place.line[-1] == COUNTRY


@pytest.mark.parametrize(("area_id", "day"), [("nowhere", DAY), ("C1", ENDED)])
def test_a_unit_that_is_not_there_is_an_error(area_id: str, day: date) -> None:
    with pytest.raises(UnknownUnit):
        stands(area_id, day)


def test_a_cycle_of_successors_ends() -> None:
    loop = {"C-whole": (SuccessorFacts("C-whole", "C-split", True),)} | {
        "C-split": (SuccessorFacts("C-split", "C-whole", True),)
    }
    with pytest.raises(UnknownUnit):
        standing("C-whole", DAY, AREAS, loop)
