"""The committee's queue, one case, one file."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.casework import actions, bulk, forms, queries, showing
from portal.domain.clock import today
from portal.domain.permissions import Permission
from portal.papers import history
from portal.papers.lists import at_committee
from portal.papers.merging import tend
from portal.web.absence import named
from portal.web.access import actor, allowed, case_or_404, needs, ring
from portal.web.downloads import download
from portal.web.listing import place_of, text_of
from portal.web.matter import matter

bp = Blueprint("casework", __name__, url_prefix="/can-bo/ho-so")


@bp.get("/")
@needs(Permission.CASEWORK_QUEUE)
def queue() -> ResponseReturnValue:
    """The committee's cases, oldest first, with their clocks."""
    form = forms.FilterForm(request.args)
    return _queue_page(form, bulk.form(actor()) if allowed(Permission.CASEWORK_LEAD) else None)


def _queue_page(chosen: forms.FilterForm, giving: forms.BulkForm | None) -> str:
    """The default list where the address names one that does not exist."""
    listed = at_committee(chosen.data if chosen.validate() else {}, actor(), today())
    found = queries.queue(actor(), listed.filters, place_of(request.args.get("after")))
    cases = found[: queries.PAGE]
    heads = actions.open_queue(actor(), None, ring(), cases)
    after = text_of(cases[-1].opened_on, cases[-1].id) if len(found) > queries.PAGE else ""
    people = named(history.account_names([case.assignee_id for case in cases]))
    matters = {case_id: matter(head) for case_id, head in heads.items()}
    shown = {"chosen": chosen, "cases": cases, "matters": matters, "people": people, "after": after}
    return render_template("casework/queue.html", form=giving, today=today(), **shown)


@bp.post("/giao-nhieu")
@needs(Permission.CASEWORK_LEAD)
def assign_many() -> ResponseReturnValue:
    """Give the chosen cases to one inspector, each by the act and the right of its own."""
    form = bulk.form(actor())
    if not form.validate():
        return _queue_page(forms.FilterForm(request.args), form), 422
    done = bulk.assign(actor(), form)
    names = history.account_names([form.account.data])
    return render_template("casework/assigned.html", done=done, name=names.get(form.account.data, ""))


@bp.get("/<case_id>")
@needs(Permission.CASEWORK_VIEW)
def case(case_id: str) -> ResponseReturnValue:
    """One case, opened: what was handed over, letters, papers, tasks, history."""
    found = case_or_404(case_id, Permission.CASEWORK_VIEW)
    opened = actions.open_case(actor(), found, ring())
    page = render_template("casework/case.html", today=today(), **showing.of(actor(), found, opened))
    tend(ring(), actor().body)
    return page


@bp.get("/<case_id>/tep/<file_id>")
@needs(Permission.CASEWORK_VIEW)
def file(case_id: str, file_id: str) -> ResponseReturnValue:
    """One file of the case, as a download."""
    found = case_or_404(case_id, Permission.CASEWORK_VIEW)
    try:
        info, data = actions.open_file(actor(), found, ring(), file_id)
    except KeyError:
        raise NotFound from None
    return download(info.name, info.media_type, data)
