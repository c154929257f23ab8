"""Who holds which body's key: members, superiors, older versions, and nobody else."""

import pytest

from portal.vault import ring
from portal.vault.fingerprint import fingerprint
from portal.vault.ring import Broken, KeyRing, NotHeld, open_body_secret, seal_body_secret
from portal.vault.sealing import new_key_pair, pair_of, seal_to

PERSON, STRANGER = pair_of(bytes([1]) * 32), pair_of(bytes([2]) * 32)
OLD, NEW, WARD = (pair_of(bytes([n]) * 32) for n in (3, 4, 5))
CONTENT_1, CONTENT_2, IDENTITY = ("front", "content", 1), ("front", "content", 2), ("front", "identity", 1)
INFO = "report|1|body|front|v1"


@pytest.fixture
def held():
    return {
        CONTENT_1: seal_body_secret(PERSON.public, OLD.secret, CONTENT_1),
        CONTENT_2: seal_body_secret(PERSON.public, NEW.secret, CONTENT_2),
    }


def test_a_member_holds_the_newest_key_and_the_older_ones(held):
    keys = KeyRing(PERSON.secret, held)
    assert keys.secret_of("front") == NEW.secret
    assert keys.secret_of("front", "content", 1) == OLD.secret
    assert keys.versions("front") == (2, 1)
    assert keys.holds("front")


def test_what_is_not_held_is_named_so(held):
    keys = KeyRing(PERSON.secret, held)
    assert not keys.holds("front", "identity")
    for wanted in (("front", "identity"), ("ward",), ("front", "content", 3)):
        with pytest.raises(NotHeld):
            keys.secret_of(*wanted)
    with pytest.raises(NotHeld):
        keys.open("ward", "content", b"", info=INFO)
    with pytest.raises(NotHeld):
        keys.open("front", "content", b"", info=INFO, version=3)
    with pytest.raises(NotHeld):
        keys.pass_on(STRANGER.public, IDENTITY)


def test_another_person_cannot_use_the_rows(held):
    with pytest.raises(Broken):
        KeyRing(STRANGER.secret, held).secret_of("front")


@pytest.mark.parametrize("moved", [CONTENT_1, IDENTITY, ("ward", "content", 2)])
def test_a_row_moved_elsewhere_does_not_open(held, moved):
    with pytest.raises(Broken):
        KeyRing(PERSON.secret, {moved: held[CONTENT_2]}).secret_of(*moved)


def test_a_blob_that_holds_no_secret_is_refused():
    blob = seal_to(PERSON.public, b"short", info="body|front|content|1|secret|v1")
    with pytest.raises(Broken):
        open_body_secret(PERSON.secret, blob, CONTENT_1)


@pytest.mark.parametrize("pair", [OLD, NEW])
def test_what_is_sealed_to_any_version_opens(held, pair):
    keys = KeyRing(PERSON.secret, held)
    blob = seal_to(pair.public, b"told", info=INFO)
    assert keys.open("front", "content", blob, info=INFO) == b"told"
    with pytest.raises(Broken):
        keys.open("front", "content", blob, info=INFO + "x")
    with pytest.raises(Broken):
        keys.open("front", "content", seal_to(WARD.public, b"told", info=INFO), info=INFO)


def test_a_named_version_is_tried_alone(held):
    keys = KeyRing(PERSON.secret, held)
    blob = seal_to(OLD.public, b"told", info=INFO)
    assert keys.open("front", "content", blob, info=INFO, version=1) == b"told"
    with pytest.raises(Broken):
        keys.open("front", "content", blob, info=INFO, version=2)


def test_each_secret_is_opened_once(held, monkeypatch):
    calls = []
    monkeypatch.setattr(ring, "open_body_secret", lambda *args: calls.append(args) or open_body_secret(*args))
    keys = KeyRing(PERSON.secret, held)
    for _ in range(5):
        keys.open("front", "content", seal_to(NEW.public, b"told", info=INFO), info=INFO)
        keys.secret_of("front")
    assert len(calls) == 1


def test_a_member_admits_a_newcomer(held):
    newcomer = new_key_pair()
    passed = KeyRing(PERSON.secret, held).pass_on(newcomer.public, CONTENT_2)
    assert KeyRing(newcomer.secret, {CONTENT_2: passed}).secret_of("front") == NEW.secret


def test_the_superior_body_takes_up_the_key_of_the_one_below(held):
    below = ("ward", "content", 1)
    kept_by_superior = seal_body_secret(NEW.public, WARD.secret, below)
    keys = KeyRing(PERSON.secret, held)
    with pytest.raises(NotHeld):
        keys.secret_of("ward")
    keys.take_up(CONTENT_2, kept_by_superior, below)
    assert keys.secret_of("ward") == WARD.secret
    assert keys.open("ward", "content", seal_to(WARD.public, b"x", info=INFO), info=INFO) == b"x"
    with pytest.raises(Broken):
        keys.take_up(CONTENT_1, kept_by_superior, below)
    with pytest.raises(NotHeld):
        KeyRing(PERSON.secret, {}).take_up(CONTENT_2, kept_by_superior, below)


def test_after_rotation_who_left_opens_nothing_new(held):
    left = KeyRing(PERSON.secret, {CONTENT_1: held[CONTENT_1]})
    with pytest.raises(Broken):
        left.open("front", "content", seal_to(NEW.public, b"told later", info=INFO), info=INFO)


@pytest.mark.parametrize("wrong", [("a|b", "content", 1), ("a", "content|1", 1)])
def test_no_two_places_read_the_same(wrong):
    with pytest.raises(ValueError, match=r"\|"):
        seal_body_secret(PERSON.public, OLD.secret, wrong)


def test_a_ring_does_not_print_itself(held):
    keys = KeyRing(PERSON.secret, held)
    keys.secret_of("front")
    assert PERSON.secret.hex() not in repr(keys)
    assert "front" not in repr(keys)


def test_fingerprints_are_read_aloud_and_differ():
    shown = fingerprint(PERSON.public)
    assert [len(group) for group in shown.split(" ")] == [4] * 6
    assert shown == fingerprint(PERSON.public)
    assert len({fingerprint(pair.public) for pair in (PERSON, STRANGER, OLD, NEW)}) == 4
    assert not set(shown) & set("ILOU")


def test_a_ring_opens_what_is_sealed_to_its_person_only(held):
    blob = seal_to(PERSON.public, b"for you", info=INFO)
    assert KeyRing(PERSON.secret, held).open_own(blob, info=INFO) == b"for you"
    with pytest.raises(Broken):
        KeyRing(STRANGER.secret, held).open_own(blob, info=INFO)
