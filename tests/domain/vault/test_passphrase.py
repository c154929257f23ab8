"""Passphrases: one slow derivation, two keys, and refusals before any work."""

import threading
import unicodedata
from time import process_time_ns

import pytest

from portal.vault import passphrase
from portal.vault.boxes import Broken, box, unbox
from portal.vault.passphrase import STANDARD, Busy, Cost, TooLong, derive, new_salt, same
from portal.vault.recovery import new_recovery_code, recovery_key
from portal.vault.weak import Weak, weak

CHEAP = Cost(memory_kib=8, rounds=1, lanes=1)
SALT = bytes(range(16))


def test_the_standard_cost_is_the_one_decided():
    assert str(STANDARD) == "argon2id$v=19$m=65536,t=3,p=1"


def test_a_right_passphrase_opens_and_a_wrong_one_does_not():
    right, again = (
        derive("sông Hồng mùa nước lên", SALT, CHEAP),
        derive("sông Hồng mùa nước lên", SALT, CHEAP),
    )
    wrong = derive("sông Hồng mùa nước xuống", SALT, CHEAP)
    assert same(right.verifier, again.verifier)
    assert not same(right.verifier, wrong.verifier)
    blob = box(right.kek, b"secret", bound_to="account|1|secret|1")
    assert unbox(again.kek, blob, bound_to="account|1|secret|1") == b"secret"
    with pytest.raises(Broken):
        unbox(wrong.kek, blob, bound_to="account|1|secret|1")


def test_what_is_stored_is_not_the_key():
    derived = derive("sông Hồng", SALT, CHEAP)
    assert derived.verifier != derived.kek
    assert (len(derived.verifier), len(derived.kek)) == (32, 32)
    with pytest.raises(Broken):
        unbox(derived.verifier, box(derived.kek, b"x", bound_to="a"), bound_to="a")


def test_the_derivation_never_changes():
    """A change would lock out everybody: the value is written down."""
    assert derive("sông Hồng", SALT, CHEAP).verifier.hex() == (
        "24136d048ba2765d7cb75f8d1cfafd7f4bd11319215a63e8d9d679390d38156b"
    )


@pytest.mark.slow
def test_the_standard_cost_works():
    assert len(derive("sông Hồng", SALT).kek) == 32


def test_salt_and_cost_matter():
    keys = {
        derive("x", SALT, CHEAP).kek,
        derive("x", bytes(16), CHEAP).kek,
        derive("x", SALT, Cost(16, 1, 1)).kek,
    }
    assert len(keys) == 3
    assert len(new_salt()) == 16
    assert new_salt() != new_salt()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_however_the_keyboard_composes_vietnamese(form):
    typed = unicodedata.normalize(form, "đường về quê ngoại")
    assert derive(typed, SALT, CHEAP) == derive("đường về quê ngoại", SALT, CHEAP)


@pytest.mark.parametrize("text", ["x" * 1025, "đ" * 513, "x" * 1_000_000, "é" * 1_000_000, "\ud800"])
def test_too_long_or_no_text_is_refused_before_any_work(text, monkeypatch):
    monkeypatch.setattr(passphrase, "hash_secret_raw", None)
    start = process_time_ns()
    with pytest.raises(TooLong):
        derive(text, SALT)
    assert process_time_ns() - start < 20_000_000


@pytest.mark.parametrize("text", ["", "x" * 1024, "đ" * 512, "\0", "😀"])
def test_everything_else_is_taken(text):
    assert derive(text, SALT, CHEAP).kek


