"""Pages of the Front board: the queue, one case, and a page for each step."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.domain.answers import Answer, Finding, NoRealAnswer
from portal.domain.clock import today
from portal.domain.declining import DECLINE_REASONS, DeclineReason
from portal.domain.kinds import Kind, facts_of
from portal.domain.life import Desk, State, steps_from
from portal.domain.permissions import Permission
from portal.papers import history
from portal.papers.lists import Filters
from portal.triage import actions, forms, queries, sending, showing
from portal.web.access import actor, needs, or_404, ring
from portal.web.downloads import download
from portal.web.i18n import _
from portal.web.listing import place_of, text_of
from portal.web.matter import matter
from portal.web.steps import StepForm, step_page

bp = Blueprint("triage", __name__, url_prefix="/can-bo/phan-loai")
DECIDE = Permission.TRIAGE_DECIDE


@bp.get("/")
@needs(Permission.TRIAGE_QUEUE)
def queue() -> ResponseReturnValue:
    """The board's cases, oldest first, with the clocks."""
    form = forms.FilterForm(request.args)
    found = queries.queue(actor(), _filters(form), place_of(request.args.get("after")))
    cases = found[: queries.PAGE]
    heads = actions.open_queue(actor(), None, ring(), cases)
    after = text_of(cases[-1].opened_on, cases[-1].id) if len(found) > queries.PAGE else ""
    matters = {case.id: matter(heads.get(case.id)) for case in cases}
    shown = {"matters": matters, "channels": queries.channels(list(matters))}
    return render_template("triage/queue.html", form=form, cases=cases, after=after, today=today(), **shown)


def _filters(form: forms.FilterForm) -> Filters:
    chosen = form.validate()
    return Filters(
        desk=Desk(form.desk.data) if chosen and form.desk.data != "all" else None,
        state=State(form.state.data) if chosen and form.state.data else None,
        overdue_on=today() if form.late.data else None,
    )


@bp.get("/<case_id>")
@needs(Permission.TRIAGE_VIEW)
def case(case_id: str) -> ResponseReturnValue:
    """One case, opened."""
    found = or_404(queries.case(case_id), Permission.TRIAGE_VIEW)
    opened = actions.open_case(actor(), found, ring())
    return render_template(
        "triage/case.html", case=found, today=today(), **_shown(found), **showing.of(opened)
    )


def _shown(case: Any) -> dict[str, Any]:
    """What the page shows of a case beside what was opened."""
    steps, handover = history.steps(case.id), queries.handover(case.id)
    return {
        "steps": steps,
        "moves": history.moves(case.id),
        "handover": handover,
        "names": history.body_names([case.front_id, case.leader_id, *(step.body_id for step in steps)]),
        "people": history.account_names(step.account_id for step in steps),
        "links": _links(case, handover is not None),
        "waiting": showing.waiting(case),
        "identities": queries.kept_identities(case.id),
    }


def _links(case: Any, outside: bool) -> list[dict[str, str]]:
    """What the current member may do with the case as it stands."""
    possible = set(steps_from(case.state))
    return [
        {"text": str(text), "href": url_for(f"triage.{endpoint}", case_id=case.id)}
        for step, endpoint, text in showing.STEPS
        if step in possible and showing.is_ours(case, step, outside=outside)
    ]


@bp.get("/<case_id>/tep/<file_id>")
@needs(Permission.TRIAGE_VIEW)
def file(case_id: str, file_id: str) -> ResponseReturnValue:
    """One file of the case."""
    found = or_404(queries.case(case_id), Permission.TRIAGE_VIEW)
    try:
        info, data = actions.open_file(actor(), found, ring(), file_id)
    except KeyError:
        abort(404)
    return download(info.name, info.media_type, data)


def _step(
    case_id: str,
    form: StepForm,
    template: str,
    run: Callable[[Any], object],
    said: str,
    *,
    previewed: bool = False,
    **shown: Any,
) -> ResponseReturnValue:
    """The page of a step on one of the board's own cases."""
    found = or_404(queries.case(case_id), DECIDE)
    return step_page(
        template,
        form,
        lambda: run(found),
        case=found,
        done=url_for("triage.case", case_id=case_id),
        said=said,
        previewed=previewed,
        board=current_user.body_name,
        refusals={actions.NotRoutable: forms.explain, NoRealAnswer: forms.explain},
        **shown,
    )


