"""Taking in a letter, a call or a visit: the same sealed report as the form's, as the officer's own act."""

import secrets
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from portal.action import Forbidden, action, current_act, session
from portal.counter import queries
from portal.counter.queries import Entry
from portal.data.db import new_id
from portal.data.models.body import Body
from portal.data.models.draft import Draft, DraftFile
from portal.data.models.paper import PaperEntry
from portal.data.models.report import Channel
from portal.domain import clock
from portal.domain.permissions import Actor, Permission
from portal.domain.receiving import NobodyLeft
from portal.domain.telling import Telling
from portal.papers import arriving
from portal.papers.arriving import Sealed, sent_before
from portal.papers.composing import Sent, Source


class NumberTaken(Exception):
    """The board's register has this number already in this year; nothing was stored."""


@dataclass(frozen=True)
class Paper:
    """How it came. `received_on` starts the clock; `slip`: a receipt is handed out."""

    channel: str
    received_on: date
    register_no: str = ""
    slip: bool = True

    @property
    def year(self) -> int:
        """Numbers begin anew each year."""
        return self.received_on.year


def hand_in(
    actor: Actor,
    board: Body,
    telling: Telling,
    paper: Paper,
    *,
    pepper: bytes,
    identity_store: str,
    held: Entry | None = None,
) -> Sent | NobodyLeft:
    """Enter one paper: the receiving board is computed as for a resident, then sealed and stored at once.

    With `held` the officer's entry ends in the same transaction, its scans go along, and a retry gets the
    same receipt. Raises NumberTaken, Forbidden, UnknownUnit.
    """
    if not queries.is_at_work(board.id):
        raise Forbidden(f"{board.id} is not active")
    number = paper.register_no or None
    if number and queries.is_taken(board.id, paper.year, number):
        raise NumberTaken(number)
    entry_id = held.id if held else new_id()
    origin = {"board": board.name, "register_no": paper.register_no, "slip": paper.slip}
    source = Source(
        entry_id,
        held.secret if held else secrets.token_bytes(32),
        pepper,
        queries.files(held),
        Channel(paper.channel),
        paper.received_on,
        origin,
    )
    ready = arriving.sealed(telling, source, identity_store=identity_store)
    if isinstance(ready, NobodyLeft):
        return ready
    try:
        enter(actor, board, ready=ready, paper=paper, entry_id=entry_id, draft_id=held.row if held else None)
    except IntegrityError:
        before = sent_before(source.code, pepper)
        if before is not None:
            return before
        if number and queries.is_taken(board.id, paper.year, number):
            raise NumberTaken(number) from None
        raise
    return ready.sent


@action(Permission.COUNTER_ENTER)
def enter(
    actor: Actor, board: Body, /, *, ready: Sealed, paper: Paper, entry_id: str, draft_id: str | None
) -> None:
    """Store the sealed rows and the line of the register, and end the officer's entry.

    Where another board receives it, neither line nor log of this board lead to the report.
    """
    rows = ready.rows
    arriving.store(rows)
    kept = rows.report["body_id"] == board.id
    line = PaperEntry(
        id=entry_id,
        body_id=board.id,
        report_id=rows.report["id"] if kept else None,
        entered_by=actor.id,
        channel=Channel(paper.channel),
        register_no=paper.register_no or None,
        year=paper.year,
        received_on=paper.received_on,
        entered_on=clock.today(),
        slip=paper.slip,
    )
    session().add(line)
    session().flush()
    if draft_id is not None:
        session().execute(delete(DraftFile).where(DraftFile.draft_id == draft_id))
        session().execute(delete(Draft).where(Draft.id == draft_id))
    current_act().touch("paper_entry", entry_id)
    if kept:
        arriving.name_objects(rows)
