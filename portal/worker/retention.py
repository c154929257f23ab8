"""Deleting what was kept for long enough: announced first, held back by a lead's order, in whole matters.

The worker opens nothing. It destroys the keys that were granted and everything that lies under them: report,
letters, identity, papers, files. What stays tells that there was a case: its row, its steps, the audit chain.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update

from portal.action import action, current_act, session
from portal.config import Settings
from portal.data import retention
from portal.data.db import checkpoint, store
from portal.data.models.case import Case, CaseGrant, CaseReport, Record, Reminder
from portal.data.models.conflict import CaseLock
from portal.data.models.desk import Mention
from portal.data.models.followed import DutyTold, Followed
from portal.data.models.office import Setting
from portal.data.models.protection import Protection
from portal.data.models.publication import Publication
from portal.data.models.report import (
    Attachment,
    Direction,
    Grant,
    Identity,
    IdentityOpening,
    Message,
    Report,
)
from portal.data.models.retention import LegalHold
from portal.data.models.search import SearchCase
from portal.data.models.timing import CaseClock, ClockExtension
from portal.domain import clock
from portal.domain.conflicts import LockState
from portal.domain.life import State
from portal.domain.noticing import Notice
from portal.domain.permissions import Actor, ActorKind, Permission, Role
from portal.domain.retention import WARN_DAYS, Kept, Retention, last_of
from portal.papers.notices import notify
from portal.papers.searching import forget

log = logging.getLogger("portal.worker")
WORKER = Actor("worker", ActorKind.SYSTEM)
NAME = "retention_run"
# A run that comes later after the one before, or before it, does not trust the clock: it deletes nothing.
LONGEST_GAP = timedelta(hours=48)
BATCH = 200
KINDS = {
    State.ANSWERED: Kept.CASE_ANSWERED,
    State.CLOSED: Kept.CASE_CLOSED,
    State.DECLINED: Kept.CASE_DECLINED,
}
_LEADS = frozenset({Role.LEAD_REVIEWER, Role.LEAD_INSPECTOR})


@dataclass(frozen=True)
class Matter:
    """Cases and reports that belong together: deleted together, or not at all."""

    cases: tuple[Case, ...]
    reports: tuple[str, ...]


def run(settings: Settings) -> int:
    """Announce what is due soon, take back what is due no more, delete what is due; how many matters."""
    found = retention.rules(settings.retention_file)
    trusted = note_run(WORKER, None)
    _each(_announced(), lambda ids: reconsider(WORKER, None, ids, found))
    _each(_ended(found), lambda ids: announce(WORKER, None, ids, found))
    if not trusted:
        return 0
    done = 0
    for case_id in _due():
        blobs = erase(WORKER, None, case_id, found)
        if blobs is not None:
            done += 1
            for blob in blobs:
                store().blobs.delete(blob)
    if done:
        checkpoint()
    return done


def _each(ids: list[str], act: Any) -> None:
    for first in range(0, len(ids), BATCH):
        act(ids[first : first + BATCH])


def _ids(*wanted: Any) -> list[str]:
    session().rollback()
    rows = select(Case.id).where(Case.erased_on.is_(None), *wanted).order_by(Case.id)
    found = list(session().scalars(rows))
    session().rollback()
    return found


def _announced() -> list[str]:
    return _ids(Case.erase_on.is_not(None))


def _due() -> list[str]:
    return _ids(Case.erase_on <= clock.today())


def _ended(found: Retention) -> list[str]:
    """Cases not announced yet whose own time is over, or nearly: few, for each has its rule's limit."""
    today = clock.today()
    limits = []
    for state, kept in KINDS.items():
        rule = found.of(kept, today)
        if rule is not None and rule.months is not None:
            # Not exact by a day or two; `erasable` decides.
            ended_by = today - timedelta(days=rule.months * 30 - WARN_DAYS)
            limits.append((Case._state == state) & (Case.closed_on <= ended_by))
    return _ids(Case.erase_on.is_(None), or_(*limits)) if limits else []


