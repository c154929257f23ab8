"""bench.json has the agreed form, and keeps what was not measured anew (decisions 28)."""

import json

from portal.bench.report import Measure, table, write

_BARE = Measure("bare", 500.1234, "submissions/s", "sqlite", 1.0, more={"p95_ms": 20.0})
_SENT = Measure("submission", 200, "submissions/s", "sqlite", 0.4, "≥ 0.30 × bare", True)


def test_each_entry_names_value_unit_ratio_and_database(tmp_path) -> None:
    place = tmp_path / "bench.json"
    write(place, [_BARE, _SENT])
    content = json.loads(place.read_text())
    assert content["bare_sqlite"] == {
        "value": 500.123, "unit": "submissions/s", "ratio_to_bare": 1.0, "database": "sqlite", "p95_ms": 20.0,
    }  # fmt: skip
    assert content["submission_sqlite"]["ratio_to_bare"] == 0.4
    assert content["submission_sqlite"]["held"] is True


def test_other_measures_stay(tmp_path) -> None:
    place = tmp_path / "bench.json"
    write(place, [_BARE])
    write(place, [_SENT])
    assert set(json.loads(place.read_text())) == {"bare_sqlite", "submission_sqlite"}


def test_the_table_says_what_was_not_reached() -> None:
    line = "\n".join(table([Measure("steady_50_p95", 160, "ms", "sqlite", bar="< 150 ms", held=False)]))
    assert "160 ms" in line
    assert "KHÔNG ĐẠT" in line
