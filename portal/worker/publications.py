"""Deleting the texts that were published for their time; the sealed draft in the case stays."""

from collections.abc import Iterable

from sqlalchemy import select, update

from portal.action import action, current_act, session
from portal.data.db import checkpoint
from portal.data.models.publication import Publication
from portal.domain import clock
from portal.domain.permissions import Actor, ActorKind, Permission

WORKER = Actor("worker", ActorKind.SYSTEM)
BATCH = 200


def run() -> int:
    """Delete every text whose last day has passed; returns how many."""
    done = 0
    while ids := _over():
        end(WORKER, None, ids)
        done += len(ids)
    if done:
        checkpoint()
    return done


def _over() -> list[str]:
    wanted = select(Publication.id).where(Publication.text.is_not(None), Publication.until < clock.today())
    found = list(session().scalars(wanted.order_by(Publication.id).limit(BATCH)))
    session().rollback()
    return found


@action(Permission.SYSTEM_RUN)
def end(actor: Actor, nothing: None, /, ids: Iterable[str]) -> None:
    """Delete the texts of these publications."""
    named = tuple(ids)
    over = Publication.id.in_(named), Publication.until < clock.today()
    session().execute(update(Publication).where(*over).values(text=None))
    current_act().touch("publication", *named)
