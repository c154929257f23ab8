"""The guide (hướng dẫn): what may be reported, what happens, who sees it. No form, no cookie."""

from datetime import date
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.catalogue import OUTSIDE, WHAT_THIS_IS, Content, categories_on
from portal.domain.clock import today
from portal.domain.country import LAST_DAY_OF_DISTRICTS
from portal.domain.deadlines import DESIGN
from portal.domain.declining import DECLINE_REASONS
from portal.domain.evidence import FILE_BYTES, FILES_PER_REPORT
from portal.domain.kinds import KINDS
from portal.domain.parties import BodyKind
from portal.domain.working_days import Unit
from portal.guide import queries
from portal.papers.deadlines import rows_in_use
from portal.web import words
from portal.web.access import public
from portal.web.i18n import gettext, lazy

bp = Blueprint("guide", __name__)

PAGES = (
    ("guide.what", lazy("Phản ánh được việc gì")),
    ("guide.writing", lazy("Viết thế nào cho rõ")),
    ("guide.safety", lazy("Viết thế nào để không lộ mình")),
    ("guide.way", lazy("Phản ánh đi đâu, bao lâu có trả lời")),
    ("guide.secrecy", lazy("Ai được xem phản ánh của bạn")),
    ("guide.rights", lazy("Quyền của bạn và khi bị trả thù")),
    ("guide.denunciation", lazy("Phản ánh khác tố cáo, khiếu nại thế nào")),
    ("guide.handbook", lazy("Cẩm nang giám sát")),
    ("guide.danger", lazy("Khi đang gặp nguy hiểm")),
    ("guide.data", lazy("Dữ liệu của bạn được dùng ra sao")),
    ("guide.accessibility", lazy("Cách dùng khác, khi khó đọc hoặc khó viết")),
)
_LIMITS = {
    Unit.WORKING_DAYS: lazy("%(number)s ngày làm việc"),
    Unit.CALENDAR_DAYS: lazy("%(number)s ngày"),
}
_NAVIGATION = (
    ("guide.home", lazy("Trang đầu")),
    ("intake.start", lazy("Gửi phản ánh")),
    ("mailbox.enter", lazy("Tra cứu bằng mã")),
    ("guide.handbook", lazy("Cẩm nang")),
)


def _links(pages: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        {"text": str(title), "href": url_for(endpoint), "current": request.endpoint == endpoint}
        for endpoint, title in pages
        if endpoint in current_app.view_functions
    ]


@bp.app_context_processor
def _navigation() -> dict[str, Any]:
    return {"public_nav": lambda: _links(_NAVIGATION)}


@bp.context_processor
def _contents() -> dict[str, Any]:
    return {"guide_pages": lambda: _links(PAGES), "first_answer_days": rows_in_use()[0][1].limit}


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    return render_template("guide/home.html")


@bp.get("/huong-dan/phan-anh-viec-gi")
@public
def what() -> ResponseReturnValue:
    return render_template(
        "guide/what.html", categories=categories_on(today()), outside=OUTSIDE, what_this_is=WHAT_THIS_IS
    )


@bp.get("/huong-dan/viet-cho-ro")
@public
def writing() -> ResponseReturnValue:
    return render_template("guide/writing.html", files=FILES_PER_REPORT, megabytes=FILE_BYTES // 1024**2)


@bp.get("/huong-dan/giu-an-toan")
@public
def safety() -> ResponseReturnValue:
    return render_template("guide/safety.html")


@bp.get("/huong-dan/duong-di")
@public
def way() -> ResponseReturnValue:
    rows = [
        (
            words.CLOCKS[use.rule],
            gettext(_LIMITS[row.unit or Unit.HOURS], number=row.limit),
            gettext(row.source) if row.source != DESIGN else gettext("Cổng này tự đặt"),
        )
        for use, row in rows_in_use()
    ]
    examined = [(day, _examined(day)) for day in (today(), LAST_DAY_OF_DISTRICTS)]
    return render_template("guide/way.html", rows=rows, reasons=DECLINE_REASONS, examined=examined)


def _examined(day: date) -> list[tuple[str, str, str]]:
    """Who examines whom on a day, in words: post, on the party track, on the state track."""
    return [
        (
            f"{gettext(one.name)} · {words.label(one.level)}",
            f"{words.label(BodyKind.INSPECTION)} · {words.label(one.managed_at)}",
            f"{words.label(one.settler_kind)} · {words.label(one.settler_level)}",
        )
        for one in queries.who_examines(day)
    ]


@bp.get("/huong-dan/ai-duoc-xem")
@public
def secrecy() -> ResponseReturnValue:
    return render_template("guide/secrecy.html")


@bp.get("/huong-dan/quyen-cua-ban")
@public
def rights() -> ResponseReturnValue:
    return render_template("guide/rights.html")


@bp.get("/huong-dan/to-cao-khieu-nai")
@public
def denunciation() -> ResponseReturnValue:
    return render_template("guide/denunciation.html", kinds=KINDS)


@bp.get("/huong-dan/cam-nang")
@public
def handbook() -> ResponseReturnValue:
    categories = categories_on(today())
    contents = [(content, [c for c in categories if content in c.contents and c.rows]) for content in Content]
    return render_template("guide/handbook.html", categories=categories, contents=contents)


@bp.get("/huong-dan/nguy-hiem")
@public
def danger() -> ResponseReturnValue:
    return render_template("guide/danger.html")


@bp.get("/huong-dan/du-lieu")
@public
def data() -> ResponseReturnValue:
    return render_template("guide/data.html")


@bp.get("/huong-dan/cach-dung-khac")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("guide/accessibility.html")
