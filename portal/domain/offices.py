"""From a title to the dated template of its post: never a guess, several that fit are all returned."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from portal.domain.organ_words import Part
from portal.domain.parties import BodyKind, Level, PostFacts, overlap
from portal.domain.phrases import BREAK, tokens
from portal.domain.place_query import search_key
from portal.domain.title_words import SHORT, Rank
from portal.domain.titles import Title

_HEAD, _DEPUTY, _STANDING, _MEMBER, _STAFF, _WHOLE = Rank

# Which templates stand for a rank in a part of a kind of body, the best first: the last word of their key.
_SUFFIXES: dict[tuple[BodyKind, Part], dict[Rank, str]] = {
    (BodyKind.PARTY, Part.BODY): {
        _HEAD: "secretary member",
        _DEPUTY: "deputy-secretary secretary member",
        _STANDING: "standing-member member",
        _MEMBER: "member",
        _STAFF: "staff",
        _WHOLE: "secretary member",
    },
    (BodyKind.PARTY, Part.OFFICE): {
        _HEAD: "board-head staff",
        _DEPUTY: "board-deputy board-head staff",
        _WHOLE: "board-head staff",
    },
    (BodyKind.PARTY, Part.UNIT): {_HEAD: "board-head staff", _DEPUTY: "board-deputy board-head staff"},
    (BodyKind.PARTY, Part.CELL): {_STAFF: "cell-secretary affiliate member"},
    (BodyKind.PARTY, Part.GROUP): {_STAFF: "group affiliate"},
    (BodyKind.PARTY, Part.AFFILIATE): {_STAFF: "affiliate cell-secretary"},
    (BodyKind.INSPECTION, Part.BODY): {
        _HEAD: "head member",
        _DEPUTY: "deputy member",
        _WHOLE: "head member",
        _STAFF: "member",
    },
    (BodyKind.COMMITTEE, Part.BODY): {
        _HEAD: "chair leader",
        _DEPUTY: "vice-chair leader",
        _STANDING: "member",
        _MEMBER: "member",
        _WHOLE: "chair leader",
        _STAFF: "staff",
    },
    (BodyKind.COMMITTEE, Part.OFFICE): {
        _HEAD: "office-head staff",
        _DEPUTY: "office-deputy office-head staff",
        _WHOLE: "office-head staff",
        _STAFF: "staff",
    },
    (BodyKind.COMMITTEE, Part.UNIT): {
        _HEAD: "unit-head staff",
        _DEPUTY: "unit-head staff",
        _WHOLE: "unit-head staff",
        _STAFF: "staff",
    },
    (BodyKind.COUNCIL, Part.BODY): {
        _HEAD: "chair deputy",
        _DEPUTY: "vice-chair chair deputy",
        _WHOLE: "chair deputy",
        _STAFF: "deputy",
    },
    (BodyKind.COUNCIL, Part.OFFICE): {_STAFF: "board-head deputy"},
    (BodyKind.FRONT, Part.BODY): {
        _HEAD: "chair head",
        _DEPUTY: "vice-chair head",
        _WHOLE: "chair head",
        _STAFF: "staff",
    },
    (BodyKind.FRONT, Part.MASS): {_HEAD: "mass-head staff", _DEPUTY: "mass-head staff", _STAFF: "staff"},
    (BodyKind.POLICE, Part.BODY): {
        _HEAD: "chief director officer",
        _DEPUTY: "deputy chief director officer",
        _WHOLE: "chief director officer",
        _STAFF: "officer",
    },
    (BodyKind.INSPECTORATE, Part.BODY): {_HEAD: "head staff", _DEPUTY: "head staff", _STAFF: "staff"},
    (BodyKind.DEPARTMENT, Part.BODY): {
        _HEAD: "director minister unit-head",
        _DEPUTY: "deputy-director minister unit-head",
        _WHOLE: "director minister",
        _STAFF: "staff",
    },
    (BodyKind.DEPARTMENT, Part.OFFICE): {
        _HEAD: "office-head staff",
        _DEPUTY: "office-head staff",
        _STAFF: "staff",
    },
    (BodyKind.DEPARTMENT, Part.UNIT): {
        _HEAD: "unit-head",
        _DEPUTY: "unit-head",
        _WHOLE: "unit-head",
        _STAFF: "unit-staff staff",
    },
    (BodyKind.SCHOOL, Part.BODY): {_HEAD: "head", _DEPUTY: "deputy head", _WHOLE: "head", _STAFF: "staff"},
    (BodyKind.HEALTH, Part.BODY): {_HEAD: "head", _DEPUTY: "deputy head", _WHOLE: "head", _STAFF: "staff"},
    (BodyKind.NEIGHBOURHOOD, Part.BODY): {_DEPUTY: "deputy", _STAFF: "head"},
    (BodyKind.NEIGHBOURHOOD, Part.OFFICE): {_STAFF: "front-head"},
    (BodyKind.ENTERPRISE, Part.BODY): {
        _STAFF: "staff head",
        _HEAD: "head",
        _DEPUTY: "head",
        _MEMBER: "head",
        _WHOLE: "head",
    },
    (BodyKind.VERTICAL, Part.BODY): {_STAFF: "staff", _HEAD: "head", _DEPUTY: "head", _WHOLE: "head"},
    (BodyKind.JUDICIARY, Part.BODY): {
        _STAFF: "staff officer",
        _HEAD: "head officer",
        _DEPUTY: "head officer",
        _WHOLE: "head officer",
    },
    (BodyKind.MILITARY, Part.BODY): {_STAFF: "officer"},
}
# Parts of a body whose people are all alike to the law: the same as its staff.
_ANYBODY = _STAFF
# The register keeps these under another body.
_MOVED = {
    (BodyKind.MILITARY, Level.COMMUNE): "committee.commune.military",
    (BodyKind.VERTICAL, Level.COMMUNE): "vertical.district.staff",
}
# A "phòng" or "trung tâm" of a province belongs to a department, not to the people's committee.
_OF_PROVINCE = (Part.OFFICE, Part.UNIT)


# "Chủ tịch" alone may be of any of these: several readings, for a person to choose from.
_HAVE_A_CHAIR = (BodyKind.COMMITTEE, BodyKind.COUNCIL, BodyKind.FRONT)
_ANYBODYS_CHAIR = frozenset(map(search_key, ("Chủ tịch", "Phó Chủ tịch")))
_PEOPLES_COMMITTEE = search_key("ủy ban nhân dân")


class Register:
    """The templates of posts by key: those of all periods, asked for one day."""

    def __init__(self, posts: Iterable[PostFacts]) -> None:
        self._by_key: dict[str, list[PostFacts]] = {}
        self._spelled: dict[str, list[str]] = {}
        for post in posts:
            self._by_key.setdefault(post.post, []).append(post)
            for name in (post.name, *post.synonyms):
                self._spelled.setdefault(_spelling(name), []).append(post.post)

    def on(self, key: str, day: date) -> PostFacts | None:
        """The post on `day`; one that ended before, as it was at its end; None if unknown or not begun."""
        rows = self._by_key.get(key, ())
        for row in rows:
            if row.exists_on(day):
                return row
        ended = [row for row in rows if row.valid_to is not None and row.valid_to < day]
        return max(ended, key=lambda row: row.valid_to or date.min) if ended else None

    def all(self, day: date) -> tuple[PostFacts, ...]:
        """Every post on `day`, and those that ended before, in the order of the templates."""
        return tuple(post for key in self._by_key if (post := self.on(key, day)) is not None)

    def stood(self, key: str, first: date, last: date) -> bool:
        """True if the post existed on a day from `first` to `last`."""
        period = first, last
        return any(overlap((row.valid_from, row.valid_to), period) for row in self._by_key.get(key, ()))

    def fitting(self, title: Title, day: date) -> tuple[PostFacts, ...]:
        """The posts that a title may mean on `day`: one; several where the level is open; none if unknown."""
        levels = (title.level,) if title.level is not None else tuple(Level)
        anybodys = title.kind is None and title.text in _ANYBODYS_CHAIR
        meant = [replace(title, kind=kind) for kind in _HAVE_A_CHAIR] if anybodys else [title]
        found = (self._best(one, level, day) for one in meant for level in levels)
        return tuple(dict.fromkeys(post for post in found if post is not None))

    def spelled(self, text: str, day: date, *, level: Level | None) -> tuple[PostFacts, ...]:
        """The posts that the register itself calls so, by name or synonym, abbreviated or not."""
        keys = dict.fromkeys(self._spelled.get(_spelling(text), ()))
        found = (post for key in keys if (post := self.on(key, day)) is not None)
        return tuple(post for post in found if level is None or post.level is level)

    def _best(self, title: Title, level: Level, day: date) -> PostFacts | None:
        return next((post for key in _keys(title, level) if (post := self.on(key, day)) is not None), None)


def _spelling(text: str) -> str:
    return " ".join(word.key for word in tokens(text, SHORT) if word.key != BREAK)


def _keys(title: Title, level: Level) -> Iterator[str]:
    if title.kind is None:
        return
    kind, part = title.kind, title.part
    if part is Part.AFFILIATE:
        kind = BodyKind.PARTY  # the inspection committee of an agency is no unit's
    if (kind, level) in _MOVED:
        yield _MOVED[kind, level]
    if kind is BodyKind.COMMITTEE and level in (Level.PROVINCE, Level.CENTRAL) and part in _OF_PROVINCE:
        if _PEOPLES_COMMITTEE in title.text:
            part = Part.OFFICE
        else:
            kind = BodyKind.DEPARTMENT
    for suffix in _suffixes(kind, part, title.rank):
        yield f"{kind.value}.{level.value}.{suffix}"


def _suffixes(kind: BodyKind, part: Part, rank: Rank) -> Sequence[str]:
    table: Mapping[Rank, str] = _SUFFIXES.get((kind, part)) or {}
    if not table:
        # A part that has no posts of its own: its people are staff of the body.
        table, rank = _SUFFIXES.get((kind, Part.BODY)) or {}, _ANYBODY
    return (table.get(rank) or table.get(_ANYBODY) or "").split()
