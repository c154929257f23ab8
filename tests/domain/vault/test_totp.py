"""One-time codes: right for a minute and a half, each of them once."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from portal.vault.totp import check, new_seed, uri

SEED = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the seed of RFC 6238, appendix B
NOW = datetime(2026, 3, 2, 8, 0, 10, tzinfo=UTC)
COUNTER = int(NOW.timestamp()) // 30


def code(counter: int) -> str:
    return pyotp.TOTP(SEED).generate_otp(counter)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_vectors_of_the_rfc(seconds, expected):
    at = datetime.fromtimestamp(seconds, UTC)
    assert check(SEED, expected, at, None) == seconds // 30


@pytest.mark.parametrize(("steps", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_the_window_is_one_step_either_way(steps, right):
    found = check(SEED, code(COUNTER + steps), NOW, None)
    assert found == (COUNTER + steps if right else None)


def test_each_code_works_once():
    first = check(SEED, code(COUNTER), NOW, None)
    assert first == COUNTER
    assert check(SEED, code(COUNTER), NOW, first) is None
    assert check(SEED, code(COUNTER), NOW + timedelta(seconds=20), first) is None
    assert check(SEED, code(COUNTER - 1), NOW, first) is None
    assert check(SEED, code(COUNTER + 1), NOW, first) == COUNTER + 1


def test_the_zone_of_the_time_does_not_matter():
    from zoneinfo import ZoneInfo

    local = NOW.astimezone(ZoneInfo("Asia/Ho_Chi_Minh"))
    assert check(SEED, code(COUNTER), local, None) == COUNTER


@pytest.mark.parametrize("shape", ["{a} {b}", " {a}{b}\n", "{a}\u00a0{b}"])
def test_spaces_do_not_matter(shape):
    right = code(COUNTER)
    assert check(SEED, shape.format(a=right[:3], b=right[3:]), NOW, None) == COUNTER


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "１２３４５６", "0" * 1_000_000, "-12345", "é"]
)
def test_what_is_no_code(typed):
    assert check(SEED, typed, NOW, None) is None


def test_a_wrong_code_is_refused():
    right = {code(COUNTER + step) for step in (-1, 0, 1)}
    wrong = next(f"{n:06}" for n in range(10) if f"{n:06}" not in right)
    assert check(SEED, wrong, NOW, None) is None


def test_seeds_have_160_bits_and_an_address_for_the_app():
    seed = new_seed()
    assert len(seed) == 32
    assert seed != new_seed()
    address = uri(seed, "can-bo-01")
    assert address.startswith("otpauth://totp/")
    assert pyotp.parse_uri(address).secret == seed
    assert address.isascii()
