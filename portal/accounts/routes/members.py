"""The people of a body: invited, admitted, changed, gone."""

from typing import TYPE_CHECKING

from flask import flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.accounts import actions, queries
from portal.accounts.forms import AdmitForm, InviteForm, RolesForm, SureForm
from portal.accounts.routes.door import bp, go, said_at, shown
from portal.domain.keys import KeyPurpose
from portal.domain.permissions import Permission, Role
from portal.domain.roles import groups, purposes_of
from portal.vault.fingerprint import fingerprint
from portal.web.access import actor, needs, needs_confirmation, or_404, ring
from portal.web.cookies import drop_cookie, open_cookie, seal_cookie
from portal.web.i18n import _

if TYPE_CHECKING:
    from portal.data.models.account import Member
    from portal.data.models.body import Body

_LINK_COOKIE = "invited"
_LINK_SECONDS = 600


@bp.get("/thanh-vien")
@needs(Permission.MEMBERS_VIEW)
def members() -> ResponseReturnValue:
    """My body: its people, its invitations, and the bodies below."""
    return go("accounts.body_members", body_id=actor().body_id or "")


@bp.get("/thanh-vien/<body_id>")
@needs(Permission.MEMBERS_VIEW)
def body_members(body_id: str) -> ResponseReturnValue:
    """The people of my body or of one directly below it."""
    body = or_404(queries.body(body_id), Permission.MEMBERS_VIEW)
    own = body.id == actor().body_id
    return render_template(
        "accounts/members.html",
        body=body,
        own=own,
        keys=queries.keys_of(body.id),
        people=queries.members_of(body.id),
        invitations=queries.invitations_of(body.id),
        below=queries.bodies_below(body.id) if own else [],
        leaves=queries.leaves_of(body.id),
    )


@bp.route("/thanh-vien/<body_id>/moi", methods=["GET", "POST"])
@needs(Permission.MEMBERS_INVITE)
def invite(body_id: str) -> ResponseReturnValue:
    """A place for one more person; the link is shown on the next page, once."""
    body = or_404(queries.body(body_id), Permission.MEMBERS_INVITE)
    form = InviteForm()
    form.offer(_roles_of(body))
    if form.validate_on_submit():
        name = form.display_name.data
        with said_at(form.roles):
            token = actions.invite(actor(), body, display_name=name, roles=form.chosen())
            return _to_link(token, body.id, name)
    return shown("accounts/invite.html", form, body=body)


def _roles_of(body: "Body") -> list[Role]:
    return [role for role in Role if any(role in group for group in groups(body.kind))]


def _to_link(token: str, body_id: str, name: str) -> ResponseReturnValue:
    response = go("accounts.link")
    kept = {"token": token, "body": body_id, "name": name}
    seal_cookie(response, _LINK_COOKIE, kept, seconds=_LINK_SECONDS)
    return response


@bp.get("/lien-ket-moi")
@needs(Permission.MEMBERS_INVITE)
def link() -> ResponseReturnValue:
    """The link of the invitation just made: shown once, then this browser forgets it."""
    kept = open_cookie(_LINK_COOKIE)
    if kept is None:
        return go("accounts.members")
    address = url_for("accounts.invitation", token=kept["token"], _external=True)
    page = render_template("accounts/link.html", address=address, name=kept["name"], body_id=kept["body"])
    response = make_response(page)
    drop_cookie(response, _LINK_COOKIE)
    return response


@bp.post("/thanh-vien/<body_id>/loi-moi/<string(length=16):start>/rut")
@needs(Permission.MEMBERS_INVITE)
def withdraw(body_id: str, start: str) -> ResponseReturnValue:
    """Take an invitation back."""
    body = or_404(queries.body(body_id), Permission.MEMBERS_INVITE)
    found = next((one for one in queries.invitations_of(body.id) if one.id.startswith(start)), None)
    if found is None:
        raise NotFound
    actions.withdraw_invitation(actor(), body, invitation_id=found.id)
    flash(_("Đã rút lời mời."))
    return go("accounts.body_members", body_id=body.id)


