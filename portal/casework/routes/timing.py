"""Pages on which the clock of a case stands still, runs again or gets more time."""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue

from portal.casework import actions, forms
from portal.casework.routes.reading import bp
from portal.casework.routes.taking import LEAD, page_of
from portal.domain.clocks import Until
from portal.domain.deadlines import Ground
from portal.domain.life import Step
from portal.papers import history, timing
from portal.papers.clocks import NoClock
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _
from portal.web.steps import StepForm


def told_page(
    case: Any,
    step: Step,
    form: StepForm,
    act: Callable[[], object],
    letter: Callable[[], dict[str, Any]],
    said: str,
    **shown: Any,
) -> ResponseReturnValue:
    """The page of a step that writes to the resident, who reads `letter()`: shown first, then done."""
    who = next(iter(history.body_names([actor().body]).values()), "")
    given: dict[str, Any] = {
        "heading": "",
        "lead": "",
        "source": "",
        "empty": "",
        "about": None,
    } | shown
    given |= {"who": who, "letter": letter, "step": step}
    return page_of(case, "casework/entry.html", form, act, said, previewed=True, **given)


@bp.route("/<case_id>/tam-dinh-chi", methods=["GET", "POST"])
@needs(LEAD)
def suspend(case_id: str) -> ResponseReturnValue:
    """Let the work and its clock stand still."""
    case = case_or_404(case_id, LEAD)
    form = forms.SuspendForm()

    def letter() -> dict[str, Any]:
        return actions.suspended(Until(form.until.data), form.text.data)

    def act() -> None:
        given: dict[str, Any] = {"reason": form.reason.data, "text": form.text.data, "seen": form.version}
        actions.suspend(actor(), case, ring(), until=Until(form.until.data), **given)

    lead = _("Trong thời gian tạm đình chỉ, hạn giải quyết không chạy (Luật Tố cáo 2018, điều 34).")
    return told_page(case, Step.SUSPEND, form, act, letter, _("Đã tạm đình chỉ."), lead=lead)


@bp.route("/<case_id>/tiep-tuc", methods=["GET", "POST"])
@needs(LEAD)
def resume_work(case_id: str) -> ResponseReturnValue:
    """Go on with the work; the clock runs again from tomorrow."""
    case = case_or_404(case_id, LEAD)
    form = forms.ResumeForm()

    def letter() -> dict[str, Any]:
        return actions.resumed(timing.due_if_resumed(case), form.text.data)

    def act() -> None:
        given: dict[str, Any] = {"reason": form.reason.data, "text": form.text.data, "seen": form.version}
        actions.resume_work(actor(), case, ring(), **given)

    lead = _("Hạn giải quyết chạy tiếp từ ngày mai.")
    return told_page(case, Step.RESUME_WORK, form, act, letter, _("Đã tiếp tục giải quyết."), lead=lead)


def _more_time(case: Any) -> tuple[forms.ExtendForm, str]:
    """The form with the grounds of the running limit, or why there is none to extend."""
    form = forms.ExtendForm()
    try:
        what = timing.extendable(case)
    except NoClock:
        return form, _("Hồ sơ này không có hạn đang chạy.")
    return form.offer(what), "" if what.grounds else _("Luật không cho gia hạn hạn đang chạy.")


@bp.route("/<case_id>/gia-han", methods=["GET", "POST"])
@needs(LEAD)
def extend(case_id: str) -> ResponseReturnValue:
    """Give more time, on a ground of the law that the running limit rests on."""
    case = case_or_404(case_id, LEAD)
    form, empty = _more_time(case)

    def letter() -> dict[str, Any]:
        return actions.extended(
            timing.extendable(case), Ground(form.ground.data), form.number, form.text.data
        )

    def act() -> None:
        given: dict[str, Any] = {"reason": form.reason.data, "text": form.text.data, "seen": form.version}
        actions.extend(actor(), case, ring(), ground=Ground(form.ground.data), days=form.number, **given)

    lead = _("Gia hạn bằng quyết định, có căn cứ luật cho phép. Hạn đã quá thì vẫn ghi là quá hạn.")
    return told_page(case, Step.EXTEND, form, act, letter, _("Đã gia hạn."), lead=lead, empty=empty)
