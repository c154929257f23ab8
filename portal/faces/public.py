"""The public face: guide, published results, form, mailbox. It never imports a stage of the staff."""

from flask import Request

from portal.guide import routes as guide
from portal.intake import routes as intake
from portal.results import routes as results
from portal.web.access import SignedIn

BLUEPRINTS = (guide.bp, results.bp, intake.bp, intake.mailbox)


def signed_in(request: Request) -> SignedIn | None:
    """Nobody signs in at the public face."""
    return None
