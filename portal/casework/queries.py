"""What a committee reads of its cases without opening them: clear columns only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select, tuple_

from portal.action import session
from portal.data.models.case import Case, CaseReport, CaseStep, Record, RecordKind
from portal.domain.life import Desk, State

PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What the queue shows; empty means all."""

    desk: Desk | None = None
    state: State | None = None
    assignee_id: str | None = None
    overdue_on: date | None = None


def case(case_id: str) -> Case | None:
    """One case by id."""
    return session().get(Case, case_id)


def queue(body_id: str, filters: Filters, after: tuple[date, str] | None = None) -> list[Case]:
    """A page of the committee's cases, oldest first; one more than PAGE tells that there is a next page.

    Keyset on (day, id): the n-th page costs what the first does, and nothing is counted.
    """
    found = select(Case).where(Case.leader_id == body_id)
    if filters.state:
        found = found.where(Case._state == filters.state)
    elif filters.desk:
        found = found.where(Case.desk == filters.desk)
    if filters.assignee_id:
        found = found.where(Case.assignee_id == filters.assignee_id)
    if filters.overdue_on:
        found = found.where(or_(Case.due_on < filters.overdue_on, Case.was_late))
    if after is not None:
        found = found.where(tuple_(Case.opened_on, Case.id) > after)
    return list(session().scalars(found.order_by(Case.opened_on, Case.id).limit(PAGE + 1)))


def links(case_id: str) -> Sequence[CaseReport]:
    """The reports of a case."""
    return (
        session()
        .scalars(select(CaseReport).where(CaseReport.case_id == case_id).order_by(CaseReport.report_id))
        .all()
    )


def steps(case_id: str) -> Sequence[CaseStep]:
    """The steps of a case, in order."""
    return (
        session()
        .scalars(select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.version))
        .all()
    )


def was_heard(case_id: str) -> bool:
    """True if an explanation, or its dated refusal, is recorded."""
    kinds = (RecordKind.EXPLANATION, RecordKind.EXPLANATION_REFUSED)
    return bool(session().scalar(select(exists().where(Record.case_id == case_id, Record.kind.in_(kinds)))))
