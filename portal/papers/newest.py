"""What stands on a case for one step: its newest paper or letter, for the page that shows both versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.data.models.case import RecordKind
from portal.data.models.report import Direction, MessageKind
from portal.domain.life import Step
from portal.papers.messages import Letter
from portal.papers.records import Paper


@dataclass(frozen=True)
class Newest:
    """The content by its names in the sealed paper, who wrote it (None: not kept), and when."""

    content: dict[str, Any]
    at: date | datetime
    author_id: str | None = None


_REFUSED = {RecordKind.EXPLANATION: "no", RecordKind.EXPLANATION_REFUSED: "yes"}


def of_papers(papers: Iterable[Paper], step: Step) -> Newest | None:
    """The newest paper of the step, with its day and whether it is a refusal; None where there is none."""
    found = [paper for paper in papers if paper.step is step]
    if not found:
        return None
    last = found[-1]
    beside = {"dated": last.dated, "refused": _REFUSED.get(last.kind, "")}
    return Newest(beside | last.content, last.written_at, last.author_id)


def of_letters(letters: Iterable[Letter], kind: MessageKind) -> Newest | None:
    """The newest letter of that kind to a resident; letters carry their day and no author."""
    found = [one for one in letters if one.kind is kind and one.direction is Direction.TO_REPORTER]
    return Newest(found[-1].content, found[-1].sent_on) if found else None
