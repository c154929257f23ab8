"""The page that finds a body's cases: a form, and what was found in the answer to its POST."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.domain.clock import today
from portal.domain.permissions import Permission
from portal.papers.merging import tend
from portal.search import actions, forms, queries
from portal.web.access import actor, needs, ring
from portal.web.listing import text_of
from portal.web.matter import matter

bp = Blueprint("search", __name__, url_prefix="/can-bo/tim")
_PAGES = {True: "triage", False: "casework"}


@bp.route("/", methods=["GET", "POST"])
@needs(Permission.CASES_SEARCH)
def find() -> ResponseReturnValue:
    """Search; the address never says for what."""
    form = forms.SearchForm()
    shown = {"form": form, "stage": _PAGES[queries.is_of_board(actor())]}
    if not form.validate_on_submit():
        return render_template("search/find.html", **shown), 422 if form.is_submitted() else 200
    page = render_template("search/find.html", today=today(), **shown, **_found(form))
    tend(ring(), actor().body)
    return page


def _found(form: forms.SearchForm) -> dict[str, Any]:
    """What the page shows of the answer; the form then leads to the next page."""
    found = queries.matching(ring(), actor(), form.wanted(), form.begins_after())
    heads = actions.open_found(actor(), None, ring(), found.cases)
    form.after.data = text_of(*found.after) if found.after else ""
    return {"found": found, "matters": {case_id: matter(head) for case_id, head in heads.items()}}
