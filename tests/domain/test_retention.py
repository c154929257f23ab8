"""Retention: dated rows with a source, off where it is uncertain; months end on the last day of a month."""

from datetime import date

import pytest

from portal.data.reference import shipped
from portal.domain.csv_rows import Refused
from portal.domain.retention import Kept, last_of, later
from portal.domain.retention_rows import FILE, read_retention

HEAD = "id,version,what,months,source,valid_from,valid_to,on,why_off,note\n"
ON = HEAD + "L1,1,case_closed,24,Quyết định thử,2026-01-01,,yes,,\n"


def test_what_is_shipped_deletes_nothing_until_somebody_names_a_source() -> None:
    shipped_rules = read_retention(shipped(FILE))
    assert {row.what for row in shipped_rules.rows} == set(Kept)
    for row in shipped_rules.rows:
        assert row.source
        assert not row.is_on
    assert shipped_rules.erase_on(Kept.CASE_CLOSED, date(2000, 1, 1), date(2026, 11, 28)) is None


def test_a_rule_counts_from_the_end_and_only_while_it_holds() -> None:
    rules = read_retention(ON.encode())
    assert rules.erase_on(Kept.CASE_CLOSED, date(2026, 2, 28), date(2026, 6, 1)) == date(2028, 2, 28)
    assert rules.erase_on(Kept.CASE_CLOSED, date(2024, 1, 5), date(2025, 12, 31)) is None
    assert rules.erase_on(Kept.CASE_DECLINED, date(2024, 1, 5), date(2026, 12, 31)) is None


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_a_month_has_its_last_day(day: date, months: int, end: date) -> None:
    assert later(day, months) == end


def test_a_matter_goes_as_a_whole_or_not_at_all() -> None:
    one, other = date(2026, 1, 1), date(2027, 1, 1)
    assert last_of([one, other]) == other
    assert last_of([one, None]) is None
    assert last_of([]) is None


@pytest.mark.parametrize(
    "row",
    [
        "L1,1,case_closed,,Quyết định,,,yes,,",
        "L1,1,case_closed,24,,,,yes,,",
        "L1,1,case_closed,24,Quyết định,,,no,,",
        "L1,1,case_closed,24,Quyết định,,,yes,vì sao,",
        "L1,1,secrets,24,Quyết định,,,yes,,",
        "L1,1,case_closed,0,Quyết định,,,yes,,",
        "X1,1,case_closed,24,Quyết định,,,yes,,",
        "L1,1,case_closed,24,A,,,yes,,\nL2,1,case_closed,36,B,,,yes,,",
    ],
)
def test_a_file_with_a_fault_is_refused_whole(row: str) -> None:
    with pytest.raises(Refused):
        read_retention(f"{HEAD}{row}\n".encode())
