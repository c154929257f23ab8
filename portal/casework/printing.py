"""A committee's case for paper: what was handed over, letters, papers."""

from portal.casework.actions import OpenedCase
from portal.papers.records import Paper
from portal.web import words
from portal.web.i18n import _, format_date
from portal.web.matter import matter
from portal.web.paper_words import text_of
from portal.web.printing import Part, Row


def parts(opened: OpenedCase) -> list[Part]:
    """One part per version handed over with its letters, then the committee's papers."""
    found = []
    for number, one in enumerate(opened.reports, 1):
        version = one.version or {}
        about = matter(version.get("head"))
        rows = [
            Row(_("Việc gì"), str(about.category)),
            Row(_("Cơ quan"), about.office),
            Row(_("Chức vụ"), about.post),
            Row(_("Người bị phản ánh"), version.get("person") or "", name=True),
            Row(_("Ở đâu"), version.get("where") or ""),
            Row(_("Nội dung"), version.get("narrative") or ""),
        ]
        found.append(Part(_("Nội dung Mặt trận chuyển đến (%(number)s)", number=number), rows))
        found.append(
            Part(
                _("Thư với người phản ánh (%(number)s)", number=number),
                [
                    Row(f"{format_date(post.sent_on)} · {words.label(post.kind)}", text_of(post.content))
                    for post in one.letters
                ],
            )
        )
    found.append(Part(_("Ghi chép của ủy ban"), [_row(paper) for paper in opened.papers]))
    return [part for part in found if part.rows]


def names(opened: OpenedCase) -> list[str]:
    """The names that are known from the case: whoever is complained of, as handed over or added later."""
    told = [str((one.version or {}).get("person") or "") for one in opened.reports]
    return told + [str(paper.content["text"]) for paper in opened.papers if paper.kind.value == "person"]


def _row(paper: Paper) -> Row:
    head = f"{format_date(paper.dated)} · {words.label(paper.step or paper.kind)}"
    return Row(head, text_of(paper.content), name=paper.kind.value == "person")
