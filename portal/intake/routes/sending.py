"""Checking and sending, and the ways out of the form."""

from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain import clock
from portal.domain.catalogue import OUTSIDE
from portal.domain.drafting import FormStep, Why
from portal.domain.receiving import NobodyLeft
from portal.domain.telling import Telling
from portal.intake.actions import draft as drafts
from portal.intake.actions.submit import DraftMoved, hand_in
from portal.intake.queries import draft
from portal.intake.queries.draft import Held
from portal.intake.routes.base import (
    DRAFT,
    address,
    bp,
    ends,
    go,
    held,
    identity_store,
    missing,
    source,
    steps,
    telling,
    to,
    with_receipt,
)
from portal.intake.routes.form import seen_version
from portal.intake.routes.summary import check_rows
from portal.papers.composing import Sent
from portal.papers.deadlines import next_look
from portal.papers.receiving import Plan, identity_keys, reception
from portal.web.access import public


@bp.get("/kiem-tra")
@public
def check() -> ResponseReturnValue:
    """Everything once more, with who will receive it and why."""
    if missing() is not None:
        return to(address(missing()))
    told = telling()
    plan = reception(told, clock.today())
    if isinstance(plan, NobodyLeft):
        return go("intake.guidance")
    shown = {
        "rows": check_rows(held()),
        "version": held().version,
        "told": told,
        "back": address(steps()[-1]),
    }
    return render_template("intake/check.html", **shown, **_who(told, plan), moved="doi" in request.args)


def _who(told: Telling, plan: Plan) -> dict[str, Any]:
    """Who receives, why, until when there is an answer, and whether the name is kept."""
    return {
        "plan": plan,
        "skipped": [{"name": one.body.name, "reason": one.reason} for one in plan.skipped],
        "identity_kept": bool(told.contact) and identity_keys(plan.board.id) is not None,
        "next_look": next_look(clock.today()),
    }


@bp.post("/gui")
@public
def submit() -> ResponseReturnValue:
    """Send what the check page showed; the 303 takes the draft's cookie away."""
    found = held()
    if missing() is not None or seen_version() != found.version:
        return to(url_for("intake.check", doi=1))
    try:
        sent = _send(found)
    except DraftMoved:
        return to(url_for("intake.check", doi=1))
    if isinstance(sent, NobodyLeft):
        return go("intake.guidance")
    return with_receipt(go("intake.receipt"), sent)


def _send(found: Held) -> Sent | NobodyLeft:
    files = draft.files(found.ticket) if found.sketch.files else ()
    return hand_in(
        telling(),
        source(files),
        identity_store=identity_store(),
        draft_version=found.version,
        shown_board=request.form.get("board", ""),
    )


@bp.get("/huong-dan")
@public
def guidance() -> ResponseReturnValue:
    """No board is left that may receive it: where to go instead; nothing is stored (decisions 3)."""
    return render_template("intake/guidance.html")


@bp.get("/ngoai-pham-vi")
@public
def outside() -> ResponseReturnValue:
    return render_template("intake/outside.html", kinds=OUTSIDE)


@bp.get("/het-han")
@public
def gone() -> ResponseReturnValue:
    """The draft is gone; what was typed last, if anything, waits at its step."""
    waiting = g.held.sketch.pending if g.held else {}
    kept = [FormStep(name) for name, one in waiting.items() if one.why is Why.EXPIRED]
    return render_template("intake/gone.html", kept=kept, hours=drafts.HOURS_KEPT)


@bp.post("/xoa-nhap")
@public
def forget() -> ResponseReturnValue:
    """Erase the draft and its files, now."""
    drafts.forget(held().ticket)
    return ends(to(url_for("intake.done", viec="xoa")), DRAFT)


@bp.get("/xong")
@public
def done() -> ResponseReturnValue:
    """A neutral end: nothing on it tells what was written."""
    return render_template("intake/done.html", erased=request.args.get("viec") == "xoa")
