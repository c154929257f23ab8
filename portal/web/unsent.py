"""Forms of officials that outlive their session: whoever typed too long finds his text after signing in.

The form names its owner in a token that only this server reads; the text is sealed to the owner's public
key, so keeping it opens nothing and shows nothing (decisions 15).
"""

import base64
import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request
from markupsafe import Markup

from portal.papers import unsent
from portal.vault.boxes import box, unbox
from portal.vault.errors import Broken
from portal.web import throttle
from portal.web.fields import raw_of

View = TypeVar("View", bound=Callable[..., Any])
OWNER = "owner"
SECONDS = 24 * 3600
KEPT_PER_HOUR = 300  # of one network
_PLACE = "form|owner"
_FIELDS, _LONGEST = 60, 20_000


def keeps_typed(view: View) -> View:
    """Mark a view whose form is kept where its POST comes after the session ended."""
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def owner_field(account_id: str) -> Markup:
    """The hidden field that says whose form this is, for a day."""
    body = json.dumps({"until": int(time.time()) + SECONDS, "account": account_id}).encode()
    token = base64.urlsafe_b64encode(box(current_app.config["COOKIE_KEY"], body, bound_to=_PLACE)).decode()
    return Markup('<input type="hidden" name="{}" value="{}">').format(OWNER, token)


def keep_request() -> bool:
    """Keep what this request typed, if its view is marked and its form names its owner."""
    view = current_app.view_functions.get(request.endpoint or "")
    owner = _owner(request.form.get(OWNER, "")) if getattr(view, "keeps_typed", False) else None
    if owner is None:
        return False
    throttle.limit("kept", most=KEPT_PER_HOUR)
    raw = {
        name: [value[:_LONGEST] for value in values[:_FIELDS]]
        for name, values in list(raw_of(request.form).items())[:_FIELDS]
        if name != OWNER
    }
    return unsent.keep(owner, str(request.endpoint), raw)


def _owner(token: str) -> str | None:
    try:
        blob = base64.urlsafe_b64decode(token)
        body = json.loads(unbox(current_app.config["COOKIE_KEY"], blob, bound_to=_PLACE))
    except (Broken, ValueError):
        return None
    return str(body["account"]) if body["until"] >= time.time() else None
