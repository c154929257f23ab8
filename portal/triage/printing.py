"""A board's case for paper: what was told, letters, papers."""

from portal.domain.told import telling_of
from portal.papers.records import Paper
from portal.triage.actions import OpenedCase
from portal.web import words
from portal.web.i18n import _, format_date
from portal.web.matter import matter
from portal.web.paper_words import text_of
from portal.web.printing import Part, Row

# Parts of the split and the version that went outside have sheets and rows of their own.
_INNER = ("facts", "routing", "part", "handed")


def parts(opened: OpenedCase) -> list[Part]:
    """One part per report with its letters, then the board's papers and what the committee told."""
    found = []
    for number, one in enumerate(opened.reports, 1):
        telling, about = telling_of(one.content), matter(one.head)
        rows = [
            Row(_("Nhận ngày"), format_date(one.report.received_on)),
            Row(_("Việc gì"), str(about.category)),
            Row(_("Cơ quan"), about.office),
            Row(_("Chức vụ"), about.post),
            Row(_("Người bị phản ánh"), telling.office.person or "", name=True),
            Row(_("Ở đâu"), " · ".join(filter(None, (telling.where, telling.street, telling.area_name)))),
            Row(_("Nội dung"), telling.story),
        ]
        found.append(Part(_("Điều người dân kể (%(number)s)", number=number), rows))
        letters = opened.letters[one.report.id]
        found.append(
            Part(
                _("Thư với người phản ánh (%(number)s)", number=number),
                [
                    Row(f"{format_date(post.sent_on)} · {words.label(post.kind)}", text_of(post.content))
                    for post in letters
                ],
            )
        )
    found.append(Part(_("Ủy ban kiểm tra báo lại"), [_row(paper) for paper in opened.told]))
    papers = [paper for paper in opened.papers if paper.kind.value not in _INNER]
    found.append(Part(_("Ghi chép của đơn vị"), [_row(paper) for paper in papers]))
    return [part for part in found if part.rows]


def names(opened: OpenedCase) -> list[str]:
    """The names that are known from the case: whoever is complained of, as told or added later."""
    told = [telling_of(one.content).office.person or "" for one in opened.reports]
    return told + [str(paper.content["text"]) for paper in opened.papers if paper.kind.value == "person"]


def _row(paper: Paper) -> Row:
    head = f"{format_date(paper.dated)} · {words.label(paper.step or paper.kind)}"
    return Row(head, text_of(paper.content), name=paper.kind.value == "person")
