"""Published decisions as classes: who really dealt with what, without a name, a place or a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.domain.csv_rows import Problem, Refused, Row, read_choice, read_rows
from portal.domain.parties import Level, PartyMember, Track
from portal.domain.routing.classes import CaseClass, Era
from portal.domain.subjects import Status, Who

PUBLISHED = "published_cases.csv"
COLUMNS = (
    "id",
    "era",
    "track",
    "subject_kind",
    "member",
    "status",
    "posts_now",
    "posts_then",
    "handling_level",
    "handling_body_kind",
    "contradicts_simple_rule",
    "facts_carry_reason",
    "note",
)
KIND_WORDS = frozenset(
    ("ubkt", "btv", "cap_uy", "chu_tich_ubnd", "so", "cong_an", "hdnd", "thanh_tra", "mttq", "other")
)
_ID = re.compile(r"[0-9]{1,6}")
_YES_NO: dict[str, bool | None] = {"yes": True, "no": False, "": None}
_CONTRADICTS: dict[str, bool | None] = {"yes": True, "no": False, "na": None}
_PARTY = frozenset(("btv", "cap_uy"))
_LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """One decision: its class, and the body that dealt with it.

    `contradicts`: the simple rule gives another body (None: no body settled it). `facts_carry_reason`: the
    exception stands in the facts, as a move or a seat on a higher committee does. `note`: hand-written.
    """

    id: str
    case: CaseClass
    level: Level
    kind: str
    contradicts: bool | None
    facts_carry_reason: bool | None = None
    note: str = ""

    def agrees(self, level: str, kind: str) -> bool:
        """Whether an answer names the same level and kind; the Party's bodies of a level are one kind."""
        return level == self.level.value and one_kind(kind) == one_kind(self.kind)


def one_kind(kind: str) -> str:
    """Inspection prepares and the committee decides: one body for routing."""
    return "ubkt" if kind in _PARTY else kind


def read_published(content: bytes, posts: Iterable[str]) -> tuple[PublishedCase, ...]:
    """The rows of the file; `posts` are the keys that there are. Raises Refused naming every faulty line."""
    keys = frozenset(posts)
    found: dict[str, PublishedCase] = {}
    problems: list[Problem] = []
    for row in read_rows(PUBLISHED, content, COLUMNS):
        try:
            case = _case(row, keys)
            if case.id in found:
                raise ValueError(f"id {case.id} đã có ở trên")
            found[case.id] = case
        except ValueError as error:
            problems.append(Problem(PUBLISHED, row.line, str(error)))
    if problems:
        raise Refused(problems)
    return tuple(found.values())


def _case(row: Row, keys: frozenset[str]) -> PublishedCase:
    if not _ID.fullmatch(row["id"]):
        raise ValueError(f"id “{row['id'][:20]}” phải là số thứ tự của dòng")
    if row["handling_body_kind"] not in KIND_WORDS:
        raise ValueError(f"handling_body_kind “{row['handling_body_kind'][:40]}” không có trong bảng")
    if row["contradicts_simple_rule"] not in _CONTRADICTS or row["facts_carry_reason"] not in _YES_NO:
        raise ValueError(
            "contradicts_simple_rule là yes, no hoặc na; facts_carry_reason là yes, no hoặc trống"
        )
    if len(row["note"]) > _LONGEST_NOTE:
        raise ValueError(f"note dài quá {_LONGEST_NOTE} ký tự")
    case = CaseClass(
        read_choice(row, "era", Era),
        read_choice(row, "track", Track),
        read_choice(row, "subject_kind", Who),
        read_choice(row, "member", PartyMember),
        read_choice(row, "status", Status),
        _keys(row, "posts_now", keys),
        _keys(row, "posts_then", keys),
    )
    return PublishedCase(
        row["id"],
        case,
        read_choice(row, "handling_level", Level),
        row["handling_body_kind"],
        _CONTRADICTS[row["contradicts_simple_rule"]],
        _YES_NO[row["facts_carry_reason"]],
        row["note"],
    )


def _keys(row: Row, column: str, keys: frozenset[str]) -> tuple[str, ...]:
    found = tuple(key for key in row[column].split("|") if key)
    unknown = [key for key in found if key not in keys]
    if unknown:
        raise ValueError(f"{column}: không có chức vụ “{unknown[0][:60]}”")
    return found
