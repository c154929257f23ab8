"""The table of rights: complete, and its matrix kept as a file that reviewers read in the diff."""

from dataclasses import replace
from pathlib import Path

import pytest

from portal.domain.permissions import ANYBODY, POLICY, Actor, ActorKind, Facts, Permission, Role, may

SNAPSHOT = Path(__file__).with_name("rights.txt")
OWN, OTHER = "front.A", "front.B"
REPORTER = Actor("reporter", ActorKind.REPORTER, report_id="r1")
SYSTEM = Actor("system", ActorKind.SYSTEM)
FACTS = Facts(
    report_ids=frozenset({"r1"}),
    front_id=OWN,
    leader_id=OWN,
    body_id=OWN,
    account_id="someone",
    superior_ids=frozenset(),
    registrar_ids=frozenset({OWN}),
)


def staff(role: Role, body: str = OWN, **other: object) -> Actor:
    return Actor("me", ActorKind.STAFF, frozenset({role}), body, **other)  # type: ignore[arg-type]


def matrix() -> str:
    people = {"anybody": ANYBODY, "reporter": REPORTER, "system": SYSTEM}
    people |= {role.value: staff(role) for role in Role}
    lines = []
    for permission in Permission:
        holders = [name for name, actor in people.items() if may(actor, permission, FACTS)]
        lines.append(f"{permission.value:20} {' '.join(holders)}")
    return "\n".join(lines) + "\n"


def test_every_permission_is_in_the_table() -> None:
    assert set(POLICY) == set(Permission)


def test_the_matrix_is_the_reviewed_one() -> None:
    assert matrix() == SNAPSHOT.read_text(), "rights changed: review the matrix and store it in rights.txt"


CONTENT = (
    Permission.TRIAGE_VIEW,
    Permission.TRIAGE_DECIDE,
    Permission.CASEWORK_VIEW,
    Permission.CASEWORK_WORK,
)


@pytest.mark.parametrize("permission", CONTENT)
@pytest.mark.parametrize("role", Role)
def test_nobody_of_another_body_reaches_content(permission: Permission, role: Role) -> None:
    assert not may(staff(role, OTHER), permission, FACTS)


@pytest.mark.parametrize("permission", CONTENT)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.REGISTRAR, Role.CUSTODIAN])
def test_offices_without_casework_never_reach_content(permission: Permission, role: Role) -> None:
    assert not may(staff(role), permission, FACTS)
    assert not may(staff(role), permission)


@pytest.mark.parametrize("permission", CONTENT)
@pytest.mark.parametrize("role", Role)
def test_a_barred_person_has_no_right(permission: Permission, role: Role) -> None:
    barred = Facts(front_id=OWN, leader_id=OWN, barred=frozenset({"me"}))
    assert not may(staff(role), permission, barred)


@pytest.mark.parametrize("permission", CONTENT)
@pytest.mark.parametrize("role", Role)
def test_a_member_who_waits_for_admission_has_no_right(permission: Permission, role: Role) -> None:
    assert not may(staff(role, unlocked=False), permission, FACTS)


def test_a_receipt_opens_its_own_report_only() -> None:
    assert may(REPORTER, Permission.MAILBOX_USE, Facts(report_ids=frozenset({"r1"})))
    assert not may(REPORTER, Permission.MAILBOX_USE, Facts(report_ids=frozenset({"r2"})))


def test_nobody_approves_the_opening_he_asked_for() -> None:
    custodian = staff(Role.CUSTODIAN)
    assert may(custodian, Permission.IDENTITY_APPROVE, Facts(body_id=OWN, account_id="asker"))
    assert not may(custodian, Permission.IDENTITY_APPROVE, Facts(body_id=OWN, account_id="me"))


SECOND = (
    Permission.CASEWORK_CHECK,
    Permission.CASEWORK_APPROVE,
    Permission.IDENTITY_APPROVE,
    Permission.ROUNDS_APPROVE,
    Permission.REGISTRY_ACTIVATE,
    Permission.REGISTRY_CARRY_OUT,
)


@pytest.mark.parametrize("permission", SECOND)
def test_nobody_is_the_second_person_for_one_with_whom_he_counts_as_one(permission: Permission) -> None:
    for role in Role:
        alone, pair = staff(role), staff(role, one_with=frozenset({"someone"}))
        assert not may(pair, permission, FACTS)
        other = replace(FACTS, account_id="another")
        assert may(pair, permission, other) == may(alone, permission, other)


@pytest.mark.parametrize("permission", Permission)
def test_to_stand_in_gives_no_right(permission: Permission) -> None:
    for role in Role:
        for_another = staff(role, stands_for=frozenset({"someone"}), one_with=frozenset({"someone"}))
        assert may(staff(role), permission, FACTS) or not may(for_another, permission, FACTS)