@bp.route("/<case_id>/loai", methods=["GET", "POST"])
@needs(DECIDE)
def classify(case_id: str) -> ResponseReturnValue:
    """Set the kind."""
    form = forms.ClassifyForm()

    def run(case: Any) -> None:
        kind = Kind(form.kind.data)
        actions.classify(actor(), case, ring(), kind=kind, why=form.why.data, seen=form.version)

    return _step(case_id, form, "triage/classify.html", run, _("Đã phân loại."))


@bp.route("/<case_id>/hoi", methods=["GET", "POST"])
@needs(DECIDE)
def ask(case_id: str) -> ResponseReturnValue:
    """Ask the resident."""
    form = forms.AskForm()

    def run(case: Any) -> None:
        actions.ask(actor(), case, ring(), text=form.text.data, seen=form.version)

    return _step(
        case_id, form, "triage/ask.html", run, _("Đã gửi câu hỏi cho người phản ánh."), previewed=True
    )


@bp.route("/<case_id>/bao-tin", methods=["GET", "POST"])
@needs(DECIDE)
def write(case_id: str) -> ResponseReturnValue:
    """Tell the resident something."""
    form = forms.NoticeForm()

    def run(case: Any) -> None:
        actions.write(actor(), case, ring(), text=form.text.data)

    return _step(case_id, form, "triage/ask.html", run, _("Đã báo tin cho người phản ánh."), previewed=True)


@bp.route("/<case_id>/tiep-tuc", methods=["GET", "POST"])
@needs(DECIDE)
def resume(case_id: str) -> ResponseReturnValue:
    """Go on without an answer."""
    form = forms.ResumeForm()

    def run(case: Any) -> None:
        actions.resume(actor(), case, ring(), reason=form.reason.data, seen=form.version)

    return _step(case_id, form, "triage/resume.html", run, _("Hồ sơ tiếp tục được xử lý."))


@bp.route("/<case_id>/khong-thu-ly", methods=["GET", "POST"])
@needs(DECIDE)
def decline(case_id: str) -> ResponseReturnValue:
    """Refuse, with where to go instead."""
    form = forms.DeclineForm()

    def run(case: Any) -> None:
        reason = DeclineReason(form.reason.data)
        actions.decline(actor(), case, ring(), reason=reason, text=form.text.data, seen=form.version)

    shown: dict[str, Any] = {"previewed": True, "reasons": DECLINE_REASONS}
    return _step(case_id, form, "triage/decline.html", run, _("Đã trả lời không thụ lý."), **shown)


@bp.route("/<case_id>/bieu-duong", methods=["GET", "POST"])
@needs(DECIDE)
def commend(case_id: str) -> ResponseReturnValue:
    """Pass praise on."""
    form = forms.CommendForm()

    def run(case: Any) -> None:
        actions.commend(actor(), case, ring(), text=form.text.data, seen=form.version)

    return _step(case_id, form, "triage/ask.html", run, _("Đã chuyển lời khen."), previewed=True)


@bp.route("/<case_id>/chuyen", methods=["GET", "POST"])
@needs(DECIDE)
def route(case_id: str) -> ResponseReturnValue:
    """Confirm the committee and the version it gets."""
    form = forms.RouteForm()
    found = or_404(queries.case(case_id), DECIDE)
    sheet = sending.sheet(actor(), found, ring(), form)
    routable = found.kind is not None and facts_of(found.kind).routable
    shown: dict[str, Any] = {"previewed": True, "sheet": sheet, "routable": routable}
    return _step(
        case_id, form, "triage/route.html", lambda case: sheet.send(), _("Đã chuyển hồ sơ."), **shown
    )


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

    return _step(case_id, form, "triage/record_return.html", run, _("Đã ghi kết quả."))


@bp.route("/<case_id>/tra-loi", methods=["GET", "POST"])
@needs(DECIDE)
def answer(case_id: str) -> ResponseReturnValue:
    """Send the resident what came back from outside the portal."""
    form = forms.SendForm()

    def run(case: Any) -> None:
        actions.answer_outside(actor(), case, ring(), seen=form.version)

    found = or_404(queries.case(case_id), DECIDE)
    letter = actions.outside_letter(actor(), found, ring())
    return _step(case_id, form, "triage/answer.html", run, _("Đã trả lời người phản ánh."), letter=letter)


@bp.route("/<case_id>/ket-thuc", methods=["GET", "POST"])
@needs(DECIDE)
def close(case_id: str) -> ResponseReturnValue:
    """End a case that the board itself answered."""
    form = forms.CloseForm()

    def run(case: Any) -> None:
        actions.close_outside(actor(), case, seen=form.version)

    return _step(case_id, form, "triage/close.html", run, _("Đã kết thúc hồ sơ."))
