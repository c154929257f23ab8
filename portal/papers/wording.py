"""What an opened case is found by: the texts that an officer of the body reads in it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from portal.action import session
from portal.data.models.area import Area
from portal.data.models.case import Case, RecordKind
from portal.domain.catalogue import UnknownCategory, category
from portal.domain.told import telling_of
from portal.domain.wording import Within, strings_in
from portal.papers.messages import Letter
from portal.papers.records import Paper

Said = dict[Within, list[str]]
# Codes and states for the machine, not what somebody wrote.
_CODED = frozenset({RecordKind.FACTS, RecordKind.ROUTING})


def of_board(
    case: Case,
    contents: Iterable[Mapping[str, Any]],
    letters: Iterable[Letter],
    papers: Iterable[Paper],
) -> Said:
    """The texts by part: reports whole, letters both ways, papers of the board and what came back."""
    said: Said = {Within.TEXT: [], Within.PLACE: _places(case), Within.POST: []}
    for content in contents:
        telling = telling_of(content)
        said[Within.TEXT] += [telling.typed(), telling.office.body_name, _category(case, telling.category)]
        said[Within.PLACE] += [telling.area_name, telling.street]
        said[Within.POST].append(telling.office.post_name)
    return _with_papers(said, letters, papers)


def of_committee(
    case: Case,
    versions: Iterable[Mapping[str, Any]],
    letters: Iterable[Letter],
    papers: Iterable[Paper],
) -> Said:
    """The texts by part: versions handed over, its own letters both ways, its papers."""
    said: Said = {Within.TEXT: [], Within.PLACE: _places(case), Within.POST: []}
    for version in versions:
        office, post = version["head"]["office"], version["head"]["post"]["name"]
        said[Within.TEXT] += [str(version.get(part, "")) for part in ("person", "narrative", "where")]
        said[Within.TEXT] += [
            office["name"],
            office["detail"],
            post,
            _category(case, version["head"]["category"]),
        ]
        said[Within.PLACE].append(str(version.get("place", "")))
        said[Within.POST].append(post)
    return _with_papers(said, letters, papers)


def _with_papers(said: Said, letters: Iterable[Letter], papers: Iterable[Paper]) -> Said:
    said[Within.TEXT] += [text for letter in letters for text in strings_in(letter.content)]
    read = [paper for paper in papers if paper.kind not in _CODED]
    said[Within.TEXT] += [text for paper in read for text in strings_in(paper.content)]
    said[Within.TEXT] += said[Within.PLACE]
    return said


def _places(case: Case) -> list[str]:
    """The unit of the case and the one above it, as they are called now."""
    unit = session().get(Area, case.area_id)
    if unit is None:
        return []
    above = session().scalar(select(Area.name).where(Area.area_id == unit.parent_id))
    return [unit.name, above or ""]


def _category(case: Case, code: str) -> str:
    try:
        return category(code, case.opened_on).title
    except UnknownCategory:
        return ""
