"""Pages about bodies outside the portal: who has not answered, letters to print, letters that urge."""

from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.domain.clock import today
from portal.domain.life import Step
from portal.domain.permissions import Permission
from portal.papers import history
from portal.papers.deadlines import ground_of
from portal.triage import actions, awaiting, grouping_forms, queries
from portal.triage.routes.base import DECIDE, bp, step
from portal.web.access import actor, case_or_404, needs, ring
from portal.web.i18n import _
from portal.web.matter import matter, signs
from portal.web.stale import Standing, standing_of

VIEW = Permission.TRIAGE_VIEW


@bp.get("/chua-hoi-am")
@needs(Permission.TRIAGE_QUEUE)
def awaited() -> ResponseReturnValue:
    """The cases that went outside and have no answer."""
    return render_template("triage/awaited.html", lines=awaiting.lines(actor()), today=today())


@bp.get("/<case_id>/phieu-chuyen")
@needs(VIEW)
def cover(case_id: str) -> ResponseReturnValue:
    """The letter that goes with what is handed over, for paper; it names no content."""
    shown = _handed(case_id)
    return render_template("triage/cover_print.html", **shown, ground=ground_of(shown["case"]))


@bp.get("/<case_id>/ban-chuyen")
@needs(VIEW)
def version(case_id: str) -> ResponseReturnValue:
    """What is handed over, for paper."""
    return render_template("triage/version_print.html", **_handed(case_id))


def _handed(case_id: str) -> dict[str, Any]:
    case = case_or_404(case_id, VIEW)
    handover = queries.handover(case_id) or abort(404)
    handed = actions.open_handed(actor(), case, ring())
    pieces = handed.get("pieces", [])
    return {
        "case": case,
        "handover": handover,
        "handed": handed,
        "pieces": pieces,
        "matters": [matter(piece["head"]) for piece in pieces],
        "marks": [signs(piece["head"]["category"], piece["signs"]) for piece in pieces],
        "names": history.body_names([case.front_id, handover.body_id]),
        "back": url_for("triage.case", case_id=case_id),
    }


@bp.get("/<case_id>/don-doc/<int:number>")
@needs(VIEW)
def letter(case_id: str, number: int) -> ResponseReturnValue:
    """One letter that urges, for paper."""
    case = case_or_404(case_id, VIEW)
    handover, found = queries.handover(case_id), awaiting.letter(case_id, number)
    if handover is None or found is None:
        abort(404)
    names = history.body_names([case.front_id, handover.body_id, found.to_body_id])
    shown = {"case": case, "handover": handover, "letter": found, "names": names}
    return render_template("triage/letter_print.html", **shown, back=url_for("triage.case", case_id=case_id))


@bp.route("/<case_id>/don-doc", methods=["GET", "POST"])
@needs(DECIDE)
def urge(case_id: str) -> ResponseReturnValue:
    """Write a letter to the body outside."""
    return _urge(case_id, actions.ReminderKind.REMINDER, _("Đã ghi văn bản đôn đốc. Hãy in và gửi."))


@bp.route("/<case_id>/bao-cap-tren", methods=["GET", "POST"])
@needs(DECIDE)
def escalate(case_id: str) -> ResponseReturnValue:
    """Tell the body above the one outside, which is late."""
    return _urge(case_id, actions.ReminderKind.ESCALATION, _("Đã ghi văn bản báo cấp trên. Hãy in và gửi."))


def _urge(case_id: str, kind: actions.ReminderKind, said: str) -> ResponseReturnValue:
    form = grouping_forms.UrgeForm()
    form.step = Step.ESCALATE if kind is actions.ReminderKind.ESCALATION else Step.REMIND

    def run(case: Any) -> None:
        actions.urge(actor(), case, kind=kind, register_no=form.register_no.data, seen=form.version)

    case_or_404(case_id, DECIDE)
    handover = queries.handover(case_id)

    def standing() -> Standing:
        return standing_of(form, awaiting.newest_letter(case_id, kind), form.kept_as)

    shown: dict[str, Any] = {"kind": kind.value, "handover": handover, "today": today()}
    shown |= {"standing": standing}
    return step(case_id, form, "triage/urge.html", run, said, **shown)
