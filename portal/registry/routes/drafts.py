"""Pages of drafts of post rows: what they change, activated by a second registrar, or withdrawn."""

from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from portal.domain.clock import today
from portal.domain.csv_rows import Refused
from portal.domain.permissions import Permission
from portal.registry import actions, forms
from portal.registry.queries import posts as read
from portal.registry.routes.base import EDIT, READ, bp, to
from portal.registry.routes.sentences import sentences
from portal.registry.simulation import Simulated, simulate
from portal.web.access import actor, needs, or_404
from portal.web.i18n import _

ACTIVATE = Permission.REGISTRY_ACTIVATE


@bp.get("/du-thao")
@needs(READ)
def drafts() -> ResponseReturnValue:
    """All drafts, those that wait first."""
    found = read.drafts()
    return render_template("registry/drafts.html", drafts=found, people=read.people_of(found))


@bp.get("/du-thao/<draft_id>")
@needs(READ)
def draft(draft_id: str) -> ResponseReturnValue:
    """What a draft changes, row by row, and what a simulation says of it."""
    found = or_404(read.draft(draft_id), READ)
    shown = {"differences": read.differences_of(found), "people": read.people_of([found])}
    seen, faults = forms.SeenForm(seen=actions.digest_of(found)), _faults(found)
    simulated = _simulated(found) if found.state == "drafted" and not faults else None
    return render_template(
        "registry/draft.html", draft=found, faults=faults, form=seen, simulated=simulated, **shown
    )


def _simulated(found: Any) -> Simulated:
    """What the draft would change on the day it begins, or today if that has passed."""
    return simulate(read.drafted_posts(found), max(today(), found.day))


def _faults(found: Any) -> list[str]:
    """Why a waiting draft no longer fits the register; empty where it does."""
    try:
        if found.state == "drafted":
            read.drafted_posts(found)
    except Refused as fault:
        return sentences(fault)
    return []


@bp.post("/du-thao/<draft_id>/hieu-luc")
@needs(ACTIVATE)
def activate(draft_id: str) -> ResponseReturnValue:
    """A second registrar lets the rows take effect."""
    found = or_404(read.draft(draft_id), ACTIVATE)
    form = forms.SeenForm()
    try:
        actions.activate_draft(actor(), found, seen=form.seen.data or "")
    except Refused as fault:
        flash(" ".join(sentences(fault)), "error")
    else:
        flash(_("Bản dự thảo đã có hiệu lực."))
    return redirect(to("draft", draft_id=draft_id), 303)


@bp.post("/du-thao/<draft_id>/rut")
@needs(EDIT)
def withdraw_draft(draft_id: str) -> ResponseReturnValue:
    """Give a draft up."""
    found = or_404(read.draft(draft_id), EDIT)
    actions.withdraw_draft(actor(), found)
    flash(_("Đã rút bản dự thảo."))
    return redirect(to("draft", draft_id=draft_id), 303)
