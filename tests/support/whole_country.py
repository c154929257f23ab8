"""The whole country in the store: all units, all bodies, all templates of posts, no keys."""

import time

from portal.config import Settings
from portal.domain.permissions import Actor, ActorKind
from portal.registry import actions

REGISTRAR = Actor("tests", ActorKind.SYSTEM)


def import_country(settings: Settings) -> float:
    """A builder for `prepared("whole_country", import_country)`; returns the seconds it took."""
    begun = time.monotonic()
    actions.import_areas(REGISTRAR, actions.AreaFiles.shipped())
    actions.generate_bodies(REGISTRAR, None)
    return time.monotonic() - begun
