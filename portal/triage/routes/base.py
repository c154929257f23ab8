"""What the pages of the Front board share: the blueprint, and the page of a step on one of its own cases."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.domain.answers import NoRealAnswer
from portal.domain.parting import NotApart
from portal.domain.permissions import Permission
from portal.domain.stated import Contradiction
from portal.domain.urging import NotUrged
from portal.papers.notes import NotAColleague
from portal.triage import actions, forms_facts, grouping_forms
from portal.triage.refusing import explain
from portal.web import noting
from portal.web.access import actor, case_or_404, ring
from portal.web.stale import Standing, standing_of, visible
from portal.web.steps import StepForm, step_page

bp = Blueprint("triage", __name__, url_prefix="/can-bo/phan-loai")
DECIDE = Permission.TRIAGE_DECIDE
REFUSALS = {
    actions.NotRoutable: explain,
    NoRealAnswer: explain,
    Contradiction: forms_facts.contradict,
    NotAColleague: noting.explain,
    NotApart: grouping_forms.explain,
    NotUrged: grouping_forms.explain,
    actions.NotTogether: grouping_forms.explain,
}


def step(
    case_id: str,
    form: StepForm,
    template: str,
    run: Callable[[Any], object],
    said: str,
    *,
    previewed: bool = False,
    done: str = "",
    **shown: Any,
) -> ResponseReturnValue:
    """The page of a step on one of the board's own cases; `done`: where it leads, else to the case."""
    found = case_or_404(case_id, DECIDE)
    return step_page(
        template,
        form,
        lambda: run(found),
        case=found,
        done=done or url_for("triage.case", case_id=case_id),
        said=said,
        previewed=previewed,
        board=current_user.body_name,
        refusals=REFUSALS,
        **{"standing": lambda: _standing(found, form)} | shown,
    )


def _standing(case: Any, form: StepForm) -> Standing:
    """What stands on the case for the fields of the form; a step in which nothing is typed has nothing."""
    if not visible(form):
        return Standing()
    return standing_of(form, actions.open_newest(actor(), case, ring(), step=form.step), form.kept_as)
