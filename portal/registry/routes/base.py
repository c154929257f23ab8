"""The blueprint, the day that a page looks at, and how a form of the register is shown, tried and refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.clock import today
from portal.domain.holding import Holding
from portal.domain.permissions import Permission
from portal.registry.actions import Ground
from portal.registry.forms import DayForm, GroundForm
from portal.registry.queries import units
from portal.registry.routes.sentences import FAULTS, sentences
from portal.web.access import or_404
from portal.web.fields import Form

bp = Blueprint("registry", __name__, url_prefix="/can-bo/danh-muc")
EDIT = Permission.REGISTRY_EDIT
CARRY_OUT = Permission.REGISTRY_CARRY_OUT
READ = Permission.REGISTRY_READ


def chosen_day(form: DayForm) -> date:
    """The day that the address names, in three boxes or as `on`; today for none or a wrong one."""
    typed = any(name.startswith("day-") for name in request.args)
    if typed:
        return form.day.data.first if form.validate() and form.day.data else today()
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return today()


def on(day: date) -> str | None:
    """How links carry the day on; nothing for today."""
    return day.isoformat() if day != today() else None


def page(template: str, form: DayForm, day: date, **shown: Any) -> ResponseReturnValue:
    """A page of the register on a day, with the boxes to choose another."""
    if not form.day.errors and not any(form.day.typed.values()):
        form = type(form)(request.args, day=day)
        form.day.process(None, day)
    return render_template(template, form=form, day=day, on=on(day), today=today(), **shown)


def kept_by(area_id: str) -> Holding:
    """The unit, for those who may change it; else the page for what does not exist."""
    return or_404(units.holding(area_id), EDIT)


def ground(form: GroundForm) -> Ground:
    """The document and the reason that were typed."""
    return Ground(form.source_doc.data, form.reason.data or "")


def tried(
    template: str,
    form: Form,
    act: Callable[[], object],
    *,
    done: str,
    said: object,
    **shown: Any,
) -> ResponseReturnValue:
    """GET shows the form; POST acts and leads to `done`, or shows again what was typed, and why not (422)."""
    code = 200
    if form.is_submitted():
        code = 422
        if form.validate():
            try:
                act()
            except FAULTS as fault:
                form.form_errors += sentences(fault)
            else:
                flash(str(said))
                return redirect(done, 303)
    return render_template(template, form=form, back=done, **shown), code


def to(endpoint: str, **values: Any) -> str:
    """The address of a page of the register."""
    return url_for(f"registry.{endpoint}", **values)
