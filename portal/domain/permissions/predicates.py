"""What can be asked of an actor and of the thing acted on; POLICY joins these questions."""

from collections.abc import Callable

from portal.domain.permissions.actors import Actor, ActorKind, Facts, Role

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


def second_person(actor: Actor, facts: Facts) -> bool:
    """Neither who did it nor one who stands in for him, or for whom he stands in (design: four eyes)."""
    return facts.account_id != actor.id and facts.account_id not in actor.one_with


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
lead_reviewer = _has(Role.LEAD_REVIEWER)
lead = _has(Role.LEAD_REVIEWER, Role.LEAD_INSPECTOR)
custodian = _has(Role.CUSTODIAN)
registrar = _has(Role.REGISTRAR)
administrator = _has(Role.ADMINISTRATOR)
auditor = _has(Role.AUDITOR)

# What a door cannot ask yet, for it has no object; the gate asks it.
ABOUT_THE_OBJECT = {
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
    second_person,
    not_barred,
    not_locked,
}
