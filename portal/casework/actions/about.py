"""What a decision is about, on the page on which it is taken: the resident's words and the step before it."""

from dataclasses import dataclass, field
from typing import Any

from portal.action import action, current_act
from portal.casework import queries
from portal.casework.actions.opening import key_of, papers_of
from portal.data.models.case import Case, RecordKind
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import records
from portal.vault.ring import KeyRing

BEFORE: dict[Step, tuple[RecordKind, ...]] = {
    Step.ANSWER: (RecordKind.EXPLANATION, RecordKind.EXPLANATION_REFUSED),
    Step.CLOSE: (RecordKind.CONCLUSION,),
    Step.CORRECT: (RecordKind.CONCLUSION,),
    Step.APPROVE_PUBLICATION: (RecordKind.CONCLUSION,),
}
"""Which papers stand before a step; of a check, what was written on the record itself (design)."""


@dataclass(frozen=True)
class About:
    """The reports as they were handed over, and the papers on which the step rests, the oldest first."""

    versions: list[dict[str, Any]] = field(repr=False)
    papers: list[records.Paper] = field(repr=False)


@action(Permission.CASEWORK_VIEW)
def open_about(actor: Actor, case: Case, /, ring: KeyRing, *, step: Step, record_id: str = "") -> About:
    """Open what is decided on, so that nobody approves, checks or answers blindly (design)."""
    key, versions = key_of(actor, case, ring), []
    for link in queries.links(case.id):
        versions.append(records.open_handover(key, link) or {})
        current_act().touch("report", link.report_id)
    papers = papers_of(actor, case, key)
    return About(versions, [one for one in papers if _is_before(one, step, record_id)])


def _is_before(paper: records.Paper, step: Step, record_id: str) -> bool:
    if step is Step.CHECK_REMEDY:
        return record_id in (paper.id, paper.content.get("on"))
    return paper.kind in BEFORE.get(step, ())
