"""Reading: the queue's heads, one case with everything in it, one file. Each is an audited act."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from portal.action import action, current_act
from portal.data.models.case import Case, RecordKind
from portal.data.models.report import Direction, Under
from portal.domain.kinds import ReportKind
from portal.domain.life import Desk
from portal.domain.lineage import UnknownUnit
from portal.domain.masking import Profile
from portal.domain.permissions import Actor, Permission, may
from portal.papers import files, messages, moves, notes, printing, records
from portal.papers.keys import Opened, open_grant
from portal.papers.reports import OpenedReport, keys_of, open_head, open_report
from portal.triage import queries
from portal.triage.actions.proposing import proposed
from portal.vault.ring import KeyRing, NotHeld


@dataclass(frozen=True)
class OpenedCase:
    """Everything a Front board reads of a case: reports, its own letters, its papers, what came back.

    `routing` is the decision by which the case went, else the engine's answer of today.
    """

    case: Case
    reports: tuple[OpenedReport, ...]
    letters: dict[str, list[messages.Letter]]
    papers: list[records.Paper]
    own: list[records.Paper]
    told: list[records.Paper]
    routing: dict[str, Any] | None = None


@dataclass(frozen=True)
class Bundle:
    """One report with all that its writer added since, as it is looked through before it goes on."""

    opened: OpenedReport
    added: tuple[messages.Letter, ...]

    @property
    def files(self) -> tuple[files.FileInfo, ...]:
        """The files of the report, then those of the letters."""
        return self.opened.files + tuple(file for letter in self.added for file in letter.files)


def bundles(ring: KeyRing, case: Case, body_id: str) -> list[Bundle]:
    """The reports of a case with what their writers sent this board; call inside an act."""
    found = []
    for report in queries.reports(case.id):
        opened = open_report(ring, report, body_id)
        letters = messages.read(report.id, _mailboxes(report.id, opened.keys))
        added = tuple(one for one in letters if one.direction is Direction.FROM_REPORTER)
        found.append(Bundle(opened, added))
    return found


@action(Permission.TRIAGE_QUEUE)
def open_queue(actor: Actor, obj: None, /, ring: KeyRing, cases: list[Case]) -> dict[str, dict[str, Any]]:
    """Office, post and category of the cases on a page of the queue, by case id."""
    own = [case.id for case in cases if may(actor, Permission.TRIAGE_VIEW, case.facts())]
    current_act().touch("case", *own)
    found = queries.granted(own, [actor.body])
    taken_over = [case_id for case_id in own if case_id not in found]
    if taken_over:
        found |= queries.granted(taken_over, moves.formers(taken_over, actor.body))
    heads = {}
    for case_id, (report, grant) in found.items():
        with suppress(NotHeld):  # taken over, and not sealed anew yet
            heads[case_id] = open_head(open_grant(ring, grant), report)
    return heads


def _mailboxes(report_id: str, keys: Opened) -> dict[str, bytes]:
    return moves.mailboxes(report_id, keys.body_id, keys.mailbox)


@action(Permission.TRIAGE_VIEW)
def open_case(actor: Actor, case: Case, /, ring: KeyRing) -> OpenedCase:
    """Open the case: reports, letters, papers, and what came back."""
    return _opened(actor, case, ring)


@action(Permission.TRIAGE_VIEW)
def print_case(
    actor: Actor, case: Case, /, ring: KeyRing, *, profile: Profile
) -> tuple[printing.Copy, OpenedCase | None]:
    """Print the case: enters a copy and opens it like `open_case`; of dates alone nothing is opened."""
    copy = printing.next_copy(actor, case, profile)
    return copy, None if profile is Profile.DATES else _opened(actor, case, ring)


def _opened(actor: Actor, case: Case, ring: KeyRing) -> OpenedCase:
    reports, letters = [], {}
    for report in queries.reports(case.id):
        opened = open_report(ring, report, actor.body)
        reports.append(opened)
        letters[report.id] = messages.read(report.id, _mailboxes(report.id, opened.keys))
        current_act().touch("report", report.id)
    keys = {Under.REPORT: reports[0].keys.report_key()}
    papers = records.papers(case, keys)
    own = case.front_id == actor.body
    why = _went_by(case, papers) or (_goes_by(case, reports[0]) if own else None)
    # What a committee told is sealed to the board that has the case, not to one that follows it.
    told = records.told_to_front(ring, case) if own else []
    return OpenedCase(case, tuple(reports), letters, papers, notes.own(actor, case, ring), told, why)


def _went_by(case: Case, papers: list[records.Paper]) -> dict[str, Any] | None:
    """The decision on record; none while the case is at the board, for then it may change."""
    if case.desk is Desk.FRONT:
        return None
    found = [paper.content for paper in papers if paper.kind is RecordKind.ROUTING]
    newest = max(found, key=lambda content: int(content["version"]), default=None)
    return newest["told"] if newest else None


def _goes_by(case: Case, opened: OpenedReport) -> dict[str, Any] | None:
    """What the engine answers today; none of praise, of what has ended, and of a unit that nobody knows."""
    if case.report_kind is ReportKind.PRAISE or case.desk not in (Desk.FRONT, Desk.REPORTER):
        return None
    try:
        return proposed(case, opened).told
    except UnknownUnit:
        return None


@action(Permission.TRIAGE_VIEW)
def open_file(actor: Actor, case: Case, /, ring: KeyRing, file_id: str) -> tuple[files.FileInfo, bytes]:
    """One file of the case, cleaned copy; raises KeyError where it is not of this case."""
    found: dict[str, files.FileInfo] = {}
    for report in queries.reports(case.id):
        found |= {file.id: file for file in open_report(ring, report, actor.body).files}
        for letter in messages.read(report.id, _mailboxes(report.id, keys_of(ring, report.id, actor.body))):
            found |= {file.id: file for file in letter.files}
    current_act().touch("attachment", file_id)
    return found[file_id], b"".join(files.content(found[file_id]))
