"""A page for each step of the committee."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from portal.casework import actions, bulk, forms, queries, showing
from portal.casework.routes.reading import bp
from portal.domain.answers import Finding
from portal.domain.life import Step
from portal.domain.permissions import Permission
from portal.papers import history
from portal.papers.notes import colleagues
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _
from portal.web.stale import Standing, pairs_of, standing_of, visible
from portal.web.steps import StepForm, step_page

LEAD, WORK = Permission.CASEWORK_LEAD, Permission.CASEWORK_WORK


def page_of(
    case: Any,
    template: str,
    form: StepForm,
    act: Callable[[], object],
    said: str,
    *,
    done: str = "",
    **shown: Any,
) -> ResponseReturnValue:
    """The page of a step, which leads back to the case."""
    return step_page(
        template,
        form,
        act,
        case=case,
        done=done or url_for("casework.case", case_id=case.id),
        said=said,
        refusals=forms.REFUSALS,
        standing=lambda: _standing(case, form),
        **shown,
    )


def _standing(case: Any, form: StepForm) -> Standing:
    """What stands on the case for the fields of the form; a step in which nothing is typed has nothing."""
    if form.step is None or not visible(form):
        return Standing()
    if form.step is Step.ASSIGN:
        return Standing(pairs_of(form, {"account": case.assignee_id}))
    return standing_of(
        form, actions.open_newest(actor(), case, ring(), step=form.step, about=form.about), form.kept_as
    )


@bp.route("/<case_id>/thu-ly", methods=["GET", "POST"])
@needs(LEAD)
def accept(case_id: str) -> ResponseReturnValue:
    """Take the case on."""
    case = case_or_404(case_id, LEAD)
    form = forms.ConfirmForm()

    def act() -> None:
        actions.accept(actor(), case, seen=form.version)

    return _confirmed(case, Step.ACCEPT, form, act, _("Đã thụ lý hồ sơ."))


def _confirmed(
    case: Any, step: Step, form: StepForm, act: Callable[[], object], said: str
) -> ResponseReturnValue:
    about = showing.about(actor(), case, ring(), step)
    return page_of(case, "casework/confirm.html", form, act, said, step=step, about=about)


@bp.route("/<case_id>/tra-lai", methods=["GET", "POST"])
@needs(LEAD)
def return_case(case_id: str) -> ResponseReturnValue:
    """Give the case back; afterwards it is no longer the committee's, so the way leads to the queue."""
    case = case_or_404(case_id, LEAD)
    form = forms.ReturnForm()

    def act() -> None:
        actions.return_case(actor(), case, ring(), reason=form.reason.data, seen=form.version)

    said, done = _("Đã trả lại hồ sơ cho Mặt trận."), url_for("casework.queue")
    return page_of(case, "casework/return.html", form, act, said, done=done)


@bp.route("/<case_id>/giao", methods=["GET", "POST"])
@needs(LEAD)
def assign(case_id: str) -> ResponseReturnValue:
    """Give the case to an inspector."""
    case = case_or_404(case_id, LEAD)
    people = bulk.people(actor(), case_id)
    form = forms.AssignForm(account=case.assignee_id or "").offer(people)

    def act() -> None:
        actions.assign(actor(), case, account_id=form.account.data, seen=form.version)

    return page_of(case, "casework/assign.html", form, act, _("Đã giao hồ sơ."))


@bp.route("/<case_id>/ghi-chu", methods=["GET", "POST"])
@needs(WORK)
def note(case_id: str) -> ResponseReturnValue:
    """Write a note for colleagues."""
    case = case_or_404(case_id, WORK)
    form = forms.NoteForm().offer(colleagues(actor(), case_id))

    def act() -> None:
        given = {"text": form.text.data}
        if form.is_own:
            return actions.note_for_oneself(actor(), case, **given)
        return actions.note(
            actor(), case, ring(), mention=form.mention.data or "", seen=form.version, **given
        )

    return page_of(case, "layouts/note.html", form, act, _("Đã ghi chú."))


