"""Splitting a report into matters (tách việc): which official, which passages go where; nothing gets lost.

Source: one case has one subject (decisions 5; domain rule 11, LTCD 25(3)); the check that every passage,
letter and file goes somewhere is design.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

MOST = 4
"""Matters that one split makes; a part can be split again."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_LONG = 300


def passages(text: str) -> tuple[str, ...]:
    """A story in the pieces that are sent to a matter: its lines, a long line by its sentences."""
    found: list[str] = []
    for line in text.splitlines():
        found += _SENTENCE.split(line.strip()) if len(line) > _LONG else [line.strip()]
    return tuple(piece for piece in found if piece)


@dataclass(frozen=True)
class Part:
    """One matter: whom it is about, what the resident will read it is called, and its share of the report.

    `passages` are numbers of the pieces of the story (0 is the first); `letters` and `files` are ids.
    `signs`: the yes/no items that the resident answered go along.
    """

    person: str
    office: str
    told: str
    passages: tuple[int, ...] = ()
    letters: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    signs: bool = False

    @property
    def is_named(self) -> bool:
        return bool(self.person or self.office)


@dataclass(frozen=True)
class Whole:
    """What is to be shared out."""

    passages: int
    letters: Collection[str] = ()
    files: Collection[str] = ()
    signs: bool = False


class NotApart(Exception):
    """The report cannot be split so; `why` is a code that the page explains."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def require_complete(whole: Whole, parts: Collection[Part]) -> None:
    """Raise NotApart unless every piece goes to a part, and every part has a subject, a name and a piece."""
    if not 2 <= len(parts) <= MOST:
        raise NotApart("one_part")
    if not all(part.is_named for part in parts):
        raise NotApart("no_subject")
    if not all(part.told for part in parts):
        raise NotApart("not_told")
    if not all(part.passages or part.letters for part in parts):
        raise NotApart("empty_part")
    if whole.signs and not any(part.signs for part in parts):
        raise NotApart("lost")
    for every, shares in (
        (range(whole.passages), [part.passages for part in parts]),
        (whole.letters, [part.letters for part in parts]),
        (whole.files, [part.files for part in parts]),
    ):
        given: set[Any] = {one for share in shares for one in share}
        if set(every) - given:
            raise NotApart("lost")
        if given - set(every):
            raise NotApart("unknown")


@dataclass(frozen=True)
class Kept:
    """A part as it is sealed with its case: the very words, so that it stands without the report's order.

    `first`: the part that keeps the office and post chosen by the resident. `known` are the letters that
    there were; what a resident writes later belongs to every matter until a person reads it.
    """

    number: int
    first: bool
    person: str
    office: str
    told: str
    story: tuple[str, ...]
    letters: tuple[str, ...]
    known: tuple[str, ...]
    files: tuple[str, ...]
    signs: bool
    version: int

    def as_content(self) -> dict[str, Any]:
        """As it is sealed."""
        return asdict(self)


def kept_of(content: Mapping[str, Any]) -> Kept:
    """The part again from an opened record."""
    lists = {name: tuple(content[name]) for name in ("story", "letters", "known", "files")}
    every: dict[str, Any] = {**content, **lists}
    return Kept(**every)


def newest(contents: Iterable[Mapping[str, Any]]) -> Kept | None:
    """The part that counts: of a case that was split again, the last one."""
    found = max(contents, key=lambda content: int(content["version"]), default=None)
    return kept_of(found) if found is not None else None


def share_of(kept: Kept, content: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a report (portal/domain/told.py) as far as it is this matter's.

    The office that the resident chose stays with the first part only; of another official the office is what
    the reviewer wrote, and the post has to be stated as a fact before the case can go anywhere.
    """
    mine = dict(content) | {"story": "\n".join(kept.story), "person": kept.person}
    if not kept.signs:
        mine["signs"] = {}
    return mine if kept.first else mine | elsewhere(kept, content)


def elsewhere(kept: Kept, head: Mapping[str, Any]) -> dict[str, Any]:
    """The head of a matter about another official than the one whom the resident chose."""
    nobody = {"body_id": "", "kind": None, "level": None, "detail": ""}
    return {
        "office": dict(head["office"]) | nobody | {"name": kept.office},
        "post": {"post": "", "name": "", "group": None},
        "category": head["category"],
    }
