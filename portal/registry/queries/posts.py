"""Templates of posts, their history, and drafts of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.action import session
from portal.data.models.body import PostTemplate
from portal.data.models.registry import DraftState, PostDraft
from portal.domain.parties import BodyKind, Level, PostFacts, in_force
from portal.domain.post_drafts import Difference, differences, drafted, from_text
from portal.papers.history import account_names
from portal.registry.actions.drafting import stored_posts


@dataclass(frozen=True)
class PostRow:
    """A dated row of a post, with who entered it."""

    post: PostFacts
    source_doc: str | None
    ended_doc: str | None
    edited_by: str
    edited_on: date | None


def posts_on(day: date, kind: BodyKind | None = None, level: Level | None = None) -> list[PostFacts]:
    """The posts in force on a day, of a kind of body, of a level, or all."""
    stmt = select(PostTemplate).order_by(PostTemplate.body_kind, PostTemplate.level, PostTemplate.id)
    if kind is not None:
        stmt = stmt.where(PostTemplate.body_kind == kind)
    if level is not None:
        stmt = stmt.where(PostTemplate.level == level)
    rows = [row.as_facts() for row in session().scalars(stmt)]
    order = {one: place for place, one in enumerate(BodyKind)}
    found = [row for row in rows if in_force(day, row.valid_from, row.valid_to)]
    return sorted(found, key=lambda one: (order[one.body_kind], -one.level.rank, one.id))


def history(post: str) -> list[PostRow]:
    """Every row of a post, oldest first; empty for none."""
    rows = session().scalars(select(PostTemplate).where(PostTemplate.post == post)).all()
    people = account_names(row.edited_by for row in rows)
    found = [
        PostRow(
            row.as_facts(),
            row.source_doc,
            row.ended_doc,
            people.get(row.edited_by or "", row.edited_by or ""),
            row.edited_on,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.post.valid_from or date.min)


def draft(draft_id: str) -> PostDraft | None:
    """A draft by id."""
    return session().get(PostDraft, draft_id)


def drafts() -> Sequence[PostDraft]:
    """The drafts, newest first; those that wait stand before the others."""
    rows = session().scalars(select(PostDraft).order_by(PostDraft.drafted_on.desc(), PostDraft.id).limit(200))
    return sorted(rows, key=lambda one: one.state is not DraftState.DRAFTED)


def own_draft(account_id: str, day: date) -> PostDraft | None:
    """The draft of this registrar that waits for the same day: further rows go into it."""
    stmt = select(PostDraft).where(
        PostDraft.drafted_by == account_id, PostDraft.day == day, PostDraft.state == DraftState.DRAFTED
    )
    return session().scalars(stmt.order_by(PostDraft.id).limit(1)).first()


def drafted_posts(found: PostDraft) -> tuple[PostFacts, ...]:
    """Every row of every post as it would be if the draft were activated: what a simulation decides by.

    Raises csv_rows.Refused where the register has changed so that the draft no longer fits.
    """
    return drafted(stored_posts(), from_text(found.changes), found.day)


def differences_of(found: PostDraft) -> tuple[Difference, ...]:
    """What the draft changes, row by row."""
    return differences(stored_posts(), from_text(found.changes), found.day)


def people_of(rows: Sequence[PostDraft]) -> dict[str, str]:
    """Names of those who drafted and decided."""
    return account_names([one.drafted_by for one in rows] + [one.decided_by for one in rows])
