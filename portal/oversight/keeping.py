"""Cases that will be deleted soon, and a lead's order to keep one (giữ lại), with a sealed reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from portal.action import action, current_act, session
from portal.data.db import new_id
from portal.data.models.account import Account
from portal.data.models.case import Case
from portal.data.models.retention import LegalHold
from portal.domain import clock
from portal.domain.permissions import Actor, Permission
from portal.papers.hiding import shown_to
from portal.papers.keys import newest_key
from portal.vault.boxes import place
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_to

LONGEST = 200


class NoHold(Exception):
    """There is no such hold of one's own body, or it was lifted."""


@dataclass(frozen=True)
class Held:
    """An order in force on a case: since when, and by whom."""

    id: str
    since: date
    by: str


@dataclass(frozen=True)
class Line:
    """A case that will be deleted, or is held back."""

    case: Case
    holds: tuple[Held, ...]


def lines(actor: Actor) -> Sequence[Line]:
    """The announced and held cases of the actor's body, the next to go first; at most LONGEST."""
    held = select(LegalHold.case_id).where(LegalHold.lifted_on.is_(None))
    wanted = (
        select(Case)
        .where(
            or_(Case.front_id == actor.body, Case.leader_id == actor.body),
            or_(Case.erase_on.is_not(None), Case.id.in_(held)),
            *shown_to(actor),
        )
        .order_by(Case.erase_on.is_(None), Case.erase_on, Case.id)
        .limit(LONGEST)
    )
    return [Line(one, tuple(holds_of(one.id, actor.body))) for one in session().scalars(wanted)]


def holds_of(case_id: str, body_id: str) -> list[Held]:
    """The orders of one body that are in force on a case."""
    rows = session().execute(
        select(LegalHold.id, LegalHold.placed_on, Account.display_name)
        .join(Account, Account.id == LegalHold.placed_by)
        .where(LegalHold.case_id == case_id, LegalHold.body_id == body_id, LegalHold.lifted_on.is_(None))
        .order_by(LegalHold.placed_on, LegalHold.id)
    )
    return [Held(*row) for row in rows]


@action(Permission.CASE_HOLD)
def place_hold(actor: Actor, case: Case, /, *, reason: str) -> str:
    """Keep the case past its time until this is lifted; the reason is sealed to the lead's body."""
    key = newest_key(actor.body)
    if key is None:
        raise NotHeld(actor.body)
    hold_id = new_id()
    session().add(
        LegalHold(
            id=hold_id,
            case_id=case.id,
            body_id=actor.body,
            placed_by=actor.id,
            placed_on=clock.today(),
            sealed_reason=seal_to(key.public_key, reason.encode(), info=_place(hold_id)),
        )
    )
    case.erase_on = None
    current_act().touch("legal_hold", hold_id)
    return hold_id


@action(Permission.CASE_HOLD)
def lift_hold(actor: Actor, case: Case, /, hold_id: str) -> None:
    """The case goes at its time again, announced anew. Raises NoHold."""
    hold = _own(actor, case, hold_id)
    hold.lifted_by, hold.lifted_on = actor.id, clock.today()
    current_act().touch("legal_hold", hold_id)


@action(Permission.CASE_HOLD)
def read_hold(actor: Actor, case: Case, /, ring: KeyRing, hold_id: str) -> str:
    """Why it is held. Raises NoHold, NotHeld."""
    hold = _own(actor, case, hold_id)
    current_act().touch("legal_hold", hold_id)
    return ring.open(hold.body_id, "content", hold.sealed_reason, info=_place(hold_id)).decode()


def _own(actor: Actor, case: Case, hold_id: str) -> LegalHold:
    hold = session().get(LegalHold, hold_id, with_for_update=True, populate_existing=True)
    if hold is None or (hold.case_id, hold.body_id) != (case.id, actor.body) or hold.lifted_on is not None:
        raise NoHold(hold_id)
    return hold


def _place(hold_id: str) -> str:
    return place("legal_hold", hold_id, "reason")
