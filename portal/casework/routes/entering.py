"""Pages of the dated records of a case: entered by kind, followed up, checked by a second person."""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.casework import actions, forms, queries, showing
from portal.casework.following import SLUGS
from portal.casework.routes.reading import bp
from portal.casework.routes.taking import LEAD, WORK, page_of
from portal.domain.entries import FOLLOWS, SHAPES, Shape
from portal.domain.life import Step
from portal.domain.permissions import Permission
from portal.web import words
from portal.web.access import actor, case_or_404, needs, or_404, ring
from portal.web.i18n import _
from portal.web.steps import StepForm

CHECK = Permission.CASEWORK_CHECK
BY_SLUG = {slug: SHAPES[entry] for entry, slug in SLUGS.items()}


def entry_page(
    case: Any, step: Step, form: StepForm, act: Callable[[], object], said: str, **shown: Any
) -> ResponseReturnValue:
    """The page of a step whose form says all."""
    given: dict[str, Any] = {"lead": "", "empty": "", "letter": None, "who": ""}
    given |= {"heading": "", "source": "", "about": None} | shown
    return page_of(case, "casework/entry.html", form, act, said, step=step, **given)


def _entry(case: Any, shape: Shape, act: Callable[..., object]) -> ResponseReturnValue:
    form = forms.entry_form(shape, queries.discipline_forms())()
    given = {
        "heading": words.label(shape.entry),
        "source": shape.source,
        "lead": words.ENTRY_LEADS.get(shape.entry, ""),
    }
    said = _("Đã ghi vào hồ sơ.")

    def run() -> None:
        act(actor(), case, ring(), what=form.read(), seen=form.version)

    return entry_page(case, shape.step, form, run, said, **given)


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


def of_case(case_id: str, found: Callable[[], Any], permission: Permission) -> Any:
    """What `found` finds, where it is this case's; else the page for what does not exist."""
    case_or_404(case_id, Permission.CASEWORK_VIEW)
    one = or_404(found(), permission)
    if one.case_id != case_id:
        raise NotFound
    return one


def followed_of(case_id: str, record_id: str, permission: Permission) -> Any:
    """What is owed on a record of this case, or the page for what does not exist."""
    return of_case(case_id, lambda: queries.followed_one(record_id), permission)


@bp.route("/<case_id>/theo-doi/<record_id>", methods=["GET", "POST"])
@needs(WORK)
def follow_up(case_id: str, record_id: str) -> ResponseReturnValue:
    """Record the answer that came, or the evidence of a remedy."""
    found = followed_of(case_id, record_id, WORK)
    if found.owes not in FOLLOWS:
        raise NotFound
    form = forms.FollowForm().on(record_id, FOLLOWS[found.owes])

    def act() -> None:
        given = {"dated": form.dated.data.first, "text": form.text.data, "seen": form.version}
        actions.follow_up(actor(), found, ring(), **given)

    return entry_page(found.case, FOLLOWS[found.owes], form, act, _("Đã ghi vào hồ sơ."))


@bp.route("/<case_id>/kiem-tra/<record_id>", methods=["GET", "POST"])
@needs(CHECK)
def check_remedy(case_id: str, record_id: str) -> ResponseReturnValue:
    """Say, as a second person, whether the remedy was carried out."""
    found = followed_of(case_id, record_id, CHECK)
    form = forms.CheckForm().on(record_id, Step.CHECK_REMEDY)

    def act() -> None:
        given = {"done": form.done.data == "yes", "text": form.text.data, "seen": form.version}
        actions.check_remedy(actor(), found, ring(), **given)

    about = showing.about(actor(), found.case, ring(), Step.CHECK_REMEDY, record_id)
    return entry_page(found.case, Step.CHECK_REMEDY, form, act, _("Đã ghi kết quả kiểm tra."), about=about)
