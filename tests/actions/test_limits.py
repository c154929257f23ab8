"""Counting tries: shared, short-lived, and silent about whom."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from portal.data.limits import Limits, Tries
from portal.domain import clock

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
START = int(NOON.timestamp())


@pytest.fixture
def limits(tmp_path: Path) -> Iterator[Limits]:
    store = Limits(tmp_path / "limits.sqlite3")
    with clock.at(NOON):
        yield store
    store.close()


def test_tries_add_up_until_they_expire(limits: Limits) -> None:
    key = limits.key("sign-in", "somebody", "203.0.113.0/24")
    assert limits.tries(key) is None
    assert limits.add(key, window=60) == (Tries(1, START), True)
    with clock.at(NOON + timedelta(seconds=59)):
        assert limits.add(key, window=60) == (Tries(2, START + 59), True)
    with clock.at(NOON + timedelta(seconds=119)):
        assert limits.tries(key) is None
        assert limits.add(key, window=60)[0].number == 1


def test_what_is_forbidden_is_not_counted(limits: Limits) -> None:
    key = limits.key("x")
    limits.add(key, window=60)
    assert limits.add(key, window=60, unless=lambda tries: tries.number >= 1) == (Tries(1, START), False)
    assert limits.add(key, window=60, unless=lambda tries: tries.number >= 2) == (Tries(2, START), True)
    limits.clear(key)
    assert limits.tries(key) is None


def test_nothing_outlives_the_hour(limits: Limits) -> None:
    key = limits.key("x")
    limits.add(key, window=10**6)
    with clock.at(NOON + timedelta(seconds=3601)):
        assert limits.tries(key) is None


def test_tomorrow_the_same_thing_has_another_name(limits: Limits, tmp_path: Path) -> None:
    today = limits.key("x")
    assert limits.key("x") == today != limits.key("y")
    assert limits.key("a", "b") != limits.key("ab")
    with clock.at(NOON + timedelta(days=1)):
        tomorrow = limits.key("x")
        assert tomorrow != today
    again = Limits(tmp_path / "limits.sqlite3")
    assert again.key("x") != today  # the secret of a past day is gone for good
    again.close()


def test_the_file_names_nobody(limits: Limits, tmp_path: Path) -> None:
    limits.add(limits.key("sign-in", "ten.dang.nhap", "203.0.113.0/24"), window=600)
    for place in tmp_path.iterdir():
        assert place.stat().st_mode & 0o077 == 0
        assert b"203.0.113" not in place.read_bytes()
        assert b"ten.dang.nhap" not in place.read_bytes()


def test_threads_and_processes_count_together(tmp_path: Path) -> None:
    place = tmp_path / "limits.sqlite3"
    script = (
        "import sys; from pathlib import Path; from portal.data.limits import Limits\n"
        "store = Limits(Path(sys.argv[1])); key = store.key('x')\n"
        "[store.add(key, window=600) for _ in range(25)]"
    )
    others = [subprocess.Popen([sys.executable, "-c", script, str(place)]) for _ in range(2)]
    mine = Limits(place)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: mine.add(mine.key("x"), window=600), range(50)))
    assert [one.wait(30) for one in others] == [0, 0]
    tries = mine.tries(mine.key("x"))
    assert tries is not None
    assert tries.number == 100
    mine.close()
