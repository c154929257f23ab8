"""Evidence: one POST per file, also by the button that goes on; a refusal is said on the same page."""

from contextlib import suppress

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.domain.drafting import FormStep, Why
from portal.domain.evidence import Busy
from portal.intake.actions import draft as drafts
from portal.intake.actions import evidence
from portal.intake.actions.draft import DraftGone
from portal.intake.actions.evidence import FileRefused
from portal.intake.routes.base import BUSY, FILES_PER_HOUR, SLUGS, address, bp, held, to
from portal.intake.routes.form import answer
from portal.intake.routes.questions import may_name
from portal.web import throttle
from portal.web.access import public
from portal.web.uploads import read_upload, safe_name, takes_files


@bp.post("/bang-chung/them")
@takes_files
@public
def upload() -> ResponseReturnValue:
    """Clean and keep one file; a refusal waits in the draft like any other fault."""
    sent = request.files.get("file")
    going_on = request.form.get("then") == "go"
    if going_on and not (sent and sent.filename):
        return answer(SLUGS[FormStep.EVIDENCE])
    kept = _keep(sent)
    return answer(SLUGS[FormStep.EVIDENCE]) if kept and going_on else to(address(FormStep.EVIDENCE))


def _keep(sent: FileStorage | None) -> bool:
    """True if the file is in the draft now; a refusal is noted for the page that follows."""
    name = safe_name(sent.filename if sent else "")
    throttle.limit("file", most=FILES_PER_HOUR)
    try:
        with_original = bool(request.form.get("original")) and may_name(held())
        evidence.add(held(), name, read_upload(sent), with_original=with_original)
    except FileRefused as refused:
        _note(refused.reason.value, name)
    except Busy:
        _note(BUSY, name)
    except DraftGone:
        pass  # the page that follows says so
    else:
        return True
    return False


@bp.post("/bang-chung/bo")
@public
def remove_file() -> ResponseReturnValue:
    file_id = request.form.get("file", "")
    if file_id.isascii() and file_id.isalnum():  # what cannot be an id never reaches the database
        with suppress(DraftGone):
            evidence.remove(held(), file_id)
    return to(address(FormStep.EVIDENCE))


def _note(reason: str, name: str) -> None:
    raw = {"reason": [reason], "name": [name]}
    with suppress(DraftGone):
        drafts.change(
            held().ticket, lambda sketch, version: sketch.waits(FormStep.EVIDENCE, raw, Why.INVALID)
        )
