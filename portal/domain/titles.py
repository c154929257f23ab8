"""Reading a title as people write it ("CT UBND P.", "bí thư đảng uỷ xã") into offices; never a guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from portal.domain.organ_words import ORGANS, OWN_ORGAN, Organ, Part
from portal.domain.parties import BodyKind, Level
from portal.domain.phrases import BREAK, Match, Token, tokens
from portal.domain.place_query import search_key
from portal.domain.title_words import FIRST, FORMER, GREAT_CITIES, LEADING, LEVELS, OF_A_PART, SHORT, Rank


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the title: the level of the unit, and the names of the units around it."""

    level: Level | None = None
    province: str = ""
    district: str = ""
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """One office that a title names; `level` is None where neither the title nor the context says it."""

    kind: BodyKind | None
    part: Part
    rank: Rank
    level: Level | None
    former: bool = False
    text: str = ""


class _Span(NamedTuple):
    """Words of one office: its rank, and where the rank and the office end."""

    rank: Match[Rank]
    end: int
    former: bool


# Words before a rank that say how many, or who: "hai cán bộ", "đồng chí Chủ tịch".
_COUNTED = re.compile(r"^(\d+|mot|hai|ba|bon|nam|nhieu|so|cac|nhom|la|ong|dong|chi)$")
_GENERIC = (Part.OFFICE, Part.UNIT)
_BARE = r"^(quien )?(pho )?"  # as titles are compared: "y" and "i" are one letter
_OF_A_BODY = re.compile(rf"{_BARE}(chu tich|bi thu|chu nhiem)|^to (truong|pho)$")
_UNITS = "|".join(
    map(search_key, ["xã", "phường", "thị-trấn", "đặc-khu", "huyện", "quận", "thị-xã", "tỉnh", "thành-phố"])
)
# "Chủ tịch phường" is the chair of its people's committee, "Bí thư huyện" its secretary of the Party.
_CHAIR_OF_A_UNIT = re.compile(rf"{_BARE}chu tich (ui ban$|(ui ban )?({_UNITS})\b)")
_SECRETARY_OF_A_UNIT = re.compile(rf"{_BARE}bi thu ({_UNITS})\b")
# An accented word that means another thing without its accent.
_READ_AS = ((re.compile(r"\bbản\b"), "thôn"), (re.compile(r"\bBản\b"), "Thôn"), (re.compile(r"\bsố\b"), " "))
# At these the level is the unit's of the Party where they stand, not their owner's.
_SEATED = (BodyKind.SCHOOL, BodyKind.HEALTH, BodyKind.ENTERPRISE)


def read_title(text: str, context: Context = Context()) -> tuple[Title, ...]:
    """The offices of a title in its order; none where no rank is found."""
    for pattern, other in _READ_AS:
        text = pattern.sub(other, text)
    words = tokens(text, SHORT)
    spans = _spans(words)
    found = [_title(words, span, context) for span in spans]
    return tuple(map(_of_committee, _seated(_inherit(found), context)))


def _spans(words: Sequence[Token]) -> list[_Span]:
    """Where offices begin: at a leading rank anywhere, at another rank only at the beginning of a part."""
    ranks = _ranks(words, anywhere=False) or _ranks(words, anywhere=True)
    ends = [match.start for match, _ in ranks[1:]] + [len(words)]
    return [_Span(match, end, was) for (match, was), end in zip(ranks, ends, strict=False)]


def _ranks(words: Sequence[Token], *, anywhere: bool) -> list[tuple[Match[Rank], bool]]:
    """The ranks in their order, each with whether it is a former one."""
    ranks: list[tuple[Match[Rank], bool]] = []
    at, fresh, former = 0, True, False
    while at < len(words):
        if words[at].key == BREAK:
            at, fresh = at + 1, True
            continue
        if FORMER.at(words, at):
            at, former = at + 1, True
            continue
        match = LEADING.at(words, at) or (FIRST.at(words, at) if fresh or anywhere else None)
        if match is None:
            fresh = fresh and bool(_COUNTED.match(words[at].key))
            at += 1
            continue
        ranks.append((match, former))
        at, fresh, former = match.end, False, False
    return ranks


def _title(words: Sequence[Token], span: _Span, context: Context) -> Title:
    rank = span.rank
    organs = _organs(words, span)
    own_organ = OWN_ORGAN.at(words, rank.start)
    kind, level, part = _owner(rank, organs, own_organ.value if own_organ else None, words)
    found = _level(words, span, level, organs, context)
    text = " ".join(word.key for word in words[rank.start : span.end] if word.key != BREAK)
    title = Title(kind, part, rank.value, found, span.former, text)
    bare = all(words[one.start].key == "dang" for one in organs if one.value[0] is BodyKind.PARTY)
    ends = next((at for at in range(rank.end, span.end) if words[at].key == BREAK), span.end)
    return _settled(title, [one.value for one in organs if one.start < ends], context, bare=bare)


def _organs(words: Sequence[Token], span: _Span) -> list[Match[Organ]]:
    """The organs of an office: from the second word on, for "Trưởng Công an" names one with its own end."""
    start = span.rank.start
    if span.rank.value not in (Rank.STAFF, Rank.WHOLE):
        return ORGANS.all(words, start + 1, span.end)
    own = ORGANS.at(words, start)
    rest = ORGANS.all(words, own.end if own else span.rank.end, span.end)
    return [own, *rest] if own else rest


