"""A conflict found: persons are barred, bodies locked at once, and the body above gets the task to seal anew.

Called inside the act that brought it to light, so that there is no moment between finding and locking.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, update

from portal.action import current_act, session
from portal.data.bodies import bodies_above
from portal.data.models.case import Case, CaseReport
from portal.data.models.conflict import CaseBar, CaseLock
from portal.data.models.report import Grant, GrantScope, IdentityOpening, OpeningState
from portal.domain import clock
from portal.domain.conflicts import (
    BarReason,
    Climb,
    ConflictSource,
    LockState,
    Side,
    Sitting,
    Verdict,
    climb,
)
from portal.domain.life import Step
from portal.domain.parties import BodyFacts
from portal.domain.permissions import Actor, Role
from portal.domain.receiving import conflicts_of
from portal.papers import searching
from portal.papers.keys import case_grant_of
from portal.papers.kinship import people_on, weigh
from portal.papers.life import take
from portal.papers.notices import notify

OFFICERS = {
    Side.FRONT: frozenset({Role.REVIEWER, Role.LEAD_REVIEWER}),
    Side.COMMITTEE: frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR}),
}


@dataclass(frozen=True)
class Found:
    """What a comparison led to: the bodies that were locked, the persons that were barred."""

    locked: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


def watch(
    actor: Actor, case: Case, typed: str, source: ConflictSource, *, people: Iterable[Sitting] | None = None
) -> Found:
    """Compare a text of the case with the people of its two lines; lock and bar what follows.

    `people`: only these (a newcomer), in place of everybody who sits there now.
    """
    sat = list(people) if people is not None else None
    found = [_watched(actor, one, typed, source, sat) for one in bound_up(case)]
    return Found(
        frozenset().union(*(one.locked for one in found)), frozenset().union(*(one.barred for one in found))
    )


def bound_up(case: Case) -> tuple[Case, ...]:
    """The case, its other track, and the cases joined with either: what bars in one bars in all.

    The matters of a report that was split are not bound up: each has its own conflicts.
    """
    found, edge = {case.id: case}, [case]
    while edge:
        ids = {one for case in edge for one in (case.linked_to, case.joined_to) if one}
        joined = select(CaseReport.joined_from).where(
            CaseReport.case_id.in_([one.id for one in edge]), CaseReport.joined_from.is_not(None)
        )
        ids |= {one for one in session().scalars(joined) if one}
        edge = [session().get_one(Case, one, with_for_update=True) for one in sorted(ids - found.keys())]
        found |= {one.id: one for one in edge}
    return tuple(found.values())


def _watched(
    actor: Actor, case: Case, typed: str, source: ConflictSource, people: list[Sitting] | None
) -> Found:
    holders = holders_of(case)
    follower = [case.referred_from] if case.referred_from else []
    sitting = people_on([*bodies_above(holders.values()), *follower]) if people is None else people
    verdict = weigh(typed, sitting, case.assignee_id)
    if not verdict:
        return Found()
    known = locked_bodies(case.id)
    locked = lock_for(actor, case, verdict.bodies, source)
    if case.referred_from in verdict.bodies:
        case.referred_from = None  # it only followed: nobody has to take anything over
    open_to = {*holders.values(), *follower} - locked - known
    concerned = {one.account_id for one in sitting if one.body_id in open_to}
    barred = {account: why for account, why in verdict.barred.items() if account in concerned}
    bar(case, barred)
    return Found(locked, frozenset(barred))


def lock_for(actor: Actor, case: Case, bodies: frozenset[str], source: ConflictSource) -> frozenset[str]:
    """Lock the case to whoever holds it and is in conflict, or could be opened by one of these bodies."""
    holders = holders_of(case)
    line = bodies_above(holders.values())
    known = _locks(case.id)
    conflicted = bodies | known.keys()
    locked: set[str] = set()
    for side, holder in holders.items():
        # A task that waits goes on upwards, when somebody is named who sits above.
        standing = known[holder].to_body_id if holder in known else holder
        if standing and conflicts_of(standing, line, conflicted):
            locked |= _lock(actor, case, side, _way_up(case, holder, line, conflicted), source)
    return frozenset(locked)


def holders_of(case: Case) -> dict[Side, str]:
    """The bodies that can open something of the case: its board, and a committee with a case key."""
    holders = {Side.FRONT: case.front_id}
    if case.leader_id and case_grant_of(case.id, case.leader_id) is not None:
        holders[Side.COMMITTEE] = case.leader_id
    return holders


def locked_bodies(case_id: str) -> frozenset[str]:
    """The bodies that have this case no more."""
    return frozenset(_locks(case_id))


def _locks(case_id: str) -> dict[str, CaseLock]:
    rows = session().scalars(select(CaseLock).where(CaseLock.case_id == case_id))
    return {row.body_id: row for row in rows}


def _way_up(case: Case, holder: str, bodies: Mapping[str, BodyFacts], conflicted: frozenset[str]) -> Climb:
    granted = select(Grant.body_id).where(
        Grant.report_id.in_(select(CaseReport.report_id).where(CaseReport.case_id == case.id)),
        Grant.scope == GrantScope.REPORT,
    )
    return climb(holder, bodies, conflicted, session().scalars(granted).all())


def _lock(actor: Actor, case: Case, side: Side, way: Climb, source: ConflictSource) -> frozenset[str]:
    """The bodies passed have the case no more; the one above gets its task, or guidance is recorded."""
    known = _locks(case.id)
    for place, body_id in enumerate(way.passed):
        row = known.get(body_id) or CaseLock(
            case_id=case.id, body_id=body_id, side=side, source=source, found_on=clock.today()
        )
        row.to_body_id = way.target
        row.state = LockState.PASSED if place else LockState.WAITING if way.target else LockState.NOBODY
        session().add(row)
    for row in known.values():
        # What a body lost whose place this one took: there is one task, and it has gone further up.
        if row.side is side and row.state is not LockState.DONE and row.body_id not in way.passed:
            row.to_body_id = way.target
            row.state = LockState.PASSED if way.target else LockState.NOBODY
    take(actor, case, Step.LOCK)
    if side is Side.COMMITTEE:
        case.assignee_id = None
    else:
        _end_openings(case.id, way.passed)
    searching.forget([case.id], way.passed)
    _known_anew(case)
    current_act().touch("case", case.id)
    if way.target:
        notify(way.target, "reseal", OFFICERS[side], cases=[case.id])
    return frozenset(way.passed)


def _end_openings(case_id: str, bodies: Iterable[str]) -> None:
    """What waits for a custodian of a board in conflict is refused; nothing peeled stays with him."""
    session().execute(
        update(IdentityOpening)
        .where(
            IdentityOpening.report_id.in_(select(CaseReport.report_id).where(CaseReport.case_id == case_id)),
            IdentityOpening.body_id.in_(list(bodies)),
            IdentityOpening.state == OpeningState.ASKED,
        )
        .values(state=OpeningState.REFUSED, sealed_inner=b"", decided_on=clock.today())
    )


def bar(case: Case, barred: Mapping[str, BarReason]) -> None:
    """These persons have no part in the case from now on; whoever worked on it does so no more."""
    for one in bound_up(case):
        for account_id, reason in barred.items():
            if session().get(CaseBar, (one.id, account_id)) is None:
                row = CaseBar(case_id=one.id, account_id=account_id, reason=reason, since=clock.today())
                session().add(row)
            if one.assignee_id == account_id:
                one.assignee_id = None
        _known_anew(one)


def _known_anew(case: Case) -> None:
    """Whoever goes on with this object sees at once who has no part in it any more."""
    session().flush()
    session().expire(case, ["bars", "locks"])


def verdict_on(typed: str, body_ids: Iterable[str]) -> Verdict:
    """Which of these bodies are in conflict by a text, and whom of their people it bars."""
    return weigh(typed, people_on(body_ids))


def waiting_targets(report_id: str) -> dict[str, str | None]:
    """By body that lost a case of this report and was not yet replaced: the body above (None: nobody)."""
    rows = session().execute(
        select(CaseLock.body_id, CaseLock.to_body_id)
        .join(CaseReport, CaseReport.case_id == CaseLock.case_id)
        .where(CaseReport.report_id == report_id, CaseLock.state != LockState.DONE)
    )
    return {row.body_id: row.to_body_id for row in rows}
