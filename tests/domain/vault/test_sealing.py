"""What is sealed to a public key opens for its holder, for its purpose, unaltered; and for nobody else."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.vault import sealing
from portal.vault.sealing import Broken, load_secret, new_key_pair, open_with, pair_of, public_of, seal_to

PAIR = pair_of(bytes(range(32)))
OTHER = pair_of(bytes(range(1, 33)))
INFO = "report|0abc|body|1def|v1"
LOADED = load_secret(PAIR.secret)
BLOB = seal_to(PAIR.public, b"what was told", info=INFO)


@given(st.binary(max_size=3000), st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@settings(max_examples=60)
def test_what_is_sealed_opens_again(plaintext, info):
    blob = seal_to(PAIR.public, plaintext, info=info)
    assert open_with(PAIR.secret, blob, info=info) == plaintext
    assert len(blob) == len(plaintext) + sealing.OVERHEAD


def test_sizes_are_those_of_the_documents():
    pair = new_key_pair()
    assert (len(pair.public), len(pair.secret), sealing.OVERHEAD) == (1217, 32, 1137)


def test_a_key_pair_is_its_seed():
    assert public_of(PAIR.secret) == PAIR.public
    assert new_key_pair().secret != new_key_pair().secret


def test_the_same_seed_gives_the_same_keys_in_every_version():
    """A change of derivation would lock out everybody: the digest is written down."""
    from hashlib import sha256

    assert sha256(PAIR.public).hexdigest() == (
        "091148b49d1da991722bcfdf68fa61eba49c258d397bec43361db24c95b0818d"
    )


def test_sealing_twice_gives_two_blobs():
    assert seal_to(PAIR.public, b"x", info=INFO) != seal_to(PAIR.public, b"x", info=INFO)


def test_no_bit_can_be_changed():
    for bit in range(len(BLOB) * 8):
        changed = bytearray(BLOB)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Broken):
            LOADED.open(bytes(changed), info=INFO)


@pytest.mark.parametrize("info", ["", "report|0abc|body|1deg|v1", INFO + " ", INFO.upper(), "\ud800"])
def test_another_place_does_not_open(info):
    with pytest.raises(Broken):
        open_with(PAIR.secret, BLOB, info=info)


def test_another_key_does_not_open():
    with pytest.raises(Broken):
        open_with(OTHER.secret, BLOB, info=INFO)


@pytest.mark.parametrize("half", ["ml_kem", "x25519"])
def test_half_of_the_key_does_not_open(half):
    """Both key exchanges are needed: the hybrid is not one of the two."""
    cut = 1 + 1184
    mixed = {
        "ml_kem": PAIR.public[:cut] + OTHER.public[cut:],
        "x25519": OTHER.public[:cut] + PAIR.public[cut:],
    }[half]
    with pytest.raises(Broken):
        open_with(PAIR.secret, seal_to(mixed, b"x", info=INFO), info=INFO)


@pytest.mark.parametrize("length", [0, 1, 33, sealing.OVERHEAD - 1, len(BLOB) - 1])
def test_a_shortened_blob_does_not_open(length):
    with pytest.raises(Broken):
        open_with(PAIR.secret, BLOB[:length], info=INFO)


@pytest.mark.parametrize("blob", [BLOB + b"\0", b"\0" + BLOB, BLOB + BLOB])
def test_a_lengthened_blob_does_not_open(blob):
    with pytest.raises(Broken):
        open_with(PAIR.secret, blob, info=INFO)


@pytest.mark.parametrize("first", [0, 2, 0x7F, 0xFF])
def test_an_unknown_format_is_refused(first):
    with pytest.raises(Broken):
        open_with(PAIR.secret, bytes([first]) + BLOB[1:], info=INFO)
    with pytest.raises(Broken):
        seal_to(bytes([first]) + PAIR.public[1:], b"x", info=INFO)


@pytest.mark.parametrize(
    "public",
    [
        b"",
        PAIR.public[:-1],
        PAIR.public + b"\0",
        PAIR.public[:1] + b"\xff" * 1216,
        PAIR.public[:-32] + bytes(32),
    ],
    ids=["empty", "short", "long", "not reduced", "low order"],
)
def test_what_is_no_public_key_is_refused(public):
    with pytest.raises(Broken):
        seal_to(public, b"x", info=INFO)


@pytest.mark.parametrize("secret", [b"", os.urandom(31), os.urandom(33)], ids=["none", "short", "long"])
def test_a_secret_has_32_bytes(secret):
    with pytest.raises(ValueError, match="32 bytes"):
        open_with(secret, BLOB, info=INFO)


def test_keys_do_not_print_themselves():
    assert PAIR.secret.hex() not in repr(PAIR)
    assert repr(PAIR) == "KeyPair()"
    assert "0x" in repr(LOADED)  # the address of the object, nothing of its content
    assert not hasattr(LOADED, "__dict__")
