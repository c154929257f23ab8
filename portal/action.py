"""The gate: whatever changes or reveals passes here, with permission, one transaction and an audit entry."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast, runtime_checkable

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import object_session

from portal.data import audit, db
from portal.data.guard import Act, acting, current_act
from portal.domain.permissions import Actor, ActorKind, Facts, Permission, may

__all__ = ["ACTIONS", "Forbidden", "Stale", "action", "current_act", "session"]

session = db.session
TRIES = 5
"""How often an act is begun that the database sends back because it stood in another's way."""
_PAUSE_SECONDS = 0.02
ACTIONS: dict[str, Permission] = {}
P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")


class Forbidden(Exception):
    """The actor has no such right on this object; pages answer as if it did not exist."""


class Stale(Exception):
    """Somebody else changed the object since it was read; pages answer 409."""


@runtime_checkable
class Governed(Protocol):
    """An object that tells the permission table what it needs to know."""

    def facts(self) -> Facts: ...


def action(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Actor, T, P], R]], Callable[Concatenate[Actor, T, P], R]]:
    """Declare a use case `f(actor, obj, /, …)`; its name is `<stage>.<function>`.

    The object is read again inside the transaction and the permission is checked on what it then is.
    Raises Forbidden; whatever the function raises rolls everything back, the audit entry included. Where two
    acts wait for each other and the database ends one of them, that one is begun again, up to TRIES times.
    """

    def declare(func: Callable[Concatenate[Actor, T, P], R]) -> Callable[Concatenate[Actor, T, P], R]:
        name = f"{func.__module__.split('.')[1]}.{func.__name__}"
        if name in ACTIONS:
            raise RuntimeError(f"two actions are called {name}")
        ACTIONS[name] = permission

        def once(actor: Actor, obj: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            act = Act(name, actor.id, actor.body_id, day_only=_is_resident(actor))
            with acting(act), db.transaction() as current:
                _renew(obj)
                # A protocol is slow to ask, and most public acts have no object.
                facts = obj.facts() if obj is not None and isinstance(obj, Governed) else Facts()
                if not may(actor, permission, facts):
                    raise Forbidden(f"{actor.id} may not {name}")
                _name_the_object(act, obj)
                result = func(actor, obj, *args, **kwargs)
                audit.append(current, act)
            return result

        @wraps(func)
        def run(actor: Actor, obj: T, /, *args: P.args, **kwargs: P.kwargs) -> R:
            for tried in range(1, TRIES):
                try:
                    return once(actor, obj, *args, **kwargs)
                except DBAPIError as fault:
                    if not db.collided(fault):
                        raise
                    # Not all at once again: whoever collided once would do so again in step.
                    time.sleep(random.uniform(0, _PAUSE_SECONDS * 2**tried))  # noqa: S311
            return once(actor, obj, *args, **kwargs)

        return cast(Callable[Concatenate[Actor, T, P], R], run)

    return declare


def _is_resident(actor: Actor) -> bool:
    return actor.kind in (ActorKind.PUBLIC, ActorKind.REPORTER)


def _renew(obj: Any) -> None:
    if isinstance(obj, db.Base):
        current = object_session(obj)
        if current is not None:
            current.refresh(obj, with_for_update={"of": type(obj)})


def _name_the_object(act: Act, obj: Any) -> None:
    if isinstance(obj, db.Base):
        key = getattr(obj, "id", None)
        if isinstance(key, str):
            act.touch(obj.__tablename__, key)
