"""What residents thought of their answers in one province: for its leads, one table, the same for all."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from portal.action import action, session
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseReport
from portal.data.models.report import Feedback
from portal.domain import clock, satisfaction
from portal.domain.parties import BodyKind, Level
from portal.domain.permissions import Actor, Permission
from portal.domain.satisfaction import Line


@action(Permission.SATISFACTION_READ)
def read_satisfaction(actor: Actor, board: Body, /) -> list[Line]:
    """The rows, small numbers hidden.

    Whoever has no part in a case gets the same numbers as his colleagues: two tables that differ would tell.
    """
    return satisfaction.table(_rated(_boards_of(_top(board))))


def _rated(boards: Sequence[str]) -> list[tuple[date, BodyKind, str]]:
    """Each rating with the kind of the body that answered the first case of its report."""
    first, end = satisfaction.shown_from(clock.today())
    rows = session().execute(
        select(Feedback.report_id, Feedback.rated_on, Feedback.rating, Body.kind)
        .join(CaseReport, CaseReport.report_id == Feedback.report_id)
        .join(Case, Case.id == CaseReport.case_id)
        .outerjoin(Body, Body.id == Case.leader_id)
        .where(
            Feedback.rated_on >= first,
            Feedback.rated_on < end,
            Feedback.rating.is_not(None),
            Case.review_of.is_(None),
            Case.reprisal_of.is_(None),
            Case.front_id.in_(boards),
        )
        .order_by(Case.opened_on.desc(), Case.id.desc())
    )
    # Of several cases of one report the first counts, so that a resident counts once.
    of_report = {row.report_id: (row.rated_on, row.kind or BodyKind.FRONT, row.rating.value) for row in rows}
    return list(of_report.values())


def _top(board: Body) -> str:
    """The board of the province; of the centre for the centre."""
    small = board.level.rank < Level.PROVINCE.rank
    return board.superior_id if small and board.superior_id else board.id


def _boards_of(top: str) -> Sequence[str]:
    below = select(Body.id).where(Body.id == top).cte("below", recursive=True)
    below = below.union(select(Body.id).join(below, Body.superior_id == below.c.id))
    found = select(Body.id).where(Body.id.in_(select(below.c.id)), Body.kind == BodyKind.FRONT)
    return session().scalars(found).all()
