"""Reading: the heads of the queue, one case, its conclusion, one file. Each is an audited act."""

from dataclasses import dataclass
from typing import Any

from portal.action import action, current_act
from portal.casework import queries
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.report import Under
from portal.domain.masking import Profile
from portal.domain.permissions import Actor, Permission, may
from portal.papers import climbing, files, messages, moves, notes, printing, records, wording
from portal.papers.heads import of_committee, renewed
from portal.papers.keys import Opened
from portal.papers.reports import keys_of
from portal.papers.searching import learn
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class HandedOver:
    """One report as the committee got it, and the letters exchanged with its resident."""

    report_id: str
    version: dict[str, Any] | None
    letters: list[messages.Letter]


@dataclass(frozen=True)
class OpenedCase:
    """Everything a committee reads of a case."""

    case: Case
    reports: tuple[HandedOver, ...]
    files: tuple[files.FileInfo, ...]
    papers: list[records.Paper]
    own: list[records.Paper]


@action(Permission.CASEWORK_QUEUE)
def open_queue(actor: Actor, obj: None, /, ring: KeyRing, cases: list[Case]) -> dict[str, dict[str, Any]]:
    """Office, post and category of the cases on a page of the queue, by case id."""
    own = [case.id for case in renewed(cases) if may(actor, Permission.CASEWORK_VIEW, case.facts())]
    current_act().touch("case", *own)
    return of_committee(ring, own, actor.body)


@action(Permission.CASEWORK_VIEW)
def open_case(actor: Actor, case: Case, /, ring: KeyRing) -> OpenedCase:
    """Open the case: handed-over versions, files, letters, papers."""
    return _opened(actor, case, ring)


@action(Permission.CASEWORK_VIEW)
def print_case(
    actor: Actor, case: Case, /, ring: KeyRing, *, profile: Profile
) -> tuple[printing.Copy, OpenedCase | None]:
    """Print the case: enters a copy and opens it like `open_case`; of dates alone nothing is opened."""
    copy = printing.next_copy(actor, case, profile)
    return copy, None if profile is Profile.DATES else _opened(actor, case, ring)


def _opened(actor: Actor, case: Case, ring: KeyRing) -> OpenedCase:
    key = key_of(actor, case, ring)
    reports = []
    for link in queries.links(case.id):
        letters = letters_of(actor, link, ring)
        current_act().touch("report", link.report_id)
        reports.append(HandedOver(link.report_id, _version(case, key, link), letters))
    papers, own = papers_of(actor, case, key), notes.own(actor, case, ring)
    written = [letter for one in reports for letter in one.letters]
    versions = [one.version for one in reports if one.version is not None]
    # What an officer wrote for himself alone goes into no index of the body.
    learn(ring, actor.body, case, wording.of_committee(case, versions, written, papers))
    return OpenedCase(case, tuple(reports), records.case_files(case, key), papers, own)


def _version(case: Case, key: bytes, link: CaseReport) -> dict[str, Any] | None:
    """What was handed over; why it is here, as it stands since a conflict moved it up."""
    version = records.open_handover(key, link)
    if version is not None and "routing" in version:
        version["routing"] = climbing.as_it_stands(case, version["routing"])
    return version


@action(Permission.CASEWORK_VIEW)
def open_conclusion(actor: Actor, case: Case, /, ring: KeyRing) -> dict[str, Any] | None:
    """What the residents will read, for the preview of the answer; None where nothing is concluded yet."""
    return conclusion_of(actor, case, ring)


@action(Permission.CASEWORK_VIEW)
def open_file(actor: Actor, case: Case, /, ring: KeyRing, file_id: str) -> tuple[files.FileInfo, bytes]:
    """One file of the case or of its letters, cleaned copy; raises KeyError where it is not of this case."""
    opened = {file.id: file for file in records.case_files(case, key_of(actor, case, ring))}
    for link in queries.links(case.id):
        for letter in letters_of(actor, link, ring):
            opened |= {file.id: file for file in letter.files}
    current_act().touch("attachment", file_id)
    return opened[file_id], b"".join(files.content(opened[file_id]))


def key_of(actor: Actor, case: Case, ring: KeyRing) -> bytes:
    """The case key that the actor's committee was granted; raises NotHeld."""
    return records.case_key_of(ring, case, actor.body)


def mailbox_of(actor: Actor, report_id: str, ring: KeyRing) -> Opened:
    """The committee's own mailbox with the resident of a report, or the one it took over."""
    return keys_of(ring, report_id, actor.body)


def letters_of(actor: Actor, link: CaseReport, ring: KeyRing) -> list[messages.Letter]:
    """The letters with the resident that are about this case: of a report that was split, another matter may
    be here too, with other people on it.
    """
    own = (None, link.case_id, link.joined_from)
    found = messages.read(link.report_id, _mailboxes(actor, link.report_id, ring))
    return [letter for letter in found if letter.case_id in own]


def _mailboxes(actor: Actor, report_id: str, ring: KeyRing) -> dict[str, bytes]:
    keys = mailbox_of(actor, report_id, ring)
    return moves.mailboxes(report_id, keys.body_id, keys.mailbox)


def papers_of(actor: Actor, case: Case, key: bytes) -> list[records.Paper]:
    """The committee's papers since the case was last routed to it."""
    return records.papers(case, {Under.CASE: key}, lost_before=queries.routed_at(case.id))


def conclusion_of(actor: Actor, case: Case, ring: KeyRing) -> dict[str, Any] | None:
    """The content of the committee's last conclusion."""
    papers = papers_of(actor, case, key_of(actor, case, ring))
    found = [paper.content for paper in papers if paper.kind is RecordKind.CONCLUSION]
    return found[-1] if found else None
