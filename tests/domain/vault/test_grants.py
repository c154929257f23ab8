"""Grants and identities: each opens for whom it was made, for the report it was made for."""

import pytest

from portal.vault import envelope
from portal.vault.boxes import new_key
from portal.vault.envelope import Broken, ReportKeys, new_report_keys
from portal.vault.identity import open_inner, peel_outer, seal_identity
from portal.vault.ring import KeyRing, seal_body_secret
from portal.vault.sealing import load_secret, pair_of, seal_to

BODY, OTHER, REPORTER, CUSTODIAN = (pair_of(bytes([n]) * 32) for n in (11, 12, 13, 14))
KEYS = new_report_keys()
INFO = "report|1|identity|v1"


def test_a_body_opens_its_grant_and_the_reporter_his():
    for_body = envelope.seal_report_keys(BODY.public, KEYS, "r1", "b1")
    for_reporter = envelope.wrap_for_reporter(REPORTER.public, KEYS, "r1", "b1")
    assert envelope.open_report_keys(BODY.secret, for_body, "r1", "b1") == KEYS
    assert envelope.open_report_keys(load_secret(BODY.secret), for_body, "r1", "b1") == KEYS
    assert envelope.open_by_reporter(REPORTER.secret, for_reporter, "r1", "b1") == KEYS
    assert len(for_body) == len(for_reporter) == 1201


def test_a_ring_opens_a_grant():
    held = ("b1", "content", 1)
    keys = KeyRing(OTHER.secret, {held: seal_body_secret(OTHER.public, BODY.secret, held)})
    blob = envelope.seal_report_keys(BODY.public, KEYS, "r1", "b1")
    opened = keys.open("b1", "content", blob, info=envelope.for_report("r1", "b1"))
    assert ReportKeys.unpacked(opened) == KEYS
    assert envelope.open_report_keys(keys.loaded("b1"), blob, "r1", "b1") == KEYS


def seal_any(make, public, thing, body):
    key = KEYS if make in (envelope.seal_report_keys, envelope.wrap_for_reporter) else KEYS.mailbox_key
    return make(public, key, thing, body)


PAIRS = [
    (envelope.seal_report_keys, envelope.open_report_keys),
    (envelope.wrap_for_reporter, envelope.open_by_reporter),
    (envelope.seal_mailbox_key, envelope.open_mailbox_key),
    (envelope.wrap_mailbox_for_reporter, envelope.open_mailbox_by_reporter),
    (envelope.seal_case_key, envelope.open_case_key),
]
NAMES = ["report", "reporter", "mailbox", "mailbox of reporter", "case"]


@pytest.mark.parametrize(("make", "take"), PAIRS, ids=NAMES)
def test_a_grant_opens_for_its_ids_and_key_only(make, take):
    blob = seal_any(make, BODY.public, "x1", "b1")
    assert take(BODY.secret, blob, "x1", "b1") in (KEYS, KEYS.mailbox_key)
    for secret, thing, body in (
        (OTHER.secret, "x1", "b1"),
        (BODY.secret, "x2", "b1"),
        (BODY.secret, "x1", "b2"),
        (BODY.secret, "b1", "x1"),
    ):
        with pytest.raises(Broken):
            take(secret, blob, thing, body)


@pytest.mark.parametrize(("make", "take"), PAIRS, ids=NAMES)
def test_a_grant_of_one_kind_is_none_of_another(make, take):
    blob = seal_any(make, BODY.public, "x1", "b1")
    for other_make, other_take in PAIRS:
        if other_make is not make:
            with pytest.raises(Broken):
                other_take(BODY.secret, blob, "x1", "b1")


@pytest.mark.parametrize(("make", "take"), PAIRS, ids=NAMES)
def test_ids_cannot_run_into_each_other(make, take):
    for thing, body in (("x|1", "b1"), ("x1", "b|1")):
        with pytest.raises(ValueError, match=r"\|"):
            seal_any(make, BODY.public, thing, body)
        with pytest.raises(ValueError, match=r"\|"):
            take(BODY.secret, b"", thing, body)


def test_keys_have_32_bytes():
    for key in (b"", bytes(31), bytes(64)):
        with pytest.raises(Broken):
            envelope.seal_case_key(BODY.public, key, "c1", "b1")
    with pytest.raises(Broken):
        ReportKeys.unpacked(bytes(63))


def test_report_and_mailbox_keys_are_random_and_not_printed():
    assert KEYS.report_key != KEYS.mailbox_key
    assert new_report_keys() != KEYS
    assert repr(KEYS) == "ReportKeys()"


def test_two_persons_together_open_an_identity():
    blob = seal_identity(CUSTODIAN.public, BODY.public, "Người phản ánh, 0900 000 000".encode(), INFO)
    inner = peel_outer(BODY.secret, blob, INFO)
    assert open_inner(CUSTODIAN.secret, inner, INFO) == "Người phản ánh, 0900 000 000".encode()


def test_neither_person_alone_opens_it():
    blob = seal_identity(CUSTODIAN.public, BODY.public, b"name", INFO)
    inner = peel_outer(BODY.secret, blob, INFO)
    assert b"name" not in inner
    for attempt in (
        lambda: peel_outer(CUSTODIAN.secret, blob, INFO),
        lambda: open_inner(CUSTODIAN.secret, blob, INFO),
        lambda: open_inner(BODY.secret, inner, INFO),
        lambda: open_inner(BODY.secret, blob, INFO),
    ):
        with pytest.raises(Broken):
            attempt()


def test_an_identity_moved_to_another_report_does_not_open():
    blob = seal_identity(CUSTODIAN.public, BODY.public, b"name", INFO)
    with pytest.raises(Broken):
        peel_outer(BODY.secret, blob, "report|2|identity|v1")
    inner = peel_outer(BODY.secret, blob, INFO)
    with pytest.raises(Broken):
        open_inner(CUSTODIAN.secret, inner, "report|2|identity|v1")


def test_an_altered_inner_blob_is_noticed_by_either():
    blob = bytearray(seal_identity(CUSTODIAN.public, BODY.public, b"name", INFO))
    blob[-1] ^= 1
    with pytest.raises(Broken):
        peel_outer(BODY.secret, bytes(blob), INFO)


@pytest.mark.parametrize(
    "plaintext", [b"", b"x", b"\x80", b"\0\0", b"x\x80\0", bytes(510), bytes(511), bytes(512)]
)
def test_the_length_of_a_name_is_hidden_and_its_bytes_kept(plaintext):
    blob = seal_identity(CUSTODIAN.public, BODY.public, plaintext, INFO)
    assert open_inner(CUSTODIAN.secret, peel_outer(BODY.secret, blob, INFO), INFO) == plaintext
    assert (len(blob) - 2 * 1137) % 512 == 0


def test_keys_of_different_reports_have_nothing_in_common():
    assert len({new_key() for _ in range(100)}) == 100


def test_what_was_not_sealed_as_an_identity_is_refused():
    for content in (b"", b"no end", b"name\x80\0x"):
        with pytest.raises(Broken):
            open_inner(CUSTODIAN.secret, seal_to(CUSTODIAN.public, content, info=f"{INFO}|inner"), INFO)
