"""What a committee reads of its cases without opening them: clear columns only."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, select

from portal.action import session
from portal.data.discipline import forms
from portal.data.models.account import Account
from portal.data.models.case import Case, CaseReport, CaseStep, Record, RecordKind
from portal.data.models.followed import Followed
from portal.data.models.publication import Publication
from portal.domain.clock import day_of
from portal.domain.discipline import Form
from portal.domain.life import Desk, Step
from portal.domain.permissions import Actor, Role
from portal.papers.hiding import blind_to
from portal.papers.lists import Filters, Place, count, page
from portal.papers.members import members_at_work

PAGE = 50
_WORK = frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR})


def queue(reader: Actor, filters: Filters, after: Place | None = None) -> list[Case]:
    """A page of the committee's cases, and one more where there is a next page."""
    return page(Case.leader_id, reader, filters, after, size=PAGE)


def links(case_id: str) -> Sequence[CaseReport]:
    """The reports of a case."""
    return (
        session()
        .scalars(select(CaseReport).where(CaseReport.case_id == case_id).order_by(CaseReport.report_id))
        .all()
    )


def routed_at(case_id: str) -> datetime | None:
    """When the case was last routed: what is older lies under a case key that is gone."""
    return session().scalar(
        select(func.max(CaseStep.at)).where(CaseStep.case_id == case_id, CaseStep.step == Step.ROUTE)
    )


def answered_on(case_id: str) -> date | None:
    """The day of the last answer to the residents, corrections among them; None where there was none."""
    answers = (Step.ANSWER, Step.CORRECT)
    found = select(func.max(CaseStep.at)).where(CaseStep.case_id == case_id, CaseStep.step.in_(answers))
    moment = session().scalar(found)
    return day_of(moment) if moment else None


def discipline_forms() -> dict[str, Form]:
    """The forms of discipline by id, those that are no more among them."""
    return forms()


def followed(case_id: str) -> Sequence[Followed]:
    """What is or was owed on the records of a case, the first due first."""
    rows = select(Followed).where(Followed.case_id == case_id)
    return session().scalars(rows.order_by(Followed.due_on, Followed.record_id)).all()


def followed_one(record_id: str) -> Followed | None:
    """One of them, by its record."""
    return session().get(Followed, record_id)


def publications(case_id: str) -> Sequence[Publication]:
    """What was published of a case, also what is over or was taken off, the newest first."""
    rows = select(Publication).where(Publication.case_id == case_id)
    return session().scalars(rows.order_by(Publication.published_on.desc(), Publication.id)).all()


def publication(public_id: str) -> Publication | None:
    """One of them."""
    return session().get(Publication, public_id)


def is_corrected(public_id: str) -> bool:
    """True if a text that was not taken off corrects this one."""
    by = Publication.corrects_id == public_id, Publication.withdrawn_on.is_(None)
    return bool(session().scalar(select(exists().where(*by))))


def was_heard(case_id: str) -> bool:
    """True if an explanation, or its dated refusal, is recorded."""
    kinds = (RecordKind.EXPLANATION, RecordKind.EXPLANATION_REFUSED)
    return bool(session().scalar(select(exists().where(Record.case_id == case_id, Record.kind.in_(kinds)))))


def inspectors(body_id: str, case_id: str | None) -> list[Account]:
    """The admitted inspectors of a committee who can sign in and have a part in the case, by name."""
    barred, _ = blind_to([case_id] if case_id else [])
    return [
        row.account
        for row in members_at_work(body_id)
        if row.role_set & _WORK and row.account_id not in barred
    ]


def workload(reader: Actor, account_ids: Iterable[str]) -> dict[str, int]:
    """How many open cases of the committee each has, as far as the reader may know (`lists.count`)."""
    return {
        one: count(Case.leader_id, reader, Filters(desk=Desk.COMMITTEE, assignee_ids=frozenset({one})))
        for one in account_ids
    }
