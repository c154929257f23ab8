"""Files of a draft: cleaned and sealed one by one while the form is filled in."""

from sqlalchemy import delete, insert, select

from portal.data import db
from portal.data.files import NoRoom
from portal.data.models.draft import DraftFile
from portal.domain.drafting import Sketch
from portal.domain.evidence import FILES_PER_REPORT, Refusal
from portal.intake.actions.draft import change
from portal.intake.queries.draft import Held
from portal.papers.draft_files import row_of
from portal.papers.files import FileInfo, FileRefused, keep

__all__ = ["FileRefused", "add", "remove"]


def add(held: Held, name: str, data: bytes, *, with_original: bool) -> FileInfo:
    """Clean, seal and note one file; raises FileRefused, Busy, DraftGone.

    The cleaning runs outside any transaction. A blob whose note could not be written is deleted again.
    """
    if held.sketch.files >= FILES_PER_REPORT:
        raise FileRefused(Refusal.TOO_MANY)
    db.session().rollback()  # the reading ends here, for the cleaning takes its time
    try:
        file = keep(name, data, with_original=with_original)
    except NoRoom:
        raise FileRefused(Refusal.NO_ROOM) from None

    def edit(sketch: Sketch, version: int) -> Sketch:
        if sketch.files >= FILES_PER_REPORT:
            raise FileRefused(Refusal.TOO_MANY)
        db.session().execute(insert(DraftFile), [row_of(held.ticket.draft_id, held.ticket.secret, file)])
        return sketch.holds_files(sketch.files + 1)

    try:
        change(held.ticket, edit)
    except BaseException:
        _drop(file.clean_blob, file.original_blob)
        raise
    return file


def remove(held: Held, file_id: str) -> None:
    """Take a file out of the draft and erase it; nothing happens for an id that is not its own."""
    gone: list[str | None] = []

    def edit(sketch: Sketch, version: int) -> Sketch:
        mine = (DraftFile.id == file_id, DraftFile.draft_id == held.ticket.draft_id)
        found = (
            db.session().execute(select(DraftFile.clean_blob, DraftFile.original_blob).where(*mine)).first()
        )
        if found is None:
            return sketch
        gone.extend(found)
        db.session().execute(delete(DraftFile).where(*mine))
        return sketch.holds_files(sketch.files - 1)

    change(held.ticket, edit)
    _drop(*gone)


def _drop(*names: str | None) -> None:
    for name in filter(None, names):
        db.store().blobs.delete(name)
