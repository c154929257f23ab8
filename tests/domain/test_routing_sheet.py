"""Rows of facts as `portal routing decide` takes them, on the real units of the country."""

from datetime import date
from functools import cache

import pytest

from portal.data.reference import shipped
from portal.domain.country import Country
from portal.domain.gazetteer import AREAS, SUCCESSORS, read_gazetteer
from portal.domain.routing.sheet import ANSWERS, Sheet
from tests.support.offices import REGISTER

TODAY = date(2026, 11, 23)


@cache
def sheet() -> Sheet:
    read = read_gazetteer(shipped(AREAS), shipped(SUCCESSORS))
    return Sheet(Country(read.areas, read.successors), REGISTER, TODAY)


def answer(post: str, province: str = "Lâm Đồng", **facts: str) -> dict[str, str]:
    return sheet().answer({"id": "1", "subject_post": post, "province_then": province, **facts})


def found(post: str, province: str = "Lâm Đồng", **facts: str) -> tuple[str, str, str]:
    told = answer(post, province, **facts)
    return told["handling_level"], told["handling_body_kind"], told["body_name"]


BEFORE, AFTER = {"era": "before_2025-07-01"}, {"era": "after_2025-07-01"}
STATE = {"track": "state"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"post": "Chủ tịch UBND phường", "commune_then": "Xuân Hương - Đà Lạt", **AFTER},
            ("province", "ubkt", "Ủy ban Kiểm tra Tỉnh ủy Lâm Đồng"),
        ),
        (
            {"post": "Hiệu trưởng Trường Tiểu học", "commune_then": "Xuân Hương - Đà Lạt", **AFTER, **STATE},
            ("commune", "chu_tich_ubnd", "Ủy ban nhân dân phường Xuân Hương - Đà Lạt"),
        ),
        (
            {"post": "Bí thư Đảng ủy xã", "district_then": "Bảo Lâm", "commune_then": "Lộc Nam", **BEFORE},
            ("district", "ubkt", "Ủy ban Kiểm tra Huyện ủy Bảo Lâm"),
        ),
        (
            {
                "post": "nguyên Phó Chủ tịch UBND huyện",
                "district_then": "Bảo Lâm",
                "status": "retired",
                **AFTER,
            },
            ("province", "ubkt", "Ủy ban Kiểm tra Tỉnh ủy Lâm Đồng"),
        ),
        (
            {"post": "Chủ tịch UBND TPHCM", "province": "TP. Hồ Chí Minh", **AFTER, **STATE},
            ("central", "other", "Chính phủ"),
        ),
        (
            {
                "post": "Trưởng Công an xã",
                "province": "Quảng Nam",
                "commune_then": "Tam Quang",
                **AFTER,
                **STATE,
            },
            ("province", "cong_an", "Công an thành phố Đà Nẵng"),
        ),
        (
            {
                "post": "Giám đốc Sở Y tế",
                "province": "Bà Rịa - Vũng Tàu",
                "decision_date": "2024-03",
                **STATE,
            },
            ("province", "chu_tich_ubnd", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu"),
        ),
        ({"post": "đảng viên chi bộ thôn", "post_level": "cell", **AFTER}, ("cell", "cap_uy", "")),
        (
            {"post": "Cục trưởng Cục Thuế tỉnh", **BEFORE, **STATE},
            ("central", "other", ""),
        ),
    ],
)
def test_a_row_is_answered(facts: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert found(**facts) == expected


def test_names_of_both_periods_and_all_spellings_lead_to_one_body() -> None:
    names = ("TP. Hồ Chí Minh", "TPHCM", "Thành phố Hồ Chí Minh", "tp hcm", "Ho Chi Minh")
    assert len({found("Giám đốc Sở Y tế", name, **AFTER) for name in names}) == 1


def test_a_unit_that_is_not_in_the_data_is_named_and_the_row_goes_on() -> None:
    told = answer("Chủ tịch UBND xã", commune_then="Xã Không Có", **BEFORE)
    assert told["questions"] == "unknown_unit: Xã Không Có"
    assert (told["handling_level"], told["handling_body_kind"]) == ("district", "ubkt")


def test_a_former_ward_that_was_split_asks_for_the_street_only_where_the_ward_decides() -> None:
    """A street decides, never the larger part (data README)."""
    place = {"district_then": "Tân Phú", "commune_then": "Sơn Kỳ", **AFTER}
    clerk = answer("cán bộ địa chính phường", "TP. Hồ Chí Minh", **place)
    assert (clerk["handling_level"], clerk["questions"]) == ("", "which_unit")
    assert found("Chủ tịch UBND phường", "TP. Hồ Chí Minh", **place)[:2] == ("province", "ubkt")


def test_an_ambiguous_title_is_a_question() -> None:
    told = answer("Hiệu trưởng", **AFTER)
    assert told["handling_level"] == ""
    assert told["questions"].startswith("which_post")


@pytest.mark.parametrize(
    "facts",
    [
        {"decision_date": "32/13/2020"},
        {"decision_date": "2020-13-45"},
        {"track": "criminal"},
        {"post_level": "galaxy"},
        {"decision_date": "0000"},
    ],
)
def test_a_bad_row_is_told_and_stops_nothing(facts: dict[str, str]) -> None:
    told = answer("Chủ tịch UBND xã", **facts)
    assert told["questions"].startswith("bad_row")
    assert told["id"] == "1"


def test_the_era_fills_a_missing_date_and_a_bare_2025() -> None:
    chair = {"post": "Chủ tịch UBND xã", "commune_then": "Lộc Nam", "district_then": "Bảo Lâm"}
    assert found(**chair, **BEFORE)[0] == "district"
    assert found(**chair, **AFTER)[0] == "province"
    assert found(**chair, decision_date="2025", **BEFORE)[0] == "district"
    assert found(**chair, decision_date="2025", **AFTER)[0] == "province"
    assert found(**chair, decision_date="2025-07")[0] == "province"
    assert found(**chair, decision_date="2024")[0] == "district"
    assert found(**chair)[0] == "province"


def test_every_answer_has_every_column_and_a_trace() -> None:
    told = answer("Chủ tịch UBND xã", **AFTER)
    assert tuple(told) == ANSWERS
    assert "by_managing_level [Quy định 296-QĐ/TW (2025)]: applied" in told["trace"]
