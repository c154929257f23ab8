"""What lies under a key, put under another: files stored anew, letters and records boxed anew.

The functions on rows are called inside an act; `stored_anew` outside, for it writes files.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress

from sqlalchemy import ColumnElement, select

from portal.action import Stale, session
from portal.data.models.body import Body
from portal.data.models.case import Record
from portal.data.models.report import Attachment, Direction, Message, Under
from portal.papers.files import FileInfo, opened_description, sealed_anew, sealed_description
from portal.vault.boxes import box_json, place, unbox_json
from portal.vault.errors import Broken

Part = tuple[ColumnElement[bool], bytes]
"""Some files, and the key they lie under."""

Files = Mapping[str, FileInfo]
"""Files stored anew, by the id of their row."""


def of_report(report_id: str) -> ColumnElement[bool]:
    """The files that came with a report."""
    return (Attachment.report_id == report_id) & (Attachment.under == Under.REPORT)


def of_mailbox(report_id: str, body_id: str) -> ColumnElement[bool]:
    """The files of the letters between a resident and a body."""
    mine = (Attachment.report_id == report_id) & (Attachment.body_id == body_id)
    return mine & (Attachment.under == Under.MAILBOX)


def of_case(case_id: str) -> ColumnElement[bool]:
    """The files handed over with a case, or added by its committee."""
    return (Attachment.case_id == case_id) & (Attachment.under == Under.CASE)


def stored_anew(parts: Iterable[Part]) -> dict[str, FileInfo]:
    """Every file of the parts, each with the key it lies under, stored once more under a key of its own.

    Raises NoBlob, NoRoom, Broken.
    """
    found: dict[str, FileInfo] = {}
    for which, key in parts:
        for row in session().scalars(select(Attachment).where(which).order_by(Attachment.id)).all():
            known = opened_description(row.sealed_meta, key, "attachment", row.id)
            found[row.id] = sealed_anew(known)
    return found


def move_files(which: ColumnElement[bool], files: Files, key: bytes, body_id: str | None = None) -> None:
    """Let the rows name the files stored anew, described under `key`; Stale for one that came meanwhile."""
    for row in session().scalars(select(Attachment).where(which)).all():
        if row.id not in files:
            raise Stale(row.id)
        row.clean_blob = files[row.id].clean_blob
        row.sealed_meta = sealed_description(files[row.id], key, "attachment")
        row.body_id = body_id or row.body_id


def move_letters(report_id: str, body_id: str, before: bytes, *, to_body: str, after: bytes) -> None:
    """The letters with one body, under the mailbox key of another; each goes on saying who wrote it."""
    name = session().get_one(Body, body_id).name
    rows = select(Message).where(Message.report_id == report_id, Message.body_id == body_id)
    for row in session().scalars(rows).all():
        where = place("message", row.id, "body")
        content = unbox_json(before, row.sealed_body, bound_to=where)
        if row.direction is Direction.TO_REPORTER:
            content.setdefault("by", name)
        row.sealed_body, row.body_id = box_json(after, content, bound_to=where), to_body


def move_records(case_ids: Iterable[str], under: Under, before: bytes, after: bytes) -> None:
    """The papers of cases that lie under one key, put under another; others are left as they are."""
    rows = select(Record).where(Record.case_id.in_(list(case_ids)), Record.under == under)
    for row in session().scalars(rows).all():
        where = place("record", row.id, "body")
        with suppress(Broken):  # of another report, or of an earlier committee
            row.sealed_body = box_json(
                after, unbox_json(before, row.sealed_body, bound_to=where), bound_to=where
            )
