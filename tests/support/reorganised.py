"""The country before and after the reorganisation of 2025, cut out of the shipped files.

    before(PAIR) -> files whose units stand open, as before 1 July 2025; plan(PAIR) -> the files of the plan.

PAIR names old provinces whose successors come from them alone: their plan touches nothing else.
"""

import csv
import io
from collections.abc import Collection, Iterable
from functools import cache

from portal.data.reference import shipped
from portal.registry.actions import AreaFiles

Row = dict[str, str]
PAIR = ("P02a", "P08a")
"""Old provinces that a test reorganises; what they became is found by the successor links."""


@cache
def _rows(name: str) -> tuple[Row, ...]:
    return tuple(csv.DictReader(io.StringIO(shipped(name).decode("utf-8"))))


def whole_country() -> tuple[str, ...]:
    """Every old province."""
    return tuple(
        row["area_id"] for row in _rows("areas.csv") if row["level"] == "province" and row["valid_to"]
    )


def before(provinces: Collection[str]) -> AreaFiles:
    """The old units of these provinces, not ended, and no successors."""
    rows = [row | {"valid_to": ""} for row in _units(provinces) if row["valid_to"]]
    return AreaFiles(_csv("areas.csv", rows), _csv("area_successors.csv", []))


def plan(provinces: Collection[str]) -> AreaFiles:
    """What became of them: the shipped rows as they are."""
    units = _units(provinces)
    ids = {row["area_id"] for row in units}
    links = [row for row in _rows("area_successors.csv") if row["old_area_id"] in ids]
    assert {row["new_area_id"] for row in links} <= ids, "a successor lies outside these provinces"
    return AreaFiles(_csv("areas.csv", units), _csv("area_successors.csv", links))


def _units(provinces: Collection[str]) -> list[Row]:
    heads = set(provinces)
    heads |= {row["new_area_id"] for row in _rows("area_successors.csv") if row["old_area_id"] in heads}
    districts = {row["area_id"] for row in _rows("areas.csv") if row["parent_id"] in heads}
    return [
        row
        for row in _rows("areas.csv")
        if row["area_id"] in heads | districts or row["parent_id"] in heads | districts
    ]


def _csv(name: str, rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, _rows(name)[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
