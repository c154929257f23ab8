"""The draft that a cookie opens: half of it lies in the browser, half in the row."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam, select

from portal.action import session
from portal.data.models.draft import Draft
from portal.domain import clock
from portal.domain.drafting import Sketch
from portal.papers import draft_files
from portal.papers.files import FileInfo
from portal.vault.boxes import place, unbox_json
from portal.vault.errors import Broken
from portal.vault.sessions import parse_cookie

_ONE = select(Draft.version, Draft.expires_at, Draft.sealed_body).where(Draft.id == bindparam("draft"))
ID_LENGTH = 32  # hexadecimal digits, 128 bits of the digest of the cookie's first half


@dataclass(frozen=True)
class Ticket:
    """What the cookie says: which draft, and the secret that opens it and makes its receipt."""

    draft_id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True)
class Held:
    """An opened draft."""

    ticket: Ticket
    version: int
    expires_at: datetime
    sketch: Sketch = field(repr=False)


def ticket_of(cookie: str | None) -> Ticket | None:
    """Read a draft cookie; None for anything else."""
    parsed = parse_cookie(cookie or "")
    return Ticket(parsed.row_id[:ID_LENGTH], parsed.secret) if parsed else None


def draft(ticket: Ticket | None) -> Held | None:
    """The draft of a ticket; None where it is gone, too old or not its own."""
    if ticket is None:
        return None
    found = session().connection().execute(_ONE, {"draft": ticket.draft_id}).first()
    if found is None or found.expires_at <= clock.now():
        return None
    try:
        return Held(ticket, found.version, found.expires_at, opened(ticket, found.sealed_body))
    except Broken:
        return None


def opened(ticket: Ticket, sealed: bytes) -> Sketch:
    """The content of a draft; raises Broken."""
    where = place("draft", ticket.draft_id, "body")
    return Sketch.from_json(unbox_json(ticket.secret, sealed, bound_to=where))


def files(ticket: Ticket) -> tuple[FileInfo, ...]:
    """The files of a draft in the order of their names; raises Broken."""
    return draft_files.files(ticket.draft_id, ticket.secret)
