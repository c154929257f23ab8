"""Small counts of cases are not told, and no total gives them away."""

from portal.domain.few import is_few, known_sum


def test_fewer_than_five_are_not_told_and_none_is_like_four() -> None:
    assert [number for number in range(8) if is_few(number)] == [0, 1, 2, 3, 4]


def test_a_total_holds_only_what_is_told_anyway() -> None:
    assert known_sum([]) == (0, True)
    assert known_sum([7, 12]) == (19, True)
    assert known_sum([7, 12, 3]) == known_sum([7, 12, 0]) == (19, False)
    assert known_sum([1, 2, 3]) == (0, False)
