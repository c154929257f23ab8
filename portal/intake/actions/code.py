"""Changing a receipt that an officer saw: from then on only the resident can open his mailbox (C7)."""

import secrets

from sqlalchemy import select

from portal.action import action, current_act, session
from portal.data.models.report import Grant, Report
from portal.domain.permissions import Actor, Permission
from portal.intake.actions.mailbox import NotNow, cases_of
from portal.papers.keys import change_reporter
from portal.vault.receipts import lookup_value, receipt_code, reporter_keys


def new_code(report_id: str) -> str:
    """A code of its own, made from nothing that is stored; it opens nothing before `change_code`."""
    return receipt_code(secrets.token_bytes(32), report_id)


@action(Permission.MAILBOX_CHANGE_CODE)
def change_code(actor: Actor, report: Report, /, secret: bytes, *, code: str, pepper: bytes) -> None:
    """From now on `code` opens the mailbox, and the old one is nobody's; once only. Raises NotNow, Broken.

    Whoever grants a body anything of the report holds the lock of its case: nothing is wrapped for the old
    key beside this.
    """
    if not report.code_shared:
        raise NotNow(report.id)
    cases_of(report.id)
    reader = reporter_keys(code, pepper)
    for grant in session().scalars(select(Grant).where(Grant.report_id == report.id)):
        change_reporter(secret, grant, reader.public)
    report.lookup, report.reporter_public = lookup_value(code, pepper), reader.public
    report.code_shared = False
    current_act().touch("report", report.id)
