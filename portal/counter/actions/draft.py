"""Keeping what an officer types at the counter, sealed to his own key; technical rows (decisions 15, 19)."""

import secrets
from dataclasses import replace

from sqlalchemy import delete, insert, select, update

from portal.counter.queries import FORM, Entry, Raw, person
from portal.data import db
from portal.data.db import new_id
from portal.data.files import NoRoom
from portal.data.models.draft import Draft, DraftFile
from portal.domain.evidence import FILES_PER_REPORT, Refusal
from portal.papers import unsent
from portal.papers.draft_files import row_of
from portal.papers.files import FileInfo, FileRefused, keep

_SECRET_BYTES = 32


class Moved(Exception):
    """Another window went on with the entry meanwhile; nothing was written."""


def save(account_id: str, held: Entry | None, raw: Raw) -> Entry:
    """Keep what stands in the form: a new entry, or the next version of `held`; raises Moved."""
    account = person(account_id)
    if held is None:
        row = unsent.row_id(account_id, FORM)
        fresh = Entry(row, new_id(), secrets.token_bytes(_SECRET_BYTES), 1, raw)
    else:
        fresh = replace(held, version=held.version + 1, raw=raw)
    values = {
        "version": fresh.version,
        "expires_at": unsent.until(),
        "sealed_body": unsent.sealed(account.public_key, fresh.row, fresh.as_json()),
    }
    with db.housekeeping() as current:
        version = current.scalar(select(Draft.version).where(Draft.id == fresh.row).with_for_update())
        if held is None:
            # What stood there cannot be opened any more, or its time is over.
            current.execute(delete(DraftFile).where(DraftFile.draft_id == fresh.row))
            current.execute(delete(Draft).where(Draft.id == fresh.row))
            current.execute(insert(Draft), [{"id": fresh.row, **values}])
        elif version != held.version:
            raise Moved
        else:
            current.execute(update(Draft).where(Draft.id == fresh.row).values(**values))
    return fresh


def attach(held: Entry, name: str, data: bytes) -> FileInfo:
    """Clean, seal and note one scan of the entry; raises FileRefused, Busy.

    The same pipeline as every door; the cleaning runs outside any transaction.
    """
    if _number(held) >= FILES_PER_REPORT:
        raise FileRefused(Refusal.TOO_MANY)
    db.session().rollback()  # the reading ends here, for the cleaning takes its time
    try:
        file = keep(name, data, with_original=False)
    except NoRoom:
        raise FileRefused(Refusal.NO_ROOM) from None
    with db.housekeeping() as current:
        current.execute(insert(DraftFile), [row_of(held.row, held.secret, file)])
    return file


def detach(held: Entry, file_id: str) -> None:
    """Take a scan out and erase it; nothing happens for an id that is not the entry's."""
    mine = (DraftFile.id == file_id, DraftFile.draft_id == held.row)
    with db.housekeeping() as current:
        blob = current.scalar(select(DraftFile.clean_blob).where(*mine))
        current.execute(delete(DraftFile).where(*mine))
    if blob:
        db.store().blobs.delete(blob)


def discard(held: Entry) -> None:
    """Erase the entry and its scans."""
    with db.housekeeping() as current:
        blobs = current.scalars(select(DraftFile.clean_blob).where(DraftFile.draft_id == held.row)).all()
        current.execute(delete(DraftFile).where(DraftFile.draft_id == held.row))
        current.execute(delete(Draft).where(Draft.id == held.row))
    for blob in blobs:
        db.store().blobs.delete(blob)


def _number(held: Entry) -> int:
    found = db.session().scalars(select(DraftFile.id).where(DraftFile.draft_id == held.row))
    return len(found.all())
