"""What stands on an officer's desk: lists of his body with their numbers, saved filters, mentions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from portal.action import session
from portal.data.models.account import Account
from portal.data.models.body import Body
from portal.data.models.case import Case
from portal.data.models.desk import Mention, SavedFilter, StandardText
from portal.domain.permissions import Actor, Facts, Permission, may
from portal.papers import lists
from portal.papers.hiding import shown_to

MOST_MENTIONS = 50


@dataclass(frozen=True)
class Line:
    """One list: its name, and what the form of its queue sends for it."""

    name: str
    query: Mapping[str, str] = field(default_factory=dict)


AT_FRONT = (
    Line("team", {"desk": "front"}),
    Line("late", {"desk": "front", "late": "1"}),
    Line("soon", {"desk": "front", "late": "soon"}),
    Line("silent", {"desk": lists.SILENT}),
    Line("owed", {"desk": lists.OWED}),
    Line("resident", {"desk": "reporter"}),
    Line("followed", {"desk": lists.FOLLOWED}),
)
IN_PLACE = Line("in_place", {"mine": lists.IN_PLACE})
"""For whoever stands in for somebody: what he holds as a substitute."""
AT_COMMITTEE = (
    Line("mine", {"mine": "1"}),
    Line("mine_late", {"mine": "1", "late": "1"}),
    Line("mine_soon", {"mine": "1", "late": "soon"}),
    Line("mine_owed", {"mine": "1", "desk": lists.OWED}),
    Line("team", {}),
    Line("unassigned", {"mine": lists.NOBODYS}),
    Line("late", {"late": "1"}),
    Line("soon", {"late": "soon"}),
    Line("owed", {"desk": lists.OWED}),
    Line("resident", {"desk": lists.ASKED}),
)


@dataclass(frozen=True)
class Counted:
    """A list with its number; `stage` is whose queue it is. The number is exact up to MOST_COUNTED."""

    stage: str
    line: Line
    number: int


QUEUES = {"triage": Permission.TRIAGE_QUEUE, "casework": Permission.CASEWORK_QUEUE}
"""Whose queue needs which right."""


def work(reader: Actor, day: date) -> list[Counted]:
    """The lists of the queues that the reader may open, counted by the queues' own statements."""
    found = []
    if may(reader, Permission.TRIAGE_QUEUE):
        found += [_counted("triage", one, lists.at_front(one.query, day), reader) for one in AT_FRONT]
    if may(reader, Permission.CASEWORK_QUEUE):
        found += [
            _counted("casework", one, lists.at_committee(one.query, reader, day), reader)
            for one in (*AT_COMMITTEE, *((IN_PLACE,) if reader.stands_for else ()))
        ]
    return found


def _counted(stage: str, line: Line, listed: lists.Listed, reader: Actor) -> Counted:
    return Counted(stage, line, lists.count(listed.owner, reader, listed.filters))


def account(account_id: str) -> Account | None:
    """One account by id."""
    return session().get(Account, account_id)


def saved(filter_id: str) -> SavedFilter | None:
    """One saved filter by id."""
    return session().get(SavedFilter, filter_id)


def has_saved(account_id: str) -> bool:
    """True if there is anything to open."""
    return (
        session().scalar(select(SavedFilter.id).where(SavedFilter.account_id == account_id).limit(1))
        is not None
    )


@dataclass(frozen=True)
class Pointed:
    """A mention with its case; `at_front` says in which queue the reader finds it."""

    mention: Mention
    case: Case
    at_front: bool


def mentions(reader: Actor) -> Sequence[Pointed]:
    """Where colleagues named the reader or one for whom he stands in, newest first.

    Not of cases that he may know nothing of.
    """
    rows = session().execute(
        select(Mention, Case)
        .join(Case, Case.id == Mention.case_id)
        .where(Mention.account_id.in_([reader.id, *sorted(reader.stands_for)]), *shown_to(reader))
        .order_by(Mention.written_on.desc(), Mention.id)
        .limit(MOST_MENTIONS)
    )
    found = [
        Pointed(row.Mention, row.Case, may(reader, Permission.TRIAGE_VIEW, row.Case.facts())) for row in rows
    ]
    return [one for one in found if one.at_front or may(reader, Permission.CASEWORK_VIEW, one.case.facts())]


def mention(mention_id: str) -> Mention | None:
    """One mention by id."""
    return session().get(Mention, mention_id)


@dataclass(frozen=True)
class Shelf:
    """The texts of one body, for the gate."""

    body: Body

    def facts(self) -> Facts:
        return Facts(body_id=self.body.id)


def shelf(body_id: str) -> Shelf | None:
    """The shelf of a body."""
    body = session().get(Body, body_id)
    return Shelf(body) if body is not None else None


def text_row(row_id: str) -> StandardText | None:
    """One version by id."""
    return session().get(StandardText, row_id)
