"""Pages of conflicts: one's relatives, standing aside, a person added, sealing anew for a body below."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.conflicts import actions, forms, queries
from portal.domain.permissions import Permission
from portal.papers import history
from portal.web import throttle
from portal.web.access import actor, case_or_404, needs, needs_confirmation, or_404, ring
from portal.web.i18n import _
from portal.web.steps import step_page

FREE_NAMES = 20
"""So many names in a row cost no wait: more than most people have relatives of these degrees (design)."""

bp = Blueprint("conflicts", __name__, url_prefix="/can-bo/lien-quan")


@bp.route("/nguoi-than", methods=["GET", "POST"])
@needs(Permission.ACCOUNT_OWN)
def relatives() -> ResponseReturnValue:
    """The relatives that one declared, and a form for one more."""
    account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
    form = forms.RelativeForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        status = _declare(account, form)
    if status == 303:
        flash(_("Đã khai. Tên được niêm phong bằng khóa của riêng bạn."))
        return redirect(url_for(".relatives"), 303)
    declared = actions.read_relatives(actor(), account, ring())
    return render_template("conflicts/relatives.html", form=form, declared=declared), status


def _declare(account: Any, form: forms.RelativeForm) -> int:
    """303, or why not; never a word on whether a report names the person. Whoever tries names waits longer
    and longer: a case that goes from his list would tell him.
    """
    relation = actions.Relation(form.relation.data)
    try:
        throttle.admit("relative", account.id, free=FREE_NAMES)
        actions.declare_relative(actor(), account, ring(), name=form.name.data, relation=relation)
    except throttle.TooMany as fault:
        minutes = -(-fault.wait // 60)
        said = _("Bạn khai nhiều người liền nhau. Hãy khai tiếp sau %(minutes)s phút.", minutes=minutes)
        form.form_errors.append(said)
        return 429
    except actions.TooMany:
        form.form_errors.append(_("Bạn đã khai đủ số người Cổng nhận."))
        return 422
    return 303


@bp.post("/nguoi-than/<relative_id>/rut")
@needs(Permission.ACCOUNT_OWN)
def drop(relative_id: str) -> ResponseReturnValue:
    """Take a declaration back."""
    found = or_404(queries.relative(relative_id), Permission.ACCOUNT_OWN)
    account = or_404(queries.account(actor().id), Permission.ACCOUNT_OWN)
    actions.drop_relative(actor(), account, relative_id=found.id)
    flash(_("Đã rút."))
    return redirect(url_for(".relatives"), 303)


@bp.route("/ho-so/<case_id>/toi", methods=["GET", "POST"])
@needs(Permission.CASE_STAND_ASIDE)
def aside(case_id: str) -> ResponseReturnValue:
    """I have a part in this matter: from then on the case does not exist for me."""
    case = case_or_404(case_id, Permission.CASE_STAND_ASIDE)
    form = forms.AsideForm()
    said = _("Đã ghi. Hồ sơ ấy không còn trong danh sách của bạn.")
    return step_page(
        "conflicts/aside.html",
        form,
        lambda: actions.stand_aside(actor(), case),
        case=case,
        done=url_for("accounts.home") if form.is_submitted() else _page_of(case),
        said=said,
    )


def _page_of(case: Any) -> str:
    stage = "triage" if case.front_id == actor().body_id else "casework"
    return url_for(f"{stage}.case", case_id=case.id)


@bp.route("/ho-so/<case_id>/mat-tran/them-nguoi", methods=["GET", "POST"])
@needs(Permission.TRIAGE_DECIDE)
def name_for_board(case_id: str) -> ResponseReturnValue:
    """Add somebody complained of, at the Front board."""
    case = case_or_404(case_id, Permission.TRIAGE_DECIDE)
    return _naming(case, actions.name_for_board, "triage", _("Thêm người bị phản ánh (Mặt trận)"))


@bp.route("/ho-so/<case_id>/uy-ban/them-nguoi", methods=["GET", "POST"])
@needs(Permission.CASEWORK_WORK)
def name_for_committee(case_id: str) -> ResponseReturnValue:
    """Add somebody complained of, at the committee."""
    case = case_or_404(case_id, Permission.CASEWORK_WORK)
    return _naming(case, actions.name_for_committee, "casework", _("Thêm người bị phản ánh (ủy ban)"))


def _naming(case: Any, name: Callable[..., actions.Added], stage: str, title: str) -> ResponseReturnValue:
    """Whoever lost the case by the name he added is led to his list; where it went, if he may know it."""
    form = forms.PersonForm()
    added: list[actions.Added] = []
    answer = step_page(
        "conflicts/name.html",
        form,
        lambda: added.append(name(actor(), case, ring(), name=form.name.data, seen=form.version)),
        case=case,
        done=url_for(f"{stage}.case", case_id=case.id),
        said=_("Đã ghi."),
        title=title,
    )
    if not any(added):
        return answer
    if added[0].may_know:
        flash(_where(added[0].above))
    return redirect(url_for(f"{stage}.queue"), 303)


def _where(above: str | None) -> str:
    """What became of a case that the reader's body lost."""
    if above is None:
        return _("Hồ sơ đã khóa với đơn vị bạn. Trên Cổng không còn nơi nào được phép xem xét.")
    name = history.body_names([above])[above]
    return _("Hồ sơ đã khóa với đơn vị bạn và chuyển lên %(body)s.", body=name)


@bp.get("/niem-phong")
@needs(Permission.CONFLICT_TASKS)
def tasks() -> ResponseReturnValue:
    """Cases that wait to be sealed anew by an officer of this body."""
    found = queries.waiting(actor())
    names = history.body_names(one.body_id for one in found)
    return render_template("conflicts/tasks.html", tasks=found, names=names)


@bp.get("/niem-phong/<lock_id>")
@needs(Permission.CONFLICT_RESEAL)
@needs_confirmation
def task(lock_id: str) -> ResponseReturnValue:
    """How far one of them has come."""
    lock = or_404(queries.lock(lock_id), Permission.CONFLICT_RESEAL)
    names = history.body_names([lock.body_id, lock.to_body_id])
    progress = queries.progress(lock)
    return render_template("conflicts/task.html", lock=lock, names=names, progress=progress)


@bp.post("/niem-phong/<lock_id>")
@needs(Permission.CONFLICT_RESEAL)
@needs_confirmation
def go_on(lock_id: str) -> ResponseReturnValue:
    """The next part; the last one leads to the case."""
    lock = or_404(queries.lock(lock_id), Permission.CONFLICT_RESEAL)
    if actions.go_on(actor(), lock, ring()):
        flash(_("Đã niêm phong lại. Đơn vị bạn giữ hồ sơ này; thời hạn tính lại từ hôm nay."))
        stage = "triage" if lock.side == "front" else "casework"
        return redirect(url_for(f"{stage}.case", case_id=lock.case_id), 303)
    if queries.lock(lock_id) is None or lock.to_body_id != actor().body_id:
        return redirect(url_for(".tasks"), 303)
    return redirect(url_for(".task", lock_id=lock.id), 303)
