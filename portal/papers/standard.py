"""Standard texts of a body as its officers use them: opened with the body's key, the versions in force.

They are the body's own wording and say nothing of any case, so opening them is no reading of content.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.action import session
from portal.data.models.desk import StandardText
from portal.domain import clock
from portal.domain.kinds import Kind
from portal.domain.standard import TextUse, in_force
from portal.papers.keys import newest_key
from portal.vault.errors import Broken, NotHeld
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_to


@dataclass(frozen=True)
class Text:
    """One version as its readers see it; `kind` None: for every kind."""

    id: str
    series_id: str
    version: int
    use: TextUse
    kind: Kind | None
    valid_from: date
    valid_to: date | None
    written_by: str
    title: str
    text: str


def sealed(body_id: str, row_id: str, title: str, text: str) -> bytes:
    """Title and text to the body's key in use; raises NotHeld where it has none."""
    key = newest_key(body_id)
    if key is None:
        raise NotHeld(body_id)
    told = json.dumps({"title": title, "text": text}, ensure_ascii=False).encode()
    return seal_to(key.public_key, told, info=_place(row_id))


def versions(ring: KeyRing, body_id: str) -> list[Text]:
    """Every version of every text of the body, newest first within a series; none that does not open."""
    rows = select(StandardText).where(StandardText.body_id == body_id)
    return _opened(
        ring, session().scalars(rows.order_by(StandardText.series_id, StandardText.version.desc()))
    )


def offered(ring: KeyRing, body_id: str, use: TextUse, kind: Kind | None) -> list[Text]:
    """The versions in force today for this letter and kind, one of each series, by title."""
    rows = select(StandardText).where(StandardText.body_id == body_id, StandardText.use == use)
    newest: dict[str, StandardText] = {}
    for row in session().scalars(rows.order_by(StandardText.version)):
        if in_force(row.valid_from, row.valid_to, clock.today()) and row.kind in (None, kind):
            newest[row.series_id] = row
    return sorted(_opened(ring, newest.values()), key=lambda one: (one.title.casefold(), one.id))


def _opened(ring: KeyRing, rows: Iterable[StandardText]) -> list[Text]:
    found = []
    for row in rows:
        try:
            told = json.loads(ring.open(row.body_id, "content", row.sealed, info=_place(row.id)))
        except (Broken, NotHeld):
            continue
        dates = (row.valid_from, row.valid_to, row.written_by)
        found.append(Text(row.id, row.series_id, row.version, row.use, row.kind, *dates, **told))
    return found


def _place(row_id: str) -> str:
    return f"standard_text|{row_id}|body|v1"
