"""The board's queue, one case, one file."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.domain.clock import today
from portal.domain.life import steps_from
from portal.domain.permissions import Permission
from portal.papers import duties, history
from portal.papers.lists import FOLLOWED, at_front
from portal.papers.merging import tend
from portal.triage import actions, awaiting, forms, queries, showing
from portal.triage.routes.base import bp
from portal.web.access import actor, allowed, case_or_404, needs, ring
from portal.web.downloads import download
from portal.web.listing import place_of, text_of
from portal.web.matter import matter

__all__ = ["bp"]


@bp.get("/")
@needs(Permission.TRIAGE_QUEUE)
def queue() -> ResponseReturnValue:
    """The board's cases, oldest first, with the clocks."""
    form = forms.FilterForm(request.args)
    chosen = form.data if form.validate() else {}
    listed = queries.followed if chosen.get("desk") == FOLLOWED else queries.queue
    found = listed(actor(), at_front(chosen, today()).filters, place_of(request.args.get("after")))
    cases = found[: queries.PAGE]
    urgent = [] if request.args else queries.urgent(actor())
    opened = list({case.id: case for case in (*urgent, *cases)}.values())
    heads = actions.open_queue(actor(), None, ring(), opened)
    after = text_of(cases[-1].opened_on, cases[-1].id) if len(found) > queries.PAGE else ""
    matters = {case.id: matter(heads.get(case.id)) for case in opened}
    shown = {"matters": matters, "channels": queries.channels(list(matters)), "urgent": urgent}
    return render_template("triage/queue.html", form=form, cases=cases, after=after, today=today(), **shown)


@bp.get("/<case_id>")
@needs(Permission.TRIAGE_VIEW)
def case(case_id: str) -> ResponseReturnValue:
    """One case, opened."""
    found = case_or_404(case_id, Permission.TRIAGE_VIEW)
    opened = actions.open_case(actor(), found, ring())
    authors = history.account_names(paper.author_id for paper in opened.papers)
    shown = _shown(found, opened.papers) | showing.of(opened) | {"authors": authors}
    page = render_template("triage/case.html", case=found, today=today(), **shown)
    tend(ring(), actor().body)
    return page


def _shown(case: Any, papers: list[Any]) -> dict[str, Any]:
    """What the page shows of a case beside what was opened."""
    steps, handover = history.steps(case.id), queries.handover(case.id)
    named = [step.account_id for step in steps] + [paper.content.get("mention") for paper in papers]
    return {
        "steps": steps,
        "duties": duties.owing(case, steps),
        "moves": history.moves(case.id),
        "handover": handover,
        "letters": awaiting.letters_of(case.id) if handover is not None else [],
        "names": history.body_names(
            [case.front_id, case.referred_from, case.leader_id, *(step.body_id for step in steps)]
        ),
        "people": history.account_names(named),
        "sisters": [one for one in queries.sisters(case) if allowed(Permission.TRIAGE_VIEW, one)],
        "links": _links(case, handover is not None),
        "waiting": showing.waiting(case),
        "protections": queries.protections(case.id),
        "mine": allowed(Permission.TRIAGE_DECIDE, case),
        "identities": queries.kept_identities(case.id, actor().body),
    }


def _links(case: Any, outside: bool) -> list[dict[str, str]]:
    """What the current member may do with the case as it stands."""
    possible = set(steps_from(case.state)) if allowed(Permission.TRIAGE_DECIDE, case) else set()
    return [
        {"text": str(text), "href": url_for(f"triage.{endpoint}", case_id=case.id)}
        for step, endpoint, text in showing.STEPS
        if step in possible and showing.is_ours(case, step, outside=outside)
    ]


@bp.get("/<case_id>/tep/<file_id>")
@needs(Permission.TRIAGE_VIEW)
def file(case_id: str, file_id: str) -> ResponseReturnValue:
    """One file of the case."""
    found = case_or_404(case_id, Permission.TRIAGE_VIEW)
    try:
        info, data = actions.open_file(actor(), found, ring(), file_id)
    except KeyError:
        abort(404)
    return download(info.name, info.media_type, data)
