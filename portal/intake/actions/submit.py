"""Sending a report: one transaction, and a receipt that a retry after a lost answer gets again.

What can be read or sealed beforehand is done beforehand; the transaction holds the inserts, the end of the
draft and the audit entry, nothing else.
"""

from sqlalchemy import Table, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError

from portal.action import action, current_act, session
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseReport
from portal.data.models.conflict import CaseBar
from portal.data.models.draft import Draft, DraftFile
from portal.data.models.report import Attachment, Grant, Identity, Report
from portal.domain import clock
from portal.domain.permissions import ANYBODY, Actor, Permission
from portal.domain.receiving import NobodyLeft
from portal.domain.telling import Telling, identity_may_stay
from portal.intake.actions.compose import Rows, Sent, Source, compose
from portal.intake.queries.receiving import identity_keys, reception
from portal.papers.deadlines import next_look
from portal.vault.receipts import lookup_value

_TABLES: dict[str, Table] = {
    name: model.__table__  # type: ignore[misc]
    for name, model in {
        "report": Report,
        "grant": Grant,
        "case": Case,
        "link": CaseReport,
        "attachments": Attachment,
        "identity": Identity,
        "bars": CaseBar,
    }.items()
}
_INSERT = {name: insert(table) for name, table in _TABLES.items()}
_DRAFT: Table = Draft.__table__  # type: ignore[assignment]
_FILE: Table = DraftFile.__table__  # type: ignore[assignment]
# Built once, and run on the connection itself: this is the path that thousands take at the same time.
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
    day = clock.today()
    plan = reception(telling, day)
    if isinstance(plan, NobodyLeft):
        return plan
    if shown_board and shown_board != plan.board.id:
        raise DraftMoved
    names = None
    if telling.contact or any(file.original_key for file in source.files):
        may_stay = identity_may_stay(identity_store, telling.category, telling.said, day)
        names = identity_keys(plan.board.id) if may_stay else None
    rows, sent = compose(telling, plan, source, day, names)
    draft = (source.draft_id, draft_version) if draft_version is not None else None
    try:
        send(ANYBODY, None, rows=rows, draft=draft)
    except IntegrityError:
        before = sent_before(source.code, source.pepper)
        if before is None:
            raise
        return before
    return sent


@action(Permission.INTAKE_SUBMIT)
def send(actor: Actor, nothing: None, /, *, rows: Rows, draft: tuple[str, int] | None) -> None:
    """Store the sealed rows of one report and end its draft; raises DraftMoved."""
    write = session().connection().execute
    write(_INSERT["report"], rows.report)
    write(_INSERT["grant"], rows.grant)
    write(_INSERT["case"], rows.case)
    write(_INSERT["link"], rows.link)
    if rows.attachments:
        write(_INSERT["attachments"], list(rows.attachments))
    if rows.identity:
        write(_INSERT["identity"], rows.identity)
    if rows.bars:
        write(_INSERT["bars"], list(rows.bars))
    if draft is not None:
        if rows.attachments:
            write(_END_FILES, {"draft": draft[0]})
        if write(_END_DRAFT, {"draft": draft[0], "seen": draft[1]}).rowcount == 0:
            raise DraftMoved
    act = current_act()
    act.touch("report", rows.report["id"])
    act.touch("case", rows.case["id"])


def sent_before(code: str, pepper: bytes) -> Sent | None:
    """The report that this code belongs to, for a retry; None where nothing was stored."""
    found = session().execute(
        select(Report.id, Report.body_id, Body.name, Report.received_on, Identity.report_id, Report.anonymous)
        .join(Body, Body.id == Report.body_id)
        .outerjoin(Identity, Identity.report_id == Report.id)
        .where(Report.lookup == lookup_value(code, pepper))
    )
    row = found.first()
    if row is None:
        return None
    report_id, board_id, name, day, identity, anonymous = row
    return Sent(code, report_id, board_id, name, day, next_look(day), identity is not None, anonymous)
