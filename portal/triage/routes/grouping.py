"""Pages on which one report becomes several cases, and several reports one."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.parting import NotApart
from portal.triage import actions, grouping, grouping_forms
from portal.triage.routes.base import DECIDE, bp, step
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _
from portal.web.stale import Standing


@bp.route("/<case_id>/tach-viec", methods=["GET", "POST"])
@needs(DECIDE)
def split(case_id: str) -> ResponseReturnValue:
    """Share a report out among its matters."""
    form = grouping_forms.SplitForm()
    found = case_or_404(case_id, DECIDE)
    try:
        sheet = grouping.split_sheet(actor(), found, ring(), form)
    except NotApart as refusal:
        return _not_apart(case_id, form, found, refusal)

    def run(case: Any) -> None:
        actions.split(actor(), case, ring(), parts=sheet.parts(), seen=form.version)

    said = _("Đã tách. Mỗi việc là một hồ sơ riêng.")
    return step(case_id, form, "triage/split.html", run, said, previewed=True, sheet=sheet)


def _not_apart(case_id: str, form: Any, case: Any, refusal: NotApart) -> ResponseReturnValue:
    """What cannot be split says why, before anybody shares anything out."""
    why, back = grouping_forms.REFUSALS[refusal.why], url_for("triage.case", case_id=case_id)
    shown = {"form": form, "case": case, "why": why, "back": back, "moved": ""}
    return render_template("triage/no_split.html", **shown), (409 if request.form else 200)


@bp.route("/<case_id>/gop", methods=["GET", "POST"])
@needs(DECIDE)
def join(case_id: str) -> ResponseReturnValue:
    """Join a case with another of the board's on the same matter."""
    found = case_or_404(case_id, DECIDE)
    form, beginnings = grouping.join_form(actor(), found, ring())

    def run(case: Any) -> None:
        actions.join(actor(), case, ring(), into=form.into.data, why=form.why.data, seen=form.version)

    def standing() -> Standing:
        newest = actions.open_newest(actor(), found, ring(), step=form.step)
        return grouping.join_standing(form, found, newest)

    said = _("Đã gộp. Mỗi người phản ánh vẫn được trả lời riêng.")
    return step(case_id, form, "triage/join.html", run, said, beginnings=beginnings, standing=standing)


@bp.route("/<case_id>/go-gop", methods=["GET", "POST"])
@needs(DECIDE)
def unjoin(case_id: str) -> ResponseReturnValue:
    """Undo a wrong join."""
    form = grouping_forms.UnjoinForm()

    def run(case: Any) -> None:
        actions.unjoin(actor(), case, ring(), reason=form.reason.data, seen=form.version)

    return step(case_id, form, "triage/unjoin.html", run, _("Đã tách ra. Hồ sơ về đơn vị bạn."))
