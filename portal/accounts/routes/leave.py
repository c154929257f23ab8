"""Who is away, and who stands in: entered on a page of the members, ended there by a button."""

from typing import TYPE_CHECKING

from flask import flash
from flask.typing import ResponseReturnValue

from portal.accounts import actions, queries
from portal.accounts.forms_leave import LeaveForm
from portal.accounts.routes.door import bp, go, shown
from portal.domain.permissions import Permission
from portal.web.access import actor, needs, or_404
from portal.web.i18n import _

if TYPE_CHECKING:
    from portal.data.models.account import Member

ENTER = Permission.LEAVE_ENTER


@bp.route("/nguoi/<member_id>/vang", methods=["GET", "POST"])
@needs(ENTER)
def leave(member_id: str) -> ResponseReturnValue:
    """The member will be away: from when to when, why, and who stands in."""
    member = or_404(queries.member(member_id), ENTER)
    people = [(one.id, one.display_name) for one in queries.substitutes_for(member)]
    form = LeaveForm().offer(people)
    if form.validate_on_submit() and _entered(member, form):
        flash(_("Đã ghi lần vắng và người làm thay."))
        return go("accounts.body_members", body_id=member.body_id)
    return shown("accounts/leave.html", form, member=member, people=people)


def _entered(member: "Member", form: LeaveForm) -> bool:
    try:
        actions.enter_leave(actor(), member, **form.given)
    except actions.NoLeave as refused:
        form.refuse(refused.fault)
        return False
    return True


@bp.post("/vang-mat/<leave_id>/ket-thuc")
@needs(ENTER)
def end_leave(leave_id: str) -> ResponseReturnValue:
    """End a leave before its day."""
    leave = or_404(queries.leave(leave_id), ENTER)
    actions.end_leave(actor(), leave)
    flash(_("Đã kết thúc lần vắng. Người làm thay không còn làm thay nữa."))
    return go("accounts.body_members", body_id=leave.body_id)
