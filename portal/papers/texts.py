"""Everything typed in a case, as its body can open it: what names are compared with when people change."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.models.case import Case, CaseReport, Record, RecordKind
from portal.data.models.report import Direction, Grant, Report, Under
from portal.domain.told import telling_of
from portal.papers import moves
from portal.papers.keys import Opened, open_grant
from portal.papers.messages import Letter, read
from portal.papers.records import case_key_of, open_handover, paper
from portal.papers.reports import open_part
from portal.vault.errors import Broken
from portal.vault.ring import KeyRing


def front_text(ring: KeyRing, case: Case, body_id: str) -> str:
    """What a Front board can open: reports, residents' letters, persons added later. Inside an act."""
    parts: list[str] = []
    keys: dict[Under, bytes] = {}
    for report, grant in _granted(case.id, body_id):
        opened = open_grant(ring, grant)
        keys.setdefault(Under.REPORT, opened.report_key())
        content = open_part(opened.report_key(), report.id, "content", report.sealed_content)
        parts += [telling_of(content).typed(), *_letters(read(report.id, {opened.body_id: opened.mailbox}))]
    return "\n".join([*parts, *_persons(case, keys)])


def committee_text(ring: KeyRing, case: Case, body_id: str) -> str:
    """What a committee can open: versions handed over, residents' letters, persons added. Inside an act."""
    key = case_key_of(ring, case, body_id)
    parts: list[str] = []
    links = select(CaseReport).where(CaseReport.case_id == case.id).order_by(CaseReport.report_id)
    for link in session().scalars(links):
        parts += _of_version(open_handover(key, link) or {})
    for report, grant in _granted(case.id, body_id):
        parts += _letters(read(report.id, {grant.body_id: open_grant(ring, grant).mailbox}))
    return "\n".join([*parts, *_persons(case, {Under.CASE: key})])


def added_text(case: Case, report: Report, keys: Opened) -> str:
    """What came to one report after it was sent, for its Front board."""
    letters = _letters(read(report.id, moves.mailboxes(report.id, keys.body_id, keys.mailbox)))
    return "\n".join([*letters, *_persons(case, {Under.REPORT: keys.report_key()})])


def _granted(case_id: str, body_id: str) -> list[tuple[Report, Grant]]:
    rows = session().execute(
        select(Report, Grant)
        .join(CaseReport, CaseReport.report_id == Report.id)
        .join(Grant, Grant.report_id == Report.id)
        .where(
            CaseReport.case_id == case_id,
            Grant.body_id.in_([body_id, *moves.formers([case_id], body_id)]),
        )
        .order_by(CaseReport.joined_from.is_not(None), Report.id)
    )
    return [(report, grant) for report, grant in rows]


def _letters(letters: Iterable[Letter]) -> list[str]:
    return [str(one.content.get("text", "")) for one in letters if one.direction is Direction.FROM_REPORTER]


def _of_version(version: Mapping[str, Any]) -> list[str]:
    return [str(version.get(part, "")) for part in ("person", "narrative", "where")]


def _persons(case: Case, keys: dict[Under, bytes]) -> list[str]:
    rows = select(Record).where(
        Record.case_id == case.id,
        Record.under.in_(keys),
        Record.kind.in_((RecordKind.PERSON, RecordKind.LETTERS)),
    )
    found = []
    for row in session().scalars(rows):
        with suppress(Broken):  # added before an earlier routing, under a case key that is gone
            found.append(str(paper(row, keys[row.under]).content["text"]))
    return found
