"""Pages of oversight: the audit log for auditors, and the opening of identities by two persons."""

import re
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.permissions import Permission
from portal.domain.text import BadText, clean_text
from portal.oversight import actions, queries
from portal.oversight.forms import ActForm, AskForm, DecideForm
from portal.web.access import actor, needs, needs_confirmation, or_404, ring
from portal.web.i18n import _

bp = Blueprint("oversight", __name__, url_prefix="/can-bo/giam-sat")
_HASH = re.compile("[0-9a-f]{64}")


@bp.get("/")
@needs(Permission.AUDIT_READ)
def entries() -> ResponseReturnValue:
    """The audit log: who did what to which object, newest first."""
    filters = queries.Filters(_asked_for("act"), _asked_for("actor"), _asked_for("body"))
    page = queries.entries(actor(), filters, request.args.get("before", type=_hash))
    following = None
    if page.after is not None:
        following = url_for(".entries", before=page.after, **_kept(filters))
    return render_template(
        "oversight/entries.html",
        page=page,
        filters=filters,
        acts=queries.act_names(),
        following=following,
        form=ActForm(),
    )


def _asked_for(name: str) -> str:
    try:
        return clean_text(request.args.get(name, "")[:64])
    except BadText:
        return ""


def _hash(text: str) -> str:
    if not _HASH.fullmatch(text):
        raise ValueError
    return text


def _kept(filters: queries.Filters) -> dict[str, Any]:
    given = {"act": filters.act, "actor": filters.actor_id, "body": filters.body_id}
    return {name: value for name, value in given.items() if value}


@bp.post("/kiem-tra")
@needs(Permission.AUDIT_READ)
def verify() -> ResponseReturnValue:
    """Recompute the newest part of the chain."""
    verdict = queries.verify_newest()
    if verdict.faults:
        flash(_("Chuỗi bị sai ở: %(faults)s", faults="; ".join(verdict.faults[:20])), "error")
    else:
        number, head = verdict.entries, verdict.head
        flash(_("%(number)s mục mới nhất nguyên vẹn. Mã của mục cuối: %(head)s", number=number, head=head))
    return redirect(url_for(".entries"), 303)


@bp.get("/dang-nhap-sai")
@needs(Permission.AUDIT_READ)
def failures() -> ResponseReturnValue:
    """Failed sign-ins by day and account."""
    return render_template("oversight/failures.html", failures=queries.failures(actor()))


@bp.get("/danh-tinh")
@needs(Permission.IDENTITY_FOLLOW)
def openings() -> ResponseReturnValue:
    """Requests to open an identity: all of the board for its custodian, one's own for an officer."""
    found = queries.openings(actor())
    return render_template("oversight/openings.html", openings=found, names=queries.names_of(found))


@bp.route("/danh-tinh/xin/<report_id>", methods=["GET", "POST"])
@needs(Permission.IDENTITY_REQUEST)
@needs_confirmation
def ask(report_id: str) -> ResponseReturnValue:
    """Ask the custodian, with a reason."""
    identity = or_404(queries.identity(report_id), Permission.IDENTITY_REQUEST)
    form = AskForm()
    if form.validate_on_submit():
        actions.ask(actor(), identity, ring=ring(), reason=form.reason.data)
        flash(_("Đã gửi yêu cầu đến người giữ danh tính."))
        return redirect(url_for(".openings"), 303)
    status = 422 if form.is_submitted() else 200
    return render_template("oversight/ask.html", form=form), status


@bp.route("/danh-tinh/<opening_id>", methods=["GET", "POST"])
@needs(Permission.IDENTITY_APPROVE)
@needs_confirmation
def decide(opening_id: str) -> ResponseReturnValue:
    """The custodian reads the reason and decides."""
    opening = or_404(queries.opening(opening_id), Permission.IDENTITY_APPROVE)
    form = DecideForm()
    if form.validate_on_submit():
        if form.decision.data == "grant":
            actions.grant(actor(), opening, ring=ring())
        else:
            actions.refuse(actor(), opening)
        flash(_("Đã ghi quyết định."))
        return redirect(url_for(".openings"), 303)
    reason, names = actions.read_reason(actor(), opening, ring=ring()), queries.names_of([opening])
    page = render_template("oversight/decide.html", form=form, opening=opening, reason=reason, names=names)
    return page, 422 if form.is_submitted() else 200


@bp.get("/danh-tinh/<opening_id>/doc")
@needs(Permission.IDENTITY_READ)
@needs_confirmation
def read(opening_id: str) -> ResponseReturnValue:
    """The asker reads what was granted; each time is written down."""
    opening = or_404(queries.opening(opening_id), Permission.IDENTITY_READ)
    contact = actions.read_identity(actor(), opening, ring=ring())
    return render_template("oversight/identity.html", opening=opening, contact=contact)
