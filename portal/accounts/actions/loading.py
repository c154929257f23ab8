"""Several acts in a row, for the demo and for tests: what people do on pages, one after the other."""

from portal.accounts import credentials
from portal.accounts.actions.enrolling import accept_invitation, invite
from portal.accounts.actions.members import admit
from portal.data.models.account import Member
from portal.data.models.body import Body
from portal.domain.permissions import ANYBODY, Actor, Role
from portal.vault.fingerprint import fingerprint
from portal.vault.passphrase import STANDARD, Cost
from portal.vault.ring import KeyRing


def enrol(
    lead: Actor,
    admitting: tuple[Actor, KeyRing],
    body: Body,
    /,
    *,
    login: str,
    display_name: str,
    roles: frozenset[Role],
    passphrase: str,
    cost: Cost = STANDARD,
    totp_seed: str | None = None,
) -> Member:
    """Invite, accept and admit one person; `admitting` is a custodian where the person is to be one.

    Raises whatever the three acts raise.
    """
    token = invite(lead, body, display_name=display_name, roles=roles)
    made = credentials.make(passphrase, totp_seed=totp_seed, cost=cost)
    member = accept_invitation(ANYBODY, token, login=login, credentials=made)
    actor, ring = admitting
    admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))
    return member
