"""The receipt: shown for ten minutes, then only its owner has it (decisions 11)."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.domain.receipts import format_groups
from portal.intake.queries.mailbox import pass_of
from portal.intake.routes.base import RECEIPT, bp, ends, go, pepper
from portal.papers.arriving import sent_before
from portal.papers.composing import Sent
from portal.web.access import public
from portal.web.cookies import open_cookie
from portal.web.qr import picture_of
from portal.web.reminder import reminder as calendar


@bp.get("/bien-nhan")
@public
def receipt() -> ResponseReturnValue:
    """The code and its picture, the next day to look, and the button that ends it."""
    return _page("intake/receipt.html")


@bp.get("/bien-nhan/in")
@public
def print_receipt() -> ResponseReturnValue:
    return _page("intake/receipt_print.html")


@bp.get("/bien-nhan/phieu-danh-tinh")
@public
def slip() -> ResponseReturnValue:
    """For a name that stays outside the portal: a slip to hand over in person (decisions 10)."""
    return _page("intake/slip.html")


@bp.get("/bien-nhan/nhac-xem.ics")
@public
def reminder() -> ResponseReturnValue:
    """A day in the calendar that says nothing of what or why (decisions 13)."""
    sent = _sent()
    if sent is None:
        return go("intake.done")
    secret = pass_of(sent.code, pepper()).secret
    return calendar(sent.next_look, made_on=sent.received_on, secret=secret)


@bp.post("/bien-nhan/da-luu")
@public
def saved() -> ResponseReturnValue:
    """The resident has his code: the browser forgets it."""
    return ends(go("intake.done"), RECEIPT)


def _sent() -> Sent | None:
    content = open_cookie(RECEIPT)
    return sent_before(content["code"], pepper()) if content else None


def _page(template: str) -> ResponseReturnValue:
    sent = _sent()
    if sent is None:
        return go("intake.done")
    groups = format_groups(sent.code).split("-")
    return render_template(template, sent=sent, groups=groups, picture=picture_of(sent.code))
