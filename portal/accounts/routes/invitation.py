"""From a link to an account: the newcomer chooses name and passphrase and sets up the second factor."""

from typing import Any

import segno
from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts import actions, credentials, queries
from portal.accounts.forms import AcceptForm
from portal.accounts.refusals import NoInvitation, Refused
from portal.accounts.routes.door import REFUSALS, bp, go, slowly
from portal.accounts.routes.own import to_slip
from portal.domain import clock
from portal.domain.permissions import ANYBODY
from portal.vault.fingerprint import fingerprint
from portal.vault.passphrase import TooLong
from portal.vault.totp import check, new_seed, uri
from portal.web import throttle
from portal.web.access import public
from portal.web.cookies import open_cookie, seal_cookie
from portal.web.i18n import _

_COOKIE = "invitation"
_SECONDS = 3600


@bp.get("/loi-moi/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """The link itself: keeps the token in a sealed cookie, so it stands in no address after this one."""
    response = go("accounts.accept")
    if len(token) <= 100:
        seal_cookie(response, _COOKIE, {"token": token, "seed": new_seed()}, seconds=_SECONDS)
    return response


@bp.route("/loi-moi", methods=["GET", "POST"])
@public
def accept() -> ResponseReturnValue:
    """The newcomer's page; nothing is stored before the code of the second factor is right."""
    kept = open_cookie(_COOKIE)
    found = queries.invitation(kept["token"]) if kept else None
    if kept is None or found is None:
        return render_template("accounts/no_invitation.html"), 404
    form = AcceptForm()
    known = queries.account(found.replaces_account_id) if found.replaces_account_id else None
    if known is not None:
        form.login.data = known.login
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        counter = _counter(form, kept["seed"])
        if counter is not None:
            done, status = _accept(form, kept, found.replaces_account_id, counter)
            if done is not None:
                return done
    return _page(form, kept, found.display_name, found.body_id, again=known is not None), status


def _counter(form: AcceptForm, seed: str) -> int | None:
    """That of the right code; 0 where the demo goes without one; None for a wrong code."""
    if not form.code.data and current_app.config["DEMO"]:
        return 0
    counter = check(seed, form.code.data, clock.now(), None)
    if counter is None:
        form.code.errors = [_("Mã sáu số chưa đúng. Quét lại mã QR rồi nhập số đang hiện.")]
    return counter


def _accept(
    form: AcceptForm, kept: dict[str, Any], account_id: str | None, counter: int
) -> tuple[ResponseReturnValue | None, int]:
    seed = kept["seed"] if counter else None
    try:
        with slowly():
            made = credentials.make(form.new.data, account_id=account_id, totp_seed=seed)
        member = actions.accept_invitation(
            ANYBODY, kept["token"], login=form.login.data, credentials=made, counter=counter
        )
    except Refused as fault:
        form.login.errors = [str(REFUSALS[fault.because])]
        return None, 422
    except TooLong:
        form.new.errors = [_("Cụm mật khẩu quá dài.")]
        return None, 422
    except throttle.Crowded:
        form.form_errors.append(_("Hãy thử lại sau vài giây."))
        return None, 503
    except NoInvitation:
        return (render_template("accounts/no_invitation.html"), 404), 404
    return to_slip(member.account.login, made.recovery_code, fingerprint(made.public_key)), 303


def _page(form: AcceptForm, kept: dict[str, Any], name: str, body_id: str, *, again: bool) -> str:
    body = queries.body(body_id)
    address = uri(kept["seed"], form.login.data or name)
    picture = segno.make(address, error="m").svg_inline(scale=5, border=2)
    return render_template(
        "accounts/accept.html",
        form=form,
        name=name,
        body_name=body.name if body else "",
        again=again,
        picture=Markup(picture),  # noqa: S704  made by segno from our own seed
        seed=" ".join(kept["seed"][at : at + 4] for at in range(0, len(kept["seed"]), 4)),
        code_needed=not current_app.config["DEMO"],
    )
