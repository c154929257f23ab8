"""Rows of the register as they are stored: from the facts of the rules to columns, in chunks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import insert

from portal.action import session
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.body import Body, PostTemplate
from portal.domain import clock
from portal.domain.parties import AreaFacts, BodyFacts, PostFacts, SuccessorFacts
from portal.domain.permissions import Actor
from portal.domain.place_query import area_key

_CHUNK = 2_000
T = TypeVar("T")
Entry = dict[str, Any]
"""The columns that say who entered a row, when, and from which document."""

Progress = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""


def silent(done: int, total: int) -> None:
    """No progress is shown."""


def entry(actor: Actor, source_doc: str | None) -> Entry:
    """The columns of a row that `actor` enters today."""
    return {"source_doc": source_doc, "edited_by": actor.id, "edited_on": clock.today()}


def store_areas(areas: Iterable[AreaFacts], entered: Entry, share: "Share") -> None:
    """Insert units, parents before the units in them."""
    _store(Area, map(_area_row, areas), entered, share)


def store_links(links: Iterable[SuccessorFacts], entered: Entry, share: "Share") -> None:
    """Insert successor links."""
    _store(AreaSuccessor, map(_link_row, links), entered, share)


def store_bodies(bodies: Iterable[BodyFacts], entered: Entry, share: "Share") -> None:
    """Insert bodies, superiors first."""
    _store(Body, map(_body_row, bodies), entered, share)


def store_posts(posts: Iterable[PostFacts], entered: Entry, share: "Share") -> None:
    """Insert templates of posts."""
    _store(PostTemplate, map(post_row, posts), entered, share)


@dataclass(frozen=True)
class Share:
    """Where a store of rows stands within a longer act, for its progress bar."""

    total: int = 0
    before: int = 0
    progress: Progress = silent


def _store(table: type[Any], rows: Iterator[dict[str, Any]], entered: Entry, share: Share) -> None:
    done = share.before
    for chunk in chunks(rows):
        session().execute(insert(table.__table__), [row | entered for row in chunk])
        done += len(chunk)
        share.progress(done, share.total)


def chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows in lists of a size that both databases take at once."""
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk


def _area_row(area: AreaFacts) -> dict[str, Any]:
    return {
        "area_id": area.id,
        "code": area.code,
        "name": area.name,
        "folded": area_key(area.name),
        "level": area.level,
        "parent_id": area.parent_id,
        "valid_from": area.valid_from,
        "valid_to": area.valid_to,
    }


def _link_row(link: SuccessorFacts) -> dict[str, Any]:
    return {"old_id": link.old_id, "new_id": link.new_id, "whole": link.whole, "larger": link.larger}


def _body_row(body: BodyFacts) -> dict[str, Any]:
    return {
        "id": body.id,
        "kind": body.kind,
        "level": body.level,
        "area_id": body.area_id,
        "name": body.name,
        "superior_id": body.superior_id,
        "valid_from": body.valid_from,
        "valid_to": body.valid_to,
    }


def post_row(post: PostFacts) -> dict[str, Any]:
    return {
        "id": post.id,
        "post": post.post,
        "body_kind": post.body_kind,
        "level": post.level,
        "name": post.name,
        "group": post.group,
        "managing_level": post.managing_level,
        "settler_kind": post.settler_kind,
        "settler_level": post.settler_level,
        "party_member": post.party_member,
        "synonyms": "|".join(post.synonyms),
        "valid_from": post.valid_from,
        "valid_to": post.valid_to,
        "source": post.source,
        "settler_source": post.settler_source,
    }
