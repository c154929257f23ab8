"""A plan of a reorganisation: read from two files, faults named by row, and taken back again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.csv_rows import Refused
from portal.domain.parties import CENTRE, AreaFacts, BodyKind, Level, SuccessorFacts
from portal.domain.reorganising import Plan, read_plan
from portal.domain.undoing import as_areas_csv, as_before, as_successors_csv, reverse

DAY = date(2026, 7, 1)
LAST = date(2026, 6, 30)
BEGAN = date(2025, 7, 1)


def unit(area_id: str, name: str, level: Level, parent: str | None, code: str = "") -> AreaFacts:
    return AreaFacts(area_id, name, level, parent, BEGAN, None, code or area_id[1:-1])


KNOWN = {
    one.id: one
    for one in (
        unit("P1b", "Tỉnh Một", Level.PROVINCE, None),
        unit("P2b", "Tỉnh Hai", Level.PROVINCE, None),
        unit("C11b", "Xã Một", Level.COMMUNE, "P1b"),
        unit("C12b", "Xã Hai", Level.COMMUNE, "P1b"),
        unit("C13b", "Xã Ba", Level.COMMUNE, "P1b"),
        unit("C21b", "Xã Bốn", Level.COMMUNE, "P2b"),
    )
}
HEAD = "area_id,code,name,level,parent_id,valid_from,valid_to\n"
LINKS = "old_area_id,new_area_id,extent,default\n"
ENDS = "C11b,11,Xã Một,commune,P1b,2025-07-01,2026-06-30\nC12b,12,Xã Hai,commune,P1b,2025-07-01,2026-06-30\n"
NEW = "C11c,11,Xã Mới,commune,P1b,2026-07-01,\n"


def read(areas: str, links: str, known: dict[str, AreaFacts] = KNOWN) -> Plan:
    return read_plan((HEAD + areas).encode(), (LINKS + links).encode(), known)


def test_two_communes_become_one() -> None:
    plan = read(ENDS + NEW, "C11b,C11c,whole,true\nC12b,C11c,whole,true\n")
    assert (plan.day, plan.last_day, set(plan.ends), set(plan.opens)) == (
        DAY,
        LAST,
        {"C11b", "C12b"},
        {"C11c"},
    )
    assert plan.heirs("C12b") == ("C11c",)
    assert plan.keeper() == "P1b", "the province goes on, so its registrar keeps the plan"
    assert {body.kind for body in plan.new_bodies()} >= {BodyKind.FRONT, BodyKind.INSPECTION}
    assert plan.successors_of_body(BodyKind.FRONT, "C11b") == ("front.C11c",)


def test_a_unit_may_join_one_that_goes_on() -> None:
    plan = read(ENDS, "C11b,C13b,whole,true\nC12b,C13b,whole,true\n")
    assert plan.opens == {}
    assert plan.successors_of_body(BodyKind.INSPECTION, "C11b") == ("inspection.C13b",)


def test_a_divided_unit_waits_for_the_street_under_the_unit_above() -> None:
    plan = read(ENDS + NEW, "C11b,C11c,part,true\nC11b,C13b,part,false\nC12b,C11c,whole,true\n")
    assert plan.splits() == ("C11b",)
    assert plan.heirs("C11b") == ("C11c", "C13b"), (
        "the larger part stands first, but nothing goes there by itself"
    )
    assert plan.above("C11b") == "P1b"


def test_parts_in_two_provinces_wait_with_the_centre() -> None:
    plan = read(ENDS + NEW, "C11b,C11c,part,true\nC11b,C21b,part,false\nC12b,C11c,whole,true\n")
    assert plan.above("C11b") == CENTRE


@pytest.mark.parametrize(
    ("areas", "links", "row", "said"),
    [
        ("C99b,99,Xã Lạ,commune,P1b,,2026-06-30\n", "", "areas.csv, dòng 2", "không có trong danh mục"),
        (ENDS + NEW.replace("2026-07-01", "2026-08-01"), "", "areas.csv, dòng 4", "khác ngày"),
        (ENDS + NEW + NEW, "", "areas.csv, dòng 5", "đã có ở dòng 4"),
        (ENDS + NEW, "C11b,C11c,whole,true\n", "areas.csv, dòng 3", "không có đơn vị kế tiếp"),
        (
            ENDS + NEW,
            "C11b,C11c,part,true\nC12b,C11c,whole,true\n",
            "area_successors.csv, dòng 2",
            "thiếu các phần",
        ),
        (ENDS + NEW, "C11b,C77c,whole,true\n", "area_successors.csv, dòng 2", "C77c không có"),
        (ENDS + NEW, "C13b,C11c,whole,true\n", "area_successors.csv, dòng 2", "chưa kết thúc"),
        (ENDS.replace("2026-06-30", "2025-06-30"), "", "areas.csv, dòng 2", "trước valid_from"),
        (ENDS.replace("Xã Một", "Xã Khác"), "", "areas.csv, dòng 2", "khác với danh mục"),
        (NEW.replace("P1b", "C13b"), "", "areas.csv, dòng 2", "không đúng cấp"),
        (NEW.replace("C11c,11", "C11c,13"), "", "areas.csv, dòng 2", "chồng lên C13b"),
        (
            "P1b,1,Tỉnh Một,province,,2025-07-01,2026-06-30\n",
            "P1b,P2b,whole,true\n",
            "areas.csv, dòng 2",
            "vẫn còn",
        ),
        ("C11b,11,Xã Một,commune,P1b,2025-07-01,\n", "", "areas.csv, dòng 1", "không làm thay đổi"),
        (
            "D1c,1,Huyện A,district,D2c,2026-07-01,\nD2c,2,Huyện B,district,D1c,2026-07-01,\n",
            "",
            "areas.csv, dòng 2",
            "vòng lặp",
        ),
    ],
)
def test_every_fault_is_named_with_its_row(areas: str, links: str, row: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read(areas, links)
    texts = [str(problem) for problem in refused.value.problems]
    assert any(row in text and said in text for text in texts), texts


def carried(known: dict[str, AreaFacts], plan: Plan) -> dict[str, AreaFacts]:
    ended = {one.id: replace(one, valid_to=plan.last_day) for one in plan.ends.values()}
    return {**known, **ended, **plan.opens}


def test_the_way_back_opens_new_rows_and_deletes_none() -> None:
    plan = read(ENDS + NEW, "C11b,C11c,part,true\nC11b,C13b,part,false\nC12b,C11c,whole,true\n")
    after = carried(KNOWN, plan)
    back = date(2026, 9, 1)
    files = reverse(plan, back, after)
    undoing = read_plan(*files, after)
    assert set(undoing.ends) == {"C11c"}
    assert {one.name for one in undoing.opens.values()} == {"Xã Một", "Xã Hai"}
    assert set(undoing.opens).isdisjoint(after), "what ended stays ended; it begins anew under another id"
    assert set(undoing.splits()) == {"C11c"}, "one unit becomes two: each case needs its street"
    assert set(carried(after, undoing)) >= set(after)


def test_a_plan_is_not_taken_back_on_its_own_day() -> None:
    plan = read(ENDS + NEW, "C11b,C11c,whole,true\nC12b,C11c,whole,true\n")
    with pytest.raises(Refused, match="chỉ hoàn lại được từ sau ngày"):
        reverse(plan, DAY, carried(KNOWN, plan))


@given(
    st.lists(st.sampled_from(["C11b", "C12b", "C13b"]), unique=True, min_size=1),
    st.dictionaries(st.sampled_from(["C11b", "C12b", "C13b"]), st.sets(st.sampled_from("xyz"), min_size=1)),
)
def test_what_is_read_can_be_carried_out_and_read_back(ends: list[str], parts: dict[str, set[str]]) -> None:
    """Every readable plan: each end has heirs on the day, and the register before it is found again."""
    names = sorted({name for old in ends for name in parts.get(old, {"x"})})
    opens = [
        AreaFacts(f"C8{number}d", f"Xã {name}", Level.COMMUNE, "P1b", DAY, None, f"8{number}")
        for number, name in enumerate(names)
    ]
    ids = dict(zip(names, [one.id for one in opens], strict=True))
    links = as_successors_csv(
        [
            SuccessorFacts(old, ids[name], len(parts.get(old, {"x"})) == 1, place == 0)
            for old in ends
            for place, name in enumerate(sorted(parts.get(old, {"x"})))
        ]
    )
    areas = as_areas_csv([*(replace(KNOWN[one], valid_to=LAST) for one in ends), *opens])
    plan = read_plan(areas, links, KNOWN)
    after = carried(KNOWN, plan)
    for old in ends:
        assert all(after[heir].exists_on(DAY) for heir in plan.heirs(old))
        assert not after[old].exists_on(DAY)
    assert as_before(areas, DAY, after) == KNOWN
    undoing = read_plan(*reverse(plan, DAY + timedelta(days=9), after), after)
    assert set(undoing.ends) == set(plan.opens)
    assert as_successors_csv(list(undoing.links)).count(b"true") == len(plan.opens)
