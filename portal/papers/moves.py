"""Cases that a reorganisation handed on: whose papers a body took over, and who has what another body had."""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import select

from portal.action import session
from portal.data.models.case import CaseReport
from portal.data.models.registry import CaseMove
from portal.data.models.report import Grant

Step = Callable[[CaseMove, str], str | None]


def formers(case_ids: Iterable[str], body_id: str) -> list[str]:
    """The bodies whose place `body_id` took in these cases, the last one first."""
    return _walk(_moves(case_ids), [body_id], _back)


def heirs(case_ids: Iterable[str], body_id: str) -> list[str]:
    """The bodies that took the place of `body_id` in these cases, the next one first."""
    return _walk(_moves(case_ids), [body_id], _on)


def cases_of(report_id: str) -> Sequence[str]:
    """The cases of a report."""
    return session().scalars(select(CaseReport.case_id).where(CaseReport.report_id == report_id)).all()


def granted(report_id: str, body_id: str) -> Grant | None:
    """What the body was granted of the report, itself or through the body whose place it took."""
    own = session().get(Grant, (report_id, body_id))
    if own is not None:
        return own
    found = (session().get(Grant, (report_id, one)) for one in formers(cases_of(report_id), body_id))
    return next((grant for grant in found if grant is not None), None)


def mailboxes(report_id: str, body_id: str, mailbox: bytes) -> dict[str, bytes]:
    """The mailbox keys (32 bytes) by body: the body's own, which also opens what one before it wrote.

    So it is where a case of a divided unit was granted anew, with the same keys, to the part it belongs to.
    """
    chosen = [move for move in _moves(cases_of(report_id)) if move.to_id == body_id and move.chosen_on]
    return {move.from_id: mailbox for move in chosen} | {body_id: mailbox}


def _moves(case_ids: Iterable[str]) -> Sequence[CaseMove]:
    stmt = select(CaseMove).where(CaseMove.case_id.in_(list(case_ids)))
    return session().scalars(stmt.order_by(CaseMove.moved_on.desc(), CaseMove.reorganisation_id)).all()


def _back(move: CaseMove, body_id: str) -> str | None:
    return move.from_id if body_id in (move.to_id, move.waits_with_id) else None


def _on(move: CaseMove, body_id: str) -> str | None:
    return (move.to_id or move.waits_with_id) if move.from_id == body_id else None


def _walk(moves: Sequence[CaseMove], begin: list[str], step: Step) -> list[str]:
    found, edge = list(begin), list(begin)
    while edge:
        new = [step(move, one) for one in edge for move in moves]
        edge = list(dict.fromkeys(one for one in new if one and one not in found))
        found += edge
    return found[len(begin) :]
