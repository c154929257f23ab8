"""create_app(): the only place where the parts meet."""

import gc
import hashlib
import os
from importlib import import_module

from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.config import Settings, load_settings, resource_root
from portal.data import db, metering, readiness
from portal.data.cleaning_jail import die_with_parent
from portal.data.limits import Limits
from portal.vault.names import use_pepper
from portal.web import access, errors, headers, health, i18n, metrics, page, templates, throttle
from portal.web.uploads import PortalRequest


class UnsafeStart(Exception):
    """The application refuses to start; the text says why."""


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application for the face that `settings` names. Opens the store if none is open."""
    settings = settings or load_settings()
    # Loaded by name, so that a process of the public face never holds the staff's code.
    face = import_module(f"portal.faces.{settings.face}")
    root = resource_root()
    app = Flask("portal", template_folder=str(root / "templates"), static_folder=str(root / "static"))
    app.request_class = PortalRequest
    app.jinja_environment = templates.PortalEnvironment
    _configure(app, settings)
    use_pepper(settings.pepper.encode())
    _open(settings)
    templates.install(app)
    CSRFProtect(app)
    i18n.install(app)
    access.install(app, face.signed_in)
    throttle.install(app, Limits(settings.instance / "limits.sqlite3"))
    headers.install(app)
    errors.install(app, lost=(OperationalError, InterfaceError))
    page.install(app)
    health.install(app, readiness.checks(), readiness.alarms())
    metrics.install(app, metering.samples)
    for blueprint in face.BLUEPRINTS:
        app.register_blueprint(blueprint)
    if shut := access.unmarked(app):
        raise UnsafeStart(f"views without a door: {', '.join(shut)}")
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.teardown_appcontext(lambda fault: db.store().session.remove())
    return app


def worker_app() -> Flask:
    """The application in one web process of `portal serve`; it ends with its server, however that ends."""
    die_with_parent(os.getppid())
    app = create_app()
    # What start-up made stays: the collector need not walk through it while people wait.
    gc.collect()
    gc.freeze()
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        COOKIE_KEY=hashlib.blake2b(settings.secret_key.encode(), digest_size=32, person=b"cookies").digest(),
        SECURE=settings.is_secure,
        DEMO=settings.is_demo,
        FACE=settings.face,
        PEPPER=settings.pepper.encode(),
        STAFF_HOST=settings.staff_host,
        # A foreign Host header gets 400; loopback is for health checks.
        TRUSTED_HOSTS=[settings.public_host, settings.staff_host, "127.0.0.1", "localhost"]
        if settings.mode == "production"
        else None,
        SESSION_COOKIE_NAME="__Host-portal" if settings.is_secure else "portal",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=500_000,
        MAX_FORM_PARTS=300,
    )


def _open(settings: Settings) -> None:
    try:
        db.store()
    except RuntimeError:
        db.open_store(settings.database, settings.blobs, pool_size=settings.threads)
    if settings.mode == "production" and readiness.holds_demo_accounts():
        raise UnsafeStart("DATABASE_URL: this database holds demo accounts; production needs one of its own")
