"""What a search reveals: the heads of the cases found, as one audited act. No record holds what was asked."""

from collections.abc import Callable, Sequence

from portal.action import action, current_act
from portal.data.models.case import Case
from portal.domain.permissions import Actor, Permission, may
from portal.papers import heads
from portal.search.queries import is_of_board
from portal.vault.ring import KeyRing

Open = Callable[[KeyRing, Sequence[str], str], heads.Heads]
_AS: dict[bool, tuple[Permission, Open]] = {
    True: (Permission.TRIAGE_VIEW, heads.of_board),
    False: (Permission.CASEWORK_VIEW, heads.of_committee),
}
"""By whether he reads as a board: what lets him see a case, and how its head opens."""


@action(Permission.CASES_SEARCH)
def open_found(actor: Actor, obj: None, /, ring: KeyRing, cases: Sequence[Case]) -> heads.Heads:
    """Office, post and category of the cases that a search found, by case id."""
    permission, opened = _AS[is_of_board(actor)]
    own = [case.id for case in heads.renewed(cases) if may(actor, permission, case.facts())]
    current_act().touch("case", *own)
    return opened(ring, own, actor.body)
