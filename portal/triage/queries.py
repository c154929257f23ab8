"""What a Front board reads of its cases without opening them: clear columns only."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from portal.action import session
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseReport, Handover
from portal.data.models.protection import Protection
from portal.data.models.report import Channel, Identity, Report
from portal.domain.kinds import ReportKind
from portal.domain.life import Desk
from portal.domain.permissions import Actor
from portal.papers.hiding import shown_to
from portal.papers.lists import Filters, Place, page

PAGE = 50


def board(body_id: str) -> Body:
    """The reader's own board."""
    return session().get_one(Body, body_id)


def queue(reader: Actor, filters: Filters, after: Place | None = None) -> list[Case]:
    """A page of the board's cases, and one more where there is a next page."""
    return page(Case.front_id, reader, filters, after, size=PAGE)


def urgent(reader: Actor) -> list[Case]:
    """The reprisals that wait at the board, oldest first: they are shown before everything else."""
    wanted = select(Case).where(
        Case.front_id == reader.body,
        Case.desk == Desk.FRONT,
        Case.report_kind == ReportKind.REPRISAL,
        *shown_to(reader),
    )
    return list(session().scalars(wanted.order_by(Case.opened_on, Case.id).limit(PAGE)))


def protections(case_id: str) -> Sequence[Protection]:
    """The measures of protection of a case, in order."""
    wanted = select(Protection).where(Protection.case_id == case_id)
    return session().scalars(wanted.order_by(Protection.asked_on, Protection.id)).all()


def protection(case_id: str, protection_id: str) -> Protection | None:
    """One of them."""
    found = session().get(Protection, protection_id)
    return found if found is not None and found.case_id == case_id else None


def followed(reader: Actor, filters: Filters, after: Place | None = None) -> list[Case]:
    """A page of the cases that the board referred to the province, as `queue`."""
    return page(Case.referred_from, reader, filters, after, size=PAGE)


def reports(case_id: str) -> Sequence[Report]:
    """The reports of a case: its own first, then those that were joined to it."""
    return (
        session()
        .scalars(
            select(Report)
            .join(CaseReport, CaseReport.report_id == Report.id)
            .where(CaseReport.case_id == case_id)
            .order_by(CaseReport.joined_from.is_not(None), Report.id)
        )
        .all()
    )


def joinable(reader: Actor, case: Case) -> list[Case]:
    """The board's cases that this one may be joined with: those alike in the clear first, then the newest."""
    alike = (Case.category_group == case.category_group, Case.area_id == case.area_id)
    wanted = select(Case).where(
        Case.front_id == reader.body,
        Case.desk == Desk.FRONT,
        Case.id != case.id,
        Case.report_kind == case.report_kind,
        Case.review_of.is_(None),
        Case.linked_to.is_(None),
        *shown_to(reader),
    )
    first = [expression.desc() for expression in alike]
    return list(session().scalars(wanted.order_by(*first, Case.opened_on.desc(), Case.id).limit(PAGE)))


def joined(case_ids: Sequence[str]) -> dict[str, int]:
    """How many reports each of these cases took in; those that took none are not in it."""
    rows = session().execute(
        select(CaseReport.case_id, func.count())
        .where(CaseReport.case_id.in_(case_ids), CaseReport.joined_from.is_not(None))
        .group_by(CaseReport.case_id)
    )
    return {row[0]: row[1] for row in rows}


def sisters(case: Case) -> Sequence[Case]:
    """The cases of the other matters of a report that was split, by their number; without the case itself."""
    first = case.split_from or case.id
    wanted = select(Case).where(or_(Case.id == first, Case.split_from == first), Case.id != case.id)
    return session().scalars(wanted.order_by(Case.matter, Case.id)).all()


def channels(case_ids: Sequence[str]) -> dict[str, Channel]:
    """How the report of each case came; of several the first."""
    rows = session().execute(
        select(CaseReport.case_id, Report.channel)
        .join(Report, Report.id == CaseReport.report_id)
        .where(CaseReport.case_id.in_(case_ids))
        .order_by(CaseReport.case_id, CaseReport.joined_from.is_(None), Report.id.desc())
    )
    return {row[0]: row[1] for row in rows}


def handover(case_id: str) -> Handover | None:
    """Where a case went outside the portal, if it did."""
    return session().get(Handover, case_id)


def kept_identities(case_id: str, body_id: str) -> Sequence[str]:
    """Reports of the case whose identity the board keeps, sealed, in the portal."""
    return (
        session()
        .scalars(
            select(Identity.report_id)
            .join(CaseReport, CaseReport.report_id == Identity.report_id)
            .where(CaseReport.case_id == case_id, Identity.body_id == body_id)
            .order_by(Identity.report_id)
        )
        .all()
    )


def reviewed_by(case: Case) -> str | None:
    """The committee or board whose answer this case reviews; None for a first case."""
    earlier = session().get(Case, case.review_of) if case.review_of else None
    return (earlier.leader_id or earlier.front_id) if earlier else None
