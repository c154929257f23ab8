"""A committee's case on paper: how much it shows, and the sheet. Each copy is an audited reading."""

from flask import url_for
from flask.typing import ResponseReturnValue

from portal.casework import actions, printing
from portal.casework.routes.reading import bp
from portal.domain.permissions import Permission
from portal.web.access import case_or_404, needs
from portal.web.printing import print_page


@bp.route("/<case_id>/in", methods=["GET", "POST"])
@needs(Permission.CASEWORK_VIEW)
def print_case(case_id: str) -> ResponseReturnValue:
    """Choose how much the file shows, then the file."""
    case = case_or_404(case_id, Permission.CASEWORK_VIEW)
    back = url_for("casework.case", case_id=case_id)
    return print_page(case, actions.print_case, parts=printing.parts, names=printing.names, back=back)
