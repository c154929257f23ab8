"""Pages of supervision rounds: the list, a round, its plan, its steps, what follows, two sheets for paper."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.domain.clock import today
from portal.domain.permissions import Permission
from portal.domain.rounds import Demand, Outcome, RoundStep, Subject, round_steps_from
from portal.papers import history
from portal.rounds import actions, forms, queries, showing
from portal.rounds.showing import STEPS
from portal.web.access import actor, needs, or_404, ring
from portal.web.i18n import _
from portal.web.steps import step_page

bp = Blueprint("rounds", __name__, url_prefix="/can-bo/dot-giam-sat")
READ, WORK, APPROVE = Permission.ROUNDS_READ, Permission.ROUNDS_WORK, Permission.ROUNDS_APPROVE
REFUSALS = {
    actions.NotOffered: forms.explain,
    actions.WorksThere: forms.explain,
    actions.ItemsOpen: forms.explain,
}


@dataclass(frozen=True)
class Unplanned:
    """A round that is not stored yet, as its page needs it."""

    state: None = None
    version: int = 0


@bp.get("/")
@needs(READ)
def rounds() -> ResponseReturnValue:
    """The board's rounds, the latest meeting first, with what is due."""
    found = queries.rounds(actor())
    titles = actions.open_list(actor(), queries.board(actor().body), ring(), found)
    return render_template(
        "rounds/list.html", rounds=found, titles=titles, next_of=showing.next_of(found), today=today()
    )


@bp.route("/lap", methods=["GET", "POST"])
@needs(WORK)
def plan() -> ResponseReturnValue:
    """Draw up a round."""
    form, made = forms.PlanForm(), []
    board = _offered(form)
    answer = step_page(
        "rounds/plan.html",
        form,
        lambda: made.append(actions.plan(actor(), board, _planned(form))),
        case=Unplanned(),
        done=url_for(".rounds"),
        said=_("Đã lập kế hoạch. Lãnh đạo khác người lập sẽ duyệt."),
        refusals=REFUSALS,
    )
    return redirect(url_for(".show", round_id=made[0]), 303) if made else answer


@bp.route("/<round_id>/sua", methods=["GET", "POST"])
@needs(WORK)
def change(round_id: str) -> ResponseReturnValue:
    """Change the plan; it is approved anew."""
    one = or_404(queries.one(round_id), WORK)
    form = forms.PlanForm(data=_known(one))
    _offered(form)

    def run() -> None:
        actions.change(actor(), one, _planned(form), seen=form.version)

    return _step(one, form, "rounds/plan.html", run, _("Đã sửa kế hoạch. Kế hoạch cần được duyệt lại."))


def _known(one: Any) -> dict[str, Any]:
    """The plan as it stands, for its form."""
    opened = actions.open_round(actor(), one, ring())
    bodies, team = queries.supervised(one.id), queries.team(one.id)
    chosen = {"bodies": [body.id for body in bodies], "team": [account.id for account in team]}
    return {"subject": one.subject.value, "meets": one.meets_on, **chosen, **opened.plan}


def _offered(form: forms.PlanForm) -> Any:
    board = queries.board(actor().body)
    bodies = [(body.id, body.name) for body in queries.bodies_for(board)]
    form.offer(bodies, ((account.id, account.display_name) for account in queries.officers_of(board.id)))
    return board


def _planned(form: forms.PlanForm) -> actions.Plan:
    return actions.Plan(
        Subject(form.subject.data),
        form.meets.data.first,
        tuple(form.bodies.data),
        tuple(form.team.data),
        form.title.data,
        form.purpose.data,
        form.content.data,
        form.place.data,
    )


@bp.get("/<round_id>")
@needs(READ)
def show(round_id: str) -> ResponseReturnValue:
    """One round, opened."""
    one = or_404(queries.one(round_id), READ)
    opened = actions.open_round(actor(), one, ring())
    return render_template("rounds/round.html", links=_links(one), **_shown(one, opened))


def _shown(one: Any, opened: actions.OpenedRound) -> dict[str, Any]:
    people = {step.account_id for step in one.steps} | {one.planned_by, one.approved_by}
    return {
        "round": one,
        "opened": opened,
        "dues": showing.dues_of(one),
        "bodies": queries.supervised(one.id),
        "team": queries.team(one.id),
        "cases": queries.linked(actor(), one.id),
        "people": history.account_names(people),
        "board": queries.board(one.body_id).name,
        "form": forms.ButtonForm(data={"seen": str(one.version)}),
        "today": today(),
    }


def _links(one: Any) -> list[dict[str, str]]:
    """What the current member may do with the round as it stands."""
    possible = set(round_steps_from(one.state))
    return showing.links(one, possible)


