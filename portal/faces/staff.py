"""The staff face: sign-in, counter, triage, casework, rounds, search, conflicts, the register, oversight."""

from portal.accounts import routes as accounts
from portal.accounts.routes import signed_in
from portal.casework import routes as casework
from portal.conflicts import routes as conflicts
from portal.counter import routes as counter
from portal.desk import routes as desk
from portal.oversight import routes as oversight
from portal.oversight import routes_keeping as keeping
from portal.registry import routes as registry
from portal.registry import routes_calendar as calendar
from portal.rounds import routes as rounds
from portal.search import routes as search
from portal.triage import routes as triage

BLUEPRINTS = (
    accounts.bp,
    desk.bp,
    counter.bp,
    triage.bp,
    casework.bp,
    rounds.bp,
    search.bp,
    conflicts.bp,
    registry.bp,
    calendar.bp,
    oversight.bp,
    keeping.bp,
)

__all__ = ["BLUEPRINTS", "signed_in"]
