"""Who may do what: one table, read by the doors (pages) and by the gate (actions)."""

from portal.domain.permissions.actors import ANYBODY, Actor, ActorKind, Facts, Role
from portal.domain.permissions.policy import POLICY, Permission, may

__all__ = ["ANYBODY", "POLICY", "Actor", "ActorKind", "Facts", "Permission", "Role", "may"]
