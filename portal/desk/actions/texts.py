"""What a lead does with the standard texts of his body: a new version beside the old one, or an end."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from portal.action import action, session
from portal.data.db import new_id
from portal.data.models.desk import StandardText
from portal.desk.queries import Shelf
from portal.domain import clock
from portal.domain.kinds import Kind
from portal.domain.permissions import Actor, Permission
from portal.domain.standard import TextUse, unknown_blanks
from portal.papers import standard

MOST = 100
"""How many texts one body may keep (design)."""


class UnknownBlank(Exception):
    """Something stands in brackets that nothing fills; `names` are those."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(*names)
        self.names = names


class TooManyTexts(Exception):
    """More texts than anybody finds his way in."""


@dataclass(frozen=True)
class Draft:
    """A version as it is typed."""

    use: TextUse
    kind: Kind | None
    title: str
    text: str
    valid_from: date


@action(Permission.TEXTS_KEEP)
def keep_text(actor: Actor, shelf: Shelf, /, draft: Draft, *, series_id: str = "") -> None:
    """Keep a text, or a new version of the series; the version before ends the day before it begins.

    Raises UnknownBlank, TooManyTexts.
    """
    if names := unknown_blanks(f"{draft.title}\n{draft.text}"):
        raise UnknownBlank(names)
    row_id = new_id()
    last = _last(series_id, shelf.body.id) if series_id else None
    if last is None:
        count = select(func.count(StandardText.series_id.distinct())).where(
            StandardText.body_id == shelf.body.id
        )
        if (session().scalar(count) or 0) >= MOST:
            raise TooManyTexts(shelf.body.id)
    elif last.valid_to is None or last.valid_to >= draft.valid_from:
        last.valid_to = draft.valid_from - timedelta(days=1)
    session().add(
        StandardText(
            id=row_id,
            series_id=last.series_id if last else row_id,
            version=last.version + 1 if last else 1,
            body_id=shelf.body.id,
            use=draft.use,
            kind=draft.kind,
            valid_from=draft.valid_from,
            written_by=actor.id,
            written_on=clock.today(),
            sealed=standard.sealed(shelf.body.id, row_id, draft.title, draft.text),
        )
    )


def _last(series_id: str, body_id: str) -> StandardText | None:
    rows = select(StandardText).where(StandardText.series_id == series_id, StandardText.body_id == body_id)
    return session().scalars(rows.order_by(StandardText.version.desc()).limit(1)).first()


@action(Permission.TEXTS_KEEP)
def end_text(actor: Actor, row: StandardText, /) -> None:
    """Use the text no more from today on; it stays on record."""
    row.valid_to = clock.today() - timedelta(days=1)
