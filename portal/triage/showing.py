"""An opened case as its page shows it: matters in words, tellings, and the steps that can be taken."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import url_for

from portal.domain.clock import today
from portal.domain.kinds import ReportKind
from portal.domain.life import Desk, State, Step, steps_from
from portal.domain.partial_date import PartialDate
from portal.domain.told import telling_of
from portal.triage.actions import OpenedCase
from portal.web.i18n import LazyText, _, lazy
from portal.web.matter import matter, signs

if TYPE_CHECKING:
    from portal.data.models.case import Case
    from portal.papers.records import Paper

_FACTS: tuple[str, LazyText, dict[str, str]] = ("facts", lazy("Ghi dữ kiện còn thiếu"), {})
_REFER: tuple[str, LazyText, dict[str, str]] = ("refer", lazy("Chuyển cấp tỉnh xác định"), {})
_ASK: tuple[str, LazyText, dict[str, str]] = ("ask", lazy("Hỏi thêm người phản ánh"), {})


def _declined(reason: str, text: LazyText) -> tuple[str, LazyText, dict[str, str]]:
    return "decline", text, {"reason": reason}


STEPS = (
    (Step.CLASSIFY, "classify", lazy("Phân loại")),
    (Step.ESTABLISH, "facts", lazy("Dữ kiện xác định thẩm quyền")),
    (Step.SPLIT, "split", lazy("Tách thành nhiều việc")),
    (Step.JOIN, "join", lazy("Gộp với hồ sơ cùng việc")),
    (Step.UNJOIN, "unjoin", lazy("Tách ra vì gộp nhầm")),
    (Step.ROUTE, "route", lazy("Chuyển đến nơi có thẩm quyền")),
    (Step.ASK_INFO, "ask", lazy("Hỏi thêm người phản ánh")),
    (Step.RESUME, "resume", lazy("Tiếp tục, không chờ bổ sung")),
    (Step.COMMEND, "commend", lazy("Chuyển lời khen")),
    (Step.DECLINE, "decline", lazy("Không thụ lý")),
    (Step.REMIND, "urge", lazy("Đôn đốc nơi nhận")),
    (Step.ESCALATE, "escalate", lazy("Báo cấp trên của nơi nhận")),
    (Step.RECORD_RETURN, "record_return", lazy("Nhập kết quả từ ngoài Cổng")),
    (Step.ANSWER, "answer", lazy("Gửi trả lời")),
    (Step.CLOSE, "close", lazy("Kết thúc hồ sơ")),
)
# What to do where the engine names no body, by the code of its answer: page, words, and what is chosen there.
GUIDES: dict[str, tuple[tuple[str, LazyText, dict[str, str]], ...]] = {
    "who_manages": (_FACTS, _ASK, _REFER),
    "undetermined": (_REFER, _FACTS),
    "which_post": (_FACTS, _ASK),
    "which_post_then": (_FACTS, _ASK),
    "which_unit": (("ask", lazy("Hỏi người phản ánh tên đường, khu phố"), {}), _FACTS),
    "crime": (_declined("crime", lazy("Chuyển cơ quan điều tra xong thì trả lời người phản ánh")),),
    "complaint": (_declined("complaint", lazy("Hướng dẫn người phản ánh nơi khiếu nại")),),
    "procedure": (_declined("procedure", lazy("Hướng dẫn gửi Cổng Dịch vụ công quốc gia")),),
    "praise": (("commend", lazy("Chuyển lời khen"), {}),),
    "out_of_scope": (_declined("out_of_scope", lazy("Trả lời là ngoài phạm vi")),),
    "other_line": (_declined("other_line", lazy("Hướng dẫn gửi cơ quan của ngành đó")),),
    "nobody_left": (_declined("nobody_impartial", lazy("Hướng dẫn đến nơi tiếp công dân ở trung ương")),),
}
_BY_PAGE = {endpoint: step for step, endpoint, _text in STEPS} | {"refer": Step.REFER}
# What the page says where the board itself has nothing to do.
WAITING: dict[Desk, LazyText] = {
    Desk.FRONT: lazy("Đơn vị bạn đang giữ hồ sơ này."),
    Desk.REPORTER: lazy("Đang chờ người phản ánh trả lời."),
    Desk.COMMITTEE: lazy("Đang ở ủy ban kiểm tra. Bạn xem được trạng thái và kết quả."),
    Desk.OUTSIDE: lazy("Đang chờ nơi nhận ngoài Cổng trả lời."),
    Desk.NOBODY: lazy("Không còn việc phải làm, trừ khi người phản ánh yêu cầu xem lại."),
}


def guides(case: "Case", code: str) -> list[dict[str, str]]:
    """The steps that answer a guidance or a question of the engine, as links; only those possible now."""
    possible = steps_from(case.state)
    return [
        {"text": str(text), "href": _address(endpoint, {"case_id": case.id, **chosen})}
        for endpoint, text, chosen in GUIDES.get(code, ())
        if _BY_PAGE[endpoint] in possible
    ]


def _address(endpoint: str, values: dict[str, Any]) -> str:
    return url_for(f"triage.{endpoint}", **values)


def waiting(case: "Case") -> LazyText:
    """Who has the case, where the board itself has nothing to do."""
    if case.state is State.JOINED:
        return lazy("Hồ sơ này đã gộp vào hồ sơ khác và đi cùng hồ sơ đó.")
    if case.state is State.UNDER_REVIEW:
        return lazy("Cấp trên đang xem lại theo yêu cầu của người phản ánh.")
    return WAITING[case.desk]


def of(opened: OpenedCase) -> dict[str, Any]:
    """What the template needs beside the case: one entry per report, in the same order."""
    tellings = [telling_of(one.content) for one in opened.reports]
    return {
        "opened": opened,
        "advice": guides(opened.case, opened.routing["code"]) if opened.routing else [],
        "matters": [matter(one.head) for one in opened.reports],
        "tellings": tellings,
        "whens": [PartialDate.parse(telling.when) if telling.when else None for telling in tellings],
        "papers": [origin(one.content.get("paper")) for one in opened.reports],
        "kinds": kinds_of(opened.papers),
        "marks": [signs(one.head["category"], one.content["signs"]) for one in opened.reports],
    }


_KIND_STEPS = (Step.CLASSIFY, Step.DECLINE, Step.COMMEND)


def kinds_of(papers: Sequence["Paper"]) -> list["Paper"]:
    """Every kind that the case had, oldest first: who set it, when and why (rule 10)."""
    return [paper for paper in papers if paper.step in _KIND_STEPS and "kind" in paper.content]


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
    if step is Step.ESCALATE:
        return case.due_on is not None and case.due_on < today()
    if step in (Step.SPLIT, Step.JOIN) and (case.review_of or case.linked_to):
        return False
    praise = case.report_kind is ReportKind.PRAISE
    return (
        praise if step is Step.COMMEND else not (praise and step in (Step.ROUTE, Step.ESTABLISH, Step.SPLIT))
    )
