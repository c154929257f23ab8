"""The mailbox: messages between the resident and one body, under their mailbox key, dated by the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select, update

from portal.action import session
from portal.data.db import new_id
from portal.data.models.report import Attachment, Direction, Message, MessageKind, Under
from portal.domain import clock
from portal.papers.files import FileInfo, attach, opened_files
from portal.vault.boxes import box_json, place, unbox_json


@dataclass(frozen=True)
class Letter:
    """A message as its readers see it. `content` has "text", or the four parts of an answer."""

    id: str
    body_id: str
    direction: Direction
    kind: MessageKind
    sent_on: date
    seen: bool
    content: dict[str, Any]
    files: tuple[FileInfo, ...]
    case_id: str | None = None


def write(
    report_id: str,
    body_id: str,
    mailbox_key: bytes,
    *,
    direction: Direction,
    kind: MessageKind,
    content: dict[str, Any],
    case_id: str | None = None,
    files: tuple[FileInfo, ...] = (),
) -> str:
    """Seal a message and its files; returns its id. Call inside an act."""
    message_id = new_id()
    if direction is Direction.TO_REPORTER:
        # Whoever writes has read; opening a page changes nothing (decisions 18).
        mark_seen(report_id, body_id, Direction.FROM_REPORTER)
    last = session().scalar(select(func.max(Message.place)).where(Message.report_id == report_id)) or 0
    session().add(
        Message(
            id=message_id,
            report_id=report_id,
            body_id=body_id,
            case_id=case_id,
            place=last + 1,
            direction=direction,
            kind=kind,
            sent_on=clock.today(),
            sealed_body=box_json(mailbox_key, content, bound_to=place("message", message_id, "body")),
        )
    )
    session().flush()
    for file in files:
        attach(
            file,
            mailbox_key,
            under=Under.MAILBOX,
            report_id=report_id,
            message_id=message_id,
            body_id=body_id,
        )
    return message_id


def read(report_id: str, mailbox_keys: Mapping[str, bytes]) -> list[Letter]:
    """The messages of a report with the bodies whose mailbox keys are given, oldest first."""
    rows = session().scalars(
        select(Message)
        .where(Message.report_id == report_id, Message.body_id.in_(mailbox_keys))
        .order_by(Message.place, Message.id)
    )
    attached = session().scalars(
        select(Attachment).where(Attachment.report_id == report_id, Attachment.under == Under.MAILBOX)
    )
    by_message: dict[str | None, list[Attachment]] = {}
    for row in attached:
        by_message.setdefault(row.message_id, []).append(row)
    return [_letter(row, mailbox_keys[row.body_id], by_message.get(row.id, [])) for row in rows]


def _letter(row: Message, key: bytes, attached: list[Attachment]) -> Letter:
    content = unbox_json(key, row.sealed_body, bound_to=place("message", row.id, "body"))
    files = tuple(opened_files(attached, key))
    return Letter(
        row.id, row.body_id, row.direction, row.kind, row.sent_on, row.seen, content, files, row.case_id
    )


def mark_seen(report_id: str, body_id: str | None, direction: Direction) -> None:
    """Note that the other side has read; inside an act."""
    found = update(Message).where(
        Message.report_id == report_id, Message.direction == direction, Message.seen.is_(False)
    )
    if body_id is not None:
        found = found.where(Message.body_id == body_id)
    session().execute(found.values(seen=True))
