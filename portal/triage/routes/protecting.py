"""Pages for the protection of who suffers for a report."""

from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.domain.kinds import ReportKind
from portal.domain.reprisals import Measure, MeasureState
from portal.triage import actions, queries
from portal.triage.forms_protection import AskProtectionForm, SettleProtectionForm
from portal.triage.routes.base import DECIDE, bp, step
from portal.web.access import actor, needs, or_404, ring
from portal.web.i18n import _


@bp.route("/<case_id>/bao-ve", methods=["GET", "POST"])
@needs(DECIDE)
def ask_protection(case_id: str) -> ResponseReturnValue:
    """A measure was asked for."""
    if or_404(queries.case(case_id), DECIDE).report_kind is not ReportKind.REPRISAL:
        raise NotFound
    form = AskProtectionForm()

    def run(case: Any) -> None:
        given: dict[str, Any] = {
            "body": form.body.data,
            "text": form.text.data,
            "dated": form.dated.data.first,
        }
        actions.ask_protection(actor(), case, ring(), measure=Measure(form.measure.data), **given)

    return step(case_id, form, "triage/protection.html", run, _("Đã ghi đề nghị bảo vệ."))


@bp.route("/<case_id>/bao-ve/<protection_id>", methods=["GET", "POST"])
@needs(DECIDE)
def settle_protection(case_id: str, protection_id: str) -> ResponseReturnValue:
    """What came of it."""
    or_404(queries.case(case_id), DECIDE)
    if queries.protection(case_id, protection_id) is None:
        raise NotFound
    form = SettleProtectionForm()

    def run(case: Any) -> None:
        given: dict[str, Any] = {"text": form.text.data, "dated": form.dated.data.first}
        given |= {"protection_id": protection_id, "state": MeasureState(form.state.data)}
        actions.settle_protection(actor(), case, ring(), **given)

    return step(case_id, form, "triage/protection.html", run, _("Đã ghi kết quả đề nghị bảo vệ."))
