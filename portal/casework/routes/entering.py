"""Pages of the dated records of a case: entered by kind, followed up, checked by a second person."""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.casework import actions, forms, queries, showing
from portal.casework.following import SLUGS
from portal.casework.routes.reading import bp
from portal.casework.routes.taking import LEAD, WORK, page_of
from portal.domain.entries import FOLLOWS, SHAPES, Owed, Shape
from portal.domain.life import Step
from portal.domain.permissions import Permission
from portal.papers import history
from portal.web import words
from portal.web.access import actor, case_or_404, needs, or_404, ring
from portal.web.i18n import _
from portal.web.steps import StepForm

CHECK, APPROVE = Permission.CASEWORK_CHECK, Permission.CASEWORK_APPROVE
BY_SLUG = {slug: SHAPES[entry] for entry, slug in SLUGS.items()}


def _page(
    case: Any, step: Step, form: StepForm, act: Callable[[], object], said: str, **shown: Any
) -> ResponseReturnValue:
    given: dict[str, Any] = {"lead": "", "empty": "", "letter": None, "who": ""}
    given |= {"heading": "", "source": "", "draft": None, "about": None} | shown
    return page_of(case, "casework/entry.html", form, act, said, step=step, **given)


def _entry(case: Any, shape: Shape, act: Callable[..., object]) -> ResponseReturnValue:
    form = forms.entry_form(shape, queries.discipline_forms())()
    given = {"heading": words.label(shape.entry), "source": shape.source}
    said = _("Đã ghi vào hồ sơ.")

    def run() -> None:
        act(actor(), case, ring(), what=form.read(), seen=form.version)

    return _page(case, shape.step, form, run, said, **given)


def _shape(kind: str, *, outcome: bool) -> Shape:
    shape = BY_SLUG.get(kind)
    if shape is None or (shape.step in actions.OUTCOMES) is not outcome:
        raise NotFound
    return shape


@bp.route("/<case_id>/muc/<kind>", methods=["GET", "POST"])
@needs(WORK)
def enter(case_id: str, kind: str) -> ResponseReturnValue:
    """Enter what an inspector did: told the person complained of, asked for documents, asked a unit."""
    case = case_or_404(case_id, WORK)
    return _entry(case, _shape(kind, outcome=False), actions.enter)


@bp.route("/<case_id>/xu-ly/<kind>", methods=["GET", "POST"])
@needs(LEAD)
def record_outcome(case_id: str, kind: str) -> ResponseReturnValue:
    """Enter what followed from the conclusion: recommendation, discipline, remedy."""
    case = case_or_404(case_id, LEAD)
    return _entry(case, _shape(kind, outcome=True), actions.record_outcome)


def _followed(case_id: str, record_id: str, permission: Permission) -> Any:
    case_or_404(case_id, Permission.CASEWORK_VIEW)
    found = or_404(queries.followed_one(record_id), permission)
    if found.case_id != case_id:
        raise NotFound
    return found


@bp.route("/<case_id>/theo-doi/<record_id>", methods=["GET", "POST"])
@needs(WORK)
def follow_up(case_id: str, record_id: str) -> ResponseReturnValue:
    """Record the answer that came, or the evidence of a remedy."""
    found = _followed(case_id, record_id, WORK)
    if found.owes not in FOLLOWS:
        raise NotFound
    form = forms.FollowForm().on(record_id, FOLLOWS[found.owes])

    def act() -> None:
        given = {"dated": form.dated.data.first, "text": form.text.data, "seen": form.version}
        actions.follow_up(actor(), found, ring(), **given)

    return _page(found.case, FOLLOWS[found.owes], form, act, _("Đã ghi vào hồ sơ."))


@bp.route("/<case_id>/kiem-tra/<record_id>", methods=["GET", "POST"])
@needs(CHECK)
def check_remedy(case_id: str, record_id: str) -> ResponseReturnValue:
    """Say, as a second person, whether the remedy was carried out."""
    found = _followed(case_id, record_id, CHECK)
    form = forms.CheckForm().on(record_id, Step.CHECK_REMEDY)

    def act() -> None:
        given = {"done": form.done.data == "yes", "text": form.text.data, "seen": form.version}
        actions.check_remedy(actor(), found, ring(), **given)

    about = showing.about(actor(), found.case, ring(), Step.CHECK_REMEDY, record_id)
    return _page(found.case, Step.CHECK_REMEDY, form, act, _("Đã ghi kết quả kiểm tra."), about=about)


@bp.route("/<case_id>/duyet/<record_id>", methods=["GET", "POST"])
@needs(APPROVE)
def approve_publication(case_id: str, record_id: str) -> ResponseReturnValue:
    """Read the draft as the residents will, and approve it or not."""
    found = _followed(case_id, record_id, APPROVE)
    if found.owes is not Owed.APPROVAL:
        raise NotFound
    form = forms.ApproveForm().on(record_id, Step.APPROVE_PUBLICATION)
    draft = actions.published(actions.open_draft(actor(), found, ring()))
    who = next(iter(history.body_names([actor().body]).values()), "")

    def act() -> None:
        said: dict[str, Any] = {"text": form.text.data, "days": form.number, "seen": form.version}
        actions.approve_publication(actor(), found, ring(), yes=form.done.data == "yes", **said)

    about = showing.about(actor(), found.case, ring(), Step.APPROVE_PUBLICATION)
    given: dict[str, Any] = {"draft": draft, "who": who, "about": about}
    return _page(found.case, Step.APPROVE_PUBLICATION, form, act, _("Đã ghi ý kiến duyệt."), **given)
