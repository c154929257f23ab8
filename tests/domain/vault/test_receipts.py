"""Receipt codes: random enough, the same on a retry, and nothing without the pepper."""

from collections import Counter
from hashlib import blake2b, sha256

import pytest

from portal.domain.receipts import ALPHABET, is_code
from portal.vault.receipts import lookup_value, receipt_code, reporter_keys
from portal.vault.sealing import Broken, open_with, seal_to

SECRET = bytes(range(32))
PEPPER = bytes(range(64, 96))
CODE = receipt_code(SECRET, "0abcdefghjkmnpqr")


def test_a_retry_gets_the_same_code():
    assert receipt_code(SECRET, "0abcdefghjkmnpqr") == CODE
    assert is_code(CODE)


def test_the_derivation_never_changes():
    """A change would lock out every holder of a receipt: the values are written down."""
    assert CODE == "16EA7RD4QMXCMF6X16ZBRBAF"
    assert lookup_value(CODE, PEPPER).hex() == (
        "bbc1efdd0164750c358309d19c8d2eb19352161de56bcbec4ff96634a8fd2cbd"
    )
    assert sha256(reporter_keys(CODE, PEPPER).public).hexdigest() == (
        "94861f8274534252e1f13cf7ea900ace8213d595401d77bfdaa7a5239f064d50"
    )


def test_another_draft_or_secret_gives_another_code():
    others = {receipt_code(SECRET, "0abcdefghjkmnpqs"), receipt_code(bytes(32), "0abcdefghjkmnpqr")}
    assert len(others | {CODE}) == 3


@pytest.mark.parametrize(("secret", "draft_id"), [(b"", "x"), (bytes(31), "x"), (SECRET, "")])
def test_a_draft_without_secret_or_id_has_no_code(secret, draft_id):
    with pytest.raises(ValueError, match="draft"):
        receipt_code(secret, draft_id)


def test_a_hundred_thousand_codes_look_random():
    """Chi-square per position: 31 degrees of freedom, and 23 positions together 713.

    The drafts are fixed, so this cannot fail by chance. Bounds: p = 1e-6 per position, 1e-4 in all.
    """
    codes = [receipt_code(SECRET, str(number)) for number in range(100_000)]
    assert len(set(codes)) == len(codes)
    expected = len(codes) / 32
    sums = []
    for place in range(24):
        seen = Counter(code[place] for code in codes)
        sums.append(sum((seen[symbol] - expected) ** 2 / expected for symbol in ALPHABET))
    assert max(sums) < 85
    assert sum(sums[:23]) < 865
    pairs = Counter(code[place : place + 2] for code in codes for place in range(0, 22, 2))
    each = 11 * len(codes) / 1024
    assert sum((pairs[a + b] - each) ** 2 / each for a in ALPHABET for b in ALPHABET) < 1200


def test_two_receipts_share_nothing():
    """Codes, look-up values and keys of neighbouring drafts agree no more often than chance does."""
    one, two = receipt_code(SECRET, "1"), receipt_code(SECRET, "2")
    values = [lookup_value(code, PEPPER) for code in (one, two)]
    publics = [reporter_keys(code, PEPPER).public for code in (one, two)]
    assert sum(a == b for a, b in zip(one, two, strict=True)) <= 5
    for first, second in (values, publics):
        same_bits = sum(8 - (a ^ b).bit_count() for a, b in zip(first, second, strict=True))
        assert 0.35 < same_bits / (8 * len(first)) < 0.65
    blob = seal_to(publics[0], b"mailbox", info="x")
    with pytest.raises(Broken):
        open_with(reporter_keys(two, PEPPER).secret, blob, info="x")


def test_nothing_is_found_or_opened_without_the_pepper():
    other = bytes(32)
    assert lookup_value(CODE, other) != lookup_value(CODE, PEPPER)
    blob = seal_to(reporter_keys(CODE, PEPPER).public, b"mailbox", info="x")
    with pytest.raises(Broken):
        open_with(reporter_keys(CODE, other).secret, blob, info="x")
    unkeyed = blake2b(CODE.encode(), digest_size=32, person=b"portal lookup v1").digest()
    assert unkeyed != lookup_value(CODE, PEPPER)


def test_the_stored_value_is_not_the_key():
    assert lookup_value(CODE, PEPPER) != reporter_keys(CODE, PEPPER).secret


@pytest.mark.parametrize("pepper", [b"", bytes(16), bytes(31), bytes(65)])
def test_a_pepper_is_needed(pepper):
    with pytest.raises(ValueError, match="pepper"):
        lookup_value(CODE, pepper)
    with pytest.raises(ValueError, match="pepper"):
        reporter_keys(CODE, pepper)


@pytest.mark.parametrize("code", ["", CODE.lower(), CODE[:-1], "x" * 1_000_000, f"{CODE} "])
def test_only_the_normal_form_is_taken(code):
    with pytest.raises(ValueError, match="normal form"):
        lookup_value(code, PEPPER)
