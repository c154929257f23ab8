"""Pages on which it is settled where a case goes: the facts, the competent body, the version that leaves."""

from typing import Any

from flask.typing import ResponseReturnValue

from portal.domain.kinds import facts_of
from portal.domain.life import State
from portal.papers import history
from portal.triage import actions, forms, sending, stating
from portal.triage.routes.base import DECIDE, bp, step
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _


@bp.route("/<case_id>/du-kien", methods=["GET", "POST"])
@needs(DECIDE)
def facts(case_id: str) -> ResponseReturnValue:
    """State the facts on which the competent body depends."""
    found = case_or_404(case_id, DECIDE)
    sheet = stating.sheet(actions.look_up(actor(), found, ring()))

    def run(case: Any) -> None:
        actions.establish(actor(), case, ring(), stated=sheet.stated, seen=sheet.form.version)

    people = history.account_names(paper.author_id for paper in sheet.known.versions)
    shown: dict[str, Any] = {"sheet": sheet, "people": people, "standing": lambda: stating.standing(sheet)}
    return step(case_id, sheet.form, "triage/facts.html", run, _("Đã ghi dữ kiện."), **shown)


@bp.route("/<case_id>/chuyen", methods=["GET", "POST"])
@needs(DECIDE)
def route(case_id: str) -> ResponseReturnValue:
    """Confirm the committee and the version it gets."""
    form = forms.RouteForm()
    found = case_or_404(case_id, DECIDE)
    sheet = sending.sheet(actor(), found, ring(), form)
    routable = found.kind is not None and facts_of(found.kind).routable
    other = actions.other_track_of(found, sheet.proposal)
    shown: dict[str, Any] = {"sheet": sheet, "routable": routable, "other": other}
    shown |= {"previewed": True, "standing": lambda: sending.standing(sheet)}
    return step(case_id, form, "triage/route.html", lambda case: sheet.send(), _("Đã chuyển hồ sơ."), **shown)


@bp.route("/<case_id>/cap-tinh", methods=["GET", "POST"])
@needs(DECIDE)
def refer(case_id: str) -> ResponseReturnValue:
    """Hand the case to the province, which determines who is competent."""
    form = forms.ReferForm()

    def run(case: Any) -> None:
        if case.state is State.UNDETERMINED:
            raise actions.NotRoutable("determining")
        actions.refer(actor(), case, ring(), seen=form.version)

    return step(case_id, form, "triage/refer.html", run, _("Đã chuyển cấp tỉnh xác định thẩm quyền."))


@bp.route("/<case_id>/duong-kia", methods=["GET", "POST"])
@needs(DECIDE)
def open_track(case_id: str) -> ResponseReturnValue:
    """Open the other track of the matter as a linked case."""
    form = forms.TrackForm()

    def run(case: Any) -> None:
        actions.open_track(actor(), case, ring(), seen=form.version)

    return step(case_id, form, "triage/open_track.html", run, _("Đã mở hồ sơ trên đường xử lý kia."))
