"""What every template may use, and nothing else: labels, dates, the face, the demo mark."""

from datetime import date
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from portal.domain.permissions import Permission, may
from portal.papers import notices
from portal.papers.deadlines import is_provisional
from portal.papers.resealing import MOST_COUNTED, number_waiting
from portal.web import words
from portal.web.html import told


def install(app: Flask) -> None:
    """Give the templates their common context."""
    app.jinja_env.globals["words"] = words
    app.jinja_env.globals["is_provisional"] = is_provisional
    app.jinja_env.filters["told"] = told
    app.jinja_env.filters["iso"] = date.fromisoformat

    @app.context_processor
    def _common() -> dict[str, Any]:
        return {
            "demo": current_app.config["DEMO"],
            "face": current_app.config["FACE"],
            "staff_nav": _navigation,
            "unread_notices": _unread,
        }


def _unread() -> str:
    """How many notices wait for the current member, as his header shows it; "" for none."""
    count = notices.unread(current_user.actor.id) if current_user.is_authenticated else 0
    return f"{notices.UNREAD_SHOWN}+" if count > notices.UNREAD_SHOWN else str(count or "")


NAVIGATION = (
    ("desk.work", "desk", words.NAV_DESK),
    ("triage.queue", "triage", words.NAV_TRIAGE),
    ("counter.register", "counter", words.NAV_COUNTER),
    ("casework.queue", "casework", words.NAV_CASEWORK),
    ("rounds.rounds", "rounds", words.NAV_ROUNDS),
    ("conflicts.tasks", "conflicts", words.NAV_CONFLICTS),
    ("keeping.soon", "keeping", words.NAV_KEEPING),
    ("accounts.members", "accounts", words.NAV_MEMBERS),
    ("registry.home", "registry", words.NAV_REGISTRY),
    ("calendar.days", "calendar", words.NAV_CALENDAR),
    ("oversight.openings", "identity", words.NAV_IDENTITY),
    ("oversight.entries", "oversight", words.NAV_OVERSIGHT),
)
COUNTED = {"conflicts.tasks": number_waiting}
# Pages that stand under another entry than the rest of their stage.
APART = {f"oversight.{page}": "identity" for page in ("openings", "ask", "decide", "read")}
APART |= {"conflicts.relatives": "", "conflicts.aside": ""}
APART |= {"conflicts.name_for_board": "triage", "conflicts.name_for_committee": "casework"}


def _navigation() -> list[dict[str, Any]]:
    """The entries of the staff navigation whose door the current member may pass."""
    if not current_user.is_authenticated:
        return []
    here = APART.get(request.endpoint or "", request.blueprint)
    return [
        {"text": f"{label}{_waiting(endpoint)}", "href": url_for(endpoint), "current": here == stage}
        for endpoint, stage, label in NAVIGATION
        if endpoint in current_app.view_functions and may_enter(endpoint)
    ]


def _waiting(endpoint: str) -> str:
    """How many wait behind an entry, in brackets; nothing where none does."""
    number = COUNTED[endpoint](current_user.actor) if endpoint in COUNTED else 0
    return f" ({number if number < MOST_COUNTED else f'{MOST_COUNTED - 1}+'})" if number else ""


def may_enter(endpoint: str) -> bool:
    """True if the current member of staff may pass the door of this page."""
    door = getattr(current_app.view_functions[endpoint], "door", None)
    return isinstance(door, Permission) and may(current_user.actor, door)
