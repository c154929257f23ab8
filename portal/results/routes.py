"""The public pages of published results. Whoever has the address of one reads it; nothing is counted."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.domain import clock
from portal.domain.publishing import Posted
from portal.results import queries
from portal.results.forms import PlaceForm
from portal.web.access import public
from portal.web.listing import place_of, text_of

bp = Blueprint("results", __name__, url_prefix="/ket-qua")


@bp.get("/")
@public
def published() -> ResponseReturnValue:
    """What is published today, the newest first."""
    form = PlaceForm(request.args).offer(queries.places())
    chosen = form.chosen
    found = queries.published(chosen, place_of(request.args.get("after")))
    rows = found[: queries.PAGE]
    after = text_of(rows[-1].published_on, rows[-1].id) if len(found) > queries.PAGE else ""
    shown = {"rows": rows, "after": after, "chosen": chosen, "corrected": queries.corrected(rows)}
    return render_template("results/list.html", filters=form, **shown)


@bp.get("/<public_id>")
@public
def one(public_id: str) -> ResponseReturnValue:
    """One published text; 410 where it is over or was taken off."""
    found = queries.one(public_id)
    if found is None:
        raise NotFound
    posted, newer = found.posted(clock.today()), queries.correction_of(found)
    if posted is not Posted.SHOWN:
        return render_template("results/gone.html", posted=posted, newer=newer), 410
    shown = {"newer": newer, "older": queries.corrected_by(found), "corrected": queries.corrected([found])}
    return render_template("results/one.html", one=found, **shown)
