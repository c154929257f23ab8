"""Publishing a result without names: the head reads the draft and decides; everybody reads it then."""

from datetime import timedelta

from portal.action import action, current_act, session
from portal.casework.actions.answering import write_to_all
from portal.casework.actions.entering import case_of
from portal.casework.actions.nameless import require_nameless
from portal.casework.actions.opening import key_of
from portal.data.models.case import Case, Record, RecordKind
from portal.data.models.followed import Followed
from portal.data.models.publication import Publication
from portal.data.models.report import MessageKind
from portal.domain import clock
from portal.domain.entries import Owed
from portal.domain.life import IllegalStep, Step
from portal.domain.permissions import Actor, Permission
from portal.domain.publishing import USUAL_DAYS, require_term
from portal.papers import records
from portal.papers.life import take
from portal.vault.ring import KeyRing


@action(Permission.CASEWORK_APPROVE)
def open_draft(actor: Actor, followed: Followed, /, ring: KeyRing) -> str:
    """The text that waits for approval; raises IllegalStep where it is none."""
    return _text(actor, followed, ring)


@action(Permission.CASEWORK_APPROVE)
def approve_publication(
    actor: Actor,
    followed: Followed,
    /,
    ring: KeyRing,
    *,
    yes: bool,
    text: str,
    days: int = USUAL_DAYS,
    seen: int | None = None,
) -> None:
    """Approve the draft, which everybody then reads for `days` days, or refuse it (LTC art. 40).

    Raises IllegalStep where it was decided, NamesSomebody where somebody in it was named since, BadTerm.
    """
    case, draft = case_of(followed), _text(actor, followed, ring)
    if followed.check_id is not None:
        raise IllegalStep("it was decided already")
    key = key_of(actor, case, ring)
    if yes:
        require_nameless(case, key, draft)
        require_term(days)
    take(actor, case, Step.APPROVE_PUBLICATION, seen=seen)
    content = {"on": followed.record_id, "approved": yes, "text": text}
    record_id = records.record(actor, case, key, RecordKind.FOLLOW, content, step=Step.APPROVE_PUBLICATION)
    session().flush()
    followed.check_id = record_id
    if yes:
        _publish(actor, case, draft, days)
        write_to_all(actor, case, ring, MessageKind.NOTICE, published(draft))


def _publish(actor: Actor, case: Case, text: str, days: int) -> None:
    """Put the text where everybody reads it. The day it is published is the first of `days`."""
    today = clock.today()
    row = Publication(
        case_id=case.id,
        body_id=actor.body,
        text=text,
        published_on=today,
        until=today + timedelta(days=days - 1),
    )
    session().add(row)
    session().flush()
    current_act().touch("publication", row.id)


def published(text: str) -> dict[str, str]:
    """The letter with the published text."""
    return {"notice": "published", "text": text}


def _text(actor: Actor, followed: Followed, ring: KeyRing) -> str:
    if followed.owes is not Owed.APPROVAL:
        raise IllegalStep("it is no draft of a publication")
    key = key_of(actor, followed.case, ring)
    return str(records.paper(session().get_one(Record, followed.record_id), key).content["text"])
