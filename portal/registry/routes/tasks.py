"""Pages of sealing anew: former bodies' secrets for their successors, and cases that wait for a street."""

from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.domain.keys import KeyPurpose
from portal.domain.permissions import Permission, Role
from portal.registry import actions, forms
from portal.registry.queries import tasks as read
from portal.registry.refusals import Refused
from portal.registry.routes.base import bp, to, tried
from portal.registry.routes.sentences import sentences
from portal.web.access import actor, needs, needs_confirmation, or_404, ring
from portal.web.fields import Form
from portal.web.i18n import _

RESEAL = Permission.KEYS_RESEAL
AT_ONCE = 25
"""Secrets in one request: a few seconds of work; the page says how many are left, and goes on from there."""


def _purposes() -> tuple[KeyPurpose, ...]:
    """A custodian passes on custodians' secrets, a lead all others."""
    if Role.CUSTODIAN in actor().roles:
        return (KeyPurpose.CUSTODIAN,)
    return (KeyPurpose.CONTENT, KeyPurpose.IDENTITY)


@bp.get("/niem-phong-lai")
@needs(RESEAL)
def tasks() -> ResponseReturnValue:
    """What waits for this officer after reorganisations."""
    found = read.tasks(actor().body, _purposes())
    cases = read.waiting_cases(actor()) if Role.CUSTODIAN not in actor().roles else []
    names = read.names_of([one.from_id for one in cases])
    shown: dict[str, Any] = {"tasks": found, "cases": cases, "names": names, "at_once": AT_ONCE}
    return render_template("registry/tasks.html", form=Form(), **shown)


@bp.post("/niem-phong-lai/lam")
@needs(RESEAL)
@needs_confirmation
def reseal() -> ResponseReturnValue:
    """Seal the next secrets whose successors have keys; what fails is said and stays."""
    ready = [one for one in read.tasks(actor().body, _purposes()) if one.ready]
    done, faults = 0, []
    for one in ready[:AT_ONCE]:
        try:
            actions.reseal(actor(), or_404(read.heir(one.id), RESEAL), ring=ring())
            done += 1
        except Refused as fault:
            faults += sentences(fault)
    flash(_("Đã niêm phong lại %(done)s khóa, còn %(left)s.", done=done, left=len(ready) - done))
    for text in dict.fromkeys(faults):
        flash(text, "error")
    return redirect(to("tasks"), 303)


@bp.route("/niem-phong-lai/<case_id>/<seat>", methods=["GET", "POST"])
@needs(RESEAL)
@needs_confirmation
def choose(case_id: str, seat: str) -> ResponseReturnValue:
    """Read place and street of one case of a divided unit, and give it to the part it belongs to."""
    move = or_404(read.move(case_id, seat), RESEAL)
    form, names = forms.PartForm(), read.names_of(actions.parts_of(move))
    form.part.choices = [(one, names[one]) for one in actions.parts_of(move) if one in names]

    def act() -> None:
        actions.choose_part(actor(), move, ring=ring(), to_id=form.part.data)

    streets, faults = _streets(move)
    shown = {"streets": streets, "faults": faults, "move": move}
    said = _("Đã giao hồ sơ. Nếu nơi đã chọn có người liên quan thì hồ sơ ở lại cấp trên.")
    return tried("registry/choose.html", form, act, done=to("tasks"), said=said, **shown)


def _streets(move: Any) -> tuple[tuple[Any, ...], list[str]]:
    try:
        return actions.read_streets(actor(), move, ring=ring()), []
    except Refused as fault:
        return (), sentences(fault)
