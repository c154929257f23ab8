"""The search key of a body: opened by its content key only, and silent about words."""

import pytest

from portal.vault.errors import Broken, NotHeld
from portal.vault.ring import KeyRing, seal_body_secret
from portal.vault.sealing import new_key_pair
from portal.vault.searching import SearchKey, new_search_key, open_search_key

BODY = "front.C27019b"


@pytest.fixture
def held() -> tuple[KeyRing, bytes]:
    person, body = new_key_pair(), new_key_pair()
    mine = (BODY, "content", 2)
    return KeyRing(person.secret, {mine: seal_body_secret(person.public, body.secret, mine)}), body.public


def test_only_the_key_and_version_it_is_for_open_it(held: tuple[KeyRing, bytes]) -> None:
    ring, public = held
    sealed = new_search_key(public, BODY, 2)
    key = open_search_key(ring, sealed, BODY, 2)
    assert key.bucket("tram", 256) == open_search_key(ring, sealed, BODY, 2).bucket("tram", 256)
    with pytest.raises(NotHeld):
        open_search_key(ring, sealed, BODY, 1)
    with pytest.raises(NotHeld):
        open_search_key(ring, sealed, "front.P79b", 2)
    with pytest.raises(Broken):
        open_search_key(ring, new_search_key(new_key_pair().public, BODY, 2), BODY, 2)


def test_a_part_opens_in_its_own_place_only() -> None:
    key, other = SearchKey.of(1, b"k" * 32), SearchKey.of(1, b"o" * 32)
    sealed = key.seal("search_bucket", "s.1", "terms", b"words")
    assert key.open("search_bucket", "s.1", "terms", sealed) == b"words"
    for reader, row in ((key, "s.2"), (other, "s.1")):
        with pytest.raises(Broken):
            reader.open("search_bucket", row, "terms", sealed)


def test_buckets_and_marks_depend_on_the_key_and_spread_evenly() -> None:
    key, other = SearchKey.of(1, b"k" * 32), SearchKey.of(1, b"o" * 32)
    words = [f"w{n}" for n in range(4000)]
    places = [key.bucket(word, 32) for word in words]
    assert places != [other.bucket(word, 32) for word in words]
    counts = [places.count(n) for n in range(32)]
    assert min(counts) > 80
    assert max(counts) < 175
    assert key.mark(b"x") != other.mark(b"x")
    assert b"k" * 32 not in repr(key).encode()


def test_a_key_has_32_bytes() -> None:
    with pytest.raises(Broken):
        SearchKey.of(1, b"short")
