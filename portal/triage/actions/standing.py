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
        # Of a report that was split, other matters have letters of their own in the same mailbox.
        own = [letter for letter in letters if letter.case_id in (None, case.id)]
        return newest.of_letters(own, _LETTERS[step])
    return newest.of_papers(records.papers(case, {Under.REPORT: keys.report_key()}), step)


@action(Permission.TRIAGE_VIEW)
def open_paper(actor: Actor, case: Case, /, ring: KeyRing, *, record_id: str) -> newest.Newest | None:
    """One paper of the case; None where it is not there."""
    report = queries.reports(case.id)[0]
    current_act().touch("report", report.id)
    key = keys_of(ring, report.id, actor.body).report_key()
    found = [one for one in records.papers(case, {Under.REPORT: key}) if one.id == record_id]
    return newest.of_paper(found[0]) if found else None
