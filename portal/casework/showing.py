"""An opened case as its page shows it: matters and signs in words, names, tasks."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from portal.casework import actions, following, queries
from portal.casework.actions import OpenedCase
from portal.casework.tasks import besides, since_held, tasks
from portal.domain.clock import today
from portal.domain.life import MOVES, Step
from portal.domain.partial_date import PartialDate
from portal.domain.permissions import Actor
from portal.papers import duties, timing
from portal.papers import history as case_history
from portal.papers.hiding import blind_to
from portal.vault.ring import KeyRing
from portal.web.absence import named
from portal.web.matter import matter, signs

if TYPE_CHECKING:
    from portal.data.models.case import Case


def _when(text: str) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def of(actor: Actor, case: "Case", opened: OpenedCase) -> dict[str, Any]:
    """What the template needs; `matters` and `marks` have one entry per report, in the same order."""
    history = case_history.steps(case.id)
    versions = [one.version or {} for one in opened.reports]
    heads = [version.get("head") or {} for version in versions]
    answers = [version.get("signs") or {} for version in versions]
    # Colleagues by name; of other bodies only the body.
    own = [step.account_id for step in history if step.body_id == actor.body]
    people = [case.assignee_id, *own, *(paper.author_id for paper in opened.papers)]
    people += [paper.content.get("mention") for paper in opened.papers]
    return {
        "case": case,
        "opened": opened,
        "history": history,
        "moves": case_history.moves(case.id),
        "clocks": timing.shown(case),
        "duties": duties.owing(case, history),
        "may_name": case.state in MOVES[Step.NAME_PERSON].sources,
        "matters": [matter(head) for head in heads],
        "marks": [signs(head.get("category"), said) for head, said in zip(heads, answers, strict=True)],
        "whens": [_when(version.get("when", "")) for version in versions],
        "names": case_history.body_names(
            [case.front_id, case.leader_id, *(step.body_id for step in history)]
        ),
        "people": case_history.account_names(people),
        "assignee": named(case_history.account_names([case.assignee_id]), blind_to([case.id])[0]).get(
            case.assignee_id or ""
        ),
        "tasks": tasks(actor, case.facts(), case.state, since_held(step.step for step in history)),
        "links": following.links(actor, case.facts(), case.state),
        "owed": following.owed(actor, case.state, queries.followed(case.id), opened.papers, today()),
        "public": following.public(actor, case.state, queries.publications(case.id), today()),
        "slugs": following.SLUGS,
        "besides": besides(actor, case.facts(), case.state),
    }


def about(
    actor: Actor, case: "Case", ring: KeyRing, step: Step, record_id: str = ""
) -> Callable[[], dict[str, Any]]:
    """What a decision is about, for its page; opened where the page is shown, not where it only acts."""

    def opened() -> dict[str, Any]:
        found = actions.open_about(actor, case, ring, step=step, record_id=record_id)
        reports = [{"version": one, "matter": matter(one.get("head"))} for one in found.versions]
        people = case_history.account_names([paper.author_id for paper in found.papers])
        return {"reports": reports, "papers": found.papers, "people": people}

    return opened
