"""What the pages of the form share: the blueprint, and the draft of this request."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, g, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.domain import clock
from portal.domain.drafted import telling_from
from portal.domain.drafting import FormStep, Raw, Sketch, Why, first_missing, path
from portal.domain.lineage import UnknownUnit
from portal.domain.telling import Telling
from portal.intake.actions import draft as drafts
from portal.intake.actions.draft import DraftGone
from portal.intake.queries.draft import Held, draft, ticket_of
from portal.papers.arriving import sent_before
from portal.papers.composing import Sent, Source
from portal.papers.files import FileInfo
from portal.web import throttle
from portal.web.cookies import drop_cookie, get_cookie, open_cookie, seal_cookie, set_cookie
from portal.web.fields import raw_of

bp = Blueprint("intake", __name__, url_prefix="/phan-anh")
DRAFT, RECEIPT = "draft", "receipt"
BUSY = "busy"
RECEIPT_SECONDS = 600
LONGEST_TEXT = 20_000
# Of one network; generous, for a whole market may share one address.
DRAFTS_PER_HOUR = 600
FILES_PER_HOUR = 600

SLUGS: dict[FormStep, str] = {
    FormStep.KIND: "loai",
    FormStep.PLACE: "dia-ban",
    FormStep.OFFICE: "co-quan",
    FormStep.POST: "chuc-vu",
    FormStep.TIES: "lien-quan",
    FormStep.CATEGORY: "viec-gi",
    FormStep.SIGNS: "dau-hieu",
    FormStep.STORY: "ke-lai",
    FormStep.WHEN: "khi-nao",
    FormStep.EVIDENCE: "bang-chung",
    FormStep.ABOUT: "ve-ban",
    FormStep.CONTACT: "lien-lac",
    FormStep.CONSENT: "dong-y",
}
STEPS = {slug: step for step, slug in SLUGS.items()}
# These open without a draft.
_FREE = {f"intake.{name}" for name in ("start", "kind", "choose_kind", "outside", "gone", "guidance", "done")}
_AFTER = {f"intake.{name}" for name in ("receipt", "print_receipt", "reminder", "slip", "saved")}


@bp.before_request
def _find_the_draft() -> ResponseReturnValue | None:
    if request.endpoint in _AFTER:
        return None
    g.ticket = ticket_of(get_cookie(DRAFT))
    g.held = draft(g.ticket)
    return None if g.held or request.endpoint in _FREE else _without_draft()


def go(endpoint: str) -> Response:
    """The answer to every POST: another page."""
    return to(url_for(endpoint))


def to(where: str) -> Response:
    """As `go`, to an address."""
    return Response(status=303, headers=[("Location", where)])


@bp.errorhandler(DraftGone)
def _gone(fault: DraftGone) -> ResponseReturnValue:
    """The draft went while this request was at work."""
    return go("intake.gone")


@bp.errorhandler(UnknownUnit)
def _no_such_place(fault: UnknownUnit) -> ResponseReturnValue:
    """The place was reorganised since it was chosen: it is asked again."""
    return to(address(FormStep.PLACE))


def ends(response: Response, cookie: str) -> Response:
    """The browser forgets the draft or the receipt, and whatever could tie the next report to this one."""
    drop_cookie(response, cookie)
    session.clear()
    return response


def held() -> Held:
    """The draft of this request."""
    found: Held = g.held
    return found


def _without_draft() -> ResponseReturnValue:
    """No draft: its report was sent already, or it is gone and what was just typed is kept in a new one."""
    if g.ticket is None and open_cookie(RECEIPT):
        return go("intake.receipt")
    if g.ticket is not None and (sent := sent_before(source().code, pepper())) and _is_fresh(sent):
        return with_receipt(go("intake.receipt"), sent)
    response = go("intake.gone")
    step = STEPS.get((request.view_args or {}).get("slug", ""))
    if request.method == "POST" and step is not None:
        throttle.limit("draft", most=DRAFTS_PER_HOUR)
        cookie, _ = drafts.begin(Sketch().waits(step, _trimmed(raw_of(request.form)), Why.EXPIRED))
        set_cookie(response, DRAFT, cookie)
    elif g.ticket is None:
        return go("intake.start")
    else:
        drop_cookie(response, DRAFT)
    return response


def _trimmed(raw: Raw) -> Raw:
    """No more than the longest step could hold: one field of prose and a few short ones."""
    return {name: [value[:LONGEST_TEXT] for value in values[:2]] for name, values in list(raw.items())[:8]}


def _is_fresh(sent: Sent) -> bool:
    """A cookie that outlived its day (a restored browser) gives the receipt to nobody."""
    return clock.today() - sent.received_on <= timedelta(days=1)


def with_receipt(response: Response, sent: Sent) -> Response:
    """The draft's cookie goes, and for ten minutes the receipt page can be loaded again (decisions 11)."""
    seal_cookie(response, RECEIPT, {"code": sent.code}, seconds=RECEIPT_SECONDS)
    drop_cookie(response, DRAFT)
    return response


def pepper() -> bytes:
    found: bytes = current_app.config["PEPPER"]
    return found


def identity_store() -> str:
    """IDENTITY_STORE: "portal" or "none"."""
    return str(current_app.config["SETTINGS"].identity_store)


def source(files: tuple[FileInfo, ...] = ()) -> Source:
    """The ticket of this request as the beginning of a receipt."""
    return Source(g.ticket.draft_id, g.ticket.secret, pepper(), files)


def missing() -> FormStep | None:
    return first_missing(held().sketch.answers, identity_store(), clock.today())


def steps() -> tuple[FormStep, ...]:
    return path(held().sketch.answers, identity_store(), clock.today())


def telling() -> Telling:
    """The report of a complete draft."""
    return telling_from(held().sketch.answers, identity_store(), clock.today())


def address(step: FormStep | None, cap: str | None = None) -> str:
    """Where a step is asked; None: the check page."""
    if step is None:
        return url_for("intake.check")
    if step is FormStep.KIND:
        return url_for("intake.kind")
    return url_for("intake.step", slug=SLUGS[step], cap=cap)
