"""Envelopes: the keys of reports, mailboxes and cases, sealed to those who may use them (grants).

A body that may read a report gets the report key and its mailbox key in one blob; a committee gets the case
key and a mailbox key, never the report key; the reporter gets the same keys as the body. Every blob is
bound to the ids it is for, so a grant moved to another row does not open.
Source: design, decision 5; confidentiality ("Report key", "Case key").
"""

from dataclasses import dataclass, field

from portal.vault.boxes import KEY_BYTES, new_key
from portal.vault.errors import Broken
from portal.vault.sealing import LoadedSecret, open_with, seal_to

__all__ = [
    "Broken",
    "ReportKeys",
    "for_case",
    "for_mailbox",
    "for_mailbox_of_reporter",
    "for_report",
    "for_reporter",
    "new_report_keys",
    "open_by_reporter",
    "open_case_key",
    "open_mailbox_by_reporter",
    "open_mailbox_key",
    "open_report_keys",
    "seal_case_key",
    "seal_mailbox_key",
    "seal_report_keys",
    "wrap_for_reporter",
    "wrap_mailbox_for_reporter",
]

Secret = bytes | LoadedSecret


@dataclass(frozen=True, slots=True)
class ReportKeys:
    """The key of a report's content and the key of its mailbox with one body, 32 bytes each."""

    report_key: bytes = field(repr=False)
    mailbox_key: bytes = field(repr=False)

    def packed(self) -> bytes:
        """Both keys, 64 bytes."""
        return self.report_key + self.mailbox_key

    @classmethod
    def unpacked(cls, packed: bytes) -> "ReportKeys":
        """Both keys from 64 bytes. Raises Broken for another length."""
        if len(packed) != 2 * KEY_BYTES:
            raise Broken
        return cls(packed[:KEY_BYTES], packed[KEY_BYTES:])


def new_report_keys() -> ReportKeys:
    """Two random keys."""
    return ReportKeys(new_key(), new_key())


def for_report(report_id: str, body_id: str) -> str:
    """The `info` of a body's grant on a report; what `KeyRing.open` needs."""
    return _bound("report", report_id, "body", body_id)


def for_reporter(report_id: str, body_id: str) -> str:
    """The `info` of the reporter's own grant: the report, and the mailbox with that body."""
    return _bound("report", report_id, "reporter", body_id)


def for_mailbox(report_id: str, body_id: str) -> str:
    """The `info` of a body's grant on a mailbox alone (committees)."""
    return _bound("mailbox", report_id, "body", body_id)


def for_mailbox_of_reporter(report_id: str, body_id: str) -> str:
    """The `info` of the reporter's grant on a mailbox opened later by another body."""
    return _bound("mailbox", report_id, "reporter", body_id)


def for_case(case_id: str, body_id: str) -> str:
    """The `info` of a body's grant on a case."""
    return _bound("case", case_id, "body", body_id)


def seal_report_keys(body_public: bytes, keys: ReportKeys, report_id: str, body_id: str) -> bytes:
    """The grant of a body on a report (1,201 bytes). Raises Broken when the public key is not one."""
    return seal_to(body_public, keys.packed(), info=for_report(report_id, body_id))


def open_report_keys(secret: Secret, blob: bytes, report_id: str, body_id: str) -> ReportKeys:
    """The keys of a grant, by the body's secret. Raises Broken for another key, report or body."""
    return ReportKeys.unpacked(open_with(secret, blob, info=for_report(report_id, body_id)))


def wrap_for_reporter(public: bytes, keys: ReportKeys, report_id: str, body_id: str) -> bytes:
    """The same keys for the reporter's key pair (1,201 bytes)."""
    return seal_to(public, keys.packed(), info=for_reporter(report_id, body_id))


def open_by_reporter(secret: Secret, blob: bytes, report_id: str, body_id: str) -> ReportKeys:
    """The keys, by the receipt. Raises Broken for another receipt, report or body."""
    return ReportKeys.unpacked(open_with(secret, blob, info=for_reporter(report_id, body_id)))


def seal_mailbox_key(body_public: bytes, key: bytes, report_id: str, body_id: str) -> bytes:
    """The grant of a body on a mailbox alone (1,169 bytes)."""
    return seal_to(body_public, _key(key), info=for_mailbox(report_id, body_id))


def open_mailbox_key(secret: Secret, blob: bytes, report_id: str, body_id: str) -> bytes:
    """The mailbox key, by the body's secret. Raises Broken for another key, report or body."""
    return _key(open_with(secret, blob, info=for_mailbox(report_id, body_id)))


def wrap_mailbox_for_reporter(public: bytes, key: bytes, report_id: str, body_id: str) -> bytes:
    """The key of a mailbox opened after sending, for the reporter's public key (1,169 bytes)."""
    return seal_to(public, _key(key), info=for_mailbox_of_reporter(report_id, body_id))


def open_mailbox_by_reporter(secret: Secret, blob: bytes, report_id: str, body_id: str) -> bytes:
    """The mailbox key, by the receipt. Raises Broken for another receipt, report or body."""
    return _key(open_with(secret, blob, info=for_mailbox_of_reporter(report_id, body_id)))


def seal_case_key(body_public: bytes, key: bytes, case_id: str, body_id: str) -> bytes:
    """The grant of a body on a case (1,169 bytes)."""
    return seal_to(body_public, _key(key), info=for_case(case_id, body_id))


def open_case_key(secret: Secret, blob: bytes, case_id: str, body_id: str) -> bytes:
    """The case key, by the body's secret. Raises Broken for another key, case or body."""
    return _key(open_with(secret, blob, info=for_case(case_id, body_id)))


def _key(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise Broken
    return key


def _bound(thing: str, thing_id: str, reader: str, body_id: str) -> str:
    if "|" in thing_id or "|" in body_id:
        raise ValueError("an id may not contain '|'")
    return f"{thing}|{thing_id}|{reader}|{body_id}|v1"
