"""Pages of reorganisations: typed or sent as files, looked at beforehand, carried out, taken back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.clock import today
from portal.domain.holding import Holding
from portal.domain.parties import CENTRE, Level
from portal.domain.permissions import may
from portal.registry import actions, forms, typed
from portal.registry.queries import previews, tasks, units
from portal.registry.routes.base import CARRY_OUT, EDIT, READ, bp, to, tried
from portal.registry.routes.sentences import FAULTS, sentences
from portal.web.access import actor, needs, or_404
from portal.web.i18n import _
from portal.web.uploads import takes_files

LARGEST = 4 * 1024**2


def own_holding() -> Holding:
    """The part of the register that the registrar keeps: all of it, or his province."""
    whole, own = Holding(CENTRE), units.area(actor().body.partition(".")[2])
    if own is None or own.level is not Level.PROVINCE or may(actor(), EDIT, whole.facts()):
        return or_404(whole, EDIT)
    return or_404(Holding(own.id, own.id), EDIT)


@bp.get("/sap-xep")
@needs(READ)
def plans() -> ResponseReturnValue:
    """Every reorganisation, those that wait first."""
    found = tasks.plans()
    return render_template("registry/plans.html", plans=found, people=tasks.people_of(found))


@bp.route("/sap-xep/moi", methods=["GET", "POST"])
@needs(EDIT)
def new_plan() -> ResponseReturnValue:
    """A small reorganisation, typed."""
    holding, form = own_holding(), forms.PlanForm()

    def act() -> None:
        boxes = (form.ends.data, form.opens.data or "", form.links.data)
        files = typed.files_of(*boxes, day=form.day.data.first, known=actions.known_areas())
        _plan(holding, files, form)

    return tried(
        "registry/new_plan.html", form, act, done=to("plans"), said=_("Đã lập kế hoạch. Hãy xem trước.")
    )


@bp.route("/sap-xep/tep", methods=["GET", "POST"])
@takes_files
@needs(EDIT)
def plan_from_files() -> ResponseReturnValue:
    """A large reorganisation, as two files."""
    holding, form = own_holding(), forms.FilesForm()

    def act() -> None:
        sent = (request.files.get("areas"), request.files.get("successors"))
        files = tuple(one.stream.read(LARGEST) if one else b"" for one in sent)
        _plan(holding, (files[0], files[1]), form)

    said = _("Đã lập kế hoạch. Hãy xem trước.")
    return tried("registry/plan_files.html", form, act, done=to("plans"), said=said)


def _plan(holding: Holding, files: tuple[bytes, bytes], form: forms.GroundForm) -> None:
    given = actions.AreaFiles(*files)
    actions.plan_reorganisation(actor(), holding, files=given, source_doc=form.source_doc.data)


@bp.get("/sap-xep/<plan_id>")
@needs(READ)
def plan(plan_id: str) -> ResponseReturnValue:
    """What a plan would do, or did, and what is left to do."""
    found = or_404(tasks.plan(plan_id), READ)
    shown: dict[str, Any] = {
        "plan": found,
        "people": tasks.people_of([found]),
        "left": tasks.left_of(plan_id),
        "today": today(),
    }
    return render_template("registry/plan.html", form=forms.SureForm(), **shown, **_looked_at(found))


def _looked_at(found: Any) -> dict[str, Any]:
    """The preview of a plan that waits, or why it cannot be carried out any more."""
    if found.state != "planned":
        return {"seen": None, "faults": []}
    try:
        seen = previews.preview(actions.plan_of(found))
        names = tasks.names_of([one.went.holder for one in seen.moved])
        names |= {body.id: body.name for body in seen.new_bodies}
    except FAULTS as fault:
        return {"seen": None, "faults": sentences(fault)}
    return {"seen": seen, "faults": [], "names": names}


@bp.post("/sap-xep/<plan_id>/thuc-hien")
@needs(CARRY_OUT)
def carry_out(plan_id: str) -> ResponseReturnValue:
    """Close, open and hand over, at once, by another registrar than the one who planned it."""
    found = or_404(tasks.plan(plan_id), CARRY_OUT)
    if not forms.SureForm().validate():
        flash(_("Chưa thực hiện: hãy đánh dấu vào ô xác nhận."), "error")
        return redirect(to("plan", plan_id=plan_id), 303)
    try:
        actions.carry_out(actor(), found)
    except FAULTS as fault:
        flash(" ".join(sentences(fault)), "error")
    else:
        flash(_("Đã thực hiện."))
    return redirect(to("plan", plan_id=plan_id), 303)


@bp.post("/sap-xep/<plan_id>/rut")
@needs(EDIT)
def withdraw_plan(plan_id: str) -> ResponseReturnValue:
    """Give a plan up that was not carried out."""
    actions.withdraw_plan(actor(), or_404(tasks.plan(plan_id), EDIT))
    flash(_("Đã rút kế hoạch."))
    return redirect(to("plan", plan_id=plan_id), 303)


@bp.route("/sap-xep/<plan_id>/hoan-lai", methods=["GET", "POST"])
@needs(EDIT)
def undo(plan_id: str) -> ResponseReturnValue:
    """Plan the way back, from a day on; it is looked at and carried out like any other plan."""
    found = or_404(tasks.plan(plan_id), EDIT)
    form = forms.UndoForm()

    def act() -> None:
        day = form.day.data.first
        actions.plan_undoing(actor(), found, day=day, source_doc=form.source_doc.data)

    said, done = _("Đã lập kế hoạch hoàn lại. Hãy xem trước."), url_for("registry.plans")
    return tried("registry/undo.html", form, act, done=done, said=said, plan=found)
