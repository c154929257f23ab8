"""Bringing units, bodies and posts into the store: each import is one act, taken whole or not at all."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import insert, select

from portal.action import action, current_act, session
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.body import Body, PostTemplate
from portal.data.reference import shipped
from portal.domain.gazetteer import AREAS, SUCCESSORS, read_gazetteer
from portal.domain.parties import AreaFacts, BodyFacts, PostFacts, SuccessorFacts
from portal.domain.permissions import Actor, Permission
from portal.domain.place_query import area_key
from portal.domain.posts import POSTS, read_posts
from portal.domain.structure import country_bodies

_CHUNK = 2_000

Progress = Callable[[int, int], None]
"""Called with the rows done and the rows in all."""


def silent(done: int, total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True)
class AreaFiles:
    """The two files of units, as bytes."""

    areas: bytes
    successors: bytes

    @classmethod
    def shipped(cls) -> "AreaFiles":
        """The files that come with the code."""
        return cls(shipped(AREAS), shipped(SUCCESSORS))


@dataclass(frozen=True)
class Imported:
    """What an import did. `kept`: ids whose stored row differs from the file's; it is left as it is."""

    new: int
    known: int
    kept: tuple[str, ...] = ()


@action(Permission.REGISTRY_IMPORT)
def import_areas(actor: Actor, files: AreaFiles, /, *, progress: Progress = silent) -> Imported:
    """Store the units and successors that are not stored yet; raises csv_rows.Refused and stores nothing.

    The audit entry carries the SHA-256 over both files, areas first. A stored unit is never overwritten:
    the registrar's dated changes stay.
    """
    current_act().digest = hashlib.sha256(files.areas + files.successors).hexdigest()
    known = {one.id: one for one in map(Area.as_facts, session().scalars(select(Area)))}
    links = {(one.old_id, one.new_id): one.as_facts() for one in session().scalars(select(AreaSuccessor))}
    read = read_gazetteer(files.areas, files.successors, known=known, known_successors=links.values())
    areas = sorted(
        (one for one in read.areas.values() if one.id not in known), key=lambda a: (-a.level.rank, a.id)
    )
    successors = [one for one in read.successors if (one.old_id, one.new_id) not in links]
    total = len(areas) + len(successors)
    _store(Area, map(_area_row, areas), 0, total, progress)
    _store(AreaSuccessor, map(_link_row, successors), len(areas), total, progress)
    kept = [one.id for one in read.areas.values() if one.id in known and known[one.id] != one]
    return Imported(total, len(read.areas) + len(read.successors) - total, tuple(kept))


@action(Permission.REGISTRY_IMPORT)
def generate_bodies(actor: Actor, posts: bytes | None, /, *, progress: Progress = silent) -> Imported:
    """Store the standard bodies of all stored units, and the templates of `posts` (None: the shipped file).

    Raises csv_rows.Refused. What is stored already stays as it is.
    """
    content = posts if posts is not None else shipped(POSTS)
    current_act().digest = hashlib.sha256(content).hexdigest()
    templates = read_posts(content)
    areas = [one.as_facts() for one in session().scalars(select(Area))]
    stored = set(session().scalars(select(Body.id)))
    bodies = list(country_bodies(areas))
    new = [body for body in bodies if body.id not in stored]
    known = {one.id: one.as_facts() for one in session().scalars(select(PostTemplate))}
    new_templates = [one for one in templates if one.id not in known]
    total = len(new) + len(new_templates)
    _store(PostTemplate, map(_post_row, new_templates), 0, total, progress)
    _store(Body, map(_body_row, new), len(new_templates), total, progress)
    kept = tuple(one.id for one in templates if one.id in known and known[one.id] != one)
    return Imported(total, len(bodies) + len(templates) - total, kept)


def _store(
    table: type[Any], rows: Iterator[dict[str, Any]], before: int, total: int, progress: Progress
) -> None:
    done = before
    for chunk in _chunks(rows):
        session().execute(insert(table), chunk)
        done += len(chunk)
        progress(done, total)


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
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


def _post_row(post: PostFacts) -> dict[str, Any]:
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
