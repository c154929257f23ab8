"""What a committee reads of its cases without opening them: clear columns only."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import exists, func, select

from portal.action import session
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.case import Case, CaseGrant, CaseReport, CaseStep, Record, RecordKind
from portal.domain.life import Desk, Step
from portal.domain.permissions import Actor, Role
from portal.papers.hiding import blind_to
from portal.papers.lists import Filters, Place, count, page

PAGE = 50
_WORK = frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR})


def case(case_id: str) -> Case | None:
    """One case by id."""
    return session().get(Case, case_id)


def queue(reader: Actor, filters: Filters, after: Place | None = None) -> list[Case]:
    """A page of the committee's cases, and one more where there is a next page."""
    return page(Case.leader_id, reader, filters, after, size=PAGE)


def links(case_id: str) -> Sequence[CaseReport]:
    """The reports of a case."""
    return links_of([case_id])


def links_of(case_ids: Sequence[str]) -> Sequence[CaseReport]:
    """The reports of several cases."""
    return (
        session()
        .scalars(
            select(CaseReport)
            .where(CaseReport.case_id.in_(case_ids))
            .order_by(CaseReport.case_id, CaseReport.report_id)
        )
        .all()
    )


def grants_of(case_ids: Sequence[str], body_ids: Sequence[str]) -> Sequence[CaseGrant]:
    """The case keys that some bodies were granted."""
    return (
        session()
        .scalars(select(CaseGrant).where(CaseGrant.case_id.in_(case_ids), CaseGrant.body_id.in_(body_ids)))
        .all()
    )


def routed_at(case_id: str) -> datetime | None:
    """When the case was last routed: what is older lies under a case key that is gone."""
    return session().scalar(
        select(func.max(CaseStep.at)).where(CaseStep.case_id == case_id, CaseStep.step == Step.ROUTE)
    )


def was_heard(case_id: str) -> bool:
    """True if an explanation, or its dated refusal, is recorded."""
    kinds = (RecordKind.EXPLANATION, RecordKind.EXPLANATION_REFUSED)
    return bool(session().scalar(select(exists().where(Record.case_id == case_id, Record.kind.in_(kinds)))))


def inspectors(body_id: str, case_id: str | None) -> list[Account]:
    """The admitted inspectors of a committee who can sign in and have a part in the case, by name."""
    barred, _ = blind_to([case_id] if case_id else [])
    rows = session().scalars(
        select(Member)
        .join(Account, Account.id == Member.account_id)
        .where(
            Member.body_id == body_id,
            Member.state == MemberState.ADMITTED,
            Account.state == AccountState.ACTIVE,
        )
        .order_by(Account.display_name, Account.id)
    )
    return [row.account for row in rows if row.role_set & _WORK and row.account_id not in barred]


def workload(reader: Actor, account_ids: Iterable[str]) -> dict[str, int]:
    """How many open cases of the committee each has, as far as the reader may know (`lists.count`)."""
    return {
        one: count(Case.leader_id, reader, Filters(desk=Desk.COMMITTEE, assignee_id=one))
        for one in account_ids
    }
