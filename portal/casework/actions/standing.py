"""What stands on a case for one step, opened for the page that shows it beside what somebody else typed."""

from portal.action import action
from portal.casework import queries
from portal.casework.actions.opening import key_of, mailbox_of, papers_of
from portal.data.models.case import Case
from portal.data.models.report import MessageKind
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import messages, moves, newest
from portal.vault.ring import KeyRing


@action(Permission.CASEWORK_VIEW)
def open_newest(actor: Actor, case: Case, /, ring: KeyRing, *, step: Step) -> newest.Newest | None:
    """The newest paper of the step, or the newest question to a resident of the case."""
    if step is not Step.ASK_REPORTER:
        return newest.of_papers(papers_of(actor, case, key_of(actor, case, ring)), step)
    found = []
    for link in queries.links(case.id):
        keys = mailbox_of(actor, link.report_id, ring)
        found += messages.read(link.report_id, moves.mailboxes(link.report_id, keys.body_id, keys.mailbox))
    return newest.of_letters(sorted(found, key=lambda one: one.sent_on), MessageKind.QUESTION)
