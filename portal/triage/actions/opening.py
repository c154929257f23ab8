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
from portal.domain.parting import Kept
from portal.domain.permissions import Actor, Permission, may
from portal.papers import climbing, files, messages, moves, notes, printing, records, wording
from portal.papers.heads import of_board, renewed
from portal.papers.keys import Opened
from portal.papers.reports import OpenedReport, keys_of, open_report
from portal.papers.searching import learn
from portal.triage import queries
from portal.triage.actions.parts import letters_of, narrowed, part_of
from portal.triage.actions.proposing import proposed
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing


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
    # Of each report, which part of it is this case's matter; None for all of it.
    parts: tuple[Kept | None, ...] = ()


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
    """The reports of a case, as far as they are its matter, with what their writers sent this board; inside
    an act.
    """
    found = []
    for report in queries.reports(case.id):
        opened = open_report(ring, report, body_id)
        letters = messages.read(report.id, _mailboxes(report.id, opened.keys))
        added = tuple(one for one in letters if one.direction is Direction.FROM_REPORTER)
        kept = part_of(case, opened)
        found.append(Bundle(narrowed(case, opened), letters_of(kept, added)))
    return found


@action(Permission.TRIAGE_QUEUE)
def open_queue(actor: Actor, obj: None, /, ring: KeyRing, cases: list[Case]) -> dict[str, dict[str, Any]]:
    """Office, post and category of the cases on a page of the queue, by case id."""
    own = [case.id for case in renewed(cases) if may(actor, Permission.TRIAGE_VIEW, case.facts())]
    current_act().touch("case", *own)
    return of_board(ring, own, actor.body)


@action(Permission.TRIAGE_QUEUE)
def open_candidates(actor: Actor, obj: None, /, ring: KeyRing, cases: list[Case]) -> dict[str, OpenedReport]:
    """The report of each case that one may be joined with, by case id, but of none that one may not know of.

    Each is one reading more of a report, and is in the audit log as that.
    """
    found = {}
    for case in renewed(cases):
        if not may(actor, Permission.TRIAGE_VIEW, case.facts()):
            continue
        report = queries.reports(case.id)[0]
        with suppress(NotHeld):  # taken over, and not sealed anew yet
            found[case.id] = narrowed(case, open_report(ring, report, actor.body))
            current_act().touch("case", case.id)
            current_act().touch("report", report.id)
    return found


def _mailboxes(report_id: str, keys: Opened) -> dict[str, bytes]:
    return moves.mailboxes(report_id, keys.body_id, keys.mailbox)


@action(Permission.TRIAGE_VIEW)
def open_case(actor: Actor, case: Case, /, ring: KeyRing) -> OpenedCase:
    """Open the case: reports, letters, papers, and what came back."""
    return _opened(actor, case, ring)


@action(Permission.TRIAGE_VIEW)
def open_about(actor: Actor, case: Case, /, ring: KeyRing) -> list[OpenedReport]:
    """Open what is answered, as far as it is this case's matter, so that nobody answers blindly (design)."""
    found = [bundle.opened for bundle in bundles(ring, case, actor.body)]
    current_act().touch("report", *(report.id for report in queries.reports(case.id)))
    return found


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
    why = _went_by(case, papers) or (_goes_by(case, reports) if own else None)
    # What a committee told is sealed to the board that has the case, not to one that follows it.
    told = records.told_to_front(ring, case) if own else []
    parts = tuple(part_of(case, one) for one in reports)
    written = [letter for some in letters.values() for letter in some]
    contents = [narrowed(case, opened).content for opened in reports]
    # What an officer wrote for himself alone goes into no index of the body.
    learn(ring, actor.body, case, wording.of_board(case, contents, written, [*papers, *told]))
    return OpenedCase(case, tuple(reports), letters, papers, notes.own(actor, case, ring), told, why, parts)


def _went_by(case: Case, papers: list[records.Paper]) -> dict[str, Any] | None:
    """The decision on record; none while the case is at the board, for then it may change."""
    if case.desk is Desk.FRONT:
        return None
    found = [paper.content for paper in papers if paper.kind is RecordKind.ROUTING]
    newest = max(found, key=lambda content: int(content["version"]), default=None)
    return climbing.as_it_stands(case, newest["told"]) if newest else None


def _goes_by(case: Case, reports: list[OpenedReport]) -> dict[str, Any] | None:
    """What the engine answers today; none of praise, of what has ended, and of a unit that nobody knows."""
    if case.report_kind is ReportKind.PRAISE or case.desk not in (Desk.FRONT, Desk.REPORTER):
        return None
    try:
        return proposed(case, [narrowed(case, one) for one in reports]).told
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
