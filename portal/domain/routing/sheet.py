"""Facts of published or invented cases as rows of a sheet, and what the engine answers (decisions 27).

The columns are those of the sample of published decisions; nothing else of a row is looked at.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from portal.domain.country import LAST_DAY_OF_DISTRICTS, Country, place_named
from portal.domain.lineage import Standing
from portal.domain.offices import Register
from portal.domain.parties import BodyKind, Level, PartyMember, PostFacts, Track
from portal.domain.routing.answers import Decision, Guidance, Look, Open, Question, Route
from portal.domain.routing.asked import Matter
from portal.domain.routing.classes import Outcome
from portal.domain.routing.engine import decide
from portal.domain.subjects import Status, Subject, Who, as_main, held
from portal.domain.title_words import Rank
from portal.domain.titles import Context, Title, read_title

FACTS = (
    "id",
    "decision_date",
    "act_period",
    "province_then",
    "district_then",
    "commune_then",
    "subject_kind",
    "subject_post",
    "subject_post_at_time_of_act",
    "post_level",
    "party_member",
    "status",
    "act_category",
    "track",
    "era",
)
ANSWERS = (
    "id",
    "handling_level",
    "handling_body_kind",
    "body_name",
    "rule",
    "guidance",
    "questions",
    "trace",
)
# The words of the sheet for the kinds of body that handle a matter; at the centre all but these are "other".
KIND_WORDS = {
    BodyKind.INSPECTION: "ubkt",
    BodyKind.PARTY: "cap_uy",
    BodyKind.COMMITTEE: "chu_tich_ubnd",
    BodyKind.DEPARTMENT: "so",
    BodyKind.POLICE: "cong_an",
    BodyKind.COUNCIL: "hdnd",
    BodyKind.INSPECTORATE: "thanh_tra",
    BodyKind.FRONT: "mttq",
}
_AT_THE_CENTRE = {BodyKind.INSPECTION, BodyKind.PARTY, BodyKind.POLICE, BodyKind.FRONT}
_STATUS = {"in_office": Status.IN_OFFICE, "moved": Status.MOVED, "retired": Status.LEFT}
_MEMBER = {"yes": PartyMember.YES, "no": PartyMember.NO}
_AFTER, _BEFORE = "after_2025-07-01", "before_2025-07-01"
_FIRST_DAY_OF_TWO_LEVELS = date(2025, 7, 1)


@dataclass(frozen=True)
class Posts:
    """The offices that two titles name: now, and when it happened; `open` ones the titles leave open."""

    now: tuple[PostFacts, ...] = ()
    then: tuple[PostFacts, ...] = ()
    who: Who = Who.PERSON
    unread: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """The facts of a row: `unknown` are names of units that the data do not have."""

    day: date
    track: Track
    posts: Posts
    subject: Subject
    place: Standing
    unknown: tuple[str, ...] = ()


@dataclass
class Sheet:
    """Answers rows; titles and places that come again are read once."""

    country: Country
    register: Register
    today: date
    _titles: dict[tuple[str, Context], tuple[Title, ...]] = field(default_factory=dict)

    def answer(self, row: Mapping[str, str]) -> dict[str, str]:
        """One row of answers: what is not decided stays blank, with the guidance or the open questions."""
        row_id = (row.get("id") or "").strip()
        try:
            read = self.read(row)
        except ValueError as fault:
            return {**dict.fromkeys(ANSWERS, ""), "id": row_id, "questions": f"bad_row: {fault}"}
        bodies = self.country.bodies(read.place)
        decision = decide(Matter(read.subject, read.place, bodies, read.day, read.track))
        return _written(row_id, decision, read.posts, read.unknown)

    def read(self, row: Mapping[str, str]) -> "Read":
        """What the engine is asked about a row; raises ValueError."""
        facts = {name: (row.get(name) or "").strip() for name in FACTS}
        day = day_of(facts, self.today)
        track = _word(Track, "track", facts["track"] or Track.PARTY.value)
        level = _word(Level, "post_level", facts["post_level"]) if facts["post_level"] else None
        posts = self._posts(facts, level, day)
        place, unknown = place_named(
            self.country,
            day,
            province=facts["province_then"],
            district=facts["district_then"],
            commune=facts["commune_then"],
        )
        return Read(day, track, posts, _subject(facts, posts, place.line[0].id), place, unknown)

    def _posts(self, facts: Mapping[str, str], level: Level | None, day: date) -> Posts:
        names = (facts["province_then"], facts["district_then"], facts["commune_then"])
        title, before = facts["subject_post"], facts["subject_post_at_time_of_act"]
        read = self._read(title, Context(level, *names))
        earlier = self._read(before, Context(level, *names)) if before else ()
        former = tuple(one for one in read if one.former)
        present = tuple(one for one in read if not one.former) or former
        left = _STATUS.get(facts["status"]) is Status.LEFT
        then = earlier or (former if former != present else ())
        now = read if left else present
        whole = any(one.rank is Rank.WHOLE for one in read) and facts["subject_kind"] != "person"
        party = any(one.kind in (BodyKind.PARTY, BodyKind.INSPECTION) for one in read)
        found, unread, still_open = self._resolved(now, day)
        old, more_unread, more_open = self._resolved(then, day)
        return Posts(
            found,
            old,
            (Who.PARTY_ORGANISATION if party else Who.BODY) if whole else Who.PERSON,
            unread + more_unread + (() if read else (title,)),
            still_open + more_open,
        )

    def _read(self, text: str, context: Context) -> tuple[Title, ...]:
        key = text, context
        if key not in self._titles:
            self._titles[key] = read_title(text, context)
        return self._titles[key]

    def _resolved(
        self, titles: Iterable[Title], day: date
    ) -> tuple[tuple[PostFacts, ...], tuple[str, ...], tuple[str, ...]]:
        posts: list[PostFacts] = []
        unread: list[str] = []
        still_open: list[str] = []
        for title in titles:
            fits = self.register.fitting(title, day)
            if len(fits) == 1:
                posts.append(fits[0])
            elif fits:
                still_open += [post.post for post in fits]
            else:
                unread.append(title.text)
        return tuple(dict.fromkeys(posts)), tuple(unread), tuple(still_open)


W = TypeVar("W", bound=StrEnum)


def _word(words: type[W], column: str, typed: str) -> W:
    """The word of a vocabulary; raises ValueError in Vietnamese, for the answer names the column."""
    if typed not in set(words):
        raise ValueError(f"{column} “{typed[:20]}”: chỉ nhận {', '.join(words)}")
    return words(typed)


_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def day_of(facts: Mapping[str, str], today: date) -> date:
    """The day of the decision; a missing one, or a year in which the rules changed, is taken from the era.

    Raises ValueError.
    """
    typed, era = facts["decision_date"], facts["era"]
    match = _PARTIAL.match(typed)
    if typed and not match:
        raise ValueError(f"decision_date “{typed[:20]}”")
    year, month, day = match.groups() if match else (None, None, None)
    if year and (month or year != "2025"):
        return date(int(year), int(month or 6), int(day or 1))
    if era.startswith("after"):
        return max(_FIRST_DAY_OF_TWO_LEVELS, date(int(year), 7, 1)) if year else _FIRST_DAY_OF_TWO_LEVELS
    if era.startswith("before"):
        return LAST_DAY_OF_DISTRICTS
    return date(int(year), 12, 31) if year else today


def _subject(facts: Mapping[str, str], posts: Posts, area_id: str) -> Subject:
    now = posts.now or posts.then
    status = _STATUS.get(facts["status"], Status.UNKNOWN)
    earlier = tuple(post for post in posts.then if post not in now)
    if status in (Status.IN_OFFICE, Status.UNKNOWN) and earlier:
        status = Status.MOVED
    if status is Status.MOVED and not posts.then:
        status = Status.IN_OFFICE  # the one office known decides; the open question is told beside it
    return Subject(
        area_id,
        party_member=_MEMBER.get(facts["party_member"], PartyMember.UNKNOWN),
        who=posts.who,
        status=status,
        others=tuple(map(held, now[1:])),
        then=tuple(map(held, posts.then)),
        **(as_main(now[0]) if now else {}),
    )


def _written(row_id: str, decision: Decision, posts: Posts, unknown: Iterable[str]) -> dict[str, str]:
    answer = decision.answer
    written = {**dict.fromkeys(ANSWERS, ""), "id": row_id}
    questions: list[str] = []
    if isinstance(answer, Route):
        written |= {
            "handling_level": answer.level.value,
            "handling_body_kind": kind_word(answer.body_kind, answer.level),
            "body_name": answer.body.name.strip(),
            "rule": answer.rule,
        }
    elif isinstance(answer, Guidance):
        written |= {"rule": answer.rule, "guidance": answer.code.value}
        if answer.kind is not None and answer.level is not None:
            written["handling_level"] = answer.level.value
            written["handling_body_kind"] = kind_word(answer.kind, answer.level)
    elif isinstance(answer, Question):
        known = (posts.open or posts.unread) and answer.code is Open.WHO_MANAGES
        questions.append(Open.WHICH_POST.value if known else answer.code.value)
    questions += [f"which_post: {', '.join(posts.open)}"] if posts.open else []
    questions += [f"unknown_unit: {name}" for name in unknown]
    written["questions"] = ";".join(questions)
    written["trace"] = "; ".join(map(_look, decision.trace))
    return written


def words_of(outcome: Outcome) -> tuple[str, str]:
    """Level and kind of body in the words of the sheet; both empty where no body is named."""
    if outcome.kind is None or outcome.level is None:
        return "", ""
    return outcome.level.value, kind_word(outcome.kind, outcome.level)


def kind_word(kind: BodyKind, level: Level) -> str:
    """The sheet's word for a kind of body; the Prime Minister and ministries are "other"."""
    if level is Level.CENTRAL and kind not in _AT_THE_CENTRE:
        return "other"
    return KIND_WORDS.get(kind, "other")


def _look(look: Look) -> str:
    return f"{look.rule} [{look.source}]: {look.why.value if look.why else 'applied'}"
