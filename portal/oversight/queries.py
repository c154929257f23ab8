"""Reading the audit chain and the requests to open identities."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select, true, tuple_

from portal.action import ACTIONS, session
from portal.data import audit
from portal.data.models.account import Account, LoginMark, Member
from portal.data.models.audit import AuditEntry
from portal.data.models.body import Body
from portal.data.models.report import Identity, IdentityOpening, OpeningState
from portal.domain import clock
from portal.domain.permissions import ANYBODY, Actor, Permission, may
from portal.papers.hiding import hidden_from

PAGE = 50
NEWEST = 5_000
"""How many of the newest entries a page verifies; the whole chain is `portal audit verify`."""

_RESIDENTS = (ANYBODY.id, "reporter")
# By name: the staff's face does not load the residents' stage.
_OF_MANY = (
    "accounts.admit_member",
    "accounts.end_membership",
    "casework.open_queue",
    "conflicts.declare_relative",
    "registry.carry_out",
    "registry.reseal",
    "triage.open_queue",
)
# What an act on many did to them would tell that somebody's name stands in a case.
_OF_CASES = ("case", "identity")
_OF_RESIDENTS = ("intake.", "accounts.accept_invitation")


@dataclass(frozen=True)
class Filters:
    """What the auditor looks for; empty finds everything he may read."""

    act: str = ""
    actor_id: str = ""
    body_id: str = ""


@dataclass(frozen=True)
class Change:
    """What an act did to one table: names of columns and a number of rows, never a value."""

    table: str
    operation: str
    columns: list[str]
    rows: int


@dataclass(frozen=True)
class Entry:
    """One act as it is shown; `at` is a day for residents' acts, a moment for officers'."""

    at: date | datetime
    act: str
    actor_id: str
    body_id: str | None
    objects: list[str]
    changes: list[Change]
    hash: str


@dataclass(frozen=True)
class Page:
    """Some entries, newest first, and the hash after which the next page begins (None at the end)."""

    entries: list[Entry]
    after: str | None
    names: dict[str, str]


def act_names() -> list[str]:
    """Every kind of act there is."""
    return sorted(ACTIONS)


def entries(actor: Actor, filters: Filters, before: str | None = None) -> Page:
    """A page of what this auditor may read: acts of his body and all bodies below; at a root, all acts.

    Acts of residents carry their day. Between officers' acts, which carry their minute, or by their number in
    the chain they would carry it too (confidentiality 6): they have a list of their own, found by their
    filters, in no order within a day, and no list shows a number.
    """
    of_residents = filters.actor_id in _RESIDENTS or filters.act.startswith(_OF_RESIDENTS)
    theirs = AuditEntry.actor_id.in_(_RESIDENTS)
    wanted = _in_scope(actor).where(theirs if of_residents else ~theirs)
    hidden = hidden_from(actor)
    wanted = wanted.where(_without(hidden))
    order = (AuditEntry.at, AuditEntry.hash) if of_residents else (AuditEntry.seq,)
    last = session().scalar(select(AuditEntry).where(AuditEntry.hash == before)) if before else None
    if last is not None:
        wanted = wanted.where(tuple_(*order) < tuple(getattr(last, column.key) for column in order))
    if filters.act:
        wanted = wanted.where(AuditEntry.act == filters.act)
    if filters.actor_id:
        wanted = wanted.where(AuditEntry.actor_id == filters.actor_id)
    if filters.body_id:
        wanted = wanted.where(AuditEntry.body_id == filters.body_id)
    rows = session().scalars(wanted.order_by(*(column.desc() for column in order)).limit(PAGE + 1)).all()
    shown = [_entry(row, hidden) for row in rows[:PAGE]]
    return Page(shown, shown[-1].hash if len(rows) > PAGE else None, _names({one.actor_id for one in shown}))


def _without(hidden: Sequence[str]) -> ColumnElement[bool]:
    """What concerns a case that he has no part in does not exist for an auditor either (rule 19).

    An act on many things stays, without the name of that case, and without what it did to cases at all.
    """
    silent = and_(true(), *(~AuditEntry.objects.contains(f':{one}"') for one in hidden))
    return or_(AuditEntry.act.in_(_OF_MANY), silent)


def _entry(row: AuditEntry, hidden: Sequence[str]) -> Entry:
    changes = [Change(*one) for one in json.loads(row.changes)]
    if row.act in _OF_MANY:
        changes = [one for one in changes if not one.table.startswith(_OF_CASES)]
    objects = [one for one in json.loads(row.objects) if one.partition(":")[2] not in hidden]
    return Entry(_when(row), row.act, row.actor_id, row.body_id, objects, changes, row.hash)


def _when(row: AuditEntry) -> date | datetime:
    """The day of a resident's act, the moment of an officer's."""
    day_only = len(row.at) == len("2026-11-23")
    return date.fromisoformat(row.at) if day_only else datetime.fromisoformat(row.at)


def _day(row: AuditEntry) -> date:
    """The day in Viet Nam: moments are kept in UTC, seven hours behind."""
    when = _when(row)
    return clock.day_of(when) if isinstance(when, datetime) else when


def _in_scope(actor: Actor) -> Select[AuditEntry]:
    own = session().get(Body, actor.body_id) if actor.body_id else None
    if own is None:
        return select(AuditEntry).where(AuditEntry.seq < 0)
    if own.superior_id is None:
        return select(AuditEntry)
    return select(AuditEntry).where(AuditEntry.body_id.in_(_bodies_from(own.id)))


def _bodies_from(body_id: str) -> Select[str]:
    below = select(Body.id).where(Body.id == body_id).cte("below", recursive=True)
    below = below.union(select(Body.id).join(below, Body.superior_id == below.c.id))
    return select(below.c.id)


def _people(actor: Actor) -> Select[str]:
    """The accounts of everybody in the auditor's scope, those who left included."""
    own = session().get(Body, actor.body_id) if actor.body_id else None
    if own is not None and own.superior_id is None:
        return select(Account.id)
    return select(Member.account_id).where(Member.body_id.in_(_bodies_from(own.id if own else "")))


