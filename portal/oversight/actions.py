"""Opening an identity: one person asks with a reason, a custodian decides, the asker reads (decisions 10).

The asker takes off the outer seal with his body's identity key; what is inside opens with the custodian's key
only. The custodian seals it anew to the asker's own key: nobody else of the body can read it.
"""

import json
from typing import Any

from sqlalchemy import select

from portal.action import Stale, action, current_act, session
from portal.data.db import new_id
from portal.data.models.account import Account, AccountState, Member, MemberState
from portal.data.models.body import BodyKey
from portal.data.models.report import Identity, IdentityOpening, OpeningState
from portal.domain import clock
from portal.domain.keys import KeyPurpose
from portal.domain.permissions import Actor, Permission, Role
from portal.papers import notices
from portal.papers.keys import newest_key
from portal.papers.recovery import take_up
from portal.papers.reports import cases_of
from portal.vault.boxes import place
from portal.vault.errors import NotHeld
from portal.vault.identity import open_inner, peel_outer
from portal.vault.ring import KeyRing
from portal.vault.sealing import seal_to


class NoReason(ValueError):
    """An identity is never opened without a reason in words."""


@action(Permission.IDENTITY_REQUEST)
def ask(actor: Actor, identity: Identity, /, *, ring: KeyRing, reason: str) -> str:
    """Ask the custodian of the body to open an identity; returns the id of the request.

    Raises NoReason, NotHeld without the body's identity key.
    """
    if not reason.strip():
        raise NoReason
    outer = ring.loaded(identity.body_id, KeyPurpose.IDENTITY.value, identity.identity_version)
    inner = peel_outer(outer, identity.sealed, place("report", identity.report_id, "identity"))
    custodian = _custodian_of(identity)
    opening_id = new_id()
    session().add(
        IdentityOpening(
            id=opening_id,
            report_id=identity.report_id,
            body_id=identity.body_id,
            state=OpeningState.ASKED,
            asked_by=actor.id,
            asked_on=clock.today(),
            sealed_reason=seal_to(
                custodian.public_key, reason.encode(), info=place("identity_opening", opening_id, "reason")
            ),
            sealed_inner=inner,
        )
    )
    notices.notify(
        identity.body_id, "identity", frozenset({Role.CUSTODIAN}), cases=cases_of(identity.report_id)
    )
    current_act().touch("report", identity.report_id)
    current_act().touch("identity_opening", opening_id)
    return opening_id


def _custodian_of(identity: Identity) -> BodyKey:
    """The key of the custodian who will decide."""
    if identity.custodian_body_id is None:
        key = (identity.body_id, KeyPurpose.CUSTODIAN, identity.custodian_version)
        return session().get_one(BodyKey, key)
    above = newest_key(identity.body_id, KeyPurpose.CUSTODIAN)
    if above is None:
        raise NotHeld(identity.body_id)
    return above


@action(Permission.IDENTITY_APPROVE)
def read_reason(actor: Actor, opening: IdentityOpening, /, *, ring: KeyRing) -> str:
    """The custodian reads why; the read is audited."""
    current_act().touch("report", opening.report_id)
    return ring.open(
        opening.body_id,
        KeyPurpose.CUSTODIAN.value,
        opening.sealed_reason,
        info=place("identity_opening", opening.id, "reason"),
    ).decode()


@action(Permission.IDENTITY_APPROVE)
def grant(actor: Actor, opening: IdentityOpening, /, *, ring: KeyRing) -> None:
    """The custodian agrees: the identity is sealed to the asker's own key.

    Raises Stale once decided, and where the asker's seat is no longer his: he left, is shut out, or his keys
    were replaced and nobody compared the new ones yet.
    """
    asker = _seated(opening)
    identity = session().get_one(Identity, opening.report_id)
    # Where a board above took the case over, the inner seal is still for the custodian below.
    sealed_for = identity.custodian_body_id or opening.body_id
    take_up(ring, sealed_for, KeyPurpose.CUSTODIAN, identity.custodian_version)
    secret = ring.loaded(sealed_for, KeyPurpose.CUSTODIAN.value, identity.custodian_version)
    inner = opening.sealed_inner
    _decide(actor, opening, OpeningState.GRANTED)
    plaintext = open_inner(secret, inner, place("report", opening.report_id, "identity"))
    opening.sealed_to_asker = seal_to(
        asker.public_key, plaintext, info=place("identity_opening", opening.id, "identity")
    )


@action(Permission.IDENTITY_APPROVE)
def refuse(actor: Actor, opening: IdentityOpening, /) -> None:
    """The custodian does not agree. Raises Stale once decided."""
    _decide(actor, opening, OpeningState.REFUSED)


def _decide(actor: Actor, opening: IdentityOpening, state: OpeningState) -> None:
    if opening.state is not OpeningState.ASKED:
        raise Stale
    opening.state, opening.decided_by, opening.decided_on = state, actor.id, clock.today()
    # Peeled for this one decision: left there, the custodian alone could open it for ever.
    opening.sealed_inner = b""
    current_act().touch("report", opening.report_id)


def _seated(opening: IdentityOpening) -> Account:
    """The asker, as an admitted member of the body whose account is open; raises Stale."""
    member = session().scalar(
        select(Member).where(
            Member.account_id == opening.asked_by,
            Member.body_id == opening.body_id,
            Member.state == MemberState.ADMITTED,
        )
    )
    if member is None or member.account.state is not AccountState.ACTIVE:
        raise Stale
    return member.account


@action(Permission.IDENTITY_READ)
def read_identity(actor: Actor, opening: IdentityOpening, /, *, ring: KeyRing) -> dict[str, Any]:
    """The asker reads name and contact; every read is audited. Raises Stale unless it was granted."""
    if opening.state is not OpeningState.GRANTED or opening.sealed_to_asker is None:
        raise Stale
    current_act().touch("report", opening.report_id)
    plaintext = ring.open_own(opening.sealed_to_asker, info=place("identity_opening", opening.id, "identity"))
    contact: dict[str, Any] = json.loads(plaintext)
    return contact
