"""What a resident typed and could not send yet, kept sealed under a cookie's secret until it can be sent.

A technical row like a draft's (decisions 19, 21): no act, gone after a day.
"""

from datetime import timedelta

from sqlalchemy import delete, insert

from portal.data import db
from portal.data.models.draft import Draft
from portal.domain import clock
from portal.domain.drafting import Raw
from portal.intake.queries.draft import ID_LENGTH
from portal.intake.queries.kept import Kept
from portal.vault.boxes import box_json, place
from portal.vault.sessions import new_session, parse_cookie

HOURS_KEPT = 24
_LONGEST = 20_000


def keep(form: str, raw: Raw, why: str) -> str:
    """Keep what was typed into a form; returns the value of the cookie that opens it again."""
    fresh = new_session()
    row_id = fresh.row_id[:ID_LENGTH]
    short = {name: [value[:_LONGEST] for value in values[:20]] for name, values in list(raw.items())[:20]}
    body = box_json(fresh.secret, Kept(form, short, why).as_json(), bound_to=place("draft", row_id, "kept"))
    expires = (clock.now() + timedelta(hours=HOURS_KEPT)).replace(minute=0, second=0, microsecond=0)
    with db.housekeeping() as current:
        current.execute(
            insert(Draft), [{"id": row_id, "version": 1, "expires_at": expires, "sealed_body": body}]
        )
    return fresh.cookie_value


def forget(cookie: str | None) -> None:
    """Erase what a cookie opens."""
    parsed = parse_cookie(cookie or "")
    if parsed is not None:
        with db.housekeeping() as current:
            current.execute(delete(Draft).where(Draft.id == parsed.row_id[:ID_LENGTH]))
