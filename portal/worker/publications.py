"""Deleting the texts that were published for their time; the sealed draft in the case stays."""

from sqlalchemy import Select, select, update

from portal.action import action, current_act, session
from portal.data.db import checkpoint
from portal.data.models.publication import Publication
from portal.domain import clock
from portal.domain.permissions import Actor, Permission
from portal.worker.clocks import WORKER, in_batches

BATCH = 200


def run() -> int:
    """Delete every text whose last day has passed; returns how many."""
    done = in_batches(_over(), lambda: end(WORKER, None))
    if done:
        checkpoint()
    return done


def _over() -> Select[str]:
    over = Publication.text.is_not(None), Publication.until < clock.today()
    return select(Publication.id).where(*over).order_by(Publication.id)


@action(Permission.SYSTEM_RUN)
def end(actor: Actor, nothing: None, /) -> int:
    """Delete the texts of a batch of publications; returns of how many."""
    ids = session().scalars(_over().limit(BATCH)).all()
    session().execute(update(Publication).where(Publication.id.in_(ids)).values(text=None))
    current_act().touch("publication", *ids)
    return len(ids)
