"""What a board reads of its paper register, and the entry that an officer is typing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.bodies import bodies_above
from portal.data.models.account import Account
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseReport
from portal.data.models.conflict import CaseLock
from portal.data.models.draft import Draft
from portal.data.models.paper import PaperEntry
from portal.domain import clock
from portal.domain.life import State
from portal.domain.lineage import UnknownUnit
from portal.domain.permissions import Actor
from portal.domain.structure import is_active
from portal.papers import draft_files, unsent
from portal.papers.files import FileInfo
from portal.papers.hiding import shown_to
from portal.papers.line import place_of
from portal.vault.errors import Broken
from portal.vault.ring import KeyRing

MOST = 500  # lines of one day
FORM = "counter.entry"
Raw = dict[str, list[str]]


@dataclass(frozen=True)
class Entry:
    """What an officer is typing, opened with his own key; its secret makes the receipt.

    `row` is the id of its draft, `id` becomes that of its line in the register.
    """

    row: str
    id: str
    secret: bytes = field(repr=False)
    version: int
    raw: Raw = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "secret": self.secret.hex(), "raw": self.raw}


@dataclass(frozen=True)
class Line:
    """One line of the register. `state` is empty where the board does not keep the report."""

    entry: PaperEntry
    state: State | None = None
    case_id: str = ""


def entry(account_id: str, ring: KeyRing) -> Entry | None:
    """The entry of this officer, if one is begun; None also where his key was changed since."""
    row = unsent.row_id(account_id, FORM)
    found = (
        session()
        .execute(select(Draft.version, Draft.expires_at, Draft.sealed_body).where(Draft.id == row))
        .first()
    )
    if found is None or found.expires_at <= clock.now():
        return None
    try:
        body = unsent.opened(ring, row, found.sealed_body)
    except Broken:
        return None
    return Entry(row, body["id"], bytes.fromhex(body["secret"]), found.version, body["raw"])


def files(held: Entry | None) -> tuple[FileInfo, ...]:
    """The scans of an entry; raises Broken."""
    return draft_files.files(held.row, held.secret) if held else ()


def person(account_id: str) -> Account:
    return session().get_one(Account, account_id)


def board(body_id: str) -> Body:
    return session().get_one(Body, body_id)


def is_at_work(body_id: str) -> bool:
    """True for an active board: it and every board above it has a key and people."""
    return is_active(body_id, bodies_above([body_id]))


def own_place(body_id: str) -> str:
    """The unit of the board as it is typed, with the one above; empty where the unit is gone."""
    try:
        line = place_of(board(body_id).area_id, clock.today()).line
    except UnknownUnit:
        return ""
    return ", ".join(unit.name for unit in line[:2] if unit.parent_id or unit is line[0])


def line(entry_id: str) -> PaperEntry | None:
    """One line of a register."""
    return session().get(PaperEntry, entry_id)


def is_taken(body_id: str, year: int, register_no: str) -> bool:
    """Whether the board's register has this number in this year."""
    found = select(PaperEntry.id).where(
        PaperEntry.body_id == body_id, PaperEntry.year == year, PaperEntry.register_no == register_no
    )
    return session().scalar(found.limit(1)) is not None


def register(reader: Actor, day: date) -> list[Line]:
    """The lines his board entered on a day, in no order; one more than MOST tells that some were left off.

    A line of a case in which the reader has no part is not there for him; where the board lost the case to a
    conflict it reads like one that went elsewhere.
    """
    found = select(PaperEntry).where(PaperEntry.body_id == reader.body, PaperEntry.entered_on == day)
    entries = session().scalars(found.limit(MOST + 1)).all()
    cases = _cases([one.report_id for one in entries if one.report_id])
    barred = shown_to(reader)[0]
    shown = {case.id: case for case in cases.values()}
    mine = set(session().scalars(select(Case.id).where(Case.id.in_(shown), barred)))
    lost = set(session().scalars(select(CaseLock.case_id).where(CaseLock.body_id == reader.body)))
    return [
        Line(one) if case is None or case.id in lost else Line(one, case.state, case.id)
        for one in entries
        if (case := cases.get(one.report_id or "")) is None or case.id in mine
    ]


def _cases(report_ids: Sequence[str]) -> dict[str, Case]:
    """The first case of each report."""
    rows = session().execute(
        select(CaseReport.report_id, Case)
        .join(Case, Case.id == CaseReport.case_id)
        .where(CaseReport.report_id.in_(report_ids), Case.review_of.is_(None))
        .order_by(Case.opened_on.desc(), Case.id.desc())
    )
    return {row[0]: row[1] for row in rows}