@bp.route("/<case_id>/hoi", methods=["GET", "POST"])
@needs(WORK)
def ask(case_id: str) -> ResponseReturnValue:
    """Ask a resident; shown first as he will read it."""
    case = case_or_404(case_id, WORK)
    form = forms.AskForm().offer([link.report_id for link in queries.links(case_id)])
    names = history.body_names([actor().body])

    def act() -> None:
        given = {"report_id": form.report.data, "text": form.text.data, "seen": form.version}
        actions.ask(actor(), case, ring(), **given)

    said = _("Đã gửi câu hỏi. Người phản ánh đọc khi tra cứu.")
    return page_of(case, "casework/ask.html", form, act, said, previewed=True, names=names)


@bp.route("/<case_id>/xac-minh", methods=["GET", "POST"])
@needs(WORK)
def begin_verification(case_id: str) -> ResponseReturnValue:
    """Begin to verify, with a plan."""
    case = case_or_404(case_id, WORK)
    form = forms.BeginForm()

    def act() -> None:
        actions.begin_verification(actor(), case, ring(), plan=form.plan.data, seen=form.version)

    shown = {"step": Step.BEGIN_VERIFICATION, "field": "plan"}
    return page_of(case, "casework/text.html", form, act, _("Đã bắt đầu xác minh."), **shown)


@bp.route("/<case_id>/giai-trinh", methods=["GET", "POST"])
@needs(WORK)
def record_explanation(case_id: str) -> ResponseReturnValue:
    """Record what the person complained of explained, or that he refused."""
    case = case_or_404(case_id, WORK)
    form = forms.ExplanationForm()

    def act() -> None:
        given = {"text": form.text.data, "dated": form.dated.data.first, "seen": form.version}
        actions.record_explanation(actor(), case, ring(), refused=form.refused.data == "yes", **given)

    return page_of(case, "casework/explanation.html", form, act, _("Đã ghi giải trình."))


@bp.route("/<case_id>/ket-luan", methods=["GET", "POST"])
@needs(WORK)
def conclude(case_id: str) -> ResponseReturnValue:
    """Conclude, in the four parts that the resident will read."""
    case = case_or_404(case_id, WORK)
    form = forms.ConclusionForm()

    def act() -> None:
        finding = Finding(form.finding.data)
        actions.conclude(actor(), case, ring(), finding=finding, answer=form.answer(), seen=form.version)

    heard = queries.was_heard(case_id)
    return page_of(case, "casework/conclude.html", form, act, _("Đã ghi kết luận."), heard=heard)


@bp.route("/<case_id>/tra-loi", methods=["GET", "POST"])
@needs(LEAD)
def answer(case_id: str) -> ResponseReturnValue:
    """Send the conclusion, shown exactly as the resident will read it."""
    case = case_or_404(case_id, LEAD)
    letter = actions.open_conclusion(actor(), case, ring())
    form = forms.ConfirmForm()
    shown: dict[str, Any] = {"letter": letter, "names": history.body_names([actor().body])}

    def act() -> None:
        actions.answer(actor(), case, ring(), seen=form.version)

    said = _("Đã trả lời người phản ánh và báo Mặt trận.")
    shown["about"] = showing.about(actor(), case, ring(), Step.ANSWER)
    return page_of(case, "casework/answer.html", form, act, said, **shown)


@bp.route("/<case_id>/ket-thuc", methods=["GET", "POST"])
@needs(LEAD)
def close(case_id: str) -> ResponseReturnValue:
    """End the committee's work."""
    case = case_or_404(case_id, LEAD)
    form = forms.ConfirmForm()

    def act() -> None:
        actions.close(actor(), case, seen=form.version)

    return _confirmed(case, Step.CLOSE, form, act, _("Đã kết thúc hồ sơ."))
