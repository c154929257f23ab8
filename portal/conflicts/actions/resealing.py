"""Sealing a case anew after a conflict, by an officer of the body above, in his session (decisions 2 and 4).

One report, or one committee's case, is one transaction: everything about it lies under the new keys, or
nothing does. What was interrupted goes on where it stopped; files stored anew for nothing are swept.

The Front's side makes a new report key for each report; the committee's side a new case key. Files get new
keys and are stored anew, for the body in conflict knew the old ones; a copy on the other side of the case
keeps its own. Of an identity only the outer seal changes, from the identity key of the board below to that of
the board above. The inner one stays as it is: it is for the custodian of the board that received the report,
whose key the custodian above reaches over the recovery line. So two persons are needed as before, and no
conflict brings a reviewer nearer to a name. The same holds for the key of a file's original.
"""

from contextlib import suppress
from datetime import date

from sqlalchemy import exists, or_, select, update

from portal.action import Stale, action, current_act, session
from portal.conflicts.actions import anew
from portal.conflicts.actions.board import below, move_report
from portal.conflicts.actions.committee import before, move_case
from portal.conflicts.queries import reports_left
from portal.data.models.body import Body, BodyKey
from portal.data.models.case import Case, CaseReport, Record
from portal.data.models.conflict import CaseLock
from portal.data.models.registry import CaseMove, Seat
from portal.data.models.report import Grant, Report, Under
from portal.data.models.timing import Ending
from portal.domain import clock
from portal.domain.conflicts import ConflictSource, LockState, Side, step_up
from portal.domain.life import Step
from portal.domain.permissions import Actor, Permission
from portal.domain.routing.engine import CONFLICT
from portal.papers import climbing, clocks, moves
from portal.papers.conflicts import bar, verdict_on, watch
from portal.papers.keys import newest_key
from portal.papers.life import start_clock, take
from portal.papers.records import to_front
from portal.papers.recovery import take_up_all
from portal.papers.texts import committee_text, front_text
from portal.vault.errors import Broken, NotHeld
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_to


def go_on(actor: Actor, lock: CaseLock, ring: KeyRing) -> bool:
    """Do the next part of the work; True when the case is the body's own. Raises what the parts raise."""
    if lock.side is Side.COMMITTEE:
        reseal_case(actor, lock, ring, files=_files_of_case(ring, lock))
    elif left := reports_left(lock):
        reseal_report(actor, lock, ring, report_id=left[0], files=_files_of_report(ring, lock, left[0]))
    else:
        hand_up(actor, lock, ring)
    return lock.state is LockState.DONE


def _files_of_report(ring: KeyRing, lock: CaseLock, report_id: str) -> anew.Files:
    old = below(ring, report_id, lock.to_body_id or "")
    return anew.stored_anew(old.parts(report_id)) if old else {}


def _files_of_case(ring: KeyRing, lock: CaseLock) -> anew.Files:
    old = before(ring, lock.case_id, lock.body_id)
    return anew.stored_anew(old.parts(lock.case_id)) if old else {}


@action(Permission.CONFLICT_RESEAL)
def reseal_report(
    actor: Actor, lock: CaseLock, /, ring: KeyRing, *, report_id: str, files: anew.Files
) -> None:
    """Seal one report to the actor's board under new keys; the boards below lose theirs.

    Does nothing where somebody was first, or where the comparison before it sends the task further up. Raises
    Stale where a file came since `files` were stored, NotHeld, Broken.
    """
    target = _waits_for(lock)
    case = _case(lock)
    session().get_one(CaseReport, (case.id, report_id))
    old = below(ring, report_id, target.body_id)
    if old is None or not _is_free(actor, lock, case, front_text(ring, case, next(iter(old.boards)))):
        return
    report = session().get_one(Report, report_id, populate_existing=True, with_for_update=True)
    move_report(ring, report, old, target, files)
    current_act().touch("case", case.id)
    current_act().touch("report", report_id)


@action(Permission.CONFLICT_RESEAL)
def hand_up(actor: Actor, lock: CaseLock, /, ring: KeyRing) -> None:
    """Once all reports are sealed anew, the board above has the case; its clock starts again (rule 24).

    So have its sister cases, whose board can open their reports no more. Raises Stale while a report is left.
    """
    target = _waits_for(lock)
    if reports_left(lock):
        raise Stale(lock.id)
    due_was = _case(lock).due_on
    for case in _to_hand_up(lock.case_id):
        _reseal_told(ring, case, target)
        case.front_id = target.body_id
        _take_up_work(actor, case, Side.FRONT, ring)
    _done(lock, due_was)


