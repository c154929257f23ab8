"""Signing in and out, and being asked again."""

import secrets

from flask import current_app, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.accounts import actions, queries
from portal.accounts.forms import ConfirmForm, SignInForm
from portal.accounts.routes.door import STAFF_COOKIE, attempt, bp, digest_of, go, onward, shown
from portal.accounts.routes.sentences import WRONG, WRONG_PASSPHRASE
from portal.domain.permissions import Permission, may
from portal.web import throttle
from portal.web.access import actor, needs, public
from portal.web.cookies import drop_cookie, open_cookie, seal_cookie, set_cookie

KNOWN_COOKIE = "known"
KNOWN_SECONDS = 60 * 86_400
# Cookies are dropped one by one: the browser may stay known, which keeps guessers from shutting it out.
CLEARED = '"cache", "storage"'


@bp.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Name, passphrase and code; every failure looks the same."""
    form, tried = SignInForm(), None
    required = not current_app.config["DEMO"]
    if form.validate_on_submit():
        login, passphrase, code = form.login.data, form.passphrase.data, form.code.data
        counted = ("sign-in", *_counted_as(login))
        tried = attempt(
            form,
            lambda: actions.sign_in(login, passphrase, code, code_required=required),
            counted=counted,
            wrong=WRONG,
        )
        if tried.result is not None:
            return _entered(login, tried.result)
    return shown("accounts/sign_in.html", form, tried, code_needed=required)


def _entered(login: str, cookie: str) -> ResponseReturnValue:
    # A session that stood in this browser before ends here: its id is never taken over.
    if current_user.is_authenticated:
        _end(current_user.session_id)
    session.clear()
    response = make_response(redirect(onward(request.args.get("next")), 303))
    set_cookie(response, STAFF_COOKIE, cookie)
    device = _device(login) or secrets.token_hex(16)
    seal_cookie(response, KNOWN_COOKIE, {"login": digest_of(login), "device": device}, seconds=KNOWN_SECONDS)
    return response


def _counted_as(login: str) -> tuple[str, ...]:
    """Under what failures count: a browser that signed in before counts for itself, others by network.

    So a colleague in the same office cannot shut somebody out of his own browser.
    """
    device = _device(login)
    return ("device", device) if device else ("pair", digest_of(login), throttle.network())


def _device(login: str) -> str | None:
    known = open_cookie(KNOWN_COOKIE)
    return str(known["device"]) if known and known.get("login") == digest_of(login) else None


@bp.post("/dang-xuat")
@needs(Permission.ACCOUNT_OWN)
def sign_out() -> ResponseReturnValue:
    """End this session, and have the browser forget what it kept of it."""
    _end(current_user.session_id)
    session.clear()
    response = go("accounts.sign_in")
    drop_cookie(response, STAFF_COOKIE)
    response.headers["Clear-Site-Data"] = CLEARED
    return response


def _end(session_id: str) -> None:
    account = queries.account(actor().id)
    if account is not None:
        actions.sign_out(actor(), account, session_id=session_id)


@bp.route("/xac-nhan", methods=["GET", "POST"])
@needs(Permission.ACCOUNT_OWN)
def confirm() -> ResponseReturnValue:
    """The passphrase again, before an act that cannot be undone."""
    form, tried = ConfirmForm(), None
    if form.validate_on_submit():
        mine, typed = actor().id, form.passphrase.data
        tried = attempt(
            form,
            lambda: actions.confirm(mine, current_user.session_id, typed),
            counted=("confirm", mine),
            wrong=WRONG_PASSPHRASE,
            at=form.passphrase,
        )
        if tried.status == 303:
            return redirect(onward(request.args.get("next")), 303)
    return shown("accounts/confirm.html", form, tried)


# Where somebody begins, and the page whose door tells whether it is his work.
_FIRST_PAGES = (
    ("desk.work", "desk.work"),
    ("oversight.openings", "oversight.openings"),
    ("oversight.entries", "oversight.entries"),
    ("registry.home", "registry.new_plan"),
)


@bp.get("/")
@needs(Permission.ACCOUNT_OWN)
def home() -> ResponseReturnValue:
    """Where somebody begins: his first list, or the page that says he is not admitted yet."""
    if not actor().unlocked:
        return go("accounts.waiting")
    for endpoint, decides in _FIRST_PAGES:
        view = current_app.view_functions.get(decides)
        if view is not None and _may_pass(view):
            return go(endpoint)
    return go("accounts.members")


def _may_pass(view: object) -> bool:
    door = getattr(view, "door", None)
    return isinstance(door, Permission) and may(actor(), door)
