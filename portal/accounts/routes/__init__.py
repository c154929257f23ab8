"""Pages for staff about accounts: one blueprint, a module for each kind of page."""

from portal.accounts.routes import founding, invitation, leave, members, notices, own, signing
from portal.accounts.routes.door import bp, signed_in

__all__ = ["bp", "founding", "invitation", "leave", "members", "notices", "own", "signed_in", "signing"]
