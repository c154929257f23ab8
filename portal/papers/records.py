"""Sealed papers of a case: notes, explanations, conclusions, reasons of steps."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.db import new_id
from portal.data.models.case import Case, CaseGrant, CaseReport, Record, RecordKind
from portal.data.models.report import Attachment, Under
from portal.domain import clock
from portal.domain.conflicts import LockState
from portal.domain.life import Step
from portal.domain.permissions import Actor
from portal.papers.files import FileInfo, opened_files
from portal.papers.keys import newest_key, open_case_key
from portal.vault.boxes import box_json, place, unbox_json
from portal.vault.errors import Broken, NotHeld
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_to


@dataclass(frozen=True)
class Paper:
    """A record as its readers see it."""

    id: str
    kind: RecordKind
    step: Step | None
    dated: date
    written_at: datetime
    author_id: str | None
    body_id: str
    content: dict[str, Any]


def case_key_of(ring: KeyRing, case: Case, body_id: str) -> bytes:
    """The case key that `body_id` was granted; raises NotHeld."""
    grant = session().get(CaseGrant, (case.id, body_id))
    if grant is None:
        raise NotHeld(case.id)
    return open_case_key(ring, grant)


def record(
    actor: Actor,
    case: Case,
    key: bytes,
    kind: RecordKind,
    content: dict[str, Any],
    *,
    under: Under = Under.CASE,
    step: Step | None = None,
    dated: date | None = None,
) -> str:
    """Seal a paper into the case under `key` (case key, or report key at the Front board); returns its id."""
    record_id = new_id()
    session().add(
        Record(
            id=record_id,
            case_id=case.id,
            body_id=actor.body_id,
            author_id=actor.id,
            kind=kind,
            under=under,
            step=step,
            dated=dated or clock.today(),
            written_at=clock.now(),
            sealed_body=box_json(key, content, bound_to=place("record", record_id, "body")),
        )
    )
    return record_id


def tell_front(actor: Actor, case: Case, kind: RecordKind, content: dict[str, Any], step: Step) -> None:
    """What the Front board that forwarded may know, sealed to its body key: an outcome, a reason.

    Where that board lost the case to a conflict, it is sealed to the one above; nothing where nobody is left.
    """
    board = board_of(case)
    if board is None:
        return
    front = newest_key(board)
    if front is None:
        raise NotHeld(board)
    record_id = new_id()
    sealed = seal_to(front.public_key, json.dumps(content).encode(), info=to_front(record_id))
    session().add(
        Record(
            id=record_id,
            case_id=case.id,
            body_id=actor.body_id,
            author_id=actor.id,
            kind=kind,
            under=Under.FRONT,
            step=step,
            dated=clock.today(),
            written_at=clock.now(),
            sealed_body=sealed,
        )
    )


def board_of(case: Case) -> str | None:
    """The board that has the case, or will have it; None where nobody is left."""
    lost = {lock.body_id: lock.to_body_id for lock in case.locks if lock.state is not LockState.DONE}
    return lost.get(case.front_id, case.front_id)


def told_to_front(ring: KeyRing, case: Case) -> list[Paper]:
    """Those records, opened with the Front board's key, oldest first."""
    rows = session().scalars(
        select(Record)
        .where(Record.case_id == case.id, Record.under == Under.FRONT)
        .order_by(Record.written_at, Record.id)
    )
    found = []
    for row in rows:
        plain = ring.open(case.front_id, "content", row.sealed_body, info=to_front(row.id))
        found.append(_as_paper(row, json.loads(plain)))
    return found


def to_front(record_id: str) -> str:
    """What such a record is bound to."""
    return f"record|{record_id}|front|v1"


def papers(
    case: Case,
    keys: dict[Under, bytes],
    body_id: str | None = None,
    *,
    lost_before: datetime | None = None,
) -> list[Paper]:
    """The records that the given keys open, oldest first; only those of `body_id` if named.

    Raises Broken; but a record that was written until `lost_before` (the last routing) may lie under a case
    key that is gone, and is then left out.
    """
    wanted = select(Record).where(Record.case_id == case.id, Record.under.in_(keys))
    if body_id is not None:
        wanted = wanted.where(Record.body_id == body_id)
    found = []
    for row in session().scalars(wanted.order_by(Record.written_at, Record.id)):
        try:
            found.append(paper(row, keys[row.under]))
        except Broken:
            if lost_before is None or row.written_at > lost_before:
                raise
    return found


def paper(row: Record, key: bytes) -> Paper:
    """One record by its key; raises Broken."""
    return _as_paper(row, unbox_json(key, row.sealed_body, bound_to=place("record", row.id, "body")))


def _as_paper(row: Record, content: dict[str, Any]) -> Paper:
    return Paper(row.id, row.kind, row.step, row.dated, row.written_at, row.author_id, row.body_id, content)


def seal_handover(key: bytes, case_id: str, report_id: str, version: dict[str, Any]) -> bytes:
    """The version of a report that a committee gets, under the case key (LTC 56(2))."""
    return box_json(key, version, bound_to=place("case_report", f"{case_id}.{report_id}", "handover"))


def open_handover(key: bytes, row: CaseReport) -> dict[str, Any] | None:
    """That version again; None where nothing was handed over yet. Raises Broken."""
    if row.sealed_handover is None:
        return None
    where = place("case_report", f"{row.case_id}.{row.report_id}", "handover")
    version: dict[str, Any] = unbox_json(key, row.sealed_handover, bound_to=where)
    return version


def case_files(case: Case, key: bytes) -> tuple[FileInfo, ...]:
    """The files handed over with a case, or added by its committee."""
    rows = session().scalars(
        select(Attachment)
        .where(Attachment.case_id == case.id, Attachment.under == Under.CASE)
        .order_by(Attachment.id)
    )
    return tuple(opened_files(rows, key))


def drop_case_files(case_id: str) -> None:
    """Forget the files of an earlier hand-over; the reports keep their own. Inside an act."""
    for row in session().scalars(select(Attachment).where(Attachment.case_id == case_id)):
        session().delete(row)
    session().flush()
