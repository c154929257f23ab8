"""Dated rows: cut without gap or overlap, ended, and superior links without a cycle."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.dating import Undated, check_line, check_superior, cut, cycles, ended, on_day, overlaps
from portal.domain.parties import BodyFacts, BodyKind, Level

DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS), st.lists(DAYS, max_size=6))
def test_cutting_leaves_no_gap_and_no_overlap(
    first: date | None, last: date | None, days: list[date]
) -> None:
    """However often a row is cut, every day that it held is held by exactly one row."""
    if first and last and last < first:
        first, last = last, first
    rows = [(first, last)]
    for day in days:
        place = on_day(rows, day)
        if place is None:
            continue
        try:
            found = cut(rows[place], day)
        except Undated:
            assert day == rows[place][0]
            continue
        rows[place : place + 1] = [(rows[place][0], found.last), found.following]
    assert not overlaps(rows)
    for one, other in itertools.pairwise(rows):
        assert one[1] is not None
        assert other[0] == one[1] + timedelta(days=1)
    assert (rows[0][0], rows[-1][1]) == (first, last)


def test_a_row_is_not_cut_outside_its_days() -> None:
    with pytest.raises(Undated, match="phải sau 01/07/2025"):
        cut((date(2025, 7, 1), None), date(2025, 7, 1))
    with pytest.raises(Undated, match="đã kết thúc"):
        cut((None, date(2025, 6, 30)), date(2025, 7, 1))


def test_an_end_before_the_beginning_is_refused() -> None:
    assert ended((date(2025, 7, 1), None), date(2026, 1, 1)) == (date(2025, 7, 1), date(2026, 1, 1))
    with pytest.raises(Undated, match="phải từ 01/07/2025"):
        ended((date(2025, 7, 1), None), date(2025, 6, 30))
    with pytest.raises(Undated, match="đã kết thúc ngày"):
        ended((None, date(2025, 6, 30)), date(2025, 7, 1))


@given(st.dictionaries(st.integers(0, 12), st.one_of(st.none(), st.integers(0, 12))))
def test_cycles_are_exactly_those_who_stand_above_themselves(above: dict[int, int | None]) -> None:
    superiors = {str(one): None if up is None else str(up) for one, up in above.items()}
    found = cycles(superiors)
    for one in superiors:
        current, steps = superiors[one], 0
        while current is not None and current != one and steps < 20:
            current, steps = superiors.get(current), steps + 1
        assert (current == one) == (one in found)


def body(name: str, level: Level, superior: str | None, last: date | None = None) -> BodyFacts:
    return BodyFacts(name, BodyKind.FRONT, level, name, name, superior, None, last)


def test_a_superior_may_not_stand_below_nor_be_gone_nor_lower() -> None:
    day = date(2026, 1, 1)
    city, ward = body("city", Level.PROVINCE, None), body("ward", Level.COMMUNE, "city")
    check_superior(ward, city, {"city": city}, day)
    with pytest.raises(Undated, match="vòng lặp"):
        check_superior(city, ward, {"ward": ward, "city": city}, day)
    with pytest.raises(Undated, match="vòng lặp"):
        check_superior(ward, ward, {"ward": ward}, day)
    gone = body("gone", Level.PROVINCE, None, date(2025, 6, 30))
    with pytest.raises(Undated, match="không tồn tại"):
        check_superior(ward, gone, {"gone": gone}, day)
    with pytest.raises(Undated, match="cấp thấp hơn"):
        check_superior(body("other", Level.PROVINCE, None), ward, {"ward": ward}, day)


def of(kind: BodyKind, unit: str, level: Level) -> BodyFacts:
    return BodyFacts(f"{kind}.{unit}", kind, level, unit, unit)


UNITS = ["ward", "city", "VN"]
FRONTS = {unit: f"front.{unit}" for unit in UNITS}


@pytest.mark.parametrize(
    ("kind", "unit", "known", "fits"),
    [
        (BodyKind.FRONT, "city", FRONTS, True),
        (BodyKind.FRONT, "VN", FRONTS, False),
        (BodyKind.FRONT, "VN", {"ward": "front.ward", "VN": "front.VN"}, True),
        (BodyKind.INSPECTION, "city", FRONTS, False),
        (BodyKind.COMMITTEE, "city", FRONTS, False),
        (BodyKind.FRONT, "other", FRONTS, False),
    ],
)
def test_a_body_with_keys_stands_under_the_next_of_its_kind(kind, unit, known, fits) -> None:
    ward, superior = of(BodyKind.FRONT, "ward", Level.COMMUNE), of(kind, unit, Level.PROVINCE)
    if fits:
        check_line(ward, superior, UNITS, known)
    else:
        with pytest.raises(Undated):
            check_line(ward, superior, UNITS, known)


@pytest.mark.parametrize(("unit", "fits"), [("ward", True), ("city", True), ("VN", True), ("other", False)])
def test_a_body_without_keys_stands_within_the_line_of_its_unit(unit, fits) -> None:
    school, superior = (
        of(BodyKind.SCHOOL, "ward", Level.COMMUNE),
        of(BodyKind.COMMITTEE, unit, Level.PROVINCE),
    )
    if fits:
        check_line(school, superior, UNITS, {})
    else:
        with pytest.raises(Undated, match="không thuộc tuyến"):
            check_line(school, superior, UNITS, {})


def test_nobody_is_put_above_a_root() -> None:
    root = of(BodyKind.INSPECTION, "VN", Level.CENTRAL)
    with pytest.raises(Undated, match="giữ khóa"):
        check_line(root, of(BodyKind.FRONT, "VN", Level.CENTRAL), ["VN"], {"VN": "inspection.VN"})
