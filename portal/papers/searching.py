"""The sealed index of a body's opened cases: how cases enter and leave, and the keys it is sealed under.

A case enters when an officer opens it (the words he could read, no more); what is no longer the body's leaves
at once, for a search answers only with cases whose row says where their words lie.
"""

import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from portal.action import session
from portal.data.models.body import BodyKey
from portal.data.models.case import Case
from portal.data.models.search import BodySearchKey, SearchCase, SearchSegment
from portal.domain.keys import KeyPurpose
from portal.domain.postings import Listed, padded, unpadded
from portal.domain.wording import Within, terms_of
from portal.papers.keys import newest_key
from portal.vault.errors import Broken, NotHeld
from portal.vault.ring import KeyRing
from portal.vault.searching import SearchKey, new_search_key, open_search_key

_TAIL = aliased(SearchCase)

Keys = Mapping[int, SearchKey]
"""The search keys of a body that an officer can open, by version."""


def learn(ring: KeyRing, body_id: str, case: Case, said: Mapping[Within, Iterable[str]]) -> None:
    """Note what the case is found by, unless that is known already. Inside the act that opened it.

    One officer's note waits for another's of the same body: the later one stands, none is lost.
    """
    newest = newest_key(body_id)
    if newest is None or newest.version not in ring.versions(body_id):
        return
    key = _key_in_use(ring, newest)
    words = "\n".join(sorted(terms_of(said))).encode()
    row = session().get(SearchCase, (body_id, case.id))
    mark = key.mark(words)
    if row is not None and (row.mark, row.key_version) == (mark, key.version):
        return
    alone_with_index(body_id)
    row = session().get(SearchCase, (body_id, case.id), populate_existing=True)
    if row is None:
        row = SearchCase(body_id=body_id, case_id=case.id)
        session().add(row)
    elif row.segment_id:
        _removed_from([row.segment_id])
    row.segment_id, row.key_version, row.mark = None, key.version, mark
    row.sealed_words = sealed_tail(key, body_id, Listed(case.opened_on, case.id), words)
    session().flush()


def forget(case_ids: Iterable[str], body_ids: Iterable[str]) -> None:
    """These bodies find these cases no more; the words go with the next work on the index. Inside an act."""
    gone = (SearchCase.case_id.in_(list(case_ids)), SearchCase.body_id.in_(list(body_ids)))
    held = session().scalars(select(SearchCase.segment_id).where(*gone, SearchCase.segment_id.is_not(None)))
    _removed_from([one for one in held if one], purge=True)
    session().execute(delete(SearchCase).where(*gone))


def keys_of(ring: KeyRing, body_id: str) -> dict[int, SearchKey]:
    """Every search key of the body that the ring opens."""
    found = {}
    for row in session().scalars(select(BodySearchKey).where(BodySearchKey.body_id == body_id)):
        with suppress(NotHeld, Broken):
            found[row.key_version] = open_search_key(ring, row.sealed_key, body_id, row.key_version)
    return found


def alone_with_index(body_id: str) -> None:
    """Until the transaction ends nobody else changes this body's index; SQLite has one writer anyway."""
    wanted = select(BodySearchKey.key_version).where(BodySearchKey.body_id == body_id)
    session().scalars(wanted.order_by(BodySearchKey.key_version).with_for_update()).all()


def is_tail_of(body_id: str) -> ColumnElement[bool]:
    """Of the rows of SearchCase: opened at the body and in no segment yet.

    Found through the index and then read: asked plainly, SQLite walks over every case of the body.
    """
    waiting = select(_TAIL.case_id).where(_TAIL.body_id == body_id, _TAIL.segment_id.is_(None))
    return and_(
        SearchCase.body_id == body_id, SearchCase.case_id.in_(waiting), SearchCase.segment_id.is_(None)
    )


def sealed_tail(key: SearchKey, body_id: str, case: Listed, words: bytes) -> bytes:
    """The words of one case (lines, sorted), with its day."""
    content = padded(zlib.compress(case.day.isoformat().encode() + b"\n" + words + b"\n", 1))
    return key.seal("search_case", f"{body_id}.{case.case_id}", "words", content)


def opened_tail(key: SearchKey, body_id: str, case_id: str, sealed: bytes) -> tuple[Listed, bytes]:
    """The case, and its words as lines with a line end before the first; raises Broken."""
    plain = unpadded(key.open("search_case", f"{body_id}.{case_id}", "words", sealed))
    day, _, words = plain.partition(b"\n")
    return Listed(date.fromisoformat(day.decode()), case_id), b"\n" + words


def _key_in_use(ring: KeyRing, newest: BodyKey) -> SearchKey:
    """The search key under the newest content key; made at its first use."""
    where = (newest.body_id, newest.version)
    row = session().get(BodySearchKey, where)
    if row is None:
        sealed = new_search_key(newest.public_key, *where)
        # Two officers may be the first at the same moment: both go on with the key of whoever was.
        with suppress(IntegrityError), session().begin_nested():
            session().add(BodySearchKey(body_id=where[0], key_version=where[1], sealed_key=sealed))
        row = session().get_one(BodySearchKey, where, populate_existing=True)
    return open_search_key(ring, row.sealed_key, *where)


def _removed_from(segments: list[str], *, purge: bool = False) -> None:
    for one in segments:
        changed: dict[str, object] = {"removed": SearchSegment.removed + 1}
        if purge:
            changed["purge"] = True
        session().execute(update(SearchSegment).where(SearchSegment.id == one).values(changed))


def newest_version(body_id: str) -> int:
    """The version of the body's content key in use; 0 where it has none."""
    wanted = select(BodyKey.version).where(
        BodyKey.body_id == body_id, BodyKey.purpose == KeyPurpose.CONTENT, BodyKey.retired_on.is_(None)
    )
    return session().scalar(wanted.order_by(BodyKey.version.desc()).limit(1)) or 0
