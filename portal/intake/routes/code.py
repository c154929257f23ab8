"""Taking a new code, where an officer saw the first one: shown first, in force once it is written down."""

from typing import Any

from flask import flash, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.domain.receipts import format_groups
from portal.intake.actions.code import change_code, new_code
from portal.intake.actions.mailbox import NotNow
from portal.intake.queries import mailbox as queries
from portal.intake.routes.box import alias, bp, go, pepper, reporter
from portal.web.access import public
from portal.web.cookies import drop_cookie, open_cookie, seal_cookie
from portal.web.i18n import _
from portal.web.qr import picture_of

FRESH = "fresh"
SECONDS = 20 * 60


@bp.get("/hop-thu/doi-ma")
@public
def fresh_code() -> ResponseReturnValue:
    """The new code and its picture; the old one still opens until the resident has this one."""
    if not g.report.code_shared:
        return go("mailbox.status")
    code = _held() or new_code(g.report.id)
    shown: dict[str, Any] = {"groups": format_groups(code).split("-"), "picture": picture_of(code)}
    response = make_response(render_template("mailbox/fresh_code.html", name=alias(code), **shown))
    seal_cookie(response, FRESH, {"code": code, "report": g.report.id}, seconds=SECONDS)
    return response


@bp.post("/hop-thu/doi-ma")
@public
def take_code() -> ResponseReturnValue:
    """The resident has written it down: the old code ends."""
    code = _held()
    if code is None or request.form.get("name") != alias(code):
        flash(_("Mã ở lần trước đã hết hạn. Hãy chép mã mới dưới đây."), "warning")
        return go("mailbox.fresh_code")
    try:
        change_code(reporter(), g.report, g.secret, code=code, pepper=pepper())
    except NotNow:
        return go("mailbox.enter")
    _turn_to(code)
    response = go("mailbox.status")
    drop_cookie(response, FRESH)
    flash(_("Đã đổi mã. Mã cũ không còn mở được gì."))
    return response


def _held() -> str | None:
    """The code that this browser was shown for this report."""
    content = open_cookie(FRESH)
    return content["code"] if content and content["report"] == g.report.id else None


def _turn_to(code: str) -> None:
    """This browser goes on with what the new code makes."""
    found = queries.pass_of(code, pepper())
    g.report = queries.report(found.lookup)
    g.secret = found.secret
