"""Publishing a result without names: the head reads the draft and decides; everybody reads it then.

What stands in public is taken off by the head at once, and corrected by another text that two persons made.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.action import action, current_act, session
from portal.casework import queries
from portal.casework.actions.answering import write_to_all
from portal.casework.actions.entering import NoDueDay, case_of, owe
from portal.casework.actions.nameless import require_nameless
from portal.casework.actions.opening import key_of
from portal.data.models.case import Case, Record, RecordKind
from portal.data.models.followed import Followed
from portal.data.models.publication import Publication
from portal.data.models.report import MessageKind
from portal.domain import clock
from portal.domain.entries import Entry, Owed
from portal.domain.life import IllegalStep, Step
from portal.domain.permissions import Actor, Permission
from portal.domain.publishing import LEAST_DAYS, USUAL_DAYS, Posted, require_term
from portal.papers import records
from portal.papers.life import take
from portal.vault.ring import KeyRing


@dataclass(frozen=True)
class Draft:
    """A text that waits for approval. `amends`: the publication that it corrects, or None."""

    text: str
    amends: Publication | None

    @property
    def least(self) -> int:
        """The fewest days: a correction stands no shorter than what it corrects (rule 43)."""
        old = self.amends
        return LEAST_DAYS if old is None else (old.until - old.published_on).days + 1


@action(Permission.CASEWORK_APPROVE)
def open_draft(actor: Actor, followed: Followed, /, ring: KeyRing) -> Draft:
    """The text that waits for approval; raises IllegalStep where it is none."""
    return _draft(actor, followed, ring)


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
    case, draft = case_of(followed), _draft(actor, followed, ring)
    if followed.check_id is not None:
        raise IllegalStep("it was decided already")
    key = key_of(actor, case, ring)
    if yes:
        require_nameless(case, key, draft.text)
        require_term(days, draft.least)
        _require_uncorrected(draft.amends)
    take(actor, case, Step.APPROVE_PUBLICATION, seen=seen)
    content = {"on": followed.record_id, "approved": yes, "text": text}
    record_id = records.record(actor, case, key, RecordKind.FOLLOW, content, step=Step.APPROVE_PUBLICATION)
    session().flush()
    followed.check_id = record_id
    if yes:
        _publish(actor, case, draft, days)
        write_to_all(actor, case, ring, MessageKind.NOTICE, published(draft.text))


def _publish(actor: Actor, case: Case, draft: Draft, days: int) -> None:
    """Put the text where everybody reads it. The day it is published is the first of `days`."""
    today = clock.today()
    row = Publication(
        case_id=case.id,
        body_id=actor.body,
        text=draft.text,
        published_on=today,
        until=today + timedelta(days=days - 1),
        corrects_id=draft.amends.id if draft.amends else None,
    )
    session().add(row)
    session().flush()
    current_act().touch("publication", row.id)


@action(Permission.CASEWORK_LEAD)
def withdraw_publication(
    actor: Actor, public: Publication, /, ring: KeyRing, *, reason: str, seen: int | None = None
) -> None:
    """Take the text off at once; the reason stays in the case. Raises IllegalStep where none is shown.

    By any head of the committee, whoever approved it: it may harm somebody until it is off (design).
    """
    case = _case(public)
    if public.posted(clock.today()) is not Posted.SHOWN:
        raise IllegalStep("it is shown no more")
    key = key_of(actor, case, ring)
    take(actor, case, Step.WITHDRAW_PUBLICATION, reason, seen=seen)
    content = {"on": public.id, "text": reason}
    records.record(actor, case, key, RecordKind.FOLLOW, content, step=Step.WITHDRAW_PUBLICATION)
    public.text, public.withdrawn_on = None, clock.today()
    write_to_all(actor, case, ring, MessageKind.NOTICE, {"notice": "unpublished"})


@action(Permission.CASEWORK_WORK)
def correct_publication(
    actor: Actor,
    public: Publication,
    /,
    ring: KeyRing,
    *,
    text: str,
    why: str,
    due: date,
    seen: int | None = None,
) -> str:
    """Draft what corrects a published text, also one that is over or off (rule 43); the record's id.

    It waits for the head as any draft. Raises IllegalStep where it was corrected, NamesSomebody, NoDueDay.
    """
    case = _case(public)
    _require_uncorrected(public)
    if due < clock.today():
        raise NoDueDay(Entry.PUBLICATION)
    key = key_of(actor, case, ring)
    require_nameless(case, key, text)
    take(actor, case, Step.CORRECT_PUBLICATION, why, seen=seen)
    sealed = {"entry": Entry.PUBLICATION.value, "text": text, "why": why, "amends": public.id}
    record_id = records.record(
        actor, case, key, RecordKind.ENTRY, sealed, step=Step.CORRECT_PUBLICATION, dated=clock.today()
    )
    owe(actor, case, record_id, Owed.APPROVAL, due)
    return record_id


def published(text: str) -> dict[str, str]:
    """The letter with the published text."""
    return {"notice": "published", "text": text}


def _case(public: Publication) -> Case:
    """The case as it is in this transaction, kept from other writers."""
    return session().get_one(Case, public.case_id, populate_existing=True, with_for_update=True)


def _require_uncorrected(public: Publication | None) -> None:
    """Raise IllegalStep where another text corrects it already: that one is corrected next."""
    if public is not None and queries.is_corrected(public.id):
        raise IllegalStep("it was corrected already")


def _draft(actor: Actor, followed: Followed, ring: KeyRing) -> Draft:
    if followed.owes is not Owed.APPROVAL:
        raise IllegalStep("it is no draft of a publication")
    key = key_of(actor, followed.case, ring)
    content = records.paper(session().get_one(Record, followed.record_id), key).content
    amends = content.get("amends")
    return Draft(str(content["text"]), session().get(Publication, amends) if amends else None)
