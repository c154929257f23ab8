"""Finding a body's cases: by words over its sealed index, by numbers, days and state over clear columns.

What the index answers is only a candidate: each is looked up among the cases that the reader may know of, so
that a barred person's and a locked body's answers are the same as if the case did not exist.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import reduce
from heapq import merge
from itertools import islice
from operator import and_ as both
from typing import Final

from sqlalchemy import ColumnElement, and_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from portal.action import Stale, session
from portal.data.models.case import Case, CaseReport, Handover
from portal.data.models.paper import PaperEntry
from portal.data.models.search import SearchBucket, SearchCase, SearchSegment
from portal.domain.life import DESKS, Desk, State
from portal.domain.permissions import Actor, Role
from portal.domain.postings import Listed, newest_first
from portal.domain.text import fold
from portal.papers.hiding import in_hands_of, shown_to
from portal.papers.merging import BUCKETS, opened_bucket, opened_cases
from portal.papers.searching import Keys, is_tail_of, keys_of, opened_tail
from portal.vault.ring import KeyRing

PAGE: Final = 25  # as many as a small phone shows without losing oneself
EXAMINED: Final = 5_000  # candidates of one page; the next page goes on from there
_BATCHES: Final = (100, 300, 1_000, 1_800, 1_800)
_PATIENCE: Final = 5
_NUMBERED: Final = 500  # cases of one number
_ID: Final = 16
_SHORT: Final = 8  # symbols of an id that a page shows
_BOARD: Final = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})
Place = tuple[date, str]
Hit = tuple[Listed, str]
"""A case that has the words, and the segment that says so; no segment for a tail."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for; all of it together. `terms` as `terms_asked` makes them."""

    terms: frozenset[str] = frozenset()
    number: str = ""
    state: State | None = None
    first: date | None = None
    last: date | None = None

    def __bool__(self) -> bool:
        return bool(self.terms or self.number or self.state or self.first or self.last)


@dataclass(frozen=True)
class Found:
    """A page of cases, newest first. `after`: where the next page begins; `unfinished`: it stopped early."""

    cases: Sequence[Case] = ()
    after: Place | None = None
    unfinished: bool = False


def find(ring: KeyRing, reader: Actor, wanted: Wanted, after: Place | None = None) -> Found:
    """A page of the reader's body's cases; by words those only that some officer of the body opened."""
    if not wanted:
        return Found()
    if not wanted.terms:
        return _page(_plain(reader, wanted, after))
    hits = _hits(ring, reader.body, wanted)
    if wanted.number:
        numbered = set(_numbered(reader, wanted.number))
        hits = (hit for hit in hits if hit[0].case_id in numbered)
    if after is not None:
        hits = (hit for hit in hits if (hit[0].day, hit[0].case_id) < after)
    return _checked(reader, wanted, hits)


def _checked(reader: Actor, wanted: Wanted, hits: Iterator[Hit]) -> Found:
    """The candidates that are current and shown, in batches until a page is full."""
    found: dict[str, None] = {}
    last: Listed | None = None
    for size in _BATCHES:
        batch = list(islice(hits, size))
        shown = _shown(reader, wanted, batch)
        found |= dict.fromkeys(case.case_id for case, _ in batch if case.case_id in shown)
        if len(found) > PAGE or len(batch) < size:
            return _page(_cases([*found][: PAGE + 1]))
        last = batch[-1][0]
    return Found(_cases([*found]), (last.day, last.case_id) if last else None, unfinished=True)


def _shown(reader: Actor, wanted: Wanted, batch: Sequence[Hit]) -> set[str]:
    """Those of the candidates that are current where they were found, and that the reader may know of."""
    where: dict[str, set[str]] = {}
    for case, segment_id in batch:
        where.setdefault(case.case_id, set()).add(segment_id)
    if not where:
        return set()
    rows = session().execute(
        select(Case.id, SearchCase.segment_id)
        .join(SearchCase, and_(SearchCase.case_id == Case.id, SearchCase.body_id == reader.body))
        .where(Case.id.in_(where), in_hands_of(reader.body), *_conditions(reader, wanted))
    )
    return {case_id for case_id, segment_id in rows if (segment_id or "") in where[case_id]}


