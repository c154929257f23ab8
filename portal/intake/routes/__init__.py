"""Pages of the stage: the public form (bp) and the resident's mailbox (mailbox)."""

from portal.intake.routes.form import bp
from portal.intake.routes.mailbox import bp as mailbox

__all__ = ["bp", "mailbox"]
