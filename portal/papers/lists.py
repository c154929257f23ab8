"""A page of a body's cases: keyset on (day, id), each part one range of one index, nothing counted."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from portal.action import session
from portal.data.models.case import Case
from portal.domain.life import Desk, State
from portal.domain.permissions import Actor
from portal.papers.hiding import shown_to

Place = tuple[date, str]


@dataclass(frozen=True)
class Filters:
    """What a queue shows: one state, else one desk, else all desks.

    `assignee_id`: only his cases, and those of the officers whom he stands in for.
    """

    desk: Desk | None = None
    state: State | None = None
    assignee_id: str | None = None
    stands_in_for: frozenset[str] = frozenset()
    overdue_on: date | None = None


def page(
    owner: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    reader: Actor,
    filters: Filters,
    after: Place | None,
    *,
    size: int,
) -> list[Case]:
    """The cases of the reader's body by its column `owner`, oldest first; one more than `size` tells of
    a next page.

    All desks at once are read as one range each and merged, so that a full house costs no sorting.
    """
    found: list[Case] = []
    for part in _ranges(filters):
        rows = select(Case).where(owner == reader.body, part, *shown_to(reader), *_narrowed(filters, after))
        found += session().scalars(rows.order_by(Case.opened_on, Case.id).limit(size + 1))
    return sorted(found, key=lambda case: (case.opened_on, case.id))[: size + 1]


def _ranges(filters: Filters) -> list[ColumnElement[bool]]:
    if filters.state:
        return [Case._state == filters.state]
    return [Case.desk == desk for desk in ([filters.desk] if filters.desk else Desk)]


def _narrowed(filters: Filters, after: Place | None) -> list[ColumnElement[bool]]:
    narrowed: list[ColumnElement[bool]] = []
    if filters.assignee_id:
        narrowed.append(Case.assignee_id.in_({filters.assignee_id, *filters.stands_in_for}))
    if filters.overdue_on:
        narrowed.append(or_(Case.due_on < filters.overdue_on, Case.was_late))
    if after is not None:
        narrowed.append(tuple_(Case.opened_on, Case.id) > after)
    return narrowed
