"""The rights, and the one table that says who has them."""

from enum import StrEnum

from portal.domain.permissions.actors import Actor, Facts
from portal.domain.permissions.predicates import (
    ABOUT_THE_OBJECT,
    Predicate,
    above_the_body,
    administrator,
    alone_with_code,
    anybody,
    auditor,
    custodian,
    holds_receipt,
    inspector,
    is_oneself,
    is_public,
    is_staff,
    is_system,
    is_unlocked,
    keeps_the_register,
    lead,
    lead_inspector,
    lead_reviewer,
    not_barred,
    not_locked,
    not_oneself,
    of_following_front,
    of_own_body,
    of_own_committee,
    of_own_front,
    officer,
    registrar,
    reviewer,
    second_person,
)


class Permission(StrEnum):
    """Every right there is. The docstring of POLICY says who has it."""

    GUIDE_READ = "guide:read"
    INTAKE_SUBMIT = "intake:submit"
    MAILBOX_USE = "mailbox:use"
    MAILBOX_CHANGE_CODE = "mailbox:change-code"
    COUNTER_ENTER = "counter:enter"
    ACCOUNT_OWN = "account:own"
    DESK_USE = "desk:use"
    TEXTS_KEEP = "texts:keep"
    CASES_SEARCH = "cases:search"
    TRIAGE_QUEUE = "triage:queue"
    TRIAGE_VIEW = "triage:view"
    TRIAGE_DECIDE = "triage:decide"
    CASE_FOLLOW = "case:follow"
    CASE_STAND_ASIDE = "case:stand_aside"
    CASE_HOLD = "case:hold"
    CONFLICT_TASKS = "conflict:tasks"
    CONFLICT_RESEAL = "conflict:reseal"
    CASEWORK_QUEUE = "casework:queue"
    CASEWORK_VIEW = "casework:view"
    CASEWORK_WORK = "casework:work"
    CASEWORK_LEAD = "casework:lead"
    CASEWORK_CHECK = "casework:check"
    CASEWORK_APPROVE = "casework:approve"
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
    LEAVE_ENTER = "leave:enter"
    BODIES_FOUND = "bodies:found"
    KEYS_ROTATE = "keys:rotate"
    KEYS_RESEAL = "keys:reseal"
    ACCOUNTS_DISABLE = "accounts:disable"
    REGISTRY_READ = "registry:read"
    REGISTRY_IMPORT = "registry:import"
    REGISTRY_EDIT = "registry:edit"
    REGISTRY_REDRAFT = "registry:redraft"
    REGISTRY_ACTIVATE = "registry:activate"
    REGISTRY_CARRY_OUT = "registry:carry-out"
    CALENDAR_EDIT = "calendar:edit"
    SATISFACTION_READ = "satisfaction:read"
    ROUNDS_READ = "rounds:read"
    ROUNDS_WORK = "rounds:work"
    ROUNDS_APPROVE = "rounds:approve"
    AUDIT_READ = "audit:read"
    SYSTEM_RUN = "system:run"


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
    Permission.TEXTS_KEEP: ((lead, is_unlocked, of_own_body),),
    Permission.CASES_SEARCH: ((officer, is_unlocked),),
    Permission.TRIAGE_QUEUE: ((reviewer, is_unlocked),),
    Permission.TRIAGE_VIEW: (_TRIAGE, _FOLLOWING),
    Permission.TRIAGE_DECIDE: (_TRIAGE,),
    Permission.CASE_FOLLOW: (_TRIAGE, _FOLLOWING),
    Permission.CASE_STAND_ASIDE: (_TRIAGE, _CASEWORK),
    # A lead keeps a case past the time at which it would be deleted.
    Permission.CASE_HOLD: (
        (lead_reviewer, is_unlocked, of_own_front, *_FREE),
        (lead_inspector, is_unlocked, of_own_committee, *_FREE),
    ),
    Permission.CONFLICT_TASKS: ((officer, is_unlocked),),
    Permission.CONFLICT_RESEAL: ((officer, is_unlocked, of_own_body, *_FREE),),
    Permission.CASEWORK_QUEUE: ((inspector, is_unlocked),),
    Permission.CASEWORK_VIEW: (_CASEWORK,),
    Permission.CASEWORK_WORK: (_CASEWORK,),
    Permission.CASEWORK_LEAD: ((lead_inspector, is_unlocked, of_own_committee, *_FREE),),
    # What one person recorded, another of the committee checks.
    Permission.CASEWORK_CHECK: ((*_CASEWORK, second_person),),
    Permission.CASEWORK_APPROVE: ((lead_inspector, is_unlocked, of_own_committee, second_person, *_FREE),),
    Permission.IDENTITY_REQUEST: (_TRIAGE,),
    Permission.IDENTITY_APPROVE: ((custodian, is_unlocked, of_own_body, second_person, *_FREE),),
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
    # An officer says himself that he is away; the head says it of everybody, himself among them.
    Permission.LEAVE_ENTER: (
        (officer, is_unlocked, of_own_body, is_oneself),
        (lead, is_unlocked, of_own_body),
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
    Permission.REGISTRY_ACTIVATE: ((registrar, keeps_the_register, second_person),),
    # It takes cases from one body and gives them to another: never by the one who planned it.
    Permission.REGISTRY_CARRY_OUT: ((registrar, keeps_the_register, second_person), (is_system,)),
    Permission.CALENDAR_EDIT: ((registrar, is_unlocked), (is_system,)),
    Permission.SATISFACTION_READ: ((lead_reviewer, is_unlocked, of_own_body),),
    # Drawn up by one person and approved by another; whoever works in a supervised body is barred.
    Permission.ROUNDS_READ: ((reviewer, is_unlocked, of_own_body, not_barred),),
    Permission.ROUNDS_WORK: ((reviewer, is_unlocked, of_own_body, not_barred),),
    Permission.ROUNDS_APPROVE: ((lead_reviewer, is_unlocked, of_own_body, second_person, not_barred),),
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
        return any(all(p(actor, Facts()) for p in row if p not in ABOUT_THE_OBJECT) for row in rows)
    return any(all(p(actor, facts) for p in row) for row in rows)
