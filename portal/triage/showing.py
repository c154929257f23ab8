"""An opened case as its page shows it: matters in words, tellings, and the steps that can be taken."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from portal.domain.kinds import ReportKind
from portal.domain.life import Desk, State, Step
from portal.domain.partial_date import PartialDate
from portal.domain.told import telling_of
from portal.triage.actions import OpenedCase
from portal.web.i18n import LazyText, _, lazy
from portal.web.matter import matter, signs

if TYPE_CHECKING:
    from portal.data.models.case import Case

STEPS = (
    (Step.CLASSIFY, "classify", lazy("Phân loại")),
    (Step.ROUTE, "route", lazy("Chuyển đến nơi có thẩm quyền")),
    (Step.ASK_INFO, "ask", lazy("Hỏi thêm người phản ánh")),
    (Step.RESUME, "resume", lazy("Tiếp tục, không chờ bổ sung")),
    (Step.COMMEND, "commend", lazy("Chuyển lời khen")),
    (Step.DECLINE, "decline", lazy("Không thụ lý")),
    (Step.RECORD_RETURN, "record_return", lazy("Nhập kết quả từ ngoài Cổng")),
    (Step.ANSWER, "answer", lazy("Gửi trả lời")),
    (Step.CLOSE, "close", lazy("Kết thúc hồ sơ")),
)
# What the page says where the board itself has nothing to do.
WAITING: dict[Desk, LazyText] = {
    Desk.FRONT: lazy("Đơn vị bạn đang giữ hồ sơ này."),
    Desk.REPORTER: lazy("Đang chờ người phản ánh trả lời."),
    Desk.COMMITTEE: lazy("Đang ở ủy ban kiểm tra. Bạn xem được trạng thái và kết quả."),
    Desk.OUTSIDE: lazy("Đang chờ nơi nhận ngoài Cổng trả lời."),
    Desk.NOBODY: lazy("Không còn việc phải làm, trừ khi người phản ánh yêu cầu xem lại."),
}


def waiting(case: "Case") -> LazyText:
    """Who has the case, where the board itself has nothing to do."""
    if case.state is State.UNDER_REVIEW:
        return lazy("Cấp trên đang xem lại theo yêu cầu của người phản ánh.")
    return WAITING[case.desk]


def of(opened: OpenedCase) -> dict[str, Any]:
    """What the template needs beside the case: one entry per report, in the same order."""
    tellings = [telling_of(one.content) for one in opened.reports]
    return {
        "opened": opened,
        "matters": [matter(one.head) for one in opened.reports],
        "tellings": tellings,
        "whens": [PartialDate.parse(telling.when) if telling.when else None for telling in tellings],
        "papers": [origin(one.content.get("paper")) for one in opened.reports],
        "marks": [signs(one.head["category"], one.content["signs"]) for one in opened.reports],
    }


def origin(paper: Mapping[str, Any] | None) -> str:
    """Who entered a paper, under which number, and whether its sender has a receipt; empty for the web."""
    if not paper:
        return ""
    number = _("số %(number)s", number=paper["register_no"]) if paper["register_no"] else ""
    unread = "" if paper["slip"] else _("không ai có mã tra cứu: hỏi qua Cổng thì không ai đọc")
    return ", ".join(part for part in (paper["board"], number, unread) if part)


def is_ours(case: "Case", step: Step, *, outside: bool) -> bool:
    """Whether the board takes this step itself, or the committee that has the case on the portal."""
    if step in (Step.ANSWER, Step.CLOSE):
        return outside or case.leader_id is None
    praise = case.report_kind is ReportKind.PRAISE
    return praise if step is Step.COMMEND else not (praise and step is Step.ROUTE)
