"""What is over is removed: drafts, sessions, sign-in marks, and files that no row names."""

from datetime import timedelta

from sqlalchemy import delete, select

from portal.data.db import housekeeping, session, store
from portal.data.models.account import LoginMark, StaffSession
from portal.data.models.draft import Draft, DraftFile
from portal.data.models.office import StaffNotice
from portal.data.models.report import Attachment
from portal.domain import clock
from portal.domain.noticing import KEPT_DAYS

SESSION_HOURS = 8
MARK_DAYS = 30


def drafts() -> int:
    """Delete the drafts whose 24 hours are over; their files become orphans. Returns how many."""
    over = select(Draft.id).where(Draft.expires_at < clock.now())
    with housekeeping() as current:
        current.execute(delete(DraftFile).where(DraftFile.draft_id.in_(over)))
        gone = current.execute(delete(Draft).where(Draft.expires_at < clock.now()))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def sessions() -> int:
    """Delete sessions past their absolute limit, and old marks of sign-ins. Returns how many sessions."""
    with housekeeping() as current:
        limit = clock.now() - timedelta(hours=SESSION_HOURS)
        gone = current.execute(delete(StaffSession).where(StaffSession.started_at < limit))
        current.execute(delete(LoginMark).where(LoginMark.at < clock.now() - timedelta(days=MARK_DAYS)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def notices() -> int:
    """Delete what stood in people's lists of notices for long enough, read or not. Returns how many."""
    limit = clock.today() - timedelta(days=KEPT_DAYS)
    with housekeeping() as current:
        gone = current.execute(delete(StaffNotice).where(StaffNotice.shown_on < limit))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def orphans() -> int:
    """Delete stored files older than a day that no attachment and no draft names. Returns how many."""
    day = clock.today() - timedelta(days=1)
    blobs = store().blobs
    count = 0
    for name in list(blobs.names_older_than(day)):
        if not _is_named(name):
            blobs.delete(name)
            count += 1
    blobs.sweep_parts()
    session().rollback()
    return count


def _is_named(blob: str) -> bool:
    found = session()
    return any(
        found.scalar(
            select(table.id).where((table.clean_blob == blob) | (table.original_blob == blob)).limit(1)
        )
        for table in (Attachment, DraftFile)
    )
