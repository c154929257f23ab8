"""What stands on a case for one step, opened for the page that shows it beside what somebody else typed."""

from collections.abc import Mapping
from dataclasses import replace

from portal.action import action
from portal.casework import queries
from portal.casework.actions.opening import key_of, letters_of, papers_of
from portal.data.models.case import Case
from portal.data.models.report import MessageKind
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.papers import newest
from portal.papers.messages import Letter
from portal.vault.ring import KeyRing

# Steps that also write to the residents, and what their letter calls itself.
_TOLD = {Step.SUSPEND: "suspended", Step.RESUME_WORK: "resumed", Step.EXTEND: "extended"}


@action(Permission.CASEWORK_VIEW)
def open_newest(
    actor: Actor, case: Case, /, ring: KeyRing, *, step: Step, about: Mapping[str, str] | None = None
) -> newest.Newest | None:
    """The newest paper of the step that says `about`, or the newest question to a resident of the case.

    Beside it stand the day that is due on it, and the words of the letter that went with it (`letter`).
    """
    if step is Step.ASK_REPORTER:
        return newest.of_letters(_letters(actor, case, ring), MessageKind.QUESTION)
    found = newest.of_papers(papers_of(actor, case, key_of(actor, case, ring)), step, about)
    if found is None:
        return None
    due = {one.record_id: one.due_on for one in queries.followed(case.id)}
    beside = {"due": due.get(found.content["id"])}
    if step in _TOLD:
        told = [one for one in _letters(actor, case, ring) if one.content.get("notice") == _TOLD[step]]
        beside |= {"letter": told[-1].content["text"] if told else None}
    return replace(found, content=beside | found.content)


def _letters(actor: Actor, case: Case, ring: KeyRing) -> list[Letter]:
    found = [letter for link in queries.links(case.id) for letter in letters_of(actor, link, ring)]
    return sorted(found, key=lambda one: one.sent_on)
