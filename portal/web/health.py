"""Health: is the process alive, and can it do its work. No secret, no figure of cases."""

from collections.abc import Callable

from flask import Blueprint, Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from portal.web.access import public

bp = Blueprint("health", __name__)
Check = Callable[[], bool]


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Database, migrations and keys are in order; for the staff host or loopback only (decisions 30).

    What only alarms is told, too, and leaves the status alone: no report would be safer without the portal.
    """
    if not from_inside():
        raise NotFound
    checks: dict[str, Check] = current_app.config["READINESS"]
    answers = {name: _passes(check) for name, check in checks.items()}
    alarms = {name: _passes(check) for name, check in current_app.config["ALARMS"].items()}
    return jsonify(answers | alarms), 200 if all(answers.values()) else 503


def from_inside() -> bool:
    """True for a request to the staff host, or from this machine to loopback (decisions 30)."""
    host = request.host.rsplit(":", 1)[0]
    if host in {"127.0.0.1", "localhost", "[::1]"}:
        # A header is easily written; the address it came from is not.
        return request.remote_addr in {"127.0.0.1", "::1"}
    return bool(host) and host == current_app.config["STAFF_HOST"]


def _passes(check: Check) -> bool:
    try:
        return check()
    except Exception:
        return False


def install(app: Flask, checks: dict[str, Check], alarms: dict[str, Check]) -> None:
    """`checks` and `alarms` are run on every call of /readyz."""
    app.config["READINESS"], app.config["ALARMS"] = checks, alarms
    app.register_blueprint(bp)
