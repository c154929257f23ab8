"""The staff face: sign-in, triage, casework, oversight."""

from portal.accounts import routes as accounts
from portal.accounts.routes import signed_in
from portal.casework import routes as casework
from portal.oversight import routes as oversight
from portal.registry import routes_calendar as calendar
from portal.triage import routes as triage

BLUEPRINTS = (accounts.bp, triage.bp, casework.bp, oversight.bp, calendar.bp)

__all__ = ["BLUEPRINTS", "signed_in"]