def matter_of(case_id: str) -> Matter:
    """The case with all that share a report, a link or a review with it."""
    cases: set[str] = set()
    reports: set[str] = set()
    wanted = {case_id}
    while wanted:
        cases |= wanted
        reports |= _column(CaseReport.report_id, CaseReport.case_id.in_(wanted))
        near = _column(CaseReport.case_id, CaseReport.report_id.in_(reports)) if reports else set()
        near |= _column(Case.linked_to, Case.id.in_(wanted), Case.linked_to.is_not(None))
        near |= _column(Case.review_of, Case.id.in_(wanted), Case.review_of.is_not(None))
        near |= _column(Case.id, or_(Case.linked_to.in_(wanted), Case.review_of.in_(wanted)))
        wanted = near - cases
    rows = session().scalars(select(Case).where(Case.id.in_(cases)).order_by(Case.id).with_for_update())
    return Matter(tuple(rows.all()), tuple(sorted(reports)))


def _column(column: Any, *wanted: Any) -> set[str]:
    return set(session().scalars(select(column).where(*wanted)))


def erasable(matter: Matter, found: Retention) -> date | None:
    """The day on which the whole matter may go; None where it may not: open, held, unread, or no rule."""
    today = clock.today()
    days = [
        found.erase_on(KINDS[case.state], case.closed_on, today)
        if case.state in KINDS and case.closed_on is not None
        else None
        for case in matter.cases
    ]
    day = last_of(days)
    return None if day is None or _is_needed(matter) else day


def _is_needed(matter: Matter) -> bool:
    """A lead holds it back, a clock runs, or nobody has read what the resident wrote."""
    cases = [case.id for case in matter.cases]
    reasons = (
        select(LegalHold.id).where(LegalHold.case_id.in_(cases), LegalHold.lifted_on.is_(None)),
        select(CaseClock.case_id).where(CaseClock.case_id.in_(cases), CaseClock.ended_on.is_(None)),
        select(Message.id).where(
            Message.report_id.in_(matter.reports),
            Message.direction == Direction.FROM_REPORTER,
            ~Message.seen,
        ),
    )
    return any(session().scalar(one.limit(1)) is not None for one in reasons)


@action(Permission.SYSTEM_RUN)
def note_run(actor: Actor, nothing: None, /) -> bool:
    """Note this run; True if the one before was at a believable time, so that the clock can be trusted."""
    row = session().get(Setting, NAME, with_for_update=True, populate_existing=True)
    now = clock.now()
    current_act().touch("setting", NAME)
    if row is None:
        session().add(Setting(name=NAME, value=now.isoformat()))
        return False
    before = datetime.fromisoformat(row.value)
    row.value = now.isoformat()
    is_believable = timedelta() <= now - before <= LONGEST_GAP
    if not is_believable:
        log.error("the clock jumped, or the worker was away: retention deletes nothing in this round")
    return is_believable


@action(Permission.SYSTEM_RUN)
def announce(actor: Actor, nothing: None, /, ids: Iterable[str], found: Retention) -> None:
    """Set the day of deletion of these cases' matters, WARN_DAYS from now at the soonest; tell the leads."""
    soonest = clock.today() + timedelta(days=WARN_DAYS)
    told: set[tuple[str, tuple[str, ...]]] = set()
    for case_id in ids:
        matter = matter_of(case_id)
        day = erasable(matter, found)
        if day is None or day > soonest or any(case.erase_on for case in matter.cases):
            continue
        for case in matter.cases:
            case.erase_on = max(day, soonest)
            current_act().touch("case", case.id)
            told |= {(body, (case.id,)) for body in (case.front_id, case.leader_id) if body}
        session().flush()
    for body_id in sorted({body for body, _ in told}):
        notify(body_id, Notice.RETENTION_SOON, _LEADS, cases=())


@action(Permission.SYSTEM_RUN)
def reconsider(actor: Actor, nothing: None, /, ids: Iterable[str], found: Retention) -> None:
    """Take the announcement back where the matter is held, open again, or under no rule any more."""
    for case_id in ids:
        matter = matter_of(case_id)
        if erasable(matter, found) is None:
            for case in matter.cases:
                if case.erase_on is not None:
                    case.erase_on = None
                    current_act().touch("case", case.id)
            session().flush()


