"""A report arrives: chosen board, sealed rows, and their inserts; by the public form and over the counter.

What can be read or sealed beforehand is done beforehand (`sealed`); inside the act stand the inserts alone.
"""

from typing import NamedTuple

from sqlalchemy import Table, insert, select

from portal.action import current_act, session
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseReport
from portal.data.models.conflict import CaseBar
from portal.data.models.report import Attachment, Grant, Identity, Report
from portal.domain import clock
from portal.domain.receiving import NobodyLeft
from portal.domain.telling import Telling, identity_may_stay
from portal.papers.composing import Rows, Sent, Source, compose
from portal.papers.deadlines import next_look
from portal.papers.receiving import identity_keys, reception
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
# Built once, and run on the connection itself: this is the path that thousands take at the same time.
_INSERT = {name: insert(table) for name, table in _TABLES.items()}


class OtherBoard(Exception):
    """Another board would receive it than the one that was shown; nothing was stored."""


class Sealed(NamedTuple):
    """A report ready to be stored, and what its sender is told."""

    rows: Rows
    sent: Sent


def sealed(
    telling: Telling, source: Source, *, identity_store: str, shown_board: str = ""
) -> Sealed | NobodyLeft:
    """Choose the board and seal; NobodyLeft where no board may receive it (decisions 3).

    `shown_board`: the id of the board that the sender agreed to. Raises OtherBoard, UnknownUnit.
    """
    day = clock.today()
    plan = reception(telling, day)
    if isinstance(plan, NobodyLeft):
        return plan
    if shown_board and shown_board != plan.board.id:
        raise OtherBoard
    names = None
    if telling.contact or any(file.original_key for file in source.files):
        may_stay = identity_may_stay(identity_store, telling.category, telling.said, day)
        names = identity_keys(plan.board.id) if may_stay else None
    return Sealed(*compose(telling, plan, source, day, names))


def store(rows: Rows) -> None:
    """Write the sealed rows of one report, inside an act; it names no object."""
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


def name_objects(rows: Rows) -> None:
    """The act concerns this report and its case."""
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
