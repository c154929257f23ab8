"""Pages of the stage: the public form (bp) and the resident's mailbox (mailbox)."""

from portal.intake.routes import evidence, form, receipt, sending
from portal.intake.routes.base import bp
from portal.intake.routes.mailbox import bp as mailbox

__all__ = ["bp", "evidence", "form", "mailbox", "receipt", "sending"]