@bp.route("/nguoi/<member_id>/ket-nap", methods=["GET", "POST"])
@needs(Permission.MEMBERS_VIEW)
@needs_confirmation
def admit(member_id: str) -> ResponseReturnValue:
    """Compare the fingerprint with the newcomer, then seal the body's keys to him."""
    member = queries.member(member_id)
    member = or_404(member, _admitting(member))
    form = AdmitForm()
    if form.validate_on_submit():
        with said_at(form.same):
            flash(*_compared(member, form))
            return go("accounts.body_members", body_id=member.body_id)
    form.shown.data = fingerprint(member.account.public_key)
    return shown("accounts/admit.html", form, member=member)


def _admitting(member: "Member | None") -> Permission:
    custody = member is not None and KeyPurpose.CUSTODIAN in purposes_of(member.role_set, member.body.kind)
    return Permission.CUSTODIANS_ADMIT if custody else Permission.MEMBERS_ADMIT


def _compared(member: "Member", form: AdmitForm) -> tuple[str, str]:
    """Admit if both saw the same; what to say, and how."""
    if form.same.data != "yes":
        text = _("Chưa kết nạp. Nếu sáu nhóm chữ không giống, hãy báo ngay cho cơ quan cấp trên.")
        return text, "warning"
    actions.admit(actor(), member, ring=ring(), fingerprint=form.shown.data)
    return _("Đã kết nạp %(name)s.", name=member.account.display_name), "success"


@bp.route("/nguoi/<member_id>/vai-tro", methods=["GET", "POST"])
@needs(Permission.MEMBERS_ROLES)
def roles(member_id: str) -> ResponseReturnValue:
    """Other roles; the person signs in again."""
    member = or_404(queries.member(member_id), Permission.MEMBERS_ROLES)
    form = RolesForm(roles=[role.value for role in member.role_set])
    form.offer(_roles_of(member.body))
    if form.validate_on_submit():
        with said_at(form.roles):
            actions.change_roles(actor(), member, roles=form.chosen())
            flash(_("Đã đổi vai trò. Người ấy phải đăng nhập lại."))
            return go("accounts.body_members", body_id=member.body_id)
    return shown("accounts/roles.html", form, member=member)


@bp.route("/nguoi/<member_id>/roi", methods=["GET", "POST"])
@needs(Permission.MEMBERS_END)
@needs_confirmation
def end(member_id: str) -> ResponseReturnValue:
    """A member leaves; the next page offers to renew the body's keys."""
    member = or_404(queries.member(member_id), Permission.MEMBERS_END)
    form = SureForm()
    if form.validate_on_submit():
        with said_at(form.sure):
            cases = actions.end_membership(actor(), member)
            flash(_("Đã cho rời. %(cases)s hồ sơ chờ người phụ trách mới.", cases=cases))
            held = purposes_of(member.role_set, member.body.kind)
            return go("accounts.rotate" if held else "accounts.body_members", body_id=member.body_id)
    return shown("accounts/end.html", form, member=member)


@bp.route("/nguoi/<member_id>/khoa", methods=["GET", "POST"])
@needs(Permission.ACCOUNTS_DISABLE)
@needs_confirmation
def disable(member_id: str) -> ResponseReturnValue:
    """Shut an account, or open it again."""
    member = or_404(queries.member(member_id), Permission.ACCOUNTS_DISABLE)
    active = member.account.state == "active"
    form = SureForm()
    if form.validate_on_submit():
        (actions.disable if active else actions.enable)(actor(), member)
        flash(_("Đã khóa tài khoản.") if active else _("Đã mở lại tài khoản."))
        return go("accounts.members")
    return shown("accounts/disable.html", form, member=member, active=active)


@bp.route("/nguoi/<member_id>/moi-lai", methods=["GET", "POST"])
@needs(Permission.MEMBERS_INVITE)
@needs_confirmation
def invite_again(member_id: str) -> ResponseReturnValue:
    """For a lost passphrase: a new link, whose acceptance replaces the person's keys."""
    member = or_404(queries.member(member_id), Permission.MEMBERS_INVITE)
    form = SureForm()
    if form.validate_on_submit():
        with said_at(form.sure):
            token = actions.invite_again(actor(), member)
            return _to_link(token, member.body_id, member.account.display_name)
    return shown("accounts/invite_again.html", form, member=member)
