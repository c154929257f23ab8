"""A report opened in an officer's session: head (office, post, category) and content (everything typed)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.models.case import CaseReport
from portal.data.models.report import Attachment, Grant, Report, Under
from portal.papers.files import FileInfo, opened_files
from portal.papers.keys import Opened, open_grant
from portal.vault.boxes import box_json, place, unbox_json
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class OpenedReport:
    """Everything a Front board reads of a report."""

    report: Report
    keys: Opened
    head: dict[str, Any]
    content: dict[str, Any]
    files: tuple[FileInfo, ...]


def seal_part(key: bytes, report_id: str, part: str, value: dict[str, Any]) -> bytes:
    """One sealed column of a report: part is "head", "content" or "status"."""
    return box_json(key, value, bound_to=place("report", report_id, part))


def open_part(key: bytes, report_id: str, part: str, sealed: bytes) -> dict[str, Any]:
    """The value again; raises Broken."""
    value: dict[str, Any] = unbox_json(key, sealed, bound_to=place("report", report_id, part))
    return value


def cases_of(report_id: str) -> list[str]:
    """The ids of the cases about a report."""
    return list(session().scalars(select(CaseReport.case_id).where(CaseReport.report_id == report_id)))


def keys_of(ring: KeyRing, report_id: str, body_id: str) -> Opened:
    """The keys that `body_id` was granted; raises NotHeld where it has no grant."""
    grant = session().get(Grant, (report_id, body_id))
    if grant is None:
        raise NotHeld(report_id)
    return open_grant(ring, grant)


def open_head(keys: Opened, report: Report) -> dict[str, Any]:
    """Office, post and category, as a list shows them; call inside an act."""
    return open_part(keys.report_key(), report.id, "head", report.sealed_head)


def open_report(ring: KeyRing, report: Report, body_id: str) -> OpenedReport:
    """The whole report; call inside an act, for a read is audited."""
    keys = keys_of(ring, report.id, body_id)
    key = keys.report_key()
    rows = session().scalars(
        select(Attachment)
        .where(Attachment.report_id == report.id, Attachment.under == Under.REPORT)
        .order_by(Attachment.id)
    )
    return OpenedReport(
        report=report,
        keys=keys,
        head=open_part(key, report.id, "head", report.sealed_head),
        content=open_part(key, report.id, "content", report.sealed_content),
        files=tuple(opened_files(rows, key)),
    )
