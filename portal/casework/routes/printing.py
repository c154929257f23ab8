"""A committee's case on paper: how much it shows, and the sheet. Each copy is an audited reading."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.casework import actions, printing, queries
from portal.casework.routes.reading import bp
from portal.domain.masking import Profile
from portal.domain.permissions import Permission
from portal.web.access import actor, needs, or_404, ring
from portal.web.printing import PrintForm, about, shown


@bp.route("/<case_id>/in", methods=["GET", "POST"])
@needs(Permission.CASEWORK_VIEW)
def print_case(case_id: str) -> ResponseReturnValue:
    """Choose how much the file shows, then the file."""
    case = or_404(queries.case(case_id), Permission.CASEWORK_VIEW)
    form, back = PrintForm(), url_for("casework.case", case_id=case_id)
    if not form.validate_on_submit():
        page = render_template("layouts/print_choice.html", form=form, back=back)
        return page, 422 if form.is_submitted() else 200
    return render_template("layouts/case_file.html", back=back, **_sheet(case, Profile(form.profile.data)))


def _sheet(case: Any, profile: Profile) -> dict[str, Any]:
    copy, opened = actions.print_case(actor(), case, ring(), profile=profile)
    parts = shown(printing.parts(opened), profile, printing.names(opened)) if opened else []
    whose = {"printed_by": current_user.display_name, "printed_in": current_user.body_name}
    return {"copy": copy, "parts": parts, **whose, **about(case, actor(), profile)}