def _names(ids: set[str]) -> dict[str, str]:
    rows = session().execute(select(Account.id, Account.login).where(Account.id.in_(ids)))
    return {row.id: row.login for row in rows}


def verify_newest(number: int = NEWEST) -> audit.Verdict:
    """Recompute the newest entries and their links; the text of a fault begins with its number.

    What is said of the whole (how many, which head) is as of yesterday: asked again and again, today's head
    would tell every auditor the minute of every act in the country.
    """
    rows = list(session().scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(number + 1)))[::-1]
    faults = []
    for before, entry in zip([None, *rows], rows, strict=False):
        row = {column.name: getattr(entry, column.name) for column in AuditEntry.__table__.columns}
        if audit.link(row) != entry.hash:
            faults.append(f"{entry.seq}: altered")
        if before is None:
            continue
        if entry.seq != before.seq + 1 or entry.prev_hash != before.hash:
            faults.append(f"{entry.seq}: not linked to the entry before it")
    settled = [row for row in rows if _day(row) < clock.today()]
    return audit.Verdict(len(settled), settled[-1].hash if settled else audit.GENESIS, tuple(faults))


@dataclass(frozen=True)
class Failures:
    """Failed sign-ins of one account on one day; `login` is None for names that do not exist."""

    day: date
    login: str | None
    number: int


def failures(actor: Actor, days: int = 30) -> list[Failures]:
    """Failed sign-ins of the last days, by account and day, the newest day first.

    Only of people of the auditor's body and of those below it; names that do not exist are everybody's.
    """
    since = clock.now() - timedelta(days=days)
    rows = session().execute(
        select(LoginMark.at, Account.login)
        .outerjoin(Account, Account.id == LoginMark.account_id)
        .where(
            LoginMark.at >= since,
            or_(LoginMark.account_id.is_(None), LoginMark.account_id.in_(_people(actor))),
        )
    )
    counts: dict[tuple[date, str | None], int] = {}
    for at, login in rows:
        key = (clock.day_of(at), login)
        counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts.items(), key=lambda one: (-one[0][0].toordinal(), -one[1], one[0][1] or ""))
    return [Failures(day, login, number) for (day, login), number in ordered]


def identity(report_id: str) -> Identity | None:
    return session().get(Identity, report_id)


def opening(opening_id: str) -> IdentityOpening | None:
    return session().get(IdentityOpening, opening_id)


def openings(actor: Actor) -> Sequence[IdentityOpening]:
    """The requests that concern this person: a custodian's whole board, an asker's own. Open ones first."""
    wanted = select(IdentityOpening).where(IdentityOpening.body_id == actor.body_id)
    if not may(actor, Permission.IDENTITY_APPROVE):
        wanted = wanted.where(IdentityOpening.asked_by == actor.id)
    hidden = hidden_from(actor)
    wanted = wanted.where(IdentityOpening.report_id.not_in(hidden))
    rows = session().scalars(wanted.order_by(IdentityOpening.asked_on.desc()).limit(200)).all()
    return sorted(rows, key=lambda one: one.state is not OpeningState.ASKED)


def names_of(openings: Sequence[IdentityOpening]) -> dict[str, str]:
    """Who asked and who decided, by account id."""
    ids = {one.asked_by for one in openings} | {one.decided_by for one in openings if one.decided_by}
    rows = session().execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
    return {row.id: row.display_name for row in rows}


def openings_of(report_id: str) -> Sequence[IdentityOpening]:
    """Every request about one report: what the resident's status page tells."""
    return (
        session()
        .scalars(
            select(IdentityOpening)
            .where(IdentityOpening.report_id == report_id)
            .order_by(IdentityOpening.asked_on)
        )
        .all()
    )
