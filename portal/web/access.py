"""Doors: every view says who may enter; a view that says nothing stays shut."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from werkzeug.exceptions import Forbidden as ForbiddenPage
from werkzeug.exceptions import Gone, NotFound

from portal.domain.permissions import ANYBODY, Actor, Facts, Permission, may
from portal.papers.hiding import known_to
from portal.vault.ring import KeyRing
from portal.web.unsent import keep_request

if TYPE_CHECKING:
    from portal.data.models.case import Case

View = TypeVar("View", bound=Callable[..., Any])
Found = TypeVar("Found")
PUBLIC_MARK = "public"


@dataclass
class SignedIn:
    """A member of staff in an unlocked session, as Flask-Login's user."""

    actor: Actor
    ring: KeyRing
    display_name: str
    body_name: str
    session_id: str
    recently_confirmed: bool
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        return self.actor.id


def public(view: View) -> View:
    """This view is open to everybody."""
    view.door = PUBLIC_MARK  # type: ignore[attr-defined]
    return view


def needs(permission: Permission) -> Callable[[View], View]:
    """This view is for signed-in staff who could have `permission`; the gate checks the object."""

    def mark(view: View) -> View:
        view.door = permission  # type: ignore[attr-defined]
        return view

    return mark


def needs_confirmation(view: View) -> View:
    """Before this act the passphrase is asked again (identity, admission, disabling)."""

    @wraps(view)
    def run(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not current_user.recently_confirmed:
            return redirect(url_for("accounts.confirm", next=request.path), 303)
        return current_app.ensure_sync(view)(*args, **kwargs)

    run.door = getattr(view, "door", None)  # type: ignore[attr-defined]
    return run  # type: ignore[return-value]


def actor() -> Actor:
    """Who acts in this request."""
    return current_user.actor if current_user.is_authenticated else ANYBODY


def ring() -> KeyRing:
    """The keys that this request's member of staff has unlocked."""
    return current_user.ring


def allowed(permission: Permission, obj: Any = None) -> bool:
    """For templates: may the current actor do this to `obj`?"""
    facts: Facts | None = obj.facts() if obj is not None else None
    return may(actor(), permission, facts)


def or_404(found: Found | None, permission: Permission) -> Found:
    """`found`, or the page for what does not exist: absent and not yours look the same.

    Of what was deleted at its time, whoever may see it reads that it was (410).
    """
    if found is None or not may(actor(), permission, found.facts()):  # type: ignore[attr-defined]
        raise NotFound
    if getattr(found, "erased_on", None) is not None:
        raise Gone
    return found


def case_or_404(case_id: str, permission: Permission) -> "Case":
    """The case of this address, or the page for what does not exist, in the same time for both."""
    return or_404(known_to(actor(), case_id), permission)


def install(app: Flask, load: Callable[[Any], SignedIn | None]) -> None:
    """Put the doors in: `load` finds the signed-in member for a request."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(load)
    app.before_request(_without_nul)
    app.before_request(_at_the_door)
    app.jinja_env.globals["allowed"] = allowed


def unmarked(app: Flask) -> list[str]:
    """Endpoints whose view declares no door; start-up refuses them."""
    open_by_nature = {"static"}
    return [
        name
        for name, view in app.view_functions.items()
        if name not in open_by_nature and getattr(view, "door", None) is None
    ]


def _without_nul() -> None:
    """No id holds it, and PostgreSQL refuses to look for one that does: it is an id that nothing has."""
    given = request.view_args or {}
    request.view_args = {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for name, value in given.items()
    }


def _at_the_door() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    door = getattr(current_app.view_functions[request.endpoint], "door", None)
    if door == PUBLIC_MARK:
        return None
    if door is None:
        raise ForbiddenPage
    if not current_user.is_authenticated:
        if request.method == "GET" or keep_request():
            return redirect(url_for("accounts.sign_in", next=request.path), 303)
        return redirect(url_for("accounts.sign_in"), 303)
    if not may(actor(), door):
        raise NotFound
    return None