def _conditions(reader: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = list(shown_to(reader))
    if wanted.state:
        found.append(Case._state == wanted.state)
    if wanted.first:
        found.append(Case.opened_on >= wanted.first)
    if wanted.last:
        found.append(Case.opened_on <= wanted.last)
    return found


def _cases(ids: Sequence[str]) -> list[Case]:
    known = {case.id: case for case in session().scalars(select(Case).where(Case.id.in_(ids)))}
    return [known[one] for one in ids if one in known]


def _page(cases: Sequence[Case]) -> Found:
    shown = cases[:PAGE]
    more = len(cases) > PAGE
    return Found(shown, (shown[-1].opened_on, shown[-1].id) if more else None)


def _plain(reader: Actor, wanted: Wanted, after: Place | None) -> list[Case]:
    """Without words: each part one range of one index, as in the queues, the newest first.

    The desk follows from the state; named as well, it leads the planner to the index that has the order.
    """
    where = _conditions(reader, wanted)
    if after is not None:
        where.append(tuple_(Case.opened_on, Case.id) < after)
    if wanted.number:
        ids = _numbered(reader, wanted.number)
        parts = [and_(Case.id.in_(ids), in_hands_of(reader.body))] if ids else []
    elif wanted.state:
        desk = DESKS[wanted.state]
        parts = [and_(owner == reader.body, Case.desk == desk) for owner in _owners(reader)]
    else:
        parts = [and_(owner == reader.body, Case.desk == desk) for owner in _owners(reader) for desk in Desk]
    newest = Case.opened_on.desc(), Case.id.desc()
    found: dict[str, Case] = {}
    for part in parts:
        rows = session().scalars(select(Case).where(part, *where).order_by(*newest).limit(PAGE + 1))
        found |= {case.id: case for case in rows}
    return sorted(found.values(), key=lambda case: (case.opened_on, case.id), reverse=True)[: PAGE + 1]


def _owners(reader: Actor) -> list[InstrumentedAttribute[str] | InstrumentedAttribute[str | None]]:
    if reader.roles & _BOARD:
        return [Case.front_id, Case.referred_from]
    return [Case.leader_id]


def _numbered(reader: Actor, typed: str) -> list[str]:
    """The cases that a number may mean: as pages show it (HS-ABCD-EFGH), whole, or of a register."""
    ids = fold(typed).removeprefix("hs").replace("-", "").replace(" ", "")
    found: list[str] = []
    if _SHORT <= len(ids) <= _ID and ids.isalnum() and ids.isascii():
        found += session().scalars(
            select(Case.id).where(Case.id.between(ids, ids.ljust(_ID, "z"))).limit(_NUMBERED)
        )
    entered = (
        select(CaseReport.case_id)
        .join(PaperEntry, PaperEntry.report_id == CaseReport.report_id)
        .where(PaperEntry.body_id == reader.body, PaperEntry.register_no == typed)
    )
    sent = (
        select(Handover.case_id)
        .join(Case, Case.id == Handover.case_id)
        .where(Handover.register_no == typed, in_hands_of(reader.body))
    )
    for one in (entered, sent):
        found += session().scalars(one.limit(_NUMBERED))
    return list(dict.fromkeys(found))


def _hits(ring: KeyRing, body_id: str, wanted: Wanted) -> Iterator[Hit]:
    """Every case of the index that has all terms and was opened in the days, newest first."""
    keys = keys_of(ring, body_id)
    for _ in range(_PATIENCE):
        # Tails first: what another officer merges meanwhile is then seen twice rather than never.
        tails = _in_tails(keys, body_id, wanted)
        with suppress(KeyError):  # a segment was replaced between two reads
            return merge(tails, *_in_segments(keys, body_id, wanted), reverse=True)
    raise Stale(body_id)


def _in_tails(keys: Keys, body_id: str, wanted: Wanted) -> Iterator[Hit]:
    rows = session().execute(
        select(SearchCase.case_id, SearchCase.key_version, SearchCase.sealed_words).where(is_tail_of(body_id))
    )
    lines = [b"\n%s\n" % term.encode() for term in wanted.terms]
    found: list[Hit] = []
    for case_id, version, sealed in rows:
        if version in keys and sealed:
            case, words = opened_tail(keys[version], body_id, case_id, sealed)
            if all(line in words for line in lines) and _in_days(case.day, wanted):
                found.append((case, ""))
    return iter(sorted(found, reverse=True))


def _in_days(day: date, wanted: Wanted) -> bool:
    return (not wanted.first or wanted.first <= day) and (not wanted.last or day <= wanted.last)


@dataclass(frozen=True)
class _Segment:
    """A segment and in which of its buckets the terms lie."""

    id: str
    version: int
    size: int
    buckets: dict[str, int]


def _in_segments(keys: Keys, body_id: str, wanted: Wanted) -> list[Iterator[Hit]]:
    segments = _segments(keys, body_id, wanted.terms)
    sealed = _sealed_buckets(segments)
    having: dict[str, int] = {}
    for one in segments:
        opened = {
            number: opened_bucket(keys[one.version], one.id, number, sealed[one.id, number], one.size)
            for number in set(one.buckets.values())
        }
        bits = reduce(both, (opened[number].having(term) for term, number in one.buckets.items()))
        if bits:
            having[one.id] = bits
    lists = session().execute(
        select(SearchSegment.id, SearchSegment.sealed_cases).where(SearchSegment.id.in_(having))
    )
    sealed_lists = {row.id: row.sealed_cases for row in lists}
    return [
        _named(keys, one.id, one.version, sealed_lists[one.id], having[one.id], wanted)
        for one in segments
        if one.id in having
    ]


def _segments(keys: Keys, body_id: str, terms: Iterable[str]) -> list[_Segment]:
    rows = (
        session()
        .execute(
            select(
                SearchSegment.id, SearchSegment.key_version, SearchSegment.size, SearchSegment.level
            ).where(SearchSegment.body_id == body_id, SearchSegment.key_version.in_(keys))
        )
        .all()
    )
    wanted = {(row.key_version, row.level) for row in rows}
    spread = {
        (version, level): {term: keys[version].bucket(term, BUCKETS[level]) for term in terms}
        for version, level in wanted
    }
    return [_Segment(row.id, row.key_version, row.size, spread[row.key_version, row.level]) for row in rows]


def _sealed_buckets(segments: Sequence[_Segment]) -> dict[tuple[str, int], bytes]:
    """The buckets of all segments, those with the same numbers in one statement."""
    alike: dict[frozenset[int], list[str]] = {}
    for one in segments:
        alike.setdefault(frozenset(one.buckets.values()), []).append(one.id)
    found: dict[tuple[str, int], bytes] = {}
    for numbers, ids in alike.items():
        rows = session().execute(
            select(SearchBucket.segment_id, SearchBucket.bucket, SearchBucket.sealed_terms).where(
                SearchBucket.segment_id.in_(ids), SearchBucket.bucket.in_(numbers)
            )
        )
        found |= {(segment_id, number): sealed for segment_id, number, sealed in rows}
    return found


def _named(
    keys: Keys, segment_id: str, version: int, sealed: bytes, bits: int, wanted: Wanted
) -> Iterator[Hit]:
    """The cases of a bitmap, newest first, of the days that are wanted."""
    cases = opened_cases(keys[version], segment_id, sealed)
    if wanted.last:
        bits &= (1 << cases.until(wanted.last)) - 1
    begin = cases.before(wanted.first) if wanted.first else 0
    for number in newest_first(bits >> begin):
        yield cases[number + begin], segment_id
