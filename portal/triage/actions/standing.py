"""What stands on a case for one step, opened for the page that shows it beside what somebody else typed."""

from portal.action import action, current_act
from portal.data.models.case import Case
from portal.data.models.report import MessageKind, Under
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import messages, moves, newest, records
from portal.papers.reports import keys_of
from portal.triage import queries
from portal.vault.ring import KeyRing

_LETTERS = {Step.ASK_INFO: MessageKind.QUESTION, None: MessageKind.NOTICE}


@action(Permission.TRIAGE_VIEW)
def open_newest(actor: Actor, case: Case, /, ring: KeyRing, *, step: Step | None) -> newest.Newest | None:
    """The newest paper of the step, or the newest letter of its kind; None for `step`: the newest notice."""
    report = queries.reports(case.id)[0]
    current_act().touch("report", report.id)
    keys = keys_of(ring, report.id, actor.body)
    if step is None or step in _LETTERS:
        letters = messages.read(report.id, moves.mailboxes(report.id, keys.body_id, keys.mailbox))
        return newest.of_letters(letters, _LETTERS[step])
    return newest.of_papers(records.papers(case, {Under.REPORT: keys.report_key()}), step)
