"""Grants: which body may open what of a report or a case, and which wrap opens it.

A Front board's grant holds report key and mailbox key, a committee's its mailbox key alone: committees never
get the report key (decisions 5).
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.models.body import BodyKey
from portal.data.models.case import Case, CaseGrant
from portal.data.models.report import Grant, GrantScope
from portal.domain.keys import KeyPurpose
from portal.papers import moves
from portal.vault import envelope
from portal.vault.boxes import new_key
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class Opened:
    """What a grant opens; `report` is None for a committee. 32 bytes each."""

    mailbox: bytes = field(repr=False)
    report: bytes | None = field(default=None, repr=False)
    # Whose mailbox it is: the body itself, or the one whose place it took.
    body_id: str = ""

    def report_key(self) -> bytes:
        """The report key; raises NotHeld for a committee's grant."""
        if self.report is None:
            raise NotHeld("report")
        return self.report


def newest_key(body_id: str, purpose: KeyPurpose = KeyPurpose.CONTENT) -> BodyKey | None:
    """The body's public key in use, or None where it was never founded."""
    return (
        session()
        .scalars(
            select(BodyKey)
            .where(BodyKey.body_id == body_id, BodyKey.purpose == purpose, BodyKey.retired_on.is_(None))
            .order_by(BodyKey.version.desc())
            .limit(1)
        )
        .first()
    )


def report_grant(
    keys: envelope.ReportKeys, report_id: str, body: BodyKey, reporter_public: bytes
) -> dict[str, Any]:
    """The row of a Front board's grant, also wrapped for the reporter."""
    to_body = envelope.seal_report_keys(body.public_key, keys, report_id, body.body_id)
    to_reporter = envelope.wrap_for_reporter(reporter_public, keys, report_id, body.body_id)
    return _grant(GrantScope.REPORT, report_id, body, to_body, to_reporter)


def mailbox_grant(key: bytes, report_id: str, body: BodyKey, reporter_public: bytes) -> dict[str, Any]:
    """The row of a committee's grant: its own mailbox with the reporter, and nothing of the report."""
    to_body = envelope.seal_mailbox_key(body.public_key, key, report_id, body.body_id)
    to_reporter = envelope.wrap_mailbox_for_reporter(reporter_public, key, report_id, body.body_id)
    return _grant(GrantScope.MAILBOX, report_id, body, to_body, to_reporter)


def _grant(
    scope: GrantScope, report_id: str, body: BodyKey, to_body: bytes, to_reporter: bytes
) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "body_id": body.body_id,
        "scope": scope,
        "key_version": body.version,
        "sealed_to_body": to_body,
        "sealed_to_reporter": to_reporter,
    }


def open_grant(ring: KeyRing, grant: Grant) -> Opened:
    """The keys of a grant to a body whose key the ring holds; raises NotHeld or Broken."""
    secret = ring.loaded(grant.body_id, "content", grant.key_version)
    if grant.scope is GrantScope.MAILBOX:
        mailbox = envelope.open_mailbox_key(secret, grant.sealed_to_body, grant.report_id, grant.body_id)
        return Opened(mailbox, None, grant.body_id)
    keys = envelope.open_report_keys(secret, grant.sealed_to_body, grant.report_id, grant.body_id)
    return Opened(keys.mailbox_key, keys.report_key, grant.body_id)


def open_as_reporter(secret: bytes, grant: Grant) -> Opened:
    """The keys of a grant, by the secret that the receipt makes; raises Broken."""
    ids = (grant.report_id, grant.body_id)
    if grant.scope is GrantScope.MAILBOX:
        mailbox = envelope.open_mailbox_by_reporter(secret, grant.sealed_to_reporter, *ids)
        return Opened(mailbox, None, grant.body_id)
    keys = envelope.open_by_reporter(secret, grant.sealed_to_reporter, *ids)
    return Opened(keys.mailbox_key, keys.report_key, grant.body_id)


def change_reporter(secret: bytes, grant: Grant, public: bytes) -> None:
    """Wrap the keys of a grant for another key pair of the reporter's, by his old secret; raises Broken."""
    ids = (grant.report_id, grant.body_id)
    keys = open_as_reporter(secret, grant)
    if keys.report is None:
        grant.sealed_to_reporter = envelope.wrap_mailbox_for_reporter(public, keys.mailbox, *ids)
    else:
        both = envelope.ReportKeys(keys.report, keys.mailbox)
        grant.sealed_to_reporter = envelope.wrap_for_reporter(public, both, *ids)


def new_case_key(case: Case, *bodies: BodyKey) -> bytes:
    """Make a case key and grant it to `bodies`; whoever held the case before has no part in the new one."""
    key = new_key()
    for body in bodies:
        sealed = envelope.seal_case_key(body.public_key, key, case.id, body.body_id)
        row = session().get(CaseGrant, (case.id, body.body_id))
        if row is None:
            row = CaseGrant(
                case_id=case.id, body_id=body.body_id, key_version=body.version, sealed_key=sealed
            )
            session().add(row)
        row.key_version, row.sealed_key = body.version, sealed
    return key


def open_case_key(ring: KeyRing, grant: CaseGrant) -> bytes:
    """The case key (32 bytes) of a grant to a body whose key the ring holds; raises NotHeld or Broken."""
    secret = ring.loaded(grant.body_id, "content", grant.key_version)
    return envelope.open_case_key(secret, grant.sealed_key, grant.case_id, grant.body_id)


def case_grant_of(case_id: str, body_id: str) -> CaseGrant | None:
    """The case key as the body was granted it, itself or through the body whose place it took."""
    for one in (body_id, *moves.formers([case_id], body_id)):
        grant = session().get(CaseGrant, (case_id, one))
        if grant is not None:
            return grant
    return None


def obtain(ring: KeyRing, key: BodyKey) -> None:
    """Bring a body's secret into the ring by way of the bodies above it; raises NotHeld."""
    held = (key.body_id, key.purpose.value, key.version)
    if key.version in ring.versions(key.body_id, key.purpose.value):
        return
    if key.sealed_to_superior is None or key.superior_id is None or key.superior_version is None:
        raise NotHeld(key.body_id)
    above = session().get_one(BodyKey, (key.superior_id, key.purpose, key.superior_version))
    obtain(ring, above)
    ring.take_up((above.body_id, above.purpose.value, above.version), key.sealed_to_superior, held)


def obtain_version(ring: KeyRing, body_id: str, version: int) -> None:
    """The same for the content key of a body, by its version."""
    obtain(ring, session().get_one(BodyKey, (body_id, KeyPurpose.CONTENT, version)))


def pass_grant(ring: KeyRing, grant: Grant, body: BodyKey, reporter_public: bytes) -> Grant:
    """What `grant` opens, granted to another body too: same keys, same mailbox. Raises NotHeld, Broken."""
    opened = open_grant(ring, grant)
    if opened.report is None:
        return Grant(**mailbox_grant(opened.mailbox, grant.report_id, body, reporter_public))
    keys = envelope.ReportKeys(opened.report, opened.mailbox)
    return Grant(**report_grant(keys, grant.report_id, body, reporter_public))


def pass_case_key(ring: KeyRing, grant: CaseGrant, body: BodyKey) -> CaseGrant:
    """The case key of `grant`, granted to another body as well. Raises NotHeld, Broken."""
    key = open_case_key(ring, grant)
    sealed = envelope.seal_case_key(body.public_key, key, grant.case_id, body.body_id)
    return CaseGrant(case_id=grant.case_id, body_id=body.body_id, key_version=body.version, sealed_key=sealed)
