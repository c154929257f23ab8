"""The blueprint, who is signed in, where to go next, and slow work in turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Request, Response, make_response, redirect, url_for

from portal.accounts import queries
from portal.accounts.refusals import Because
from portal.vault.passphrase import Busy
from portal.web import throttle
from portal.web.access import SignedIn
from portal.web.cookies import cookie_name
from portal.web.i18n import _, lazy

bp = Blueprint("accounts", __name__, url_prefix="/can-bo")
STAFF_COOKIE = "staff"
_turnstile = throttle.Turnstile(all_at_once=8, from_one=4)

WRONG = lazy("Tên đăng nhập, cụm mật khẩu hoặc mã sáu số chưa đúng.")
REFUSALS = {
    Because.FOUNDED: lazy("Cơ quan này đã có khóa."),
    Because.NOT_FOUNDED: lazy("Cơ quan này chưa có khóa. Hãy lập khóa trước."),
    Because.ABOVE_NOT_ACTIVE: lazy("Cơ quan cấp trên chưa tham gia cổng."),
    Because.NO_PART: lazy("Việc này không làm được với người hoặc cơ quan này."),
    Because.NOT_A_ROOT: lazy("Cơ quan này có cấp trên; cấp trên lập khóa cho nó."),
    Because.TOO_FEW_HOLDERS: lazy("Cần ít nhất hai người giữ khóa và một người giữ danh tính."),
    Because.ROLES: lazy(
        "Các vai trò này không đi cùng nhau. Người xử lý, người giữ danh tính và người quản trị phải là "
        "những người khác nhau; muốn chuyển sang nhóm khác thì mời lại."
    ),
    Because.KEY_NOT_HELD: lazy(
        "Bạn không giữ khóa mà người này cần. Hãy nhờ người đang giữ khóa ấy kết nạp."
    ),
    Because.LAST_HOLDER: lazy("Người này là người cuối cùng giữ khóa. Hãy kết nạp người khác trước."),
    Because.LOGIN_TAKEN: lazy("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."),
    Because.LOGIN_SHAPE: lazy("Tên đăng nhập gồm 3 đến 64 chữ cái không dấu, chữ số, dấu chấm hoặc gạch."),
    Because.OTHER_KEY: lazy("Khóa không khớp với tài khoản này."),
}


def signed_in(request: Request) -> SignedIn | None:
    """For the doors: the member of staff whose cookie came with the request."""
    seat = queries.signed_in(request.cookies.get(cookie_name(STAFF_COOKIE)))
    if seat is None:
        return None
    return SignedIn(
        seat.actor,
        seat.ring,
        seat.display_name,
        seat.body_name,
        seat.session_id,
        seat.recently_confirmed,
    )


def onward(wanted: str | None) -> str:
    """`wanted` if it is a page of the staff on this very site, else the staff's first page."""
    if wanted and wanted.isprintable() and "\\" not in wanted and len(wanted) <= 500:
        parts = urlsplit(wanted)
        if not parts.scheme and not parts.netloc and parts.path.startswith("/can-bo/") and "//" not in wanted:
            return wanted
    return url_for("accounts.home")


@contextmanager
def slowly() -> Iterator[None]:
    """For passphrases: a few at once, fewer from one network; raises Crowded."""
    with _turnstile.turn(throttle.network()):
        try:
            yield
        except Busy:
            raise throttle.Crowded from None


def wait_text(seconds: int) -> str:
    """How long to wait, in whole minutes or seconds."""
    if seconds >= 60:
        return _("Đã sai nhiều lần. Hãy thử lại sau %(minutes)s phút.", minutes=-(-seconds // 60))
    return _("Đã sai nhiều lần. Hãy thử lại sau %(seconds)s giây.", seconds=seconds)


def go(endpoint: str, **values: Any) -> Response:
    """After a POST: 303 to a page."""
    return make_response(redirect(url_for(endpoint, **values), 303))
