"""Pages for what a board decides itself: the kind, a question, a notice, a refusal, praise."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.declining import DECLINE_REASONS, REASON_OF, DeclineReason
from portal.domain.kinds import Kind
from portal.triage import actions, forms
from portal.triage.routes.base import DECIDE, bp, step
from portal.web.access import actor, needs, ring
from portal.web.i18n import _


@bp.route("/<case_id>/loai", methods=["GET", "POST"])
@needs(DECIDE)
def classify(case_id: str) -> ResponseReturnValue:
    """Set the kind."""
    form = forms.ClassifyForm()

    def run(case: Any) -> None:
        kind = Kind(form.kind.data)
        actions.classify(actor(), case, ring(), kind=kind, why=form.why.data, seen=form.version)

    said = _("Đã phân loại.")
    return step(case_id, form, "triage/classify.html", run, said, done=_guidance(case_id, form.kind.data))


def _guidance(case_id: str, kind: str | None) -> str:
    """A kind that is not for this portal leads to the letter that says where it goes."""
    reason = REASON_OF.get(Kind(kind)) if kind in set(Kind) else None
    return url_for("triage.decline", case_id=case_id, reason=reason.value) if reason else ""


@bp.route("/<case_id>/hoi", methods=["GET", "POST"])
@needs(DECIDE)
def ask(case_id: str) -> ResponseReturnValue:
    """Ask the resident."""
    form = forms.AskForm()

    def run(case: Any) -> None:
        actions.ask(actor(), case, ring(), text=form.text.data, seen=form.version)

    return step(
        case_id, form, "triage/ask.html", run, _("Đã gửi câu hỏi cho người phản ánh."), previewed=True
    )


@bp.route("/<case_id>/bao-tin", methods=["GET", "POST"])
@needs(DECIDE)
def write(case_id: str) -> ResponseReturnValue:
    """Tell the resident something."""
    form = forms.NoticeForm()

    def run(case: Any) -> None:
        actions.write(actor(), case, ring(), text=form.text.data, seen=form.version)

    return step(case_id, form, "triage/ask.html", run, _("Đã báo tin cho người phản ánh."), previewed=True)


@bp.route("/<case_id>/tiep-tuc", methods=["GET", "POST"])
@needs(DECIDE)
def resume(case_id: str) -> ResponseReturnValue:
    """Go on without an answer."""
    form = forms.ResumeForm()

    def run(case: Any) -> None:
        actions.resume(actor(), case, ring(), reason=form.reason.data, seen=form.version)

    return step(case_id, form, "triage/resume.html", run, _("Hồ sơ tiếp tục được xử lý."))


@bp.route("/<case_id>/khong-thu-ly", methods=["GET", "POST"])
@needs(DECIDE)
def decline(case_id: str) -> ResponseReturnValue:
    """Refuse, with where to go instead."""
    form = forms.DeclineForm(data={"reason": request.args.get("reason")})

    def run(case: Any) -> None:
        reason = DeclineReason(form.reason.data)
        actions.decline(actor(), case, ring(), reason=reason, text=form.text.data, seen=form.version)

    shown: dict[str, Any] = {"previewed": True, "reasons": DECLINE_REASONS}
    return step(case_id, form, "triage/decline.html", run, _("Đã trả lời không thụ lý."), **shown)


@bp.route("/<case_id>/bieu-duong", methods=["GET", "POST"])
@needs(DECIDE)
def commend(case_id: str) -> ResponseReturnValue:
    """Pass praise on."""
    form = forms.CommendForm()

    def run(case: Any) -> None:
        actions.commend(actor(), case, ring(), text=form.text.data, seen=form.version)

    return step(case_id, form, "triage/ask.html", run, _("Đã chuyển lời khen."), previewed=True)