@bp.route("/<round_id>/duyet", methods=["GET", "POST"])
@needs(APPROVE)
def approve(round_id: str) -> ResponseReturnValue:
    """The lead approves what another drew up."""
    one = or_404(queries.one(round_id), APPROVE)
    form = forms.SureForm()
    opened = actions.open_round(actor(), one, ring())
    given = {"opened": opened, "bodies": queries.supervised(one.id), "team": queries.team(one.id)}
    said = _("Đã duyệt kế hoạch.")
    return _step(
        one,
        form,
        "rounds/approve.html",
        lambda: actions.approve(actor(), one, seen=form.version),
        said,
        **given,
    )


@bp.route("/<round_id>/buoc/<slug>", methods=["GET", "POST"])
@needs(WORK)
def step(round_id: str, slug: str) -> ResponseReturnValue:
    """One of the steps after the plan: its day and its paper."""
    one = or_404(queries.one(round_id), WORK)
    found = next((row for row in STEPS if row.slug == slug), None)
    if found is None:
        raise NotFound
    form = found.form()

    def run() -> None:
        found.act(actor(), one, seen=form.version, **_given(form))

    return _step(one, form, "rounds/step.html", run, _("Đã ghi."), row=found)


def _given(form: Any) -> dict[str, Any]:
    """What the form of a step has: always a text, mostly a day, once what is asked for."""
    given = {"text": form.text.data}
    if "dated" in form:
        given["dated"] = form.dated.data.first
    if "demand" in form:
        given["demand"] = Demand(form.demand.data)
    return given


@bp.route("/<round_id>/ho-so", methods=["GET", "POST"])
@needs(WORK)
def link(round_id: str) -> ResponseReturnValue:
    """A case of the board becomes a ground of the round."""
    one = or_404(queries.one(round_id), WORK)
    form = forms.LinkForm()
    form.offer(showing.named(queries.linkable(actor(), one.id)))

    def run() -> None:
        actions.link(actor(), one, case_id=form.case.data, seen=form.version)

    return _step(one, form, "rounds/link.html", run, _("Đã gắn hồ sơ."))


@bp.post("/<round_id>/ho-so/<case_id>/bo")
@needs(WORK)
def unlink(round_id: str, case_id: str) -> ResponseReturnValue:
    """Take the link back."""
    one = or_404(queries.one(round_id), WORK)
    actions.unlink(actor(), one, case_id=case_id, seen=forms.ButtonForm().version)
    flash(_("Đã bỏ hồ sơ khỏi đợt giám sát."))
    return redirect(url_for(".show", round_id=one.id), 303)


@bp.route("/<round_id>/viec", methods=["GET", "POST"])
@needs(WORK)
def follow_up(round_id: str) -> ResponseReturnValue:
    """Something that a supervised body is to do."""
    one = or_404(queries.one(round_id), WORK)
    form = forms.ItemForm()
    form.offer((body.id, body.name) for body in queries.supervised(one.id))

    def run() -> None:
        given = {"body_id": form.body.data, "due_on": form.due.data.first, "text": form.text.data}
        actions.follow_up(actor(), one, seen=form.version, **given)

    return _step(one, form, "rounds/item.html", run, _("Đã ghi việc phải theo dõi."))


@bp.route("/<round_id>/viec/<item_id>", methods=["GET", "POST"])
@needs(WORK)
def check(round_id: str, item_id: str) -> ResponseReturnValue:
    """What a check of it saw."""
    one = or_404(queries.one(round_id), WORK)
    if queries.item(one.id, item_id) is None:
        raise NotFound
    form = forms.CheckForm()

    def run() -> None:
        given = {
            "outcome": Outcome(form.outcome.data),
            "dated": form.dated.data.first,
            "text": form.text.data,
        }
        actions.check(actor(), one, item_id=item_id, seen=form.version, **given)

    return _step(one, form, "rounds/check.html", run, _("Đã ghi kết quả kiểm tra."))


@bp.get("/<round_id>/in/<sheet>")
@needs(READ)
def sheet(round_id: str, sheet: str) -> ResponseReturnValue:
    """The plan, or the letter of recommendation, for paper."""
    one = or_404(queries.one(round_id), READ)
    template = showing.SHEETS.get(sheet)
    if template is None:
        raise NotFound
    opened = actions.open_round(actor(), one, ring())
    if sheet == "kien-nghi" and RoundStep.RECOMMEND not in {taken.step for taken in one.steps}:
        raise NotFound
    return render_template(template, paper=showing.recommendation(opened), **_shown(one, opened))


def _step(one: Any, form: Any, template: str, run: Any, said: str, **shown: Any) -> ResponseReturnValue:
    """The page of a step on one of the board's own rounds."""
    done = url_for(".show", round_id=one.id)
    return step_page(
        template, form, run, case=one, done=done, said=said, refusals=REFUSALS, round=one, **shown
    )
