"""Who acts, in which role, and what a permission may look at in the thing acted on."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What a member does in his body."""

    REVIEWER = "reviewer"
    LEAD_REVIEWER = "lead_reviewer"
    INSPECTOR = "inspector"
    LEAD_INSPECTOR = "lead_inspector"
    CUSTODIAN = "custodian"
    REGISTRAR = "registrar"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class ActorKind(StrEnum):
    """On whose behalf something happens."""

    PUBLIC = "public"  # somebody at the public form, never known
    REPORTER = "reporter"  # the holder of a receipt
    STAFF = "staff"
    SYSTEM = "system"  # command line, worker, imports


@dataclass(frozen=True)
class Actor:
    """Who acts. `report_id` is a reporter's; `unlocked` tells an admitted member from one who waits.

    `stands_for`: the accounts of those away in whose place he acts today. `one_with`: those with whom he
    counts as one person today, as their substitute or the other way round.
    """

    id: str
    kind: ActorKind
    roles: frozenset[Role] = frozenset()
    body_id: str | None = None
    report_id: str | None = None
    unlocked: bool = True
    stands_for: frozenset[str] = frozenset()
    one_with: frozenset[str] = frozenset()

    @property
    def body(self) -> str:
        """The id of the actor's body; empty for one who has none, which no row has."""
        return self.body_id or ""


ANYBODY = Actor("public", ActorKind.PUBLIC)


@dataclass(frozen=True)
class Facts:
    """What a permission may look at in the thing acted on; empty where it does not apply."""

    report_ids: frozenset[str] = frozenset()
    front_id: str | None = None
    follower_id: str | None = None
    leader_id: str | None = None
    assignee_id: str | None = None
    account_id: str | None = None
    body_id: str | None = None
    superior_ids: frozenset[str] = frozenset()
    registrar_ids: frozenset[str] = frozenset()
    barred: frozenset[str] = field(default_factory=frozenset)
    locked: frozenset[str] = field(default_factory=frozenset)
    code_shared: bool = False  # an officer saw the receipt too: it opens and sends nothing (C7)
