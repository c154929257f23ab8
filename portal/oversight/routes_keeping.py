"""Pages for leads: what will be deleted soon, and holding a case back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.domain.permissions import Permission
from portal.oversight import keeping
from portal.oversight.forms import ActForm, HoldForm
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _

bp = Blueprint("keeping", __name__, url_prefix="/can-bo/luu-giu")
HOLD = Permission.CASE_HOLD


@bp.get("/")
@needs(HOLD)
def soon() -> ResponseReturnValue:
    """The cases of my body that will be deleted soon, or that somebody holds back."""
    return render_template("oversight/keeping.html", lines=keeping.lines(actor()))


@bp.route("/<case_id>/giu", methods=["GET", "POST"])
@needs(HOLD)
def hold(case_id: str) -> ResponseReturnValue:
    """Keep a case past its time, with a reason."""
    case = case_or_404(case_id, HOLD)
    form = HoldForm()
    if form.validate_on_submit():
        keeping.place_hold(actor(), case, reason=form.reason.data)
        flash(_("Đã ghi lệnh giữ lại. Hồ sơ không bị xóa cho đến khi bạn bỏ lệnh."))
        return redirect(url_for("keeping.soon"), 303)
    page = render_template("oversight/hold.html", form=form, case=case)
    return page, 422 if form.is_submitted() else 200


@bp.get("/<case_id>/giu/<hold_id>")
@needs(HOLD)
def reason(case_id: str, hold_id: str) -> ResponseReturnValue:
    """Why a case is held."""
    case = case_or_404(case_id, HOLD)
    try:
        why = keeping.read_hold(actor(), case, ring(), hold_id)
    except keeping.NoHold:
        raise NotFound from None
    return render_template("oversight/hold_reason.html", case=case, hold_id=hold_id, why=why)


@bp.post("/<case_id>/giu/<hold_id>/bo")
@needs(HOLD)
def lift(case_id: str, hold_id: str) -> ResponseReturnValue:
    """Lift one's body's order."""
    case = case_or_404(case_id, HOLD)
    if ActForm().validate_on_submit():
        try:
            keeping.lift_hold(actor(), case, hold_id)
        except keeping.NoHold:
            raise NotFound from None
        flash(_("Đã bỏ lệnh giữ lại. Hồ sơ chỉ bị xóa sau khi được báo trước lần nữa."))
    return redirect(url_for("keeping.soon"), 303)
