"""Bringing units, bodies and posts into the store: each import is one act, taken whole or not at all."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from portal.action import action, current_act, session
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.body import Body, PostTemplate
from portal.data.reference import shipped
from portal.domain.gazetteer import AREAS, SUCCESSORS, read_gazetteer
from portal.domain.permissions import Actor, Permission
from portal.domain.posts import POSTS, read_posts
from portal.domain.structure import country_bodies
from portal.registry.actions.rows import (
    Progress,
    Share,
    entry,
    silent,
    store_areas,
    store_bodies,
    store_links,
    store_posts,
)


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
    entered = entry(actor, AREAS)
    store_areas(areas, entered, Share(total, 0, progress))
    store_links(successors, entered, Share(total, len(areas), progress))
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
    entered = entry(actor, None)
    store_posts(new_templates, entered, Share(total, 0, progress))
    store_bodies(new, entered, Share(total, len(new_templates), progress))
    kept = tuple(one.id for one in templates if one.id in known and known[one.id] != one)
    return Imported(total, len(bodies) + len(templates) - total, kept)
