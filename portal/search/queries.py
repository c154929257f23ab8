"""Which of his body's cases an officer's question finds; nothing of them is opened here."""

from portal.domain.permissions import Actor, Permission, may
from portal.papers.finding import Found, Wanted, find
from portal.papers.lists import Place
from portal.vault.ring import KeyRing

__all__ = ["Found", "Wanted", "is_of_board", "matching"]


def matching(ring: KeyRing, reader: Actor, wanted: Wanted, after: Place | None) -> Found:
    """A page of cases, newest first."""
    return find(ring, reader, wanted, after)


def is_of_board(reader: Actor) -> bool:
    """Whether he reads as a Front board does; else as a committee."""
    return may(reader, Permission.TRIAGE_QUEUE)
