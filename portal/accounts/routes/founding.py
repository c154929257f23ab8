"""Keys of bodies: founded for a body below, renewed after somebody left."""

from flask import flash
from flask.typing import ResponseReturnValue

from portal.accounts import actions, queries
from portal.accounts.forms import SureForm
from portal.accounts.routes.door import bp, go, said_at, shown
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
        with said_at(form.sure):
            actions.found_body(actor(), body)
            flash(_("Đã lập khóa cho %(name)s. Bây giờ hãy mời người phụ trách.", name=body.name))
            return go("accounts.body_members", body_id=body.id)
    return shown("accounts/found.html", form, body=body)


@bp.route("/co-quan/<body_id>/thay-khoa", methods=["GET", "POST"])
@needs(Permission.KEYS_ROTATE)
@needs_confirmation
def rotate(body_id: str) -> ResponseReturnValue:
    """New keys for a body; then, twenty at a time, for the bodies below that still lie under the old one."""
    body = or_404(queries.body(body_id), Permission.KEYS_ROTATE)
    form = SureForm()
    if form.validate_on_submit():
        with said_at(form.sure):
            actions.rotate_body_key(actor(), body)
            flash(_("Đã thay khóa của %(name)s.", name=body.name))
            return go("accounts.rotate_below" if _leads(body_id) else "accounts.members")
    return shown("accounts/rotate.html", form, body=body)


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
        left = len(queries.behind(mine))
        flash(_("Còn %(number)s cơ quan cấp dưới.", number=left))
        return go("accounts.rotate_below" if left else "accounts.members")
    return shown("accounts/rotate_below.html", form, left=len(queries.behind(mine)), at_once=_AT_ONCE)
