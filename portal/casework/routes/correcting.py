"""The page on which a wrong answer is corrected by a new one."""

from datetime import date
from typing import Any

from flask.typing import ResponseReturnValue

from portal.casework import actions, forms, queries, showing
from portal.casework.routes.reading import bp
from portal.casework.routes.taking import LEAD
from portal.casework.routes.timing import told_page
from portal.domain.answers import Finding
from portal.domain.clock import today
from portal.domain.life import Step
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _


@bp.route("/<case_id>/dinh-chinh", methods=["GET", "POST"])
@needs(LEAD)
def correct(case_id: str) -> ResponseReturnValue:
    """Answer anew; the answer that it corrects stays, and is named."""
    case = case_or_404(case_id, LEAD)
    form = forms.CorrectForm(data=actions.open_conclusion(actor(), case, ring()) or {})
    before = queries.answered_on(case_id)

    def letter() -> dict[str, Any]:
        return actions.corrected(Finding(form.finding.data), form.answer(), before or today(), form.why.data)

    def act() -> None:
        given: dict[str, Any] = {"answer": form.answer(), "why": form.why.data, "seen": form.version}
        actions.correct(actor(), case, ring(), finding=Finding(form.finding.data), **given)

    return told_page(case, Step.CORRECT, form, act, letter, _("Đã đính chính."), **_above(case, before))


def _above(case: Any, before: date | None) -> dict[str, Any]:
    return {
        "lead": _("Trả lời cũ vẫn còn. Mọi người phản ánh và Mặt trận đã nhận trả lời cũ đều nhận bản này."),
        "empty": "" if before else _("Chưa có trả lời nào để đính chính."),
        "about": showing.about(actor(), case, ring(), Step.CORRECT),
    }
