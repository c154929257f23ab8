"""Before a part of a divided unit gets a case: its people are compared with what is told in it (rule 19)."""

from portal.action import session
from portal.data.bodies import bodies_above
from portal.data.models.case import Case
from portal.data.models.registry import CaseMove
from portal.domain.conflicts import ConflictSource
from portal.domain.permissions import Actor
from portal.domain.receiving import conflicts_of
from portal.papers.conflicts import bar, locked_bodies, verdict_on, watch


def free_part(actor: Actor, move: CaseMove, typed: str, to_id: str) -> str | None:
    """The part, with whom it bars barred; else the body above that has the case; None where that lost it too.

    In the last case the task of sealing anew has gone further up already.
    """
    case = session().get_one(Case, move.case_id, populate_existing=True, with_for_update=True)
    watch(actor, case, typed, ConflictSource.BEFORE_RESEALING)
    if move.waits_with_id in locked_bodies(case.id):
        return None
    line = bodies_above([to_id])
    verdict = verdict_on(typed, line)
    bar(case, verdict.barred)
    return move.waits_with_id if conflicts_of(to_id, line, verdict.bodies) else to_id
