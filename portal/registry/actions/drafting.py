"""Post rows: drafted by one registrar, activated by another, from a day on."""

import hashlib
from datetime import date

from sqlalchemy import select, update

from portal.action import Stale, action, current_act, session
from portal.data.db import new_id
from portal.data.models.body import PostTemplate
from portal.data.models.registry import DraftState, PostDraft
from portal.domain import clock
from portal.domain.holding import Holding
from portal.domain.parties import PostFacts
from portal.domain.permissions import Actor, Permission
from portal.domain.post_drafts import PostChange, as_text, drafted, from_text
from portal.registry.actions.editing import Ground
from portal.registry.actions.rows import Share, entry, store_posts


def stored_posts() -> tuple[PostFacts, ...]:
    """Every row of every post, of all periods."""
    return tuple(one.as_facts() for one in session().scalars(select(PostTemplate).order_by(PostTemplate.id)))


@action(Permission.REGISTRY_EDIT)
def draft_posts(
    actor: Actor, holding: Holding, /, *, changes: tuple[PostChange, ...], day: date, ground: Ground
) -> str:
    """Begin a draft; returns its id. Raises csv_rows.Refused where its rows would not hold."""
    drafted(stored_posts(), changes, day)
    kept = new_id()
    session().add(
        PostDraft(
            id=kept,
            day=day,
            reason=ground.reason,
            source_doc=ground.source_doc,
            changes=as_text(changes),
            state=DraftState.DRAFTED,
            drafted_by=actor.id,
            drafted_on=clock.today(),
        )
    )
    current_act().touch("post_draft", kept)
    return kept


@action(Permission.REGISTRY_REDRAFT)
def add_to_draft(actor: Actor, draft: PostDraft, /, *, change: PostChange) -> None:
    """One more row, or another version of one, by its author; raises Stale, csv_rows.Refused."""
    _refuse_decided(draft)
    changes = tuple(one for one in from_text(draft.changes) if one.post != change.post)
    drafted(stored_posts(), (*changes, change), draft.day)
    draft.changes = as_text((*changes, change))


@action(Permission.REGISTRY_EDIT)
def withdraw_draft(actor: Actor, draft: PostDraft, /) -> None:
    """Give the draft up; it stays readable. Raises Stale."""
    _decide(actor, draft, DraftState.WITHDRAWN)


@action(Permission.REGISTRY_ACTIVATE)
def activate_draft(actor: Actor, draft: PostDraft, /, *, seen: str) -> None:
    """Close and open the rows. A second person does it: POLICY. Raises Stale, csv_rows.Refused.

    `seen` is the digest of the rows he looked at: one added meanwhile is not activated unseen.
    """
    if seen != digest_of(draft):
        raise Stale(draft.id)
    before = {one.id: one for one in stored_posts()}
    after = drafted(tuple(before.values()), from_text(draft.changes), draft.day)
    _decide(actor, draft, DraftState.ACTIVE)
    entered = entry(actor, draft.source_doc)
    for one in after:
        if one.id in before and before[one.id] != one:
            closed = {"valid_to": one.valid_to, "ended_doc": draft.source_doc}
            closed |= {"edited_by": actor.id, "edited_on": clock.today()}
            session().execute(update(PostTemplate).where(PostTemplate.id == one.id).values(**closed))
    store_posts([one for one in after if one.id not in before], entered, Share())


def digest_of(draft: PostDraft) -> str:
    """SHA-256 of the rows of a draft, in hexadecimal."""
    return hashlib.sha256(draft.changes.encode()).hexdigest()


def _decide(actor: Actor, draft: PostDraft, state: DraftState) -> None:
    _refuse_decided(draft)
    draft.state, draft.decided_by, draft.decided_on = state, actor.id, clock.today()


def _refuse_decided(draft: PostDraft) -> None:
    if draft.state is not DraftState.DRAFTED:
        raise Stale(draft.id)
