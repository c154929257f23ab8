"""Tails become segments, segments bigger ones: work on a body's index, done in an officer's session.

What is read and packed costs up to a second and holds nothing; only putting it in place is a transaction,
and it gives way where somebody else was first. A segment that lost cases to a conflict is packed anew
without them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import delete, exists, select, update

from portal.action import session
from portal.data import db
from portal.data.db import new_id
from portal.data.models.case import Case
from portal.data.models.conflict import CaseLock
from portal.data.models.search import SearchBucket, SearchCase, SearchSegment
from portal.domain.postings import Bucket, CaseList, Listed, Part, joined, pack_bucket, pack_cases
from portal.papers.hiding import in_hands_of
from portal.papers.searching import (
    Keys,
    alone_with_index,
    is_tail_of,
    keys_of,
    newest_version,
    opened_tail,
)
from portal.vault.ring import KeyRing
from portal.vault.searching import SearchKey

TAILS: Final = 64  # so many are read by each search at most, and merged then
FAN: Final = 8  # segments of one level become one of the next
BUCKETS: Final = (4, 32, 256)  # by level; a bucket of a full segment is about 10 kB
SIZES: Final = (TAILS, TAILS * FAN)  # up to so many cases a segment is of this level
_TOP: Final = len(BUCKETS) - 1
_BATCH: Final = TAILS * FAN
_MOST_LOST: Final = 4  # one part in so many lost: packed anew
_SHAPES = select(
    SearchSegment.id,
    SearchSegment.level,
    SearchSegment.size,
    SearchSegment.removed,
    SearchSegment.purge,
    SearchSegment.key_version,
).order_by(SearchSegment.level, SearchSegment.id)


@dataclass(frozen=True)
class Packed:
    """A segment ready to be put in place."""

    id: str
    level: int
    size: int
    cases: bytes = field(repr=False)
    buckets: dict[int, bytes] = field(repr=False)


@dataclass(frozen=True)
class _Sources:
    """What a new segment is made of, as it was read. `segments`: their ids. `tails`: mark by case."""

    segments: Sequence[str]
    tails: dict[str, bytes]
    parts: list[Part]


def tend(ring: KeyRing, body_id: str) -> bool:
    """Do one piece of work on the body's index, if any is due; True if there was. Outside an act."""
    version = newest_version(body_id)
    due = _due(body_id, version)
    if due is None:
        return False
    segments, tails = _loaded(body_id, due)
    keys = keys_of(ring, body_id)
    wanted = {one.key_version for one in segments} | {one.key_version for one in tails} | {version}
    if not wanted <= keys.keys():
        return False
    sources = _read(keys, body_id, segments, tails)
    cases, postings = joined(sources.parts)
    made = packed(keys[version], cases, postings) if cases else None
    with db.housekeeping():
        return _put(body_id, version, sources, made)


def packed(key: SearchKey, cases: Sequence[Listed], postings: dict[str, list[int]]) -> Packed:
    """A sealed segment of these cases, in order."""
    level = next((level for level, most in enumerate(SIZES) if len(cases) <= most), _TOP)
    spread: dict[int, dict[str, Sequence[int]]] = {number: {} for number in range(BUCKETS[level])}
    for term, numbers in postings.items():
        spread[key.bucket(term, BUCKETS[level])][term] = numbers
    segment_id = new_id()
    buckets = {
        number: key.seal("search_bucket", f"{segment_id}.{number}", "terms", pack_bucket(some, len(cases)))
        for number, some in spread.items()
    }
    listed = key.seal("search_segment", segment_id, "cases", pack_cases(cases))
    return Packed(segment_id, level, len(cases), listed, buckets)


def opened_cases(key: SearchKey, segment_id: str, sealed: bytes) -> CaseList:
    """The cases of a segment; raises Broken."""
    return CaseList(key.open("search_segment", segment_id, "cases", sealed))


def opened_bucket(key: SearchKey, segment_id: str, number: int, sealed: bytes, size: int) -> Bucket:
    """One bucket of a segment of `size` cases; raises Broken."""
    return Bucket(key.open("search_bucket", f"{segment_id}.{number}", "terms", sealed), size)


def _due(body_id: str, version: int) -> tuple[list[str], list[str]] | None:
    """The ids of the most urgent work: what must go, full tails, a full level, what lies under an older key.

    Asked with every case that is opened, so that it reads numbers only.
    """
    segments = session().execute(_SHAPES.where(SearchSegment.body_id == body_id)).all()
    for one in segments:
        if one.purge or one.removed * _MOST_LOST > one.size:
            return [one.id], []
    waiting = select(SearchCase.case_id, SearchCase.key_version).where(is_tail_of(body_id))
    tails = session().execute(waiting.order_by(SearchCase.case_id).limit(_BATCH)).all()
    if len(tails) >= TAILS:
        return [], [one.case_id for one in tails]
    for level in range(_TOP):
        same = [one.id for one in segments if one.level == level]
        if len(same) >= FAN:
            return same[:FAN], []
    older = [one.id for one in segments if one.key_version < version][:1]
    outdated = [one.case_id for one in tails if one.key_version < version]
    return (older, [] if older else outdated) if older or outdated else None


def _loaded(
    body_id: str, due: tuple[list[str], list[str]]
) -> tuple[Sequence[SearchSegment], Sequence[SearchCase]]:
    segment_ids, case_ids = due
    segments = select(SearchSegment).where(SearchSegment.id.in_(segment_ids))
    tails = select(SearchCase).where(SearchCase.body_id == body_id, SearchCase.case_id.in_(case_ids))
    return session().scalars(segments).all(), session().scalars(tails).all()


