"""Who may do what: one table, read by the doors (pages) and by the gate (actions)."""

from collections.abc import Callable
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
    """Who acts. `report_id` is a reporter's; `unlocked` tells an admitted member from one who waits."""

    id: str
    kind: ActorKind
    roles: frozenset[Role] = frozenset()
    body_id: str | None = None
    report_id: str | None = None
    unlocked: bool = True

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


class Permission(StrEnum):
    """Every right there is. The docstring of POLICY says who has it."""

    GUIDE_READ = "guide:read"
    INTAKE_SUBMIT = "intake:submit"
    MAILBOX_USE = "mailbox:use"
    MAILBOX_CHANGE_CODE = "mailbox:change-code"
    COUNTER_ENTER = "counter:enter"
    ACCOUNT_OWN = "account:own"
    DESK_USE = "desk:use"
    TRIAGE_QUEUE = "triage:queue"
    TRIAGE_VIEW = "triage:view"
    TRIAGE_DECIDE = "triage:decide"
    CASE_FOLLOW = "case:follow"
    CASE_STAND_ASIDE = "case:stand_aside"
    CONFLICT_TASKS = "conflict:tasks"
    CONFLICT_RESEAL = "conflict:reseal"
    CASEWORK_QUEUE = "casework:queue"
    CASEWORK_VIEW = "casework:view"
    CASEWORK_WORK = "casework:work"
    CASEWORK_LEAD = "casework:lead"
    IDENTITY_REQUEST = "identity:request"
    IDENTITY_APPROVE = "identity:approve"
    IDENTITY_FOLLOW = "identity:follow"
    IDENTITY_READ = "identity:read"
    MEMBERS_VIEW = "members:view"
    MEMBERS_INVITE = "members:invite"
    INVITATION_ACCEPT = "invitation:accept"
    MEMBERS_ADMIT = "members:admit"
    CUSTODIANS_ADMIT = "custodians:admit"
    MEMBERS_ROLES = "members:roles"
    MEMBERS_END = "members:end"
    BODIES_FOUND = "bodies:found"
    KEYS_ROTATE = "keys:rotate"
    KEYS_RESEAL = "keys:reseal"
    ACCOUNTS_DISABLE = "accounts:disable"
    REGISTRY_READ = "registry:read"
    REGISTRY_IMPORT = "registry:import"
    REGISTRY_EDIT = "registry:edit"
    REGISTRY_REDRAFT = "registry:redraft"
    REGISTRY_ACTIVATE = "registry:activate"
    CALENDAR_EDIT = "calendar:edit"
    AUDIT_READ = "audit:read"
    SYSTEM_RUN = "system:run"


Predicate = Callable[[Actor, Facts], bool]


def _has(*roles: Role) -> Predicate:
    def holds(actor: Actor, facts: Facts) -> bool:
        return actor.kind is ActorKind.STAFF and not actor.roles.isdisjoint(roles)

    holds.__name__ = "_or_".join(roles)
    return holds


def anybody(actor: Actor, facts: Facts) -> bool:
    return True


def is_public(actor: Actor, facts: Facts) -> bool:
    return actor.kind is ActorKind.PUBLIC


def is_system(actor: Actor, facts: Facts) -> bool:
    return actor.kind is ActorKind.SYSTEM


def is_staff(actor: Actor, facts: Facts) -> bool:
    return actor.kind is ActorKind.STAFF


def holds_receipt(actor: Actor, facts: Facts) -> bool:
    return actor.kind is ActorKind.REPORTER and actor.report_id in facts.report_ids


def alone_with_code(actor: Actor, facts: Facts) -> bool:
    return not facts.code_shared


def is_unlocked(actor: Actor, facts: Facts) -> bool:
    return actor.unlocked


def of_own_front(actor: Actor, facts: Facts) -> bool:
    return facts.front_id is not None and facts.front_id == actor.body_id


def of_following_front(actor: Actor, facts: Facts) -> bool:
    """The board that referred the case to the province goes on reading it (rule 17)."""
    return facts.follower_id is not None and facts.follower_id == actor.body_id


