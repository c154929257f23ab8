"""One's own account: passphrase, recovery slip, open sessions, and waiting to be admitted."""

from flask import current_app, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import NotFound

from portal.accounts import actions, queries
from portal.accounts.forms import ActForm, EmailForm, PassphraseForm, RecoveryForm
from portal.accounts.routes.door import STAFF_COOKIE, attempt, bp, digest_of, go, shown
from portal.accounts.routes.sentences import WRONG_PASSPHRASE, WRONG_RECOVERY
from portal.domain.permissions import Permission
from portal.vault.fingerprint import fingerprint
from portal.web import throttle
from portal.web.access import actor, needs, or_404, public
from portal.web.cookies import drop_cookie, open_cookie, seal_cookie
from portal.web.i18n import _

SLIP_COOKIE = "slip"
_SLIP_SECONDS = 600


@bp.route("/mat-khau", methods=["GET", "POST"])
@needs(Permission.ACCOUNT_OWN)
def passphrase() -> ResponseReturnValue:
    """A new passphrase; every session ends, a new recovery slip is printed."""
    form, tried = PassphraseForm(), None
    account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
    login, me, old, new = account.login, actor(), form.old.data, form.new.data
    if form.validate_on_submit():
        tried = attempt(
            form,
            lambda: actions.change_passphrase(me, account, old=old, new=new),
            counted=("confirm", me.id),
            wrong=WRONG_PASSPHRASE,
            at=form.old,
        )
        if tried.result is not None:
            return to_slip(login, tried.result)
    return shown("accounts/passphrase.html", form, tried)


@bp.route("/khoi-phuc", methods=["GET", "POST"])
@public
def recover() -> ResponseReturnValue:
    """A forgotten passphrase, with the printed slip and the second factor."""
    form, tried = RecoveryForm(), None
    if form.validate_on_submit():
        login, code, one_time = form.login.data, form.recovery.data, form.code.data
        required = not current_app.config["DEMO"]
        tried = attempt(
            form,
            lambda: actions.recover(login, code, one_time, form.new.data, code_required=required),
            counted=("recover", digest_of(login), throttle.network()),
            wrong=WRONG_RECOVERY,
        )
        if tried.result is not None:
            return to_slip(login, tried.result)
    return shown("accounts/recover.html", form, tried)


def to_slip(login: str, code: str, mark: str = "") -> ResponseReturnValue:
    """303 to the page of the recovery slip, which this browser may load for ten minutes."""
    response = go("accounts.slip")
    slip = {"login": login, "code": code, "fingerprint": mark}
    seal_cookie(response, SLIP_COOKIE, slip, seconds=_SLIP_SECONDS)
    drop_cookie(response, STAFF_COOKIE)
    return response


@bp.route("/phieu-khoi-phuc", methods=["GET", "POST"])
@public
def slip() -> ResponseReturnValue:
    """The recovery slip, to be printed; the button makes the browser forget it."""
    form = ActForm()
    if form.validate_on_submit():
        response = go("accounts.sign_in")
        drop_cookie(response, SLIP_COOKIE)
        return response
    kept = open_cookie(SLIP_COOKIE)
    if kept is None:
        return go("accounts.sign_in")
    return render_template("accounts/slip.html", **kept)


@bp.get("/phien")
@needs(Permission.ACCOUNT_OWN)
def sessions() -> ResponseReturnValue:
    """My account: where I am signed in, where notices go."""
    account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
    return _account(EmailForm(email=account.email or ""))


@bp.post("/thu-dien-tu")
@needs(Permission.ACCOUNT_OWN)
def email() -> ResponseReturnValue:
    """Where notices go."""
    form = EmailForm()
    if form.validate_on_submit():
        account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
        actions.set_email(actor(), account, email=form.email.data)
        flash(_("Đã lưu."))
        return go("accounts.sessions")
    return _account(form)


def _account(form: EmailForm) -> ResponseReturnValue:
    mine, account = queries.sessions_of(actor().id), queries.account(actor().id)
    return shown(
        "accounts/sessions.html",
        form,
        sessions=mine,
        current=current_user.session_id,
        mail_failed_on=account.mail_failed_on if account else None,
    )


@bp.post("/phien/<string(length=16):start>/ket-thuc")
@needs(Permission.ACCOUNT_OWN)
def end_session(start: str) -> ResponseReturnValue:
    """End one of my sessions, named by the beginning of its id."""
    account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
    found = next((one for one in queries.sessions_of(actor().id) if one.id.startswith(start)), None)
    if found is None:
        raise NotFound
    actions.sign_out(actor(), account, session_id=found.id)
    flash(_("Đã kết thúc phiên đăng nhập."))
    return go("accounts.sessions")


@bp.get("/cho-ket-nap")
@needs(Permission.ACCOUNT_OWN)
def waiting() -> ResponseReturnValue:
    """Not admitted yet: my fingerprint, to be read aloud to whoever admits me."""
    if actor().unlocked:
        return go("accounts.home")
    account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
    return render_template("accounts/waiting.html", shown=fingerprint(account.public_key))
