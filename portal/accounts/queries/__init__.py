"""Reading accounts: who is signed in, members, invitations, sessions, bodies with their keys."""

from portal.accounts.queries.leaves import leave, leaves_of, substitutes_for
from portal.accounts.queries.members import (
    Below,
    account,
    behind,
    bodies_below,
    body,
    body_keys,
    everybody,
    invitation,
    invitations_of,
    keys_of,
    member,
    member_called,
    members_of,
)
from portal.accounts.queries.notices import NoticeDay, notices_of
from portal.accounts.queries.seats import Seat, actor_of, membership, ring_of, sessions_of, signed_in

__all__ = [
    "Below",
    "NoticeDay",
    "Seat",
    "account",
    "actor_of",
    "behind",
    "bodies_below",
    "body",
    "body_keys",
    "everybody",
    "invitation",
    "invitations_of",
    "keys_of",
    "leave",
    "leaves_of",
    "member",
    "member_called",
    "members_of",
    "membership",
    "notices_of",
    "ring_of",
    "sessions_of",
    "signed_in",
    "substitutes_for",
]
