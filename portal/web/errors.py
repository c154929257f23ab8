"""From a fault to a page: plain words, no detail, an incident number where we are at fault."""

import logging
import secrets

from flask import Flask, Response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.action import Forbidden, Stale
from portal.domain.evidence import Busy
from portal.domain.life import IllegalStep
from portal.vault.errors import Broken, NotHeld
from portal.vault.passphrase import Busy as BusyVault

log = logging.getLogger("portal")
_PAGES = {
    400: "errors/400.html",
    403: "errors/403.html",
    404: "errors/404.html",
    405: "errors/405.html",
    409: "errors/409.html",
    410: "errors/410.html",
    413: "errors/413.html",
    429: "errors/429.html",
    503: "errors/503.html",
}


def install(app: Flask, *, lost: tuple[type[Exception], ...] = ()) -> None:
    """Register the pages for every fault that may reach the edge.

    `lost` names the faults of a store that does not answer now (restarted, full, locked): 503, try again.
    """
    for fault in lost:
        app.register_error_handler(fault, _store_is_away)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http_fault)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(Forbidden, lambda fault: _page(404))
    app.register_error_handler(Broken, _does_not_open)
    app.register_error_handler(NotHeld, lambda fault: _page(403))
    app.register_error_handler(Stale, lambda fault: _page(409))
    app.register_error_handler(IllegalStep, lambda fault: _page(409))
    app.register_error_handler(Busy, lambda fault: _page(503))
    app.register_error_handler(BusyVault, lambda fault: _page(503))
    app.register_error_handler(Exception, _our_fault)


def _expired_form(fault: CSRFError) -> ResponseReturnValue:
    return render_template("errors/csrf.html"), 400


def _foreign_host(fault: SecurityError) -> ResponseReturnValue:
    """No page: without a trusted host there is no address to link to."""
    return Response("Bad Request", 400, mimetype="text/plain")


def _http_fault(fault: HTTPException) -> ResponseReturnValue:
    code = fault.code or 500
    if code == 500:
        return _our_fault(getattr(fault, "original_exception", None) or fault)
    if 300 <= code < 400:
        return fault.get_response()
    return _page(code if code in _PAGES else (400 if code < 500 else 503))


def _does_not_open(fault: Broken) -> ResponseReturnValue:
    """Altered, moved or half restored: whoever asks finds nothing, whoever runs the portal is told where."""
    log.error("a sealed thing does not open at %s", _place(fault))
    return _page(404)


def _our_fault(fault: Exception) -> ResponseReturnValue:
    incident = secrets.token_hex(4)
    # The kind and the place of the fault, never its text: that may quote what somebody typed.
    log.error("incident %s: %s at %s", incident, type(fault).__name__, _place(fault))
    return render_template("errors/500.html", incident=incident), 500


def _store_is_away(fault: Exception) -> ResponseReturnValue:
    log.error("the store does not answer: %s at %s", type(fault).__name__, _place(fault))
    return render_template(_PAGES[503]), 503, {"Retry-After": "5"}


def _place(fault: BaseException) -> str:
    trace, places = fault.__traceback__, []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " < ".join(reversed(places[-6:]))


def _page(code: int) -> ResponseReturnValue:
    return render_template(_PAGES[code]), code
