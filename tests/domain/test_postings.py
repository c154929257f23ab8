"""The packed index answers exactly as a plain scan of the words would."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.postings import (
    Bucket,
    CaseList,
    Listed,
    Part,
    joined,
    newest_first,
    pack_bucket,
    pack_cases,
    unpadded,
)
from portal.domain.wording import Within, strings_in, terms_asked, terms_of

DAY = date(2026, 3, 1)
SIZES = st.integers(1, 300)


@given(
    SIZES,
    st.dictionaries(st.text("abcd ", min_size=1, max_size=4), st.sets(st.integers(0, 299)), max_size=12),
)
def test_a_bucket_gives_back_what_was_packed(size: int, given_: dict[str, set[int]]) -> None:
    postings = {term: sorted(n for n in numbers if n < size) for term, numbers in given_.items()}
    packed = pack_bucket(postings, size)
    bucket = Bucket(packed, size)
    assert len(packed) % 256 == 0
    assert {term: list(numbers) for term, numbers in bucket.postings()} == postings
    for term, numbers in postings.items():
        assert list(newest_first(bucket.having(term))) == numbers[::-1]
    assert bucket.having("abcde") == 0


def test_a_term_that_is_part_of_another_is_not_taken_for_it() -> None:
    bucket = Bucket(pack_bucket({"tram": [1], "tram y": [2], "p:tram": [3]}, 8), 8)
    assert [
        list(newest_first(bucket.having(term))) for term in ("tram", "tram y", "p:tram", "tra", "am")
    ] == [
        [1],
        [2],
        [3],
        [],
        [],
    ]


@given(st.lists(st.integers(-50, 50), max_size=40), st.integers(-60, 60))
def test_days_of_a_list_are_found(offsets: list[int], asked: int) -> None:
    cases = sorted(Listed(DAY + timedelta(days=n), f"case{i}") for i, n in enumerate(offsets))
    listed = CaseList(pack_cases(cases))
    day = DAY + timedelta(days=asked)
    assert list(listed) == cases
    assert listed.before(day) == sum(one.day < day for one in cases)
    assert listed.until(day) == sum(one.day <= day for one in cases)


def test_what_is_cut_short_is_refused() -> None:
    packed = pack_bucket({"a": [0]}, 1).rstrip(b"\0")
    with pytest.raises(ValueError, match="cut short"):
        unpadded(packed[:-4])


@given(
    st.lists(
        st.dictionaries(
            st.integers(0, 40), st.sets(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=20
        ),
        min_size=1,
        max_size=4,
    ),
    st.sets(st.integers(0, 40)),
)
def test_joined_segments_hold_the_newest_words_of_each_case_and_nothing_of_those_gone(
    versions: list[dict[int, set[str]]], gone: set[int]
) -> None:
    """Each part may know a case already; it goes on from the last part that has it."""
    current = {case: at for at, known in enumerate(versions) for case in known if case not in gone}
    parts = []
    for at, known in enumerate(versions):
        cases = sorted(Listed(DAY - timedelta(days=n % 7), f"c{n}") for n in known)
        numbers = {one.case_id: number for number, one in enumerate(cases)}
        terms: dict[str, list[int]] = {}
        for case, words in known.items():
            for word in words:
                terms.setdefault(word, []).append(numbers[f"c{case}"])
        bucket = Bucket(pack_bucket({term: sorted(ns) for term, ns in terms.items()}, len(cases)), len(cases))
        kept = frozenset(f"c{case}" for case, last in current.items() if last == at)
        parts.append(Part(cases, kept, bucket.postings()))
    cases, postings = joined(parts)
    assert cases == sorted(cases)
    assert {one.case_id for one in cases} == {f"c{case}" for case in current}
    found = {term: {cases[n].case_id for n in numbers} for term, numbers in postings.items()}
    for word in "abcdef":
        scanned = {f"c{case}" for case, at in current.items() if word in versions[at][case]}
        assert found.get(word, set()) == scanned


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("trạm y tế",), True),
        (("TRAM Y TE",), True),
        (("te tram",), True),
        (('"y tế"',), True),
        (("“trạm y tế” phường",), True),
        (('"te tram"',), False),
        (("", "tân sơn nhì", ""), True),
        (("", "tan son nhi, ho chi minh", ""), True),
        (("", "y te", ""), False),
        (("", "", "pho chu tich"), True),
        (("", "", "chu tich phuong"), False),
        (("đất",), True),
        (("dat",), True),
        (('"dat',), True),
        (("bệnh viện",), False),
        (("tram", "tan son", "chu tich"), True),
    ],
)
def test_words_are_found_with_and_without_diacritics_and_in_their_field(
    asked: tuple[str, ...], found: bool
) -> None:
    said = {
        Within.TEXT: ["Trạm y tế phường\nthu tiền, lấn đất."],
        Within.PLACE: ["Phường Tân Sơn Nhì", "Thành phố Hồ Chí Minh"],
        Within.POST: ["Phó Chủ tịch"],
    }
    assert (terms_asked(*asked) <= terms_of(said)) is found


def test_a_question_without_a_word_asks_nothing() -> None:
    assert terms_asked(' "" … ', "--", ",") == frozenset()


def test_only_values_of_json_are_texts() -> None:
    assert list(strings_in({"a": "x", "b": [1, "y", {"c": "z"}], "d": None})) == ["x", "y", "z"]
