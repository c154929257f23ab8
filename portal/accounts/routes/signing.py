"""Signing in and out, and being asked again."""

import secrets
from hashlib import sha256

from flask import current_app, make_response, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.accounts import actions, queries
from portal.accounts.forms import ConfirmForm, SignInForm
from portal.accounts.refusals import WrongSignIn
from portal.accounts.routes.door import STAFF_COOKIE, WRONG, bp, go, onward, slowly, wait_text
from portal.domain.permissions import Permission, may
from portal.vault.passphrase import TooLong
from portal.web import throttle
from portal.web.access import actor, needs, public
from portal.web.cookies import drop_cookie, open_cookie, seal_cookie, set_cookie
from portal.web.i18n import _

KNOWN_COOKIE = "known"
KNOWN_SECONDS = 60 * 86_400
CLEARED = '"cache", "cookies", "storage"'


@bp.route("/dang-nhap", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Name, passphrase and code; every failure looks the same."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form, 422 if form.is_submitted() else 200)
    try:
        ticket = throttle.admit("sign-in", *_counted_as(form.login.data))
        with slowly():
            cookie = actions.sign_in(
                form.login.data,
                form.passphrase.data,
                form.code.data,
                code_required=not current_app.config["DEMO"],
            )
    except (WrongSignIn, TooLong):
        return _page(form, 422, str(WRONG))
    except throttle.TooMany as fault:
        return _page(form, 429, wait_text(fault.wait), wait=fault.wait)
    except throttle.Crowded:
        return _page(form, 503, _("Đang có nhiều người đăng nhập. Hãy thử lại sau vài giây."), wait=5)
    ticket.clear()
    return _entered(form.login.data, cookie)


def _page(form: SignInForm, status: int, fault: str = "", wait: int = 0) -> ResponseReturnValue:
    if fault:
        form.form_errors.append(fault)
    headers = {"Retry-After": str(wait)} if wait else {}
    page = render_template("accounts/sign_in.html", form=form, code_needed=not current_app.config["DEMO"])
    return page, status, headers


def _entered(login: str, cookie: str) -> ResponseReturnValue:
    # A session that stood in this browser before ends here: its id is never taken over.
    if current_user.is_authenticated:
        _end(current_user.session_id)
    session.clear()
    response = make_response(redirect(onward(request.args.get("next")), 303))
    set_cookie(response, STAFF_COOKIE, cookie)
    device = _device(login) or secrets.token_hex(16)
    seal_cookie(response, KNOWN_COOKIE, {"login": _digest(login), "device": device}, seconds=KNOWN_SECONDS)
    return response


def _counted_as(login: str) -> tuple[str, ...]:
    """Under what failures count: a browser that signed in before counts for itself, others by network.

    So a colleague in the same office cannot shut somebody out of his own browser.
    """
    device = _device(login)
    return ("device", device) if device else ("pair", _digest(login), throttle.network())


def _device(login: str) -> str | None:
    known = open_cookie(KNOWN_COOKIE)
    return str(known["device"]) if known and known.get("login") == _digest(login) else None


def _digest(login: str) -> str:
    return sha256((actions.login_of(login) or "").encode()).hexdigest()


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
    form = ConfirmForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            ticket = throttle.admit("confirm", actor().id)
            with slowly():
                actions.confirm(actor().id, current_user.session_id, form.passphrase.data)
        except (WrongSignIn, TooLong):
            form.passphrase.errors = [_("Cụm mật khẩu chưa đúng.")]
        except throttle.TooMany as fault:
            status, form.passphrase.errors = 429, [wait_text(fault.wait)]
        except throttle.Crowded:
            status, form.passphrase.errors = 503, [_("Hãy thử lại sau vài giây.")]
        else:
            ticket.clear()
            return redirect(onward(request.args.get("next")), 303)
    return render_template("accounts/confirm.html", form=form), status


@bp.get("/")
@needs(Permission.ACCOUNT_OWN)
def home() -> ResponseReturnValue:
    """Where somebody begins: his first list, or the page that says he is not admitted yet."""
    if not actor().unlocked:
        return go("accounts.waiting")
    for endpoint in ("triage.queue", "casework.queue", "oversight.openings", "oversight.entries"):
        view = current_app.view_functions.get(endpoint)
        if view is not None and _may_pass(view):
            return go(endpoint)
    return go("accounts.members")


def _may_pass(view: object) -> bool:
    door = getattr(view, "door", None)
    return isinstance(door, Permission) and may(actor(), door)