def test_no_more_than_two_at_a_time(monkeypatch):
    running, most, gate = 0, 0, threading.Event()

    def slow(*_args):
        nonlocal running, most
        running += 1
        most = max(most, running)
        gate.wait(0.05)
        running -= 1
        return bytes(32)

    monkeypatch.setattr(passphrase, "hash_secret_raw", slow)
    threads = [threading.Thread(target=derive, args=("x", SALT, CHEAP)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 2


def test_who_waits_too_long_is_told(monkeypatch):
    monkeypatch.setattr(passphrase, "_PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr(passphrase, "_running", threading.BoundedSemaphore(1))
    with passphrase._running, pytest.raises(Busy):
        derive("x", SALT, CHEAP)


def test_a_failed_derivation_frees_its_place():
    for _ in range(3):
        with pytest.raises(Exception, match=r"(?i)salt"):
            derive("x", b"", CHEAP)
    assert derive("x", SALT, CHEAP)


@pytest.mark.parametrize("cost", [STANDARD, CHEAP, Cost(19456, 2, 1)])
def test_the_cost_is_stored_as_text(cost):
    assert Cost.parse(str(cost)) == cost


@pytest.mark.parametrize(
    "text", ["", "argon2id", "argon2i$v=19$m=8,t=1,p=1", "argon2id$v=19$m=99999999,t=1,p=1", f"{CHEAP}\n"]
)
def test_another_text_is_no_cost(text):
    with pytest.raises(ValueError, match="cost"):
        Cost.parse(text)


def test_keys_do_not_print_themselves():
    assert repr(derive("x", SALT, CHEAP)) == "Derived()"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Weak.SHORT),
        ("sông Hồng", Weak.SHORT),
        ("           x", Weak.SHORT),
        (unicodedata.normalize("NFD", "đường ấể"), Weak.SHORT),
        ("x" * 1025, Weak.LONG),
        ("đ" * 513, Weak.LONG),
        ("x" * 1_000_000, Weak.LONG),
        ("098 765 4321 0", Weak.DIGITS),
        ("!!!!????....,,,,", Weak.DIGITS),
        ("aaaaaaaaaaaaaaa", Weak.REPEATED),
        ("abcdefghijklmnop", Weak.REPEATED),
        ("mùa xuân mùa xuân mùa xuân", Weak.REPEATED),
        ("Kx9!Kx9!Kx9!Kx9!", Weak.REPEATED),
        ("Password12345!", Weak.COMMON),
        ("Mật khẩu 123456", Weak.COMMON),
        ("MatKhau@2026#", Weak.COMMON),
        ("1qaz2wsx3edc", Weak.COMMON),
        ("qwertyuiop123", Weak.COMMON),
        ("Anh yêu em mãi mãi", Weak.COMMON),
        ("Không có gì quý hơn độc lập tự do", Weak.COMMON),
        ("Mặt trận Tổ quốc Việt Nam 2026", Weak.COMMON),
        ("password welcome admin", Weak.COMMON),
        ("correct horse battery staple", Weak.COMMON),
        ("\ud800" * 12, Weak.DIGITS),
        ("mèo vàng ngủ trên mái ngói", None),
        ("sông Hồng mùa nước lên", None),
        ("tV9#kq2Lx0!mZ", None),
        ("correct horse battery staple lantern", None),
    ],
)
def test_weak_passphrases_are_named(text, reason):
    assert weak(text) == reason


def test_the_longest_passphrases_are_judged_quickly():
    for text in ("matkhau" * 145 + "xyzzq", "ab" * 500 + "cdefg", "đ" * 512):
        start = process_time_ns()
        weak(text)
        assert process_time_ns() - start < 100_000_000


def test_a_printed_recovery_code_gives_the_key_of_one_account():
    code = new_recovery_code()
    assert len(code) == 34
    key = recovery_key(code, "0abc")
    assert key is not None
    assert len(key) == 32
    assert recovery_key(f" {code.lower().replace('-', ' ')}\n", "0abc") == key
    assert recovery_key(code, "0abd") != key
    assert new_recovery_code() != code


@pytest.mark.parametrize("typed", ["", "7K3M", "0" * 27, "0" * 27 + "1", "U" * 28, "é" * 28, "0" * 1_000_000])
def test_what_is_no_recovery_code(typed):
    assert recovery_key(typed, "0abc") is None
