"""Facts (dữ kiện) that a reviewer states before routing: which post, when, what became of the person.

Posts are keys of the register's templates, never names. What contradicts itself is refused by field.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.offices import Register
from portal.domain.partial_date import PartialDate
from portal.domain.parties import BodyKind, Level, PartyMember, PostFacts
from portal.domain.subjects import Status, Subject, Who, as_main, held
from portal.domain.titles import Context, read_title

_OF_THE_PARTY = (BodyKind.PARTY, BodyKind.INSPECTION)


@dataclass(frozen=True)
class Stated:
    """One version of the facts. `post` and `then` are keys of templates, empty where not known.

    `then` is the post held at the time of the act where the person has moved or left, `act` a partial date
    ("2026", "2026-03") or empty, `area_id` the unit chosen among the successors of one that was split,
    `managing_level` the reviewer's word where the register does not know the post.
    """

    who: Who = Who.PERSON
    post: str = ""
    others: tuple[str, ...] = ()
    member: PartyMember = PartyMember.UNKNOWN
    status: Status = Status.UNKNOWN
    then: str = ""
    act: str = ""
    area_id: str = ""
    managing_level: Level | None = None

    def as_content(self) -> dict[str, Any]:
        """As it is sealed."""
        return asdict(self)


def stated_of(content: Mapping[str, Any]) -> Stated:
    """The facts again from an opened record."""
    level = content["managing_level"]
    return Stated(
        who=Who(content["who"]),
        post=content["post"],
        others=tuple(content["others"]),
        member=PartyMember(content["member"]),
        status=Status(content["status"]),
        then=content["then"],
        act=content["act"],
        area_id=content["area_id"],
        managing_level=Level(level) if level else None,
    )


class Clash(StrEnum):
    """Why facts cannot be true together, or not at all."""

    MOVED_WITHOUT_POST = "moved_without_post"
    THEN_WITHOUT_MOVE = "then_without_move"
    NO_MEMBER_IN_PARTY_OFFICE = "no_member_in_party_office"
    NOT_AN_OFFICE_OF_THE_PARTY = "not_an_office_of_the_party"
    IN_THE_FUTURE = "in_the_future"
    OTHER_PERIOD = "other_period"
    ENDED = "ended"
    TWICE = "twice"
    UNKNOWN_POST = "unknown_post"
    UNKNOWN_UNIT = "unknown_unit"


@dataclass(frozen=True)
class Fault:
    """A field of Stated that contradicts the others, and why."""

    field: str
    clash: Clash


class Contradiction(Exception):
    """The facts were refused; `faults` names every field at fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{one.field}: {one.clash}" for one in self.faults))


def require_consistent(stated: Stated, register: Register, day: date, units: Collection[str]) -> None:
    """Raise Contradiction unless the facts can be true together; `units` are those that may be chosen.

    `day` is the day of receipt: nothing that happens after it can be complained of.
    """
    faults = tuple(dict.fromkeys(_faults(stated, register, day, units)))
    if faults:
        raise Contradiction(faults)


def _faults(stated: Stated, register: Register, day: date, units: Collection[str]) -> Iterator[Fault]:
    posts = {
        field: post
        for field, key in (("post", stated.post), ("then", stated.then))
        if key and (post := register.on(key, day)) is not None
    }
    others = [register.on(key, day) for key in stated.others]
    yield from _unknown(stated, posts, others, units)
    yield from _about_the_person(stated, (*posts.values(), *others))
    yield from _about_the_time(stated, posts, register, day)
    main = posts.get("post")
    if stated.who is Who.PARTY_ORGANISATION and main is not None and main.body_kind not in _OF_THE_PARTY:
        yield Fault("who", Clash.NOT_AN_OFFICE_OF_THE_PARTY)


def _unknown(
    stated: Stated,
    posts: Mapping[str, PostFacts],
    others: Collection[PostFacts | None],
    units: Collection[str],
) -> Iterator[Fault]:
    for field, key in (("post", stated.post), ("then", stated.then)):
        if key and field not in posts:
            yield Fault(field, Clash.UNKNOWN_POST)
    if None in others:
        yield Fault("others", Clash.UNKNOWN_POST)
    if stated.area_id and stated.area_id not in units:
        yield Fault("area_id", Clash.UNKNOWN_UNIT)


def _about_the_person(stated: Stated, posts: Iterable[PostFacts | None]) -> Iterator[Fault]:
    if stated.status is Status.MOVED and not stated.then:
        yield Fault("then", Clash.MOVED_WITHOUT_POST)
    if stated.then and stated.status in (Status.IN_OFFICE, Status.UNKNOWN):
        yield Fault("status", Clash.THEN_WITHOUT_MOVE)
    keys = [key for key in (stated.post, *stated.others) if key]
    if len(set(keys)) < len(keys):
        yield Fault("others", Clash.TWICE)
    of_the_party = any(post is not None and post.body_kind in _OF_THE_PARTY for post in posts)
    if stated.member is PartyMember.NO and of_the_party:
        yield Fault("member", Clash.NO_MEMBER_IN_PARTY_OFFICE)


def _about_the_time(
    stated: Stated, posts: Mapping[str, PostFacts], register: Register, day: date
) -> Iterator[Fault]:
    main = posts.get("post")
    if stated.status is Status.IN_OFFICE and main is not None and not main.exists_on(day):
        yield Fault("status", Clash.ENDED)
    when = PartialDate.parse(stated.act) if stated.act else None
    if when is None:
        return
    if when.first > day:
        yield Fault("act", Clash.IN_THE_FUTURE)
        return
    # Whoever moved since may hold a post today that did not exist when it happened.
    field = "then" if stated.status is Status.MOVED else "post"
    held_then = posts.get(field)
    if held_then is not None and not register.stood(held_then.post, when.first, when.last):
        yield Fault(field, Clash.OTHER_PERIOD)


def applied(stated: Stated, subject: Subject, register: Register, day: date) -> Subject:
    """The office as the rules are asked about it: what the reviewer stated goes before what was told."""
    post = register.on(stated.post, day) if stated.post else None
    if post is not None:
        subject = replace(subject, **as_main(post))
    else:
        # A post outside the register: only the reviewer's word says who manages it.
        subject = replace(subject, post=None, managing_level=stated.managing_level, settler_kind=None)
        subject = replace(subject, settler_level=None, source="", settler_source="")
    return replace(
        subject,
        area_id=stated.area_id or subject.area_id,
        party_member=stated.member,
        who=stated.who,
        status=stated.status,
        others=tuple(held(one) for key in stated.others if (one := register.on(key, day)) is not None),
        then=tuple(held(one) for key in (stated.then,) if key and (one := register.on(key, day)) is not None),
        act_date=PartialDate.parse(stated.act).first if stated.act else subject.act_date,
    )


def readings(
    text: str, chosen: str, register: Register, day: date, *, level: Level | None
) -> tuple[PostFacts, ...]:
    """The templates that may be meant: the one chosen from the list, else every reading of the typed title.

    At a known level the register's own words mean the post that bears them. Several are for a person to
    choose from, never for the portal (issue "Posts as people write them").
    """
    if chosen:
        post = register.on(chosen, day)
        return (post,) if post is not None else ()
    named = register.spelled(text, day, level=level)
    if named and level is not None:
        return named
    found = (post for title in read_title(text, Context(level)) for post in register.fitting(title, day))
    return tuple(dict.fromkeys((*named, *found)))
