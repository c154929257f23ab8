"""The standard bodies of a unit: which there are, their names, and who stands above them."""

from datetime import date

import pytest

from portal.domain.parties import COUNTRY, AreaFacts, BodyFacts, BodyKind, Level
from portal.domain.structure import (
    country_bodies,
    is_active,
    line_of,
    party_name,
    standard_bodies,
    superior_id,
    unit_name,
)

WARD = AreaFacts("C1", "Phường Tân Sơn Nhì", Level.COMMUNE, "P1", date(2025, 7, 1))
CITY = AreaFacts("P1", "Thành phố Hồ Chí Minh", Level.PROVINCE)
DISTRICT = AreaFacts("D1", "Quận Tân Phú", Level.DISTRICT, "P1", None, date(2025, 6, 30))


def named(area: AreaFacts, kind: BodyKind) -> str:
    return next(body.name for body in standard_bodies(area) if body.kind is kind)


@pytest.mark.parametrize(
    ("area", "kind", "name"),
    [
        (WARD, BodyKind.FRONT, "Ban Thường trực Ủy ban MTTQ Việt Nam phường Tân Sơn Nhì"),
        (WARD, BodyKind.INSPECTION, "Ủy ban Kiểm tra Đảng ủy phường Tân Sơn Nhì"),
        (WARD, BodyKind.COMMITTEE, "Ủy ban nhân dân phường Tân Sơn Nhì"),
        (WARD, BodyKind.NEIGHBOURHOOD, "Các khu phố, tổ dân phố phường Tân Sơn Nhì"),
        (CITY, BodyKind.FRONT, "Ban Thường trực Ủy ban MTTQ Việt Nam Thành phố Hồ Chí Minh"),
        (CITY, BodyKind.INSPECTION, "Ủy ban Kiểm tra Thành ủy Thành phố Hồ Chí Minh"),
        (CITY, BodyKind.DEPARTMENT, "Sở, ban, ngành Thành phố Hồ Chí Minh"),
        (DISTRICT, BodyKind.INSPECTION, "Ủy ban Kiểm tra Quận ủy Tân Phú"),
        (DISTRICT, BodyKind.INSPECTORATE, "Thanh tra quận Tân Phú"),
        (COUNTRY, BodyKind.FRONT, "Ban Thường trực Ủy ban Trung ương MTTQ Việt Nam"),
        (COUNTRY, BodyKind.INSPECTION, "Ủy ban Kiểm tra Trung ương"),
    ],
)
def test_names_have_their_right_form(area: AreaFacts, kind: BodyKind, name: str) -> None:
    assert named(area, kind) == name


@pytest.mark.parametrize(
    ("unit", "level", "name"),
    [
        ("Tỉnh Hà Tĩnh", Level.PROVINCE, "Tỉnh ủy Hà Tĩnh"),
        ("Thành phố Hà Nội", Level.PROVINCE, "Thành ủy Hà Nội"),
        ("Thành phố Vinh", Level.DISTRICT, "Thành ủy Vinh"),
        ("Thị xã Kỳ Anh", Level.DISTRICT, "Thị ủy Kỳ Anh"),
        ("Huyện Kỳ Anh", Level.DISTRICT, "Huyện ủy Kỳ Anh"),
        ("Quận 1", Level.DISTRICT, "Quận ủy Quận 1"),
        ("Thị Trấn Sa Pa", Level.COMMUNE, "Đảng ủy thị trấn Sa Pa"),
        ("Phường 12", Level.COMMUNE, "Đảng ủy Phường 12"),
        ("Đặc khu Hoàng Sa", Level.COMMUNE, "Đảng ủy đặc khu Hoàng Sa"),
    ],
)
def test_party_committees_are_named_by_the_kind_of_unit(unit: str, level: Level, name: str) -> None:
    assert party_name(AreaFacts("X", unit, level)) == name


def test_a_name_without_a_kind_stays_whole() -> None:
    assert unit_name("Việt Nam").running == "Việt Nam"


@pytest.mark.parametrize(
    ("kind", "area", "above"),
    [
        (BodyKind.FRONT, WARD, "front.P1"),
        (BodyKind.FRONT, CITY, "front.VN"),
        (BodyKind.FRONT, COUNTRY, None),
        (BodyKind.INSPECTION, DISTRICT, "inspection.P1"),
        (BodyKind.INSPECTION, COUNTRY, None),
        (BodyKind.POLICE, WARD, "police.P1"),
        (BodyKind.POLICE, COUNTRY, "committee.VN"),
        (BodyKind.COMMITTEE, CITY, "committee.VN"),
        (BodyKind.SCHOOL, WARD, "committee.C1"),
        (BodyKind.SCHOOL, CITY, "department.P1"),
        (BodyKind.NEIGHBOURHOOD, WARD, "committee.C1"),
        (BodyKind.INSPECTORATE, CITY, "committee.P1"),
        (BodyKind.INSPECTORATE, COUNTRY, "committee.VN"),
    ],
)
def test_who_stands_above(kind: BodyKind, area: AreaFacts, above: str | None) -> None:
    assert superior_id(kind, area) == above


def test_bodies_live_as_long_as_their_unit() -> None:
    assert {(body.valid_from, body.valid_to) for body in standard_bodies(DISTRICT)} == {
        (None, date(2025, 6, 30))
    }
    assert {(body.valid_from, body.valid_to) for body in standard_bodies(WARD)} == {(date(2025, 7, 1), None)}


def test_every_superior_stands_before_its_inferiors() -> None:
    seen: set[str] = set()
    for body in country_bodies([WARD, DISTRICT, CITY]):
        assert body.superior_id is None or body.superior_id in seen, body.id
        seen.add(body.id)
    assert len(seen) == 8 + 10 + 7 + 9


def test_a_body_is_active_only_with_everything_above_it() -> None:
    def line(*active: bool) -> dict[str, BodyFacts]:
        ids = [f"front.{unit}" for unit in ("C1", "P1", "VN")]
        above = [*ids[1:], None]
        levels = (Level.COMMUNE, Level.PROVINCE, Level.CENTRAL)
        return {
            own: BodyFacts(own, BodyKind.FRONT, level, own[6:], own, up, active=on)
            for own, up, level, on in zip(ids, above, levels, active, strict=True)
        }

    assert is_active("front.C1", line(True, True, True))
    assert not is_active("front.C1", line(True, False, True))
    assert not is_active("front.C1", line(False, True, True))
    assert is_active("front.P1", line(False, True, True))
    assert not is_active("front.X9", line(True, True, True))


def test_a_cycle_of_superiors_ends_and_is_never_active() -> None:
    loop = {
        "a": BodyFacts("a", BodyKind.FRONT, Level.COMMUNE, "A", "A", "b", active=True),
        "b": BodyFacts("b", BodyKind.FRONT, Level.PROVINCE, "B", "B", "a", active=True),
    }
    assert [body.id for body in line_of("a", loop)] == ["a", "b"]
    assert not is_active("a", loop)