def _read(
    keys: Keys, body_id: str, segments: Sequence[SearchSegment], tails: Sequence[SearchCase]
) -> _Sources:
    parts = []
    for segment in segments:
        key = keys[segment.key_version]
        live = frozenset(_live(body_id, SearchCase.segment_id == segment.id))
        listed = list(opened_cases(key, segment.id, segment.sealed_cases))
        parts.append(Part(listed, live, _postings(key, segment.id, segment.size)))
    named = [one.case_id for one in tails]
    live = frozenset(_live(body_id, SearchCase.case_id.in_(named))) if named else frozenset()
    for tail in tails:
        listed_, words = opened_tail(keys[tail.key_version], body_id, tail.case_id, tail.sealed_words or b"")
        terms = [(term.decode(), (0,)) for term in words.split(b"\n") if term]
        parts.append(Part([listed_], live & {tail.case_id}, terms))
    return _Sources([one.id for one in segments], {one.case_id: one.mark for one in tails}, parts)


def _live(body_id: str, which: object) -> Iterable[str]:
    """The cases whose words are current there and that the body still has."""
    locked = exists().where(CaseLock.case_id == Case.id, CaseLock.body_id == body_id)
    wanted = select(SearchCase.case_id).join(Case, Case.id == SearchCase.case_id)
    return session().scalars(
        wanted.where(SearchCase.body_id == body_id, which, in_hands_of(body_id), ~locked)  # type: ignore[arg-type]
    )


def _postings(key: SearchKey, segment_id: str, size: int) -> Iterator[tuple[str, Sequence[int]]]:
    rows = session().execute(
        select(SearchBucket.bucket, SearchBucket.sealed_terms)
        .where(SearchBucket.segment_id == segment_id)
        .order_by(SearchBucket.bucket)
    )
    for number, sealed in rows:
        yield from opened_bucket(key, segment_id, number, sealed, size).postings()


def _put(body_id: str, version: int, sources: _Sources, made: Packed | None) -> bool:
    """Put the new segment in place of its sources; False where one of them is gone already."""
    alone_with_index(body_id)
    old = list(sources.segments)
    there = set(session().scalars(select(SearchSegment.id).where(SearchSegment.id.in_(old))))
    if there != set(old):
        return False
    moved = 0
    kept = frozenset().union(*(part.kept for part in sources.parts))
    if made is not None:
        store(body_id, version, made)
        moved = _point(body_id, sources, kept, {"segment_id": made.id, "key_version": version})
        lost = made.size - moved
        if lost:  # forgotten, or opened again meanwhile
            changed = {"removed": lost, "purge": True}
            session().execute(update(SearchSegment).where(SearchSegment.id == made.id).values(changed))
    _drop(body_id, sources, kept)
    session().execute(delete(SearchBucket).where(SearchBucket.segment_id.in_(old)))
    session().execute(delete(SearchSegment).where(SearchSegment.id.in_(old)))
    return True


def store(body_id: str, version: int, made: Packed) -> None:
    """The rows of a new segment."""
    session().add(
        SearchSegment(
            id=made.id,
            body_id=body_id,
            key_version=version,
            level=made.level,
            size=made.size,
            removed=0,
            purge=False,
            sealed_cases=made.cases,
        )
    )
    session().flush()
    rows = [SearchBucket(segment_id=made.id, bucket=n, sealed_terms=one) for n, one in made.buckets.items()]
    session().add_all(rows)
    session().flush()


def _point(body_id: str, sources: _Sources, kept: frozenset[str], values: dict[str, object]) -> int:
    """Let the rows of the cases name the new segment, where they still say what was read; how many do."""
    moved = 0
    changed = values | {"sealed_words": None}
    for one in sources.segments:
        rows = session().scalars(
            select(SearchCase.case_id).where(SearchCase.body_id == body_id, SearchCase.segment_id == one)
        )
        current = [case_id for case_id in rows if case_id in kept]
        for chunk in _chunks(current):
            which = (SearchCase.body_id == body_id, SearchCase.case_id.in_(chunk))
            session().execute(update(SearchCase).where(*which).values(changed))
        moved += len(current)
    for row in _tails_unchanged(body_id, sources):
        if row.case_id in kept:
            session().execute(
                update(SearchCase)
                .where(SearchCase.body_id == body_id, SearchCase.case_id == row.case_id)
                .values(changed)
            )
            moved += 1
    return moved


def _tails_unchanged(body_id: str, sources: _Sources) -> list[SearchCase]:
    if not sources.tails:
        return []
    rows = session().scalars(
        select(SearchCase)
        .where(
            SearchCase.body_id == body_id,
            SearchCase.segment_id.is_(None),
            SearchCase.case_id.in_(sources.tails),
        )
        .execution_options(populate_existing=True)
    )
    return [row for row in rows if sources.tails[row.case_id] == row.mark]


def _drop(body_id: str, sources: _Sources, kept: frozenset[str]) -> None:
    """The rows of cases that the body has no more."""
    mine = SearchCase.body_id == body_id
    session().execute(delete(SearchCase).where(mine, SearchCase.segment_id.in_(sources.segments)))
    gone = [row.case_id for row in _tails_unchanged(body_id, sources) if row.case_id not in kept]
    session().execute(delete(SearchCase).where(mine, SearchCase.case_id.in_(gone)))


def _chunks(ids: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    yield from (ids[at : at + size] for at in range(0, len(ids), size))


__all__ = ["BUCKETS", "Packed", "opened_bucket", "opened_cases", "packed", "store", "tend"]
