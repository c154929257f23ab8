"""A draft of post rows: what it would make of the templates, from its day on, and what differs.

Rows are never overwritten: a change closes the row in force the day before and opens the next one.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from portal.domain.csv_rows import Problem, Refused
from portal.domain.parties import BodyKind, Level, PartyMember, PostFacts, PostGroup
from portal.domain.posts import check_post, clashes, post_on

DRAFT = "bản dự thảo"
FIELDS = (
    "name",
    "synonyms",
    "managing_level",
    "source",
    "party_member",
    "settler_kind",
    "settler_level",
    "settler_source",
)
"""What a change may alter. The kind of body, the level and the group make another post."""
_KINDS: dict[str, type[StrEnum]] = {
    "body_kind": BodyKind,
    "level": Level,
    "group": PostGroup,
    "managing_level": Level,
    "settler_kind": BodyKind,
    "settler_level": Level,
    "party_member": PartyMember,
}


class Op(StrEnum):
    """What a row of a draft does."""

    CHANGE = "change"
    ADD = "add"
    END = "end"


@dataclass(frozen=True)
class PostChange:
    """One row of a draft: the post, and for all but an end its new values (id and dates do not count)."""

    op: Op
    post: str
    row: PostFacts | None = None


@dataclass(frozen=True)
class Difference:
    """One row of a draft against what holds on its day; `fields` are (name, before, after)."""

    op: Op
    post: str
    before: PostFacts | None
    after: PostFacts | None
    fields: tuple[tuple[str, object, object], ...]


def drafted(posts: Sequence[PostFacts], changes: Iterable[PostChange], day: date) -> tuple[PostFacts, ...]:
    """All rows as they would be with the draft; raises Refused naming the faulty rows of the draft."""
    found = {one.id: one for one in posts}
    problems: list[Problem] = []
    for line, change in enumerate(changes, start=1):
        try:
            found |= {one.id: one for one in _applied(found, change, day)}
        except ValueError as fault:
            problems.append(Problem(DRAFT, line, f"{change.post}: {fault}"))
    problems += [replace(one, file=DRAFT) for one in clashes(enumerate(found.values(), start=1))]
    if problems:
        raise Refused(problems)
    return tuple(found.values())


def _applied(found: Mapping[str, PostFacts], change: PostChange, day: date) -> list[PostFacts]:
    rows = [one for one in found.values() if one.post == change.post]
    current = post_on(rows, change.post, day)
    if change.op is Op.ADD:
        if rows:
            raise ValueError("chức vụ này đã có")
        return [_new(change, found, (day, None))]
    if current is None:
        raise ValueError(f"không có dòng nào có hiệu lực ngày {day:%d/%m/%Y}")
    if current.valid_from is not None and day <= current.valid_from:
        raise ValueError(
            f"ngày thay đổi phải sau {current.valid_from:%d/%m/%Y}, ngày bắt đầu của dòng đang có"
        )
    closed = replace(current, valid_to=day - timedelta(days=1))
    if change.op is Op.END:
        return [closed]
    new = _new(change, found, (day, current.valid_to))
    if (new.body_kind, new.level, new.group) != (current.body_kind, current.level, current.group):
        raise ValueError("đổi cơ quan, cấp hoặc nhóm thì là chức vụ khác")
    return [closed, new]


def _new(
    change: PostChange, found: Mapping[str, PostFacts], period: tuple[date | None, date | None]
) -> PostFacts:
    if change.row is None:
        raise ValueError("thiếu nội dung của dòng mới")
    check_post(change.row)
    if not (change.row.name and change.row.source and change.row.settler_source):
        raise ValueError("thiếu tên hoặc căn cứ")
    free = (f"{change.post}-{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    new_id = next((one for one in free if one not in found), None)
    if new_id is None or len(new_id) > 64 or not re.fullmatch(r"[a-z0-9.\-]+", new_id):
        raise ValueError("không đặt được mã cho dòng mới")
    return replace(change.row, id=new_id, post=change.post, valid_from=period[0], valid_to=period[1])


def differences(
    posts: Sequence[PostFacts], changes: Iterable[PostChange], day: date
) -> tuple[Difference, ...]:
    """What each row of the draft changes, for the page that is looked at before it is activated."""
    found = []
    for change in changes:
        before = post_on(posts, change.post, day) if change.op is not Op.ADD else None
        after = change.row if change.op is not Op.END else None
        fields = tuple(
            (name, getattr(before, name, None), getattr(after, name, None))
            for name in FIELDS
            if before is None or after is None or getattr(before, name) != getattr(after, name)
        )
        found.append(Difference(change.op, change.post, before, after, fields))
    return tuple(found)


def as_text(changes: Iterable[PostChange]) -> str:
    """The rows of a draft as they are stored."""
    return json.dumps([_plain(one) for one in changes], ensure_ascii=False)


def _plain(change: PostChange) -> dict[str, object]:
    row = change.row
    names = ("body_kind", "level", "group", *FIELDS)
    values = {name: getattr(row, name) for name in names} if row is not None else None
    return {"op": change.op.value, "post": change.post, "row": values}


def from_text(text: str) -> tuple[PostChange, ...]:
    """The rows of a draft again."""
    return tuple(_change(one) for one in json.loads(text))


def _change(plain: Mapping[str, Any]) -> PostChange:
    values = plain["row"]
    row = None
    if isinstance(values, dict):
        given: dict[str, Any] = {n: _KINDS[n](v) if n in _KINDS else v for n, v in values.items()}
        given["synonyms"] = tuple(given["synonyms"])
        row = PostFacts(id="", post=str(plain["post"]), **given)
    return PostChange(Op(str(plain["op"])), str(plain["post"]), row)
