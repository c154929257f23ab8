"""The page of a board's note on a case."""

from typing import Any

from flask.typing import ResponseReturnValue

from portal.domain.life import Step
from portal.papers.notes import colleagues
from portal.triage import actions
from portal.triage.routes.base import DECIDE, bp, step
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _
from portal.web.noting import NoteForm
from portal.web.stale import Standing, standing_of


@bp.route("/<case_id>/ghi-chu", methods=["GET", "POST"])
@needs(DECIDE)
def note(case_id: str) -> ResponseReturnValue:
    """Write a note for colleagues, or for oneself."""
    found = case_or_404(case_id, DECIDE)
    form = NoteForm().offer(colleagues(actor(), case_id))

    def standing() -> Standing:
        return standing_of(form, actions.open_newest(actor(), found, ring(), step=Step.NOTE), form.kept_as)

    return step(
        case_id,
        form,
        "layouts/note.html",
        lambda case: _keep(case, form),
        _("Đã ghi chú."),
        standing=standing,
    )


def _keep(case: Any, form: NoteForm) -> None:
    if form.is_own:
        actions.note_for_oneself(actor(), case, text=form.text.data)
        return
    mention = form.mention.data or ""
    actions.note(actor(), case, ring(), text=form.text.data, mention=mention, seen=form.version)
