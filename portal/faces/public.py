"""The public face: guide, form, mailbox. It never imports a stage of the staff."""

from flask import Request

from portal.guide import routes as guide
from portal.intake import routes as intake
from portal.web.access import SignedIn

BLUEPRINTS = (guide.bp, intake.bp, intake.mailbox)


def signed_in(request: Request) -> SignedIn | None:
    """Nobody signs in at the public face."""
    return None
