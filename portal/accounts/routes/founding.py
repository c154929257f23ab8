"""Keys of bodies: founded for a body below, renewed after somebody left."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from portal.accounts import actions, queries
from portal.accounts.forms import SureForm
from portal.accounts.refusals import Refused
from portal.accounts.routes.door import REFUSALS, bp, go
from portal.domain.permissions import Permission
from portal.web.access import actor, needs, needs_confirmation, or_404
from portal.web.i18n import _

_AT_ONCE = 20


@bp.route("/co-quan/<body_id>/lap", methods=["GET", "POST"])
@needs(Permission.BODIES_FOUND)
@needs_confirmation
def found(body_id: str) -> ResponseReturnValue:
    """Make the keys of a body below, so that its first people can be invited and admitted."""
    body = or_404(queries.body(body_id), Permission.BODIES_FOUND)
    form = SureForm()
    if form.validate_on_submit():
        try:
            actions.found_body(actor(), body)
        except Refused as fault:
            form.sure.errors = [str(REFUSALS[fault.because])]
        else:
            flash(_("Đã lập khóa cho %(name)s. Bây giờ hãy mời người phụ trách.", name=body.name))
            return go("accounts.body_members", body_id=body.id)
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/found.html", form=form, body=body), status


@bp.route("/co-quan/<body_id>/thay-khoa", methods=["GET", "POST"])
@needs(Permission.KEYS_ROTATE)
@needs_confirmation
def rotate(body_id: str) -> ResponseReturnValue:
    """New keys for a body; then, twenty at a time, for the bodies below that still lie under the old one."""
    body = or_404(queries.body(body_id), Permission.KEYS_ROTATE)
    form = SureForm()
    if form.validate_on_submit():
        try:
            actions.rotate_body_key(actor(), body)
        except Refused as fault:
            form.sure.errors = [str(REFUSALS[fault.because])]
        else:
            flash(_("Đã thay khóa của %(name)s.", name=body.name))
            return go("accounts.rotate_below" if _leads(body_id) else "accounts.members")
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/rotate.html", form=form, body=body), status


def _leads(body_id: str) -> bool:
    return body_id == actor().body_id and bool(queries.behind(body_id))


@bp.route("/co-quan/cap-duoi/thay-khoa", methods=["GET", "POST"])
@needs(Permission.KEYS_ROTATE)
@needs_confirmation
def rotate_below() -> ResponseReturnValue:
    """The bodies below whose recovery still runs over a retired key: renewed in pieces, safe to interrupt."""
    mine = actor().body_id or ""
    form = SureForm()
    if form.validate_on_submit():
        for body_id in queries.behind(mine)[:_AT_ONCE]:
            actions.rotate_body_key(actor(), or_404(queries.body(body_id), Permission.KEYS_ROTATE))
    left = queries.behind(mine)
    if form.is_submitted() and not form.errors:
        flash(_("Còn %(number)s cơ quan cấp dưới.", number=len(left)))
        return go("accounts.rotate_below" if left else "accounts.members")
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/rotate_below.html", form=form, left=len(left), at_once=_AT_ONCE), status
