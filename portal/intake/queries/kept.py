"""What a resident typed and could not send yet, opened with its cookie."""

from dataclasses import dataclass, field
from typing import Any

from portal.action import session
from portal.data.models.draft import Draft
from portal.domain import clock
from portal.domain.drafting import Raw
from portal.intake.queries.draft import ID_LENGTH
from portal.vault.boxes import place, unbox_json
from portal.vault.errors import Broken
from portal.vault.sessions import parse_cookie


@dataclass(frozen=True)
class Kept:
    """The name of the form (its address within the mailbox), what was typed, and why it waits."""

    form: str
    raw: Raw = field(repr=False)
    why: str

    def as_json(self) -> dict[str, Any]:
        return {"form": self.form, "raw": self.raw, "why": self.why}


def kept(cookie: str | None) -> Kept | None:
    """What a cookie keeps; None for anything else."""
    parsed = parse_cookie(cookie or "")
    row = session().get(Draft, parsed.row_id[:ID_LENGTH]) if parsed else None
    if parsed is None or row is None or row.expires_at <= clock.now():
        return None
    try:
        body = unbox_json(parsed.secret, row.sealed_body, bound_to=place("draft", row.id, "kept"))
    except Broken:
        return None
    return Kept(body["form"], body["raw"], body["why"])
