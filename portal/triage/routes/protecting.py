"""Pages for the protection of who suffers for a report."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.domain.kinds import ReportKind
from portal.domain.reprisals import Measure, MeasureState
from portal.triage import actions, queries
from portal.triage.forms_protection import AskProtectionForm, SettleProtectionForm
from portal.triage.routes.base import DECIDE, bp, step
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _
from portal.web.stale import Standing, standing_of
from portal.web.steps import StepForm

Row = tuple[str | None, dict[str, str]]


@bp.route("/<case_id>/bao-ve", methods=["GET", "POST"])
@needs(DECIDE)
def ask_protection(case_id: str) -> ResponseReturnValue:
    """A measure was asked for."""
    case = case_or_404(case_id, DECIDE)
    if case.report_kind is not ReportKind.REPRISAL:
        raise NotFound
    form = AskProtectionForm()

    def run(case: Any) -> None:
        given = _given(form) | {"body": form.body.data, "measure": Measure(form.measure.data)}
        actions.ask_protection(actor(), case, ring(), **given)

    return _page(case, form, run, _("Đã ghi đề nghị bảo vệ."), lambda: _asked(case_id))


@bp.route("/<case_id>/bao-ve/<protection_id>", methods=["GET", "POST"])
@needs(DECIDE)
def settle_protection(case_id: str, protection_id: str) -> ResponseReturnValue:
    """What came of it."""
    case, one = case_or_404(case_id, DECIDE), queries.protection(case_id, protection_id)
    if one is None:
        raise NotFound
    form = SettleProtectionForm()

    def run(case: Any) -> None:
        given = _given(form) | {"protection_id": protection_id, "state": MeasureState(form.state.data)}
        actions.settle_protection(actor(), case, ring(), **given)

    said = _("Đã ghi kết quả đề nghị bảo vệ.")
    return _page(case, form, run, said, lambda: (one.settled_record, {"state": one.state.value}))


def _given(form: AskProtectionForm | SettleProtectionForm) -> dict[str, Any]:
    return {"text": form.text.data, "dated": form.dated.data.first, "seen": form.version}


def _asked(case_id: str) -> Row:
    """The measure that was asked for last."""
    asked = queries.protections(case_id)
    return (asked[-1].asked_record, {"measure": asked[-1].measure.value}) if asked else (None, {})


def _page(
    case: Any, form: StepForm, run: Callable[[Any], None], said: str, row: Callable[[], Row]
) -> ResponseReturnValue:
    """The page of a form, which stands beside the paper that `row` names and what the row itself says."""

    def standing() -> Standing:
        record_id, beside = row()
        found = actions.open_paper(actor(), case, ring(), record_id=record_id) if record_id else None
        newest = replace(found, content=found.content | beside) if found else None
        return standing_of(form, newest, form.kept_as)

    return step(case.id, form, "triage/protection.html", run, said, standing=standing)