@action(Permission.SYSTEM_RUN)
def erase(actor: Actor, nothing: None, /, case_id: str, found: Retention) -> list[str] | None:
    """Delete the content of a matter; returns the names of its files, None if it may not go today."""
    today = clock.today()
    matter = matter_of(case_id)
    day = erasable(matter, found)
    announced = [case.erase_on for case in matter.cases]
    if day is None or day > today or any(one is None or one > today for one in announced):
        return None
    cases, reports = [case.id for case in matter.cases], list(matter.reports)
    blobs = _drop_files(cases, reports)
    _drop_papers(cases, reports)
    for case in matter.cases:
        case.erased_on, case.erase_on = today, None
        current_act().touch("case", case.id)
    current_act().touch("report", *reports)
    return blobs


def _drop_files(cases: list[str], reports: list[str]) -> list[str]:
    mine = or_(Attachment.case_id.in_(cases), Attachment.report_id.in_(reports))
    rows = session().execute(select(Attachment.clean_blob, Attachment.original_blob).where(mine)).all()
    session().execute(delete(Attachment).where(mine))
    named = {blob for row in rows for blob in row if blob}
    shared = or_(Attachment.clean_blob.in_(named), Attachment.original_blob.in_(named))
    kept = {
        blob
        for row in session().execute(select(Attachment.clean_blob, Attachment.original_blob).where(shared))
        for blob in row
    }
    return sorted(named - kept)


def _drop_papers(cases: list[str], reports: list[str]) -> None:
    """The keys first in meaning: what lies under them opens nowhere any more, wherever a copy may be."""
    run_ = session().execute
    run_(delete(Grant).where(Grant.report_id.in_(reports)))
    for table in (CaseGrant, DutyTold, Followed, Mention, Publication, Reminder):  # not case_print: on paper
        run_(delete(table).where(table.case_id.in_(cases)))
    run_(delete(Identity).where(Identity.report_id.in_(reports)))
    # Rows of protection name their papers, and stay for the counts: those papers are emptied.
    cited = select(Protection.asked_record).where(Protection.case_id.in_(cases))
    settled = select(Protection.settled_record).where(
        Protection.case_id.in_(cases), Protection.settled_record.is_not(None)
    )
    papers = Record.case_id.in_(cases)
    run_(delete(Record).where(papers, Record.id.not_in(cited), Record.id.not_in(settled)))
    run_(update(Record).where(papers).values(sealed_body=b""))
    run_(update(CaseReport).where(CaseReport.case_id.in_(cases)).values(sealed_handover=None))
    run_(
        update(IdentityOpening)
        .where(IdentityOpening.report_id.in_(reports))
        .values(sealed_reason=b"", sealed_inner=b"", sealed_to_asker=None)
    )
    _end_what_waits(cases)
    named = select(ClockExtension.message_id).where(ClockExtension.case_id.in_(cases))
    letters = Message.report_id.in_(reports)
    run_(delete(Message).where(letters, Message.id.not_in(named)))
    run_(update(Message).where(letters).values(sealed_body=b""))
    run_(
        update(Report)
        .where(Report.id.in_(reports))
        .values(
            sealed_head=b"",
            sealed_content=b"",
            sealed_status=b"",
            reporter_public=b"",
            erased_on=clock.today(),
        )
    )


def _end_what_waits(cases: list[str]) -> None:
    """Nothing is left that a body above could seal anew, that is held, urged or found."""
    run_ = session().execute
    waiting = update(CaseLock).where(CaseLock.case_id.in_(cases), CaseLock.state != LockState.DONE)
    run_(waiting.values(state=LockState.DONE, done_on=clock.today()))
    run_(update(LegalHold).where(LegalHold.case_id.in_(cases)).values(sealed_reason=b""))
    indexed = select(SearchCase.body_id).where(SearchCase.case_id.in_(cases))
    forget(cases, session().scalars(indexed.distinct()).all())
