"""Pages for the protection of who suffers for a report."""

from dataclasses import replace
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
from portal.web.stale import Standing, standing_of
from portal.web.steps import StepForm


@bp.route("/<case_id>/bao-ve", methods=["GET", "POST"])
@needs(DECIDE)
def ask_protection(case_id: str) -> ResponseReturnValue:
    """A measure was asked for."""
    case = or_404(queries.case(case_id), DECIDE)
    if case.report_kind is not ReportKind.REPRISAL:
        raise NotFound
    form = AskProtectionForm()

    def run(case: Any) -> None:
        given: dict[str, Any] = {
            "body": form.body.data,
            "text": form.text.data,
            "dated": form.dated.data.first,
            "seen": form.version,
        }
        actions.ask_protection(actor(), case, ring(), measure=Measure(form.measure.data), **given)

    def standing() -> Standing:
        asked = queries.protections(case_id)
        if not asked:
            return standing_of(form, None, form.kept_as)
        return _standing(case, form, asked[-1].asked_record, {"measure": asked[-1].measure.value})

    said = _("Đã ghi đề nghị bảo vệ.")
    return step(case_id, form, "triage/protection.html", run, said, standing=standing)


def _standing(case: Any, form: StepForm, record_id: str | None, beside: dict[str, str]) -> Standing:
    """What a paper of protection says for the fields of the form, with what its row says."""
    found = actions.open_paper(actor(), case, ring(), record_id=record_id) if record_id else None
    return standing_of(form, replace(found, content=found.content | beside) if found else None, form.kept_as)


@bp.route("/<case_id>/bao-ve/<protection_id>", methods=["GET", "POST"])
@needs(DECIDE)
def settle_protection(case_id: str, protection_id: str) -> ResponseReturnValue:
    """What came of it."""
    case = or_404(queries.case(case_id), DECIDE)
    asked = queries.protection(case_id, protection_id)
    if asked is None:
        raise NotFound
    form = SettleProtectionForm()

    def run(case: Any) -> None:
        given: dict[str, Any] = {"text": form.text.data, "dated": form.dated.data.first}
        given |= {"seen": form.version}
        given |= {"protection_id": protection_id, "state": MeasureState(form.state.data)}
        actions.settle_protection(actor(), case, ring(), **given)

    def standing() -> Standing:
        return _standing(case, form, asked.settled_record, {"state": asked.state.value})

    said = _("Đã ghi kết quả đề nghị bảo vệ.")
    return step(case_id, form, "triage/protection.html", run, said, standing=standing)
