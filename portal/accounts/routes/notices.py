"""One's own notices: the list, what was read, and how to hear by mail."""

from datetime import date

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.accounts import actions, queries
from portal.accounts.forms import ActForm, NoticeWayForm
from portal.accounts.routes.door import bp, go, shown
from portal.domain.noticing import Notice, Way
from portal.domain.permissions import Permission
from portal.web.access import actor, needs, or_404
from portal.web.i18n import _
from portal.web.page import may_enter

# Where one looks after a notice: a list, never a case.
PLACES: dict[Notice, tuple[str, ...]] = {
    Notice.ROUTED: ("casework.queue",),
    Notice.REFERRED: ("triage.queue",),
    Notice.RETURNED: ("triage.queue",),
    Notice.ANSWERED: ("triage.queue",),
    Notice.MESSAGE: ("triage.queue", "casework.queue"),
    Notice.MOVED: ("triage.queue", "casework.queue"),
    Notice.MENTIONED: ("desk.work",),
    Notice.RESEAL: ("conflicts.tasks",),
    Notice.IDENTITY: ("oversight.openings",),
    Notice.CLOCK_HALF: ("triage.queue", "casework.queue"),
    Notice.CLOCK_FOUR_FIFTHS: ("triage.queue", "casework.queue"),
    Notice.CLOCK_DUE: ("triage.queue", "casework.queue"),
    Notice.DUTY_SOON: ("desk.work",),
    Notice.DUTY_LATE: ("desk.work",),
    Notice.ROUND_PLAN: ("rounds.rounds",),
    Notice.ROUND_DUE: ("rounds.rounds",),
    Notice.REPRISAL: ("triage.queue",),
    Notice.PROOF_FAILS: ("registry.home",),
    Notice.PROOF_OLD: ("registry.home",),
    Notice.MAIL_FAILS: ("accounts.members", "accounts.sessions"),
    Notice.MAIL_STUCK: (),
    Notice.RETENTION_SOON: ("keeping.soon",),
}


@bp.get("/thong-bao")
@needs(Permission.ACCOUNT_OWN)
def notices() -> ResponseReturnValue:
    """What the portal told me, newest first."""
    mine = queries.notices_of(actor().id)
    places = {
        notice: url_for(endpoint)
        for notice, pages in PLACES.items()
        for endpoint in pages[::-1]
        if may_enter(endpoint)
    }
    return render_template("accounts/notices.html", notices=mine, places=places)


@bp.post("/thong-bao/da-doc")
@needs(Permission.ACCOUNT_OWN)
def read_notices() -> ResponseReturnValue:
    """Those of one kind and day are read, or all."""
    account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
    if ActForm().validate_on_submit():
        day, notice = request.form.get("day"), request.form.get("notice")
        try:
            one = {"day": date.fromisoformat(day), "notice": Notice(notice)} if day and notice else {}
        except ValueError:
            raise NotFound from None
        actions.read_notices(actor(), account, **one)  # type: ignore[arg-type]
    return go("accounts.notices")


@bp.route("/thong-bao/cach-nhan", methods=["GET", "POST"])
@needs(Permission.ACCOUNT_OWN)
def notice_way() -> ResponseReturnValue:
    """How I want to hear by mail."""
    account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
    form = NoticeWayForm(data={"way": account.notice_way.value})
    if form.validate_on_submit():
        actions.choose_notices(actor(), account, way=Way(form.way.data))
        flash(_("Đã lưu."))
        return go("accounts.sessions")
    return shown("accounts/notice_way.html", form, email=account.email)
