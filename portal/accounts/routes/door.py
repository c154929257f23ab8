"""The blueprint, who is signed in, where to go next, and what every page of the stage does alike."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, Form

from portal.accounts import queries
from portal.accounts.names import login_of
from portal.accounts.refusals import Refused, WrongSignIn
from portal.accounts.routes.sentences import CROWDED, REFUSALS, wait_text
from portal.vault.passphrase import Busy, TooLong
from portal.web import throttle
from portal.web.access import SignedIn
from portal.web.cookies import cookie_name

bp = Blueprint("accounts", __name__, url_prefix="/can-bo")
STAFF_COOKIE = "staff"
T = TypeVar("T")
_turnstile = throttle.Turnstile(all_at_once=8, from_one=4)
_SOON = 5


def signed_in(request: Request) -> SignedIn | None:
    """For the doors: the member of staff whose cookie came with the request."""
    seat = queries.signed_in(request.cookies.get(cookie_name(STAFF_COOKIE)))
    if seat is None:
        return None
    return SignedIn(
        seat.actor,
        seat.ring,
        seat.display_name,
        seat.body_name,
        seat.session_id,
        seat.recently_confirmed,
    )


def onward(wanted: str | None) -> str:
    """`wanted` if it is a page of the staff on this very site, else the staff's first page."""
    if wanted and wanted.isprintable() and "\\" not in wanted and len(wanted) <= 500:
        parts = urlsplit(wanted)
        if not parts.scheme and not parts.netloc and parts.path.startswith("/can-bo/") and "//" not in wanted:
            return wanted
    return url_for("accounts.home")


def go(endpoint: str, **values: Any) -> Response:
    """After a POST: 303 to a page."""
    return make_response(redirect(url_for(endpoint, **values), 303))


@dataclass(frozen=True)
class Tried(Generic[T]):
    """What came of trying a secret: the result, or the status and the seconds to wait."""

    result: T | None = None
    status: int = 422
    wait: int = 0


def attempt(
    form: Form,
    act: Callable[[], T],
    *,
    counted: tuple[str, ...],
    wrong: object,
    at: Field | None = None,
    free: int = 5,
) -> Tried[T]:
    """Check a passphrase or code: counted under `counted`, a few at once, fewer from one network.

    What is wrong is said at the field `at`, else above the form.
    """

    def said(text: object, status: int = 422, wait: int = 0) -> Tried[T]:
        (form.form_errors if at is None else at.errors).append(str(text))
        return Tried(None, status, wait)

    if at is not None:
        at.errors = list(at.errors)
    try:
        ticket = throttle.admit(*counted, free=free)
        with _turnstile.turn(throttle.network()):
            result = act()
    except (WrongSignIn, TooLong):
        return said(wrong)
    except throttle.TooMany as fault:
        return said(wait_text(fault.wait), 429, fault.wait)
    except (throttle.Crowded, Busy):
        return said(CROWDED, 503, _SOON)
    ticket.clear()
    return Tried(result, 303)


def digest_of(login: str) -> str:
    """A login name as throttling counts it; every way to write it is the same."""
    return sha256((login_of(login) or "").encode()).hexdigest()


@contextmanager
def said_at(field: Field) -> Iterator[None]:
    """A refusal of the block is said at `field`; what follows the block shows the page again."""
    try:
        yield
    except Refused as fault:
        field.errors = [str(REFUSALS[fault.because])]


def shown(template: str, form: Any, tried: "Tried[Any] | None" = None, **values: Any) -> ResponseReturnValue:
    """The page with its form: 200 at first, 422 with faults, what `tried` says after an attempt."""
    status = tried.status if tried else 422 if form.is_submitted() else 200
    headers = {"Retry-After": str(tried.wait)} if tried and tried.wait else {}
    return render_template(template, form=form, **values), status, headers
