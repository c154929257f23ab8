"""Pages for a case that went to a body outside the portal: what came back, the answer, the end."""

from typing import Any

from flask.typing import ResponseReturnValue

from portal.domain.answers import Answer, Finding
from portal.triage import actions, forms
from portal.triage.routes.base import DECIDE, bp, step
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _
from portal.web.matter import matter


@bp.route("/<case_id>/ket-qua", methods=["GET", "POST"])
@needs(DECIDE)
def record_return(case_id: str) -> ResponseReturnValue:
    """Enter what came back from outside the portal."""
    form = forms.ReturnedForm()

    def run(case: Any) -> None:
        answer = Answer(form.checked.data, form.found.data, form.done.data, form.ground.data)
        finding, dated = Finding(form.finding.data), form.dated.data.first
        actions.record_return(
            actor(), case, ring(), finding=finding, answer=answer, dated=dated, seen=form.version
        )

    return step(case_id, form, "triage/record_return.html", run, _("Đã ghi kết quả."))


@bp.route("/<case_id>/tra-loi", methods=["GET", "POST"])
@needs(DECIDE)
def answer(case_id: str) -> ResponseReturnValue:
    """Send the resident what came back from outside the portal."""
    form = forms.SendForm()

    def run(case: Any) -> None:
        actions.answer_outside(actor(), case, ring(), seen=form.version)

    found = case_or_404(case_id, DECIDE)
    shown: dict[str, Any] = {"letter": actions.outside_letter(actor(), found, ring())}
    shown |= {"about": lambda: _about(found)}
    return step(case_id, form, "triage/answer.html", run, _("Đã trả lời người phản ánh."), **shown)


def _about(case: Any) -> list[dict[str, Any]]:
    """What is answered, opened where the page is shown."""
    return [
        {"matter": matter(one.head), "story": one.content["story"]}
        for one in actions.open_about(actor(), case, ring())
    ]


@bp.route("/<case_id>/ket-thuc", methods=["GET", "POST"])
@needs(DECIDE)
def close(case_id: str) -> ResponseReturnValue:
    """End a case that the board itself answered."""
    form = forms.CloseForm()

    def run(case: Any) -> None:
        actions.close_outside(actor(), case, seen=form.version)

    return step(case_id, form, "triage/close.html", run, _("Đã kết thúc hồ sơ."))
