"""Sending a report: one transaction, and a receipt that a retry after a lost answer gets again.

What can be read or sealed beforehand is done beforehand; the transaction holds the inserts, the end of the
draft and the audit entry, nothing else.
"""

from sqlalchemy import Table, bindparam, delete
from sqlalchemy.exc import IntegrityError

from portal.action import action, session
from portal.data.models.draft import Draft, DraftFile
from portal.domain.permissions import ANYBODY, Actor, Permission
from portal.domain.receiving import NobodyLeft
from portal.domain.telling import Telling
from portal.papers import arriving
from portal.papers.arriving import sent_before
from portal.papers.composing import Rows, Sent, Source

_DRAFT: Table = Draft.__table__  # type: ignore[assignment]
_FILE: Table = DraftFile.__table__  # type: ignore[assignment]
_END_FILES = delete(_FILE).where(_FILE.c.draft_id == bindparam("draft"))
_END_DRAFT = delete(_DRAFT).where(_DRAFT.c.id == bindparam("draft"), _DRAFT.c.version == bindparam("seen"))


class DraftMoved(Exception):
    """The draft, or who receives it, is no longer what the resident was shown; nothing was stored."""


def hand_in(
    telling: Telling,
    source: Source,
    *,
    identity_store: str = "portal",
    draft_version: int | None = None,
    shown_board: str = "",
) -> Sent | NobodyLeft:
    """Send a report: choose the board, seal, store. NobodyLeft where no board may receive it (decisions 3).

    With `draft_version` the draft named by `source` ends in the same transaction. Sending it twice, even at
    the same moment, stores one report and gives one receipt. `shown_board`: the id of the board that the
    resident agreed to; no other will get it. Raises DraftMoved, UnknownUnit.
    """
    try:
        ready = arriving.sealed(telling, source, identity_store=identity_store, shown_board=shown_board)
    except arriving.OtherBoard:
        raise DraftMoved from None
    if isinstance(ready, NobodyLeft):
        return ready
    draft = (source.draft_id, draft_version) if draft_version is not None else None
    try:
        send(ANYBODY, None, rows=ready.rows, draft=draft)
    except IntegrityError:
        before = sent_before(source.code, source.pepper)
        if before is None:
            raise
        return before
    return ready.sent


@action(Permission.INTAKE_SUBMIT)
def send(actor: Actor, nothing: None, /, *, rows: Rows, draft: tuple[str, int] | None) -> None:
    """Store the sealed rows of one report and end its draft; raises DraftMoved."""
    arriving.store(rows)
    if draft is not None:
        write = session().connection().execute
        if rows.attachments:
            write(_END_FILES, {"draft": draft[0]})
        if write(_END_DRAFT, {"draft": draft[0], "seen": draft[1]}).rowcount == 0:
            raise DraftMoved
    arriving.name_objects(rows)
