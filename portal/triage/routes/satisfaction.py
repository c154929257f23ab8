"""The page of what residents thought of their answers."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.domain.permissions import Permission
from portal.domain.satisfaction import RATINGS, K
from portal.triage import actions, queries
from portal.triage.routes.base import bp
from portal.web.access import actor, needs


@bp.get("/hai-long")
@needs(Permission.SATISFACTION_READ)
def satisfaction() -> ResponseReturnValue:
    """By kind of body and quarter; small numbers are hidden."""
    lines = actions.read_satisfaction(actor(), queries.board(actor().body))
    return render_template("triage/satisfaction.html", lines=lines, ratings=RATINGS, least=K)
