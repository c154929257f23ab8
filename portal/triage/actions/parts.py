"""A report as far as it is the matter of one case: what its other matters say never leaves with it."""

from dataclasses import replace

from portal.action import session
from portal.data.models.case import Case, CaseReport, RecordKind
from portal.data.models.report import Under
from portal.domain.parting import Kept, elsewhere, newest, share_of
from portal.papers import records
from portal.papers.messages import Letter
from portal.papers.reports import OpenedReport


def part_of(case: Case, opened: OpenedReport) -> Kept | None:
    """Which part of the report the case is about; None where it is about the whole of it.

    Of a report that was joined, the case that brought it along says which part. Inside an act.
    """
    link = session().get(CaseReport, (case.id, opened.report.id))
    origin = session().get(Case, link.joined_from) if link is not None and link.joined_from else case
    if origin is None or origin.matter is None:
        return None
    papers = records.papers(origin, {Under.REPORT: opened.keys.report_key()})
    return newest(paper.content for paper in papers if paper.kind is RecordKind.PART)


def narrowed(case: Case, opened: OpenedReport) -> OpenedReport:
    """The report as this case sees it; the report itself where it was not split."""
    kept = part_of(case, opened)
    if kept is None:
        return opened
    return replace(
        opened,
        head=opened.head if kept.first else elsewhere(kept, opened.head),
        content=share_of(kept, opened.content),
        files=tuple(file for file in opened.files if file.id in kept.files),
    )


def letters_of(kept: Kept | None, letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The resident's letters of this matter: those given to it, and whatever came since."""
    if kept is None:
        return letters
    files = set(kept.files)
    mine = [one for one in letters if one.id in kept.letters or one.id not in kept.known]
    return tuple(
        replace(one, files=tuple(file for file in one.files if file.id in files or one.id not in kept.known))
        for one in mine
    )