def of_own_committee(actor: Actor, facts: Facts) -> bool:
    return facts.leader_id is not None and facts.leader_id == actor.body_id


def of_own_body(actor: Actor, facts: Facts) -> bool:
    return facts.body_id is not None and facts.body_id == actor.body_id


def above_the_body(actor: Actor, facts: Facts) -> bool:
    return actor.body_id is not None and actor.body_id in facts.superior_ids


def keeps_the_register(actor: Actor, facts: Facts) -> bool:
    """The registrars of the centre for all, of a province for the units under it."""
    return actor.body_id is not None and actor.body_id in facts.registrar_ids


def is_oneself(actor: Actor, facts: Facts) -> bool:
    return facts.account_id is not None and facts.account_id == actor.id


def not_oneself(actor: Actor, facts: Facts) -> bool:
    return facts.account_id != actor.id


def not_barred(actor: Actor, facts: Facts) -> bool:
    """Nobody handles a report about himself or his relatives (NĐ 31/2019 art. 5(2))."""
    return actor.id not in facts.barred


def not_locked(actor: Actor, facts: Facts) -> bool:
    """A body found in conflict later has the matter no more, from that moment on (decisions 2)."""
    return actor.body not in facts.locked


reviewer = _has(Role.REVIEWER, Role.LEAD_REVIEWER)
inspector = _has(Role.INSPECTOR, Role.LEAD_INSPECTOR)
officer = _has(Role.REVIEWER, Role.LEAD_REVIEWER, Role.INSPECTOR, Role.LEAD_INSPECTOR)
lead_inspector = _has(Role.LEAD_INSPECTOR)
lead = _has(Role.LEAD_REVIEWER, Role.LEAD_INSPECTOR)
custodian = _has(Role.CUSTODIAN)
registrar = _has(Role.REGISTRAR)
administrator = _has(Role.ADMINISTRATOR)
auditor = _has(Role.AUDITOR)

_FREE = (not_barred, not_locked)
_TRIAGE = (reviewer, is_unlocked, of_own_front, *_FREE)
_FOLLOWING = (reviewer, is_unlocked, of_following_front, *_FREE)
_CASEWORK = (inspector, is_unlocked, of_own_committee, *_FREE)

