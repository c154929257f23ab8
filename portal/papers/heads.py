"""The heads of several cases (office, post, category), as lists show them: a page in a few statements."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import and_, inspect, select

from portal.action import session
from portal.data.models.case import Case, CaseGrant, CaseReport
from portal.data.models.report import Grant, Report
from portal.papers import moves, records
from portal.papers.keys import open_case_key, open_grant
from portal.papers.reports import open_head
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing

Heads = dict[str, dict[str, Any]]


def renewed(cases: Sequence[Case]) -> list[Case]:
    """The cases of a page as they are within this act, with bars and locks: one statement for all of them.

    What was read before the act is read again in it; asked of one case after the other this was half of the
    time of a page (design: the check is made on what the object is inside the transaction).
    """
    ids = [(inspect(case).identity or ("",))[0] for case in cases]
    again = select(Case).where(Case.id.in_(ids)).execution_options(populate_existing=True)
    known = {case.id: case for case in session().scalars(again)}
    return [known[one] for one in ids if one in known]


def of_board(ring: KeyRing, case_ids: Sequence[str], body_id: str) -> Heads:
    """The heads by case as a Front board reads them; call inside an act."""
    found = _granted(case_ids, [body_id])
    taken_over = [case_id for case_id in case_ids if case_id not in found]
    if taken_over:
        found |= _granted(taken_over, moves.formers(taken_over, body_id))
    heads = {}
    for case_id, (report, grant) in found.items():
        with suppress(NotHeld):  # taken over, and not sealed anew yet
            heads[case_id] = open_head(open_grant(ring, grant), report)
    return heads


def of_committee(ring: KeyRing, case_ids: Sequence[str], body_id: str) -> Heads:
    """The heads by case as a committee got them; call inside an act."""
    keys = {}
    bodies = [body_id, *moves.formers(case_ids, body_id)]
    grants = select(CaseGrant).where(CaseGrant.case_id.in_(case_ids), CaseGrant.body_id.in_(bodies))
    for grant in session().scalars(grants):
        with suppress(NotHeld):  # taken over, and not sealed anew yet
            keys[grant.case_id] = open_case_key(ring, grant)
    heads: Heads = {}
    links = select(CaseReport).where(CaseReport.case_id.in_(keys))
    for link in session().scalars(links.order_by(CaseReport.case_id, CaseReport.report_id)):
        version = records.open_handover(keys[link.case_id], link)
        if version is not None:
            heads.setdefault(link.case_id, version["head"])
    return heads


def _granted(case_ids: Sequence[str], body_ids: Sequence[str]) -> dict[str, tuple[Report, Grant]]:
    """One report of each case with a board's grant on it: its own, not one that was joined to it."""
    rows = session().execute(
        select(CaseReport.case_id, Report, Grant)
        .join(Report, Report.id == CaseReport.report_id)
        .join(Grant, and_(Grant.report_id == Report.id, Grant.body_id.in_(body_ids)))
        .where(CaseReport.case_id.in_(case_ids))
        .order_by(CaseReport.case_id, CaseReport.joined_from.is_(None), Report.id.desc())
    )
    return {case_id: (report, grant) for case_id, report, grant in rows}
