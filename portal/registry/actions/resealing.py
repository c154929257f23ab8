"""Sealing anew (niêm phong lại): an officer above a successor passes on what the former body could open.

Source: decisions 4. Whole successors get the former body's secret once; where a unit was divided, each case
is sealed anew to the part that the street tells, and nothing else of the former body's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select, update

from portal.action import Stale, action, current_act, session
from portal.data.models.body import Body, BodyKey
from portal.data.models.case import Case, CaseGrant, CaseReport
from portal.data.models.conflict import CaseLock
from portal.data.models.registry import BodyHeir, CaseMove, InheritedKey, Reorganisation, Seat
from portal.data.models.report import Grant, Report
from portal.domain import clock
from portal.domain.conflicts import LockState, Side
from portal.domain.keys import KeyPurpose
from portal.domain.permissions import Actor, Permission
from portal.papers import notices
from portal.papers.comparing import compare_inherited
from portal.papers.keys import (
    case_grant_of,
    newest_key,
    obtain,
    obtain_version,
    open_case_key,
    open_grant,
    pass_case_key,
    pass_grant,
)
from portal.papers.moves import granted
from portal.papers.records import open_handover
from portal.papers.reports import open_part
from portal.papers.texts import committee_text, front_text
from portal.registry.actions.handing import OFFICERS
from portal.registry.actions.parting import free_part
from portal.registry.actions.reorganising import plan_as_carried
from portal.registry.refusals import Because, Refused
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing


@action(Permission.KEYS_RESEAL)
def reseal(actor: Actor, task: BodyHeir, /, *, ring: KeyRing) -> int:
    """Seal every version of a former body's secret once to its successor; returns how many.

    Raises Stale once done, Refused where the successor has no key yet or the officer cannot reach the secret.
    """
    if task.done_on is not None:
        raise Stale(task.id)
    heir = newest_key(task.heir_id, task.purpose)
    if heir is None:
        raise Refused(Because.HEIR_NOT_FOUNDED, task.heir_id)
    of_it = (BodyKey.body_id == task.old_id, BodyKey.purpose == task.purpose)
    keys = session().scalars(select(BodyKey).where(*of_it).order_by(BodyKey.version)).all()
    for key in keys:
        session().add(_passed_on(ring, key, heir))
    task.done_by, task.done_on = actor.id, clock.today()
    current_act().touch("body", task.old_id, task.heir_id)
    if task.purpose is KeyPurpose.CONTENT:
        session().flush()
        compare_inherited(actor, session().get_one(Body, task.heir_id), ring)
    return len(keys)


def _passed_on(ring: KeyRing, key: BodyKey, heir: BodyKey) -> InheritedKey:
    try:
        obtain(ring, key)
    except NotHeld:
        raise Refused(Because.KEY_NOT_HELD, key.body_id) from None
    return InheritedKey(
        old_id=key.body_id,
        purpose=key.purpose,
        version=key.version,
        heir_id=heir.body_id,
        heir_version=heir.version,
        sealed_secret=ring.pass_on(heir.public_key, (key.body_id, key.purpose.value, key.version)),
    )


@dataclass(frozen=True)
class Street:
    """What an officer reads of a waiting case to tell which part it belongs to, and no more."""

    place: str
    street: str
    where: str


@action(Permission.KEYS_RESEAL)
def read_streets(actor: Actor, move: CaseMove, /, *, ring: KeyRing) -> tuple[Street, ...]:
    """Place and street of each report of a case that waits; the read is audited. Raises Refused."""
    current_act().touch("case", move.case_id)
    reach = _Reach(ring, move)
    return tuple(reach.street(link) for link in _links(move.case_id))


@action(Permission.KEYS_RESEAL)
def choose_part(actor: Actor, move: CaseMove, /, *, ring: KeyRing, to_id: str) -> None:
    """Give one case of a divided unit to the part that the street tells, sealed anew to that part alone.

    The people of the part are compared first: where one of them is named, the case stays with the body above,
    or goes on upwards from there. Raises Stale once chosen, Refused where the part has no key yet, is none of
    the unit's parts, or the case waits to be sealed anew for a conflict.
    """
    if move.to_id is not None:
        raise Stale(move.case_id)
    _refuse_locked(move)
    if to_id not in parts_of(move):
        raise Refused(Because.NOT_A_PART, to_id)
    body = newest_key(to_id)
    if body is None:
        raise Refused(Because.HEIR_NOT_FOUNDED, to_id)
    reach = _Reach(ring, move)
    reach.obtain_all()
    holder = free_part(actor, move, reach.text(), to_id)
    if holder is None:
        return
    if holder != to_id:
        to_id, body = holder, newest_key(holder) or body
    reach.seal_to(body)
    column = {Seat.FRONT: Case.front_id, Seat.LEADER: Case.leader_id}[move.seat]
    changed = {column.key: to_id, "version": Case.version + 1}
    session().execute(update(Case).where(Case.id == move.case_id).values(**changed))
    move.to_id, move.chosen_by, move.chosen_on = to_id, actor.id, clock.today()
    notices.notify(to_id, "moved", OFFICERS, cases=[move.case_id])
    current_act().touch("case", move.case_id)


def _refuse_locked(move: CaseMove) -> None:
    side = Side.FRONT if move.seat is Seat.FRONT else Side.COMMITTEE
    undone = exists().where(
        CaseLock.case_id == move.case_id, CaseLock.side == side, CaseLock.state != LockState.DONE
    )
    if session().scalar(select(undone)):
        raise Refused(Because.IN_CONFLICT)


def parts_of(move: CaseMove) -> tuple[str, ...]:
    """The bodies among which the street decides."""
    plan = plan_as_carried(session().get_one(Reorganisation, move.reorganisation_id))
    old = session().get_one(Body, move.from_id)
    return plan.successors_of_body(old.kind, old.area_id)


def _links(case_id: str) -> Sequence[CaseReport]:
    stmt = select(CaseReport).where(CaseReport.case_id == case_id).order_by(CaseReport.report_id)
    return session().scalars(stmt).all()


class _Reach:
    """One waiting case in the hands of an officer above, who reaches its keys along the former line."""

    def __init__(self, ring: KeyRing, move: CaseMove) -> None:
        self.ring, self.move = ring, move

    def street(self, link: CaseReport) -> Street:
        if self.move.seat is Seat.LEADER:
            told = open_handover(open_case_key(self.ring, self._case_grant()), link) or {}
            return Street(str(told.get("place", "")), "", str(told.get("where", "")))
        report = session().get_one(Report, link.report_id)
        key = open_grant(self.ring, self._grant(link.report_id)).report_key()
        content = open_part(key, report.id, "content", report.sealed_content)
        place = content["place"]
        return Street(place["name"], place.get("street", ""), content.get("where", ""))

    def obtain_all(self) -> None:
        """The former body's keys that this case lies under; raises Refused."""
        for link in _links(self.move.case_id):
            if self.move.seat is Seat.FRONT or granted(link.report_id, self.move.from_id) is not None:
                self._grant(link.report_id)
        if self.move.seat is Seat.LEADER:
            self._case_grant()

    def text(self) -> str:
        """Everything typed in the case that the former body could open."""
        case = session().get_one(Case, self.move.case_id)
        typed = front_text if self.move.seat is Seat.FRONT else committee_text
        return typed(self.ring, case, self.move.from_id)

    def seal_to(self, body: BodyKey) -> None:
        for link in _links(self.move.case_id):
            if session().get(Grant, (link.report_id, body.body_id)) is None:
                report = session().get_one(Report, link.report_id)
                grant = self._grant(link.report_id)
                session().add(pass_grant(self.ring, grant, body, report.reporter_public))
        if (
            self.move.seat is Seat.LEADER
            and session().get(CaseGrant, (self.move.case_id, body.body_id)) is None
        ):
            session().add(pass_case_key(self.ring, self._case_grant(), body))

    def _grant(self, report_id: str) -> Grant:
        grant = granted(report_id, self.move.from_id)
        if grant is None:
            raise Refused(Because.KEY_NOT_HELD, self.move.from_id)
        self._obtain(grant.body_id, grant.key_version)
        return grant

    def _case_grant(self) -> CaseGrant:
        grant = case_grant_of(self.move.case_id, self.move.from_id)
        if grant is None:
            raise Refused(Because.KEY_NOT_HELD, self.move.from_id)
        self._obtain(grant.body_id, grant.key_version)
        return grant

    def _obtain(self, body_id: str, version: int) -> None:
        try:
            obtain_version(self.ring, body_id, version)
        except NotHeld:
            raise Refused(Because.KEY_NOT_HELD, body_id) from None
