"""Comparing people with the cases of their body when a person, or a relative, comes later.

It runs in the session of somebody who holds the body's keys, inside his act. Of each case of the body one
key, one text and the letters are read, no file. A closed case can still be read, so who is named in it has no
part in it either; its body keeps it, for nothing is decided there any more.
"""

from collections.abc import Iterable
from contextlib import suppress

from sqlalchemy import or_, select

from portal.action import current_act, session
from portal.data.models.account import Member
from portal.data.models.body import Body
from portal.data.models.case import Case, CaseGrant
from portal.data.models.conflict import CaseBar
from portal.data.models.registry import CaseMove, Seat
from portal.domain.conflicts import BarReason, ConflictSource, Sitting
from portal.domain.life import Desk
from portal.domain.parties import BodyKind
from portal.domain.permissions import Actor
from portal.papers.conflicts import bar, lock_for, locked_bodies, watch
from portal.papers.kinship import people_on, seated, weigh
from portal.papers.moves import formers
from portal.papers.recovery import take_up_all
from portal.papers.texts import committee_text, front_text
from portal.vault.errors import NotHeld
from portal.vault.ring import KeyRing

_TEXTS = {BodyKind.FRONT: front_text, BodyKind.INSPECTION: committee_text}


def compare_newcomer(actor: Actor, member: Member, ring: KeyRing) -> None:
    """Before a newcomer gets the body's keys: cases that name him or his relative are locked or barred.

    Raises NotHeld where the ring reaches no key of the body.
    """
    compare_open(actor, member, ring, ConflictSource.MEMBER_ADMITTED)


def compare_open(actor: Actor, member: Member, ring: KeyRing, source: ConflictSource) -> None:
    """Compare one member with the cases of his body; inside an act. Raises NotHeld."""
    cases = _cases_of(member.body.id, member.body.kind)
    if cases:
        take_up_all(ring, member.body.id)
    _compare(actor, member.body, cases, ring, source, [seated(member)])


def compare_inherited(actor: Actor, body: Body, ring: KeyRing) -> None:
    """Compare a body's people with cases it took over, by an officer who holds the former body's secret.

    Until then nobody of the body could open them, nor compare a newcomer with them.
    """
    cases = _cases_of(body.id, body.kind)
    _compare(actor, body, cases, ring, ConflictSource.BEFORE_RESEALING, None)


def _compare(
    actor: Actor,
    body: Body,
    cases: Iterable[Case],
    ring: KeyRing,
    source: ConflictSource,
    people: list[Sitting] | None,
) -> None:
    for case in cases:
        if body.id in locked_bodies(case.id):
            continue
        _take_up_formers(ring, case.id, body.id)
        try:
            text = _TEXTS[body.kind](ring, case, body.id)
        except NotHeld:
            continue  # taken over, and not sealed anew yet: compared when it is
        current_act().touch("case", case.id)
        if case.desk is Desk.NOBODY:
            bar(case, weigh(text, people if people is not None else people_on([body.id])).barred)
        else:
            watch(actor, case, text, source, people=people)


def _take_up_formers(ring: KeyRing, case_id: str, body_id: str) -> None:
    """What a body above has of a divided one below lies under that one's keys, which it reaches itself."""
    for former in formers([case_id], body_id):
        with suppress(NotHeld):  # the heir of a whole unit reaches them once they are sealed to it
            take_up_all(ring, former)


def compare_appointed(actor: Actor, member: Member) -> None:
    """Who leads from now on, and was barred for a relative: his body is in conflict now. No key is needed."""
    barred = select(CaseBar.case_id).where(
        CaseBar.account_id == member.account_id, CaseBar.reason == BarReason.RELATIVE
    )
    wanted = select(Case).where(Case.id.in_(barred), Case.desk != Desk.NOBODY).order_by(Case.id)
    for case in session().scalars(wanted.with_for_update(of=Case)).all():
        lock_for(actor, case, frozenset({member.body_id}), ConflictSource.LEAD_APPOINTED)


def _cases_of(body_id: str, kind: BodyKind) -> list[Case]:
    if kind not in _TEXTS:
        return []
    wanted = select(Case).order_by(Case.id)
    if kind is BodyKind.FRONT:
        wanted = wanted.where(or_(Case.front_id == body_id, Case.referred_from == body_id))
    else:
        granted = select(CaseGrant.case_id).where(CaseGrant.body_id == body_id)
        moved = select(CaseMove.case_id).where(CaseMove.seat == Seat.LEADER)
        moved = moved.where(or_(CaseMove.to_id == body_id, CaseMove.waits_with_id == body_id))
        wanted = wanted.where(Case.leader_id == body_id, or_(Case.id.in_(granted), Case.id.in_(moved)))
    return list(session().scalars(wanted.with_for_update(of=Case)))
