"""An officer's first page: what waits, with numbers that lead to the lists; his filters; mentions."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.desk import actions, forms, queries
from portal.domain.clock import today
from portal.domain.permissions import Permission
from portal.papers import history
from portal.web.access import actor, allowed, needs, or_404, ring
from portal.web.i18n import _

bp = Blueprint("desk", __name__, url_prefix="/can-bo/viec")
OWN = Permission.ACCOUNT_OWN


@bp.get("/")
@needs(Permission.DESK_USE)
def work() -> ResponseReturnValue:
    """What waits for the officer and his body."""
    named = queries.mentions(actor())
    named_ids = [id_ for one in named for id_ in (one.mention.author_id, one.mention.account_id)]
    people = history.account_names(named_ids)
    shown = {"work": queries.work(actor(), today()), "kept": _kept(), "named": named, "people": people}
    return render_template("desk/work.html", form=forms.ActForm(), **shown)


def _kept() -> list[actions.Kept]:
    if not queries.has_saved(actor().id):
        return []
    return actions.read_filters(actor(), or_404(queries.account(actor().id), OWN), ring())


@bp.route("/bo-loc/<stage>", methods=["GET", "POST"])
@needs(Permission.DESK_USE)
def save(stage: str) -> ResponseReturnValue:
    """Keep the filter that the address names, under a name."""
    if stage not in queries.QUEUES or not allowed(queries.QUEUES[stage]):
        raise NotFound
    form, query = forms.SaveForm(), actions.chosen(request.args)
    if form.validate_on_submit() and _saved(form, stage, query):
        flash(_("Đã lưu bộ lọc."))
        return redirect(url_for(".work"), 303)
    shown = {"stage": stage, "query": query}
    return render_template("desk/save.html", form=form, **shown), 422 if form.is_submitted() else 200


def _saved(form: forms.SaveForm, stage: str, query: dict[str, str]) -> bool:
    account = or_404(queries.account(actor().id), OWN)
    try:
        actions.save_filter(actor(), account, name=form.name.data, stage=stage, query=query)
    except actions.TooMany:
        form.form_errors.append(_("Bạn đã lưu đủ số bộ lọc Cổng nhận. Hãy xóa bớt."))
        return False
    return True


@bp.post("/bo-loc/<filter_id>/xoa")
@needs(OWN)
def drop(filter_id: str) -> ResponseReturnValue:
    """Forget a filter."""
    actions.drop_filter(actor(), or_404(queries.saved(filter_id), OWN))
    flash(_("Đã xóa bộ lọc."))
    return redirect(url_for(".work"), 303)


@bp.post("/nhac-den/<mention_id>/da-xem")
@needs(OWN)
def seen(mention_id: str) -> ResponseReturnValue:
    """Lay a mention aside."""
    actions.lay_aside(actor(), or_404(queries.mention(mention_id), OWN))
    return redirect(url_for(".work"), 303)