# Any row whose predicates all hold gives the right.
POLICY: dict[Permission, tuple[tuple[Predicate, ...], ...]] = {
    Permission.GUIDE_READ: ((anybody,),),
    Permission.INTAKE_SUBMIT: ((is_public,),),
    Permission.MAILBOX_USE: ((holds_receipt, alone_with_code),),
    Permission.MAILBOX_CHANGE_CODE: ((holds_receipt,),),
    Permission.COUNTER_ENTER: ((reviewer, is_unlocked, of_own_body),),
    Permission.ACCOUNT_OWN: ((is_staff, is_oneself),),
    Permission.DESK_USE: ((officer, is_unlocked),),
    Permission.TRIAGE_QUEUE: ((reviewer, is_unlocked),),
    Permission.TRIAGE_VIEW: (_TRIAGE, _FOLLOWING),
    Permission.TRIAGE_DECIDE: (_TRIAGE,),
    Permission.CASE_FOLLOW: (_TRIAGE, _FOLLOWING),
    Permission.CASE_STAND_ASIDE: (_TRIAGE, _CASEWORK),
    Permission.CONFLICT_TASKS: ((officer, is_unlocked),),
    Permission.CONFLICT_RESEAL: ((officer, is_unlocked, of_own_body, *_FREE),),
    Permission.CASEWORK_QUEUE: ((inspector, is_unlocked),),
    Permission.CASEWORK_VIEW: (_CASEWORK,),
    Permission.CASEWORK_WORK: (_CASEWORK,),
    Permission.CASEWORK_LEAD: ((lead_inspector, is_unlocked, of_own_committee, *_FREE),),
    Permission.IDENTITY_REQUEST: (_TRIAGE,),
    Permission.IDENTITY_APPROVE: ((custodian, is_unlocked, of_own_body, not_oneself, *_FREE),),
    Permission.IDENTITY_FOLLOW: (_TRIAGE, (custodian, is_unlocked, of_own_body, *_FREE)),
    Permission.IDENTITY_READ: ((*_TRIAGE, is_oneself),),
    Permission.MEMBERS_VIEW: ((is_staff, is_unlocked, of_own_body), (is_staff, is_unlocked, above_the_body)),
    # Administrators and the command line make accounts; only holders of the keys admit.
    Permission.MEMBERS_INVITE: (
        (lead, is_unlocked, of_own_body),
        (lead, is_unlocked, above_the_body),
        (administrator, is_unlocked, of_own_body),
        (administrator, is_unlocked, above_the_body),
        (is_system,),
    ),
    Permission.INVITATION_ACCEPT: ((is_public,),),
    Permission.MEMBERS_ADMIT: (
        (lead, is_unlocked, of_own_body, not_oneself),
        (lead, is_unlocked, above_the_body, not_oneself),
    ),
    Permission.CUSTODIANS_ADMIT: (
        (custodian, is_unlocked, of_own_body, not_oneself),
        (custodian, is_unlocked, above_the_body, not_oneself),
    ),
    Permission.MEMBERS_ROLES: (
        (lead, is_unlocked, of_own_body, not_oneself),
        (lead, is_unlocked, above_the_body, not_oneself),
    ),
    Permission.MEMBERS_END: (
        (lead, is_unlocked, of_own_body, not_oneself),
        (lead, is_unlocked, above_the_body, not_oneself),
    ),
    Permission.BODIES_FOUND: ((lead, is_unlocked, above_the_body),),
    Permission.KEYS_ROTATE: ((lead, is_unlocked, of_own_body), (lead, is_unlocked, above_the_body)),
    # A custodian's secret is passed on by custodians, everything else by leads (decisions 4, 10).
    Permission.KEYS_RESEAL: (
        (lead, is_unlocked, above_the_body, *_FREE),
        (custodian, is_unlocked, above_the_body, *_FREE),
    ),
    Permission.ACCOUNTS_DISABLE: (
        (administrator, is_unlocked, of_own_body, not_oneself),
        (administrator, is_unlocked, above_the_body, not_oneself),
        (lead, is_unlocked, of_own_body, not_oneself),
        (lead, is_unlocked, above_the_body, not_oneself),
        (is_system,),
    ),
    Permission.REGISTRY_READ: ((is_staff,),),
    Permission.REGISTRY_IMPORT: ((registrar,), (is_system,)),
    Permission.REGISTRY_EDIT: ((registrar, keeps_the_register), (is_system,)),
    Permission.REGISTRY_REDRAFT: ((registrar, keeps_the_register, is_oneself),),
    Permission.REGISTRY_ACTIVATE: ((registrar, keeps_the_register, not_oneself),),
    Permission.CALENDAR_EDIT: ((registrar, is_unlocked), (is_system,)),
    Permission.AUDIT_READ: ((auditor,), (is_system,)),
    Permission.SYSTEM_RUN: ((is_system,),),
}


def may(actor: Actor, permission: Permission, facts: Facts | None = None) -> bool:
    """True if a row of POLICY holds.

    Without `facts` the question is the door's: could this actor have the right on *some* object;
    predicates that look at the object are then left to the gate.
    """
    rows = POLICY[permission]
    if facts is None:
        return any(all(p(actor, Facts()) for p in row if p not in _ABOUT_THE_OBJECT) for row in rows)
    return any(all(p(actor, facts) for p in row) for row in rows)


_ABOUT_THE_OBJECT = {
    holds_receipt,
    alone_with_code,
    of_own_front,
    of_following_front,
    of_own_committee,
    of_own_body,
    above_the_body,
    keeps_the_register,
    is_oneself,
    not_oneself,
    not_barred,
    not_locked,
}
