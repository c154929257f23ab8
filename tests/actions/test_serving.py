"""The server outlives the deaths of its processes, unless the program itself is at fault."""

from portal.cli.serve import MOST_DEATHS, Deaths


def test_two_deaths_within_seconds_are_no_habit() -> None:
    deaths = Deaths()
    deaths[0] = 1e12
    assert [deaths.get(0, 0) for _ in range(MOST_DEATHS - 1)] == [0.0] * (MOST_DEATHS - 1)


def test_many_deaths_within_a_minute_are() -> None:
    deaths = Deaths()
    deaths[0] = 1e12
    assert [deaths.get(0, 0) for _ in range(MOST_DEATHS)][-1] == 1e12
