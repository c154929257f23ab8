"""What the pages of the mailbox share: the blueprint, whose it is, and text that could not be sent yet."""

from hashlib import blake2b

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from portal.domain.permissions import Actor, ActorKind
from portal.intake.actions import kept as keeping
from portal.intake.queries import kept as waiting
from portal.intake.queries import mailbox as queries
from portal.web import throttle
from portal.web.cookies import drop_cookie, get_cookie, open_cookie, seal_cookie, set_cookie
from portal.web.fields import Raw, raw_of

bp = Blueprint("mailbox", __name__, url_prefix="/tra-cuu")
MAILBOX, KEPT, TYPED = "mailbox", "kept", "typed"
KEPT_PER_HOUR = 600  # of one network
SECONDS = 20 * 60
EXPIRED = "expired"
# These open without a code.
_FREE = {"mailbox.enter", "mailbox.look_up", "mailbox.leave"}
# And these with a code that an officer saw, before it is changed: they open nothing of the mailbox.
_SHARED = {*_FREE, "mailbox.status", "mailbox.fresh_code", "mailbox.take_code"}


@bp.before_request
def _whose() -> ResponseReturnValue | None:
    content = open_cookie(MAILBOX)
    report = queries.report(bytes.fromhex(content["lookup"])) if content else None
    if content is None or report is None:
        return None if request.endpoint in _FREE else _ask_for_the_code()
    g.report, g.secret = report, bytes.fromhex(content["secret"])
    if report.erased_on is not None and request.endpoint not in _FREE:
        return render_template("mailbox/erased.html", day=report.erased_on)
    return go("mailbox.status") if report.code_shared and request.endpoint not in _SHARED else None


@bp.after_request
def _stay(response: Response) -> Response:
    """Twenty minutes from the last page on."""
    if "report" in g and request.endpoint not in _FREE:
        let_in(response, queries.Pass(g.report.lookup, g.secret))
    return response


def _ask_for_the_code() -> ResponseReturnValue:
    """The mailbox is shut; what was just typed waits behind the code."""
    response = go("mailbox.enter")
    if request.method == "POST":
        hold(response, here(), raw_of(request.form), EXPIRED)
    return response


def let_in(response: Response, found: queries.Pass) -> None:
    """The browser holds what the code makes, sealed; not the code."""
    content = {"lookup": found.lookup.hex(), "secret": found.secret.hex()}
    seal_cookie(response, MAILBOX, content, seconds=SECONDS)


def go(endpoint: str) -> Response:
    """The answer to every POST: another page."""
    return make_response(redirect(url_for(endpoint), 303))


def here() -> str:
    """The name of this request's form: its address within the mailbox."""
    return request.path.removeprefix(f"{bp.url_prefix}/hop-thu/")


def alias(one: str) -> str:
    """The name of a letter, file or case in this mailbox's addresses.

    Addresses stay in a browser's history; the ids in them would tell whoever holds the phone, and knows ids,
    which report this resident sent. Without the receipt an alias leads to no id.
    """
    return blake2b(one.encode(), key=g.secret, person=b"mailbox address", digest_size=10).hexdigest()


def reporter() -> Actor:
    """The holder of the receipt."""
    return Actor("reporter", ActorKind.REPORTER, report_id=g.report.id)


def box() -> queries.Box:
    """The mailbox of this request, opened."""
    return queries.box(g.report, g.secret)


def pepper() -> bytes:
    found: bytes = current_app.config["PEPPER"]
    return found


def hold(response: Response, form: str, raw: Raw, why: str) -> None:
    """Keep what was typed for the page of `form`, in place of what was kept before."""
    throttle.limit("kept", most=KEPT_PER_HOUR)
    keeping.forget(get_cookie(KEPT))
    set_cookie(response, KEPT, keeping.keep(form, raw, why))


def held() -> waiting.Kept | None:
    """What was typed and could not be sent."""
    return waiting.kept(get_cookie(KEPT))


def let_go(response: Response) -> None:
    """It was sent, or is not wanted any more."""
    if get_cookie(KEPT):
        keeping.forget(get_cookie(KEPT))
        drop_cookie(response, KEPT)