@action(Permission.CONFLICT_RESEAL)
def reseal_case(actor: Actor, lock: CaseLock, /, ring: KeyRing, *, files: anew.Files) -> None:
    """Seal the committee's side to the actor's committee, which has the case from now on.

    Does nothing where the comparison before it sends the task further up. Raises Stale, NotHeld, Broken.
    """
    target, case = _waits_for(lock), _case(lock)
    old = before(ring, case.id, lock.body_id)
    if old is None:
        raise Stale(lock.id)
    if not _is_free(actor, lock, case, committee_text(ring, case, lock.body_id)):
        return
    due_was = case.due_on
    move_case(ring, case, old, target, files)
    case.leader_id, case.assignee_id, case.route_rule = target.body_id, None, CONFLICT
    _take_up_work(actor, case, Side.COMMITTEE, ring)
    _done(lock, due_was)


def _waits_for(lock: CaseLock) -> BodyKey:
    """The key in use of the body above; raises Stale where the task is done or nobody's, or it ended."""
    body = session().get(Body, lock.to_body_id) if lock.to_body_id else None
    stands = body is not None and body.as_facts().exists_on(clock.today())
    key = newest_key(body.id) if body is not None and stands else None
    if key is None or lock.state is not LockState.WAITING:
        raise Stale(lock.id)
    return key


def _case(lock: CaseLock) -> Case:
    return session().get_one(Case, lock.case_id, populate_existing=True, with_for_update=True)


def _is_free(actor: Actor, lock: CaseLock, case: Case, typed: str) -> bool:
    """Compare once more, for people come and go while a task waits; False where it went further up."""
    target = lock.to_body_id or ""
    watch(actor, case, typed, ConflictSource.BEFORE_RESEALING)
    if lock.to_body_id != target:
        return False
    bar(case, verdict_on(typed, [target]).barred)
    return True


def _take_up_work(actor: Actor, case: Case, side: Side, ring: KeyRing) -> None:
    """The board or committee above has the case now; where it takes over the work, its clock begins anew.

    The residents then read who has it and why; where it only follows, nothing changes for them.
    """
    step, before = step_up(side, case.state), case.state
    if step is not Step.MOVE_UP:
        clocks.stop(case, Ending.TAKEN_OVER)
    take(actor, case, step)
    if step is not Step.MOVE_UP and case.state is before:
        start_clock(case)
    if step is not Step.MOVE_UP:
        links = select(CaseReport.report_id).where(CaseReport.case_id == case.id)
        reports = session().scalars(links.order_by(CaseReport.report_id)).all()
        climbing.tell_residents(case, ring, actor.body, list(reports))
    current_act().touch("case", case.id)


def _to_hand_up(case_id: str) -> list[Case]:
    """The case, and those about its reports whose board has no key of them any more."""
    shared = select(CaseReport.report_id).where(CaseReport.case_id == case_id)
    linked = select(CaseReport.case_id).where(CaseReport.report_id.in_(shared))
    opens = exists().where(
        Grant.report_id == CaseReport.report_id,
        CaseReport.case_id == Case.id,
        Grant.body_id == Case.front_id,
    )
    wanted = select(Case).where(Case.id.in_(linked), or_(Case.id == case_id, ~opens)).order_by(Case.id)
    return list(session().scalars(wanted.with_for_update(of=Case)))


def _reseal_told(ring: KeyRing, case: Case, target: BodyKey) -> None:
    """What committees told the board below, sealed to the one above."""
    rows = session().scalars(select(Record).where(Record.case_id == case.id, Record.under == Under.FRONT))
    told_to = [case.front_id, *moves.formers([case.id], case.front_id)]
    for row in rows.all():
        for board in told_to:
            # One that was told while the task waited is sealed to the board above already.
            with suppress(Broken, NotHeld):
                take_up_all(ring, board)
                plain = ring.open(board, "content", row.sealed_body, info=to_front(row.id))
                row.sealed_body = seal_to(target.public_key, plain, info=to_front(row.id))
                break


def _done(lock: CaseLock, due_was: date | None) -> None:
    """The task is done; what was due stays visible with it."""
    rows = select(CaseLock).where(
        CaseLock.case_id == lock.case_id, CaseLock.side == lock.side, CaseLock.state != LockState.DONE
    )
    for row in session().scalars(rows).all():
        row.state, row.done_on = LockState.DONE, clock.today()
    lock.due_was = due_was
    # The street of a divided unit is not asked for any more: the body above has taken the case over.
    seat = Seat.FRONT if lock.side is Side.FRONT else Seat.LEADER
    waits = update(CaseMove).where(CaseMove.case_id == lock.case_id, CaseMove.seat == seat)
    session().execute(waits.where(CaseMove.to_id.is_(None)).values(to_id=lock.to_body_id))
