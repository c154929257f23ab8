"""Papers of a round, sealed to the board's own key; each step with its day and who took it. Inside acts."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.action import Stale, current_act, session
from portal.data.db import new_id
from portal.data.models.round import Round, RoundPaper, RoundPaperKind, RoundTaken
from portal.domain import clock
from portal.domain.permissions import Actor
from portal.domain.rounds import RoundStep
from portal.papers.keys import newest_key
from portal.vault.boxes import place
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_to


@dataclass(frozen=True)
class Paper:
    """A paper of a round as its readers see it."""

    id: str
    kind: RoundPaperKind
    step: RoundStep | None
    dated: date
    written_at: datetime
    author_id: str
    content: dict[str, Any]


def take(
    actor: Actor, one: Round, step: RoundStep, *, seen: int, dated: date | None = None, reason: str = ""
) -> None:
    """Move the round and write its step; raises IllegalStep, Stale if it moved on since version `seen`."""
    if seen != one.version:
        raise Stale(one.id)
    one.take(step, reason)
    session().add(
        RoundTaken(
            round_id=one.id,
            version=one.version,
            step=step,
            dated=dated or clock.today(),
            at=clock.now(),
            account_id=actor.id,
        )
    )


def keep(
    actor: Actor,
    one: Round,
    kind: RoundPaperKind,
    content: dict[str, Any],
    *,
    step: RoundStep | None = None,
    dated: date | None = None,
) -> None:
    """Seal a paper into the round."""
    paper_id = new_id()
    session().add(
        RoundPaper(
            id=paper_id,
            round_id=one.id,
            kind=kind,
            step=step,
            dated=dated or clock.today(),
            written_at=clock.now(),
            author_id=actor.id,
            sealed_body=sealed(one.body_id, content, place("round_paper", paper_id, "body")),
        )
    )
    current_act().touch("round_paper", paper_id)


def opened(ring: KeyRing, body_id: str, row: RoundPaper) -> Paper:
    """A paper by the board's key; raises NotHeld, Broken."""
    content = unsealed(ring, body_id, row.sealed_body, place("round_paper", row.id, "body"))
    return Paper(row.id, row.kind, row.step, row.dated, row.written_at, row.author_id, content)


def sealed(body_id: str, content: dict[str, Any], where: str) -> bytes:
    """Content sealed to the board's key in use; raises NotHeld where it was never founded."""
    key = newest_key(body_id)
    if key is None:
        raise NotHeld(body_id)
    return seal_to(key.public_key, json.dumps(content).encode(), info=where)


def unsealed(ring: KeyRing, body_id: str, blob: bytes, where: str) -> dict[str, Any]:
    """That content again, by any version of the key; raises NotHeld, Broken."""
    content: dict[str, Any] = json.loads(ring.open(body_id, "content", blob, info=where))
    return content