def _owner(
    rank: Match[Rank], organs: Sequence[Match[Organ]], own: Organ | None, words: Sequence[Token]
) -> tuple[BodyKind | None, Level | None, Part]:
    """The body that the office belongs to, and the part of it."""
    bodies = [one for one in organs if one.value[2] not in _GENERIC or one.value[0] is not BodyKind.COMMITTEE]
    generic = [one for one in organs if one not in bodies]
    if own is not None and (not bodies or bodies[0].value[0] is own[0]) and own[2] not in _GENERIC:
        level = next((one.value[1] for one in organs if one.value[0] is own[0] and one.value[1]), own[1])
        part = bodies[0].value[2] if bodies else own[2]
        return own[0], level, part
    if not bodies:
        if generic:
            return generic[0].value
        return own if own is not None else (None, None, Part.BODY)
    first = bodies[0]
    kind, level, part = first.value
    before = [one for one in generic if one.start < first.start]
    if part is Part.BODY and before:
        part = before[0].value[2]
    elif part is Part.BODY and OF_A_PART.at(words, rank.start) and first.start >= rank.end:
        part = Part.OFFICE
    return kind, level, part


def _level(
    words: Sequence[Token], span: _Span, own: Level | None, organs: Sequence[Match[Organ]], context: Context
) -> Level | None:
    """The level that the words say, else that of the context."""
    if own is not None:
        return own
    for match in LEVELS.all(words, span.rank.start, span.end):
        if match.value is not None:
            return match.value
        return _city(words, match.end, span.end, context)
    said = next((one.value[1] for one in organs if one.value[1] is not None), None)
    return said or context.level


def _city(words: Sequence[Token], start: int, end: int, context: Context) -> Level | None:
    """A city is a province or a district: by its name, by the units around, by the level known."""
    after = " ".join(word.key for word in words[start:end] if word.key != BREAK)
    if start < len(words) and GREAT_CITIES.at(words, start):
        return Level.PROVINCE
    for name, level in ((context.district, Level.DISTRICT), (context.province, Level.PROVINCE)):
        own = own_name(name)
        if own and after.startswith(own):
            return level
    if context.level in (Level.PROVINCE, Level.DISTRICT):
        return context.level
    if context.district and not after:
        return Level.DISTRICT
    return Level.PROVINCE if context.province else None


def own_name(name: str) -> str:
    """A unit's name without the word for its kind, as it is compared: "TP. Hồ Chí Minh" → "ho chi minh"."""
    words = tokens(name, SHORT)
    kind = LEVELS.at(words, 0) if words else None
    return " ".join(word.key for word in words[kind.end if kind else 0 :])


def _settled(title: Title, organs: Sequence[Organ], context: Context, *, bare: bool) -> Title:
    """What the parts of the Party mean beside the level that is known.

    `bare`: a "Đảng ủy", which may be any agency's; Huyện ủy and Tỉnh ủy are a unit's.
    """
    lines = [level for kind, level, _ in organs if kind is BodyKind.PARTY]
    others = [one for one in organs if one[0] not in (BodyKind.PARTY, BodyKind.INSPECTION)]
    if title.kind is BodyKind.INSPECTION:
        title = replace(title, level=next(filter(None, lines), title.level))
        bare = bare and bool(lines)
    elif title.kind is not BodyKind.PARTY:
        return title
    if title.part is Part.CELL:
        return replace(title, level=_cell_level(title, context))
    if title.part is not Part.BODY or not bare or title.level is None:
        return title
    if others:
        level = others[0][1] or title.level
        seated = others[0][0] in _SEATED and level is Level.CENTRAL and bool(context.province)
        return replace(title, part=Part.AFFILIATE, level=Level.PROVINCE if seated else level)
    named = title.rank in (Rank.MEMBER, Rank.STANDING) or "dang bo" in title.text
    named = named or bool(_SECRETARY_OF_A_UNIT.match(title.text))
    return title if named or title.level is Level.COMMUNE else replace(title, part=Part.AFFILIATE)


def _cell_level(title: Title, context: Context) -> Level | None:
    if title.level not in (None, Level.CELL):
        return title.level
    if "dang vien" in title.text:
        return Level.CELL
    if context.commune or not context.province:
        return Level.COMMUNE
    return Level.DISTRICT if context.district else Level.PROVINCE


def _inherit(titles: Sequence[Title]) -> list[Title]:
    """A rank without an organ belongs to the next one's: "Bí thư, Chủ tịch UBND xã"."""
    found = list(titles)
    for at in range(len(found) - 2, -1, -1):
        here, after = found[at], found[at + 1]
        if here.kind is None and after.kind is not None:
            found[at] = replace(here, kind=after.kind, part=after.part, level=after.level or here.level)
    return found


def _of_committee(title: Title) -> Title:
    """Who names no organ that is known works under the people's committee of his unit.

    "Cán bộ địa chính xã" is its staff, "Giám đốc …" heads a unit of it. A bare "Chủ tịch" or "Tổ trưởng" may
    be anybody's and stays open.
    """
    if title.kind is None and _CHAIR_OF_A_UNIT.match(title.text):
        return replace(title, kind=BodyKind.COMMITTEE)
    if title.kind is not None or title.level is None:
        return title
    if title.rank is Rank.STAFF:
        return replace(title, kind=BodyKind.COMMITTEE)
    heads_a_unit = title.rank in (Rank.HEAD, Rank.DEPUTY) and not _OF_A_BODY.search(title.text)
    return replace(title, kind=BodyKind.COMMITTEE, part=Part.UNIT) if heads_a_unit else title


def _seated(titles: Sequence[Title], context: Context) -> list[Title]:
    """The party committee of a ministry's school or hospital stands under the province it lies in."""
    if not context.province or not any(one.kind in _SEATED for one in titles):
        return list(titles)
    return [
        replace(one, level=Level.PROVINCE)
        if one.part is Part.AFFILIATE and one.level is Level.CENTRAL
        else one
        for one in titles
    ]


def is_known(text: str) -> bool:
    """True if anything of the text is a title."""
    return bool(search_key(text)) and bool(read_title(text))
