"""What stands on a case for one step: its newest paper or letter, for the page that shows both versions."""

from collections.abc import Iterable, Mapping
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


_STEPS = {Step.CORRECT: (Step.CONCLUDE, Step.CORRECT)}  # what a correction stands beside


def of_papers(papers: Iterable[Paper], step: Step, about: Mapping[str, str] | None = None) -> Newest | None:
    """The newest paper of the step; with `about`, of those that say so. None where there is none."""
    wanted = (about or {}).items()
    found = [
        paper
        for paper in papers
        if paper.step in _STEPS.get(step, (step,)) and wanted <= paper.content.items()
    ]
    return of_paper(found[-1]) if found else None


def of_paper(paper: Paper) -> Newest:
    """One paper, with its name, its day, whether it is a refusal, and why it corrects another."""
    beside = {"id": paper.id, "dated": paper.dated, "refused": _REFUSED.get(paper.kind, "")}
    beside |= paper.content.get("corrects", {})
    return Newest(beside | paper.content, paper.written_at, paper.author_id)


def of_letters(letters: Iterable[Letter], kind: MessageKind) -> Newest | None:
    """The newest letter of that kind to a resident; letters carry their day and no author."""
    found = [one for one in letters if one.kind is kind and one.direction is Direction.TO_REPORTER]
    return Newest(found[-1].content, found[-1].sent_on) if found else None
