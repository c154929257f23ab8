"""From a link to an account: the newcomer chooses name and passphrase and sets up the second factor."""

from typing import TYPE_CHECKING, Any

import segno
from flask import current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts import actions, credentials, queries
from portal.accounts.forms import AcceptForm
from portal.accounts.refusals import NoInvitation
from portal.accounts.routes.door import Tried, attempt, bp, go, said_at, shown
from portal.accounts.routes.own import to_slip
from portal.accounts.routes.sentences import WRONG, WRONG_CODE
from portal.domain import clock
from portal.domain.permissions import ANYBODY
from portal.vault.fingerprint import fingerprint
from portal.vault.totp import check, new_seed, uri
from portal.web.access import public
from portal.web.cookies import open_cookie, seal_cookie

if TYPE_CHECKING:
    from portal.data.models.account import Invitation

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
    form, tried = AcceptForm(), None
    known = queries.account(found.replaces_account_id) if found.replaces_account_id else None
    form.login.data = known.login if known else form.login.data
    if form.validate_on_submit() and (counter := _counter(form, kept["seed"])) is not None:
        with said_at(form.login):
            tried = _accept(form, kept, known.id if known else None, counter)
            if tried.result is not None:
                return tried.result
    return _page(form, tried, kept, found)


def _counter(form: AcceptForm, seed: str) -> int | None:
    """That of the right code; 0 where the demo goes without one; None for a wrong code."""
    if not form.code.data and current_app.config["DEMO"]:
        return 0
    counter = check(seed, form.code.data, clock.now(), None)
    if counter is None:
        form.code.errors = [str(WRONG_CODE)]
    return counter


def _accept(
    form: AcceptForm, kept: dict[str, Any], account_id: str | None, counter: int
) -> Tried[ResponseReturnValue]:
    """The slip of the new account; raises Refused."""
    seed, new = (kept["seed"] if counter else None), form.new.data
    making = attempt(
        form,
        lambda: credentials.make(new, account_id=account_id, totp_seed=seed),
        counted=("accept", kept["token"]),
        wrong=WRONG,
        free=50,
    )
    made = making.result
    if made is None:
        return Tried(None, making.status, making.wait)
    try:
        member = actions.accept_invitation(
            ANYBODY,
            kept["token"],
            login=form.login.data,
            credentials=made,
            counter=counter,
            email=form.email.data,
        )
    except NoInvitation:
        return Tried((render_template("accounts/no_invitation.html"), 404))
    return Tried(to_slip(member.account.login, made.recovery_code, fingerprint(made.public_key)))


def _page(
    form: AcceptForm, tried: Tried[Any] | None, kept: dict[str, Any], found: "Invitation"
) -> ResponseReturnValue:
    body, seed = queries.body(found.body_id), kept["seed"]
    address = uri(seed, form.login.data or found.display_name)
    picture = segno.make(address, error="m").svg_inline(scale=5, border=2)
    return shown(
        "accounts/accept.html",
        form,
        tried,
        name=found.display_name,
        body_name=body.name if body else "",
        again=found.replaces_account_id is not None,
        picture=Markup(picture),  # noqa: S704  made by segno from our own seed
        seed=" ".join(seed[at : at + 4] for at in range(0, len(seed), 4)),
        code_needed=not current_app.config["DEMO"],
    )
