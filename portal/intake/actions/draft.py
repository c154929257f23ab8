"""Keeping a report while it is written: sealed under the cookie's secret, saved at every step.

Drafts are technical rows (decisions 19): no act, no audit entry, gone after a day.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any

from sqlalchemy import delete, insert, select, update

from portal.data import db
from portal.data.models.draft import Draft, DraftFile
from portal.domain import clock
from portal.domain.drafting import FormStep, Raw, Sketch, Why
from portal.intake.queries.draft import ID_LENGTH, Held, Ticket, opened
from portal.vault.boxes import box_json, place
from portal.vault.sessions import new_session

HOURS_KEPT = 24


class DraftGone(Exception):
    """The draft was sent, forgotten or has expired meanwhile."""


class Outcome(StrEnum):
    """What became of an answer."""

    SAVED = "saved"
    INVALID = "invalid"
    OTHER_TAB = "other_tab"


def begin(sketch: Sketch) -> tuple[str, Held]:
    """A new draft with its first content; returns the cookie's value and the draft."""
    fresh = new_session()
    ticket = Ticket(fresh.row_id[:ID_LENGTH], fresh.secret)
    held = Held(ticket, 1, _expiry(), sketch)
    with db.housekeeping() as current:
        current.execute(insert(Draft), [{"id": ticket.draft_id, **_row(held)}])
    return fresh.cookie_value, held


def change(ticket: Ticket, edit: Callable[[Sketch, int], Sketch]) -> Held:
    """Apply `edit(sketch, new version)` to the newest content, one writer at a time; raises DraftGone."""
    with db.housekeeping() as current:
        row = current.execute(
            select(Draft.version, Draft.expires_at, Draft.sealed_body)
            .where(Draft.id == ticket.draft_id)
            .with_for_update()
        ).first()
        if row is None or row.expires_at <= clock.now():
            raise DraftGone
        version = row.version + 1
        held = Held(ticket, version, row.expires_at, edit(opened(ticket, row.sealed_body), version))
        current.execute(update(Draft).where(Draft.id == ticket.draft_id).values(**_row(held)))
    return held


def answer(ticket: Ticket, step: FormStep, raw: Raw, value: dict[str, Any] | None, seen: int) -> Outcome:
    """Save an answer, or keep what was typed: `value` is None where it is not valid.

    `seen` is the version that the page showed. Where another window answered the same step since, both texts
    are kept and the resident chooses. Raises DraftGone.
    """
    outcome = Outcome.SAVED

    def edit(sketch: Sketch, version: int) -> Sketch:
        nonlocal outcome
        if value is None:
            outcome = Outcome.INVALID
            return sketch.waits(step, raw, Why.INVALID)
        if sketch.clashes(step, value, seen):
            outcome = Outcome.OTHER_TAB
            return sketch.waits(step, raw, Why.OTHER_TAB)
        return sketch.accepts(step, value, version)

    change(ticket, edit)
    return outcome


def forget(ticket: Ticket) -> None:
    """Erase the draft and its files at once."""
    mine = Draft.id == ticket.draft_id
    with db.housekeeping() as current:
        # Where the draft is gone, its files may be a report's by now.
        if current.scalar(select(Draft.id).where(mine).with_for_update()) is None:
            return
        of_it = DraftFile.draft_id == ticket.draft_id
        blobs = current.execute(select(DraftFile.clean_blob, DraftFile.original_blob).where(of_it)).all()
        current.execute(delete(DraftFile).where(of_it))
        current.execute(delete(Draft).where(mine))
    for name in filter(None, chain.from_iterable(blobs)):
        db.store().blobs.delete(name)


def _row(held: Held) -> dict[str, Any]:
    ticket = held.ticket
    where = place("draft", ticket.draft_id, "body")
    return {
        "version": held.version,
        "expires_at": held.expires_at,
        "sealed_body": box_json(ticket.secret, held.sketch.as_json(), bound_to=where),
    }


def _expiry() -> datetime:
    """A full hour, so that it tells no minute of the beginning."""
    return (clock.now() + timedelta(hours=HOURS_KEPT)).replace(minute=0, second=0, microsecond=0)
