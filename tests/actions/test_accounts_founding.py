"""From the roots downwards: keys, invitations, admissions."""

import pytest
from sqlalchemy import select

from portal.accounts import actions, credentials, queries
from portal.accounts.refusals import Because, NoInvitation, Refused
from portal.action import Forbidden, Stale, session
from portal.data import audit
from portal.data.bodies import bodies_above
from portal.data.models.account import Account, Invitation, Member, MemberKey, MemberState
from portal.data.models.body import BodyKey
from portal.domain.permissions import ANYBODY, Role
from portal.domain.structure import is_active
from portal.vault.fingerprint import fingerprint
from portal.vault.sealing import public_of
from tests.support import people as make
from tests.support.people import CHEAP, PASSPHRASE, People

WARD = "front.C27019b"
UNFOUNDED = "front.C27031b"


@pytest.fixture
def people(prepared) -> People:
    return prepared("people", make.found).made


def _invited(people, lead, body_id, roles, login="nguoi.moi") -> Member:
    token = actions.invite(people.actor(lead), make.body(body_id), display_name="Người mới", roles=roles)
    made = credentials.make(PASSPHRASE, cost=CHEAP)
    return actions.accept_invitation(ANYBODY, token, login=login, credentials=made)


def test_everybody_holds_the_keys_of_his_roles_and_no_other(people):
    purposes = {
        "lead.front.C27019b": {"content", "identity"},
        "member.front.C27019b": {"content", "identity"},
        "custodian.front.C27019b": {"custodian"},
        "lead.inspection.C27019b": {"content"},
        "admin.front.P79b": set(),
        "auditor.front.P79b": set(),
    }
    for login, expected in purposes.items():
        rows = (
            session()
            .execute(
                select(MemberKey.body_id, MemberKey.purpose).where(
                    MemberKey.account_id == people[login].account_id
                )
            )
            .all()
        )
        assert {purpose.value for _, purpose in rows} == expected, login
        assert {body for body, _ in rows} <= {people[login].body_id}, login


def test_the_keys_that_members_hold_are_the_keys_in_use(people):
    actor, ring = people.signed_in("member.front.C27019b")
    keys = session().scalars(select(BodyKey).where(BodyKey.body_id == actor.body_id)).all()
    assert len(keys) == 3
    for key in keys:
        if key.purpose == "custodian":
            assert not ring.holds(actor.body_id, "custodian")
        else:
            assert public_of(ring.secret_of(actor.body_id, key.purpose.value)) == key.public_key


def test_the_wards_are_active_and_the_one_without_keys_is_not(people):
    line = bodies_above([WARD, UNFOUNDED])
    assert is_active(WARD, line)
    assert not is_active(UNFOUNDED, line)


def test_the_chain_holds_after_all_that(people):
    assert audit.verify(session()).faults == ()


def test_a_root_needs_two_holders_of_content_and_one_of_the_custodian_key(store):
    make.territory()
    front, inspection = make.body("front.VN"), make.body("inspection.VN")
    two = [make._holder(f"lead{n}.front", frozenset({Role.LEAD_REVIEWER})) for n in (1, 2)]
    custodian = make._holder("custodian.front", frozenset({Role.CUSTODIAN}))
    for holders in (two, [two[0], custodian], []):
        with pytest.raises(Refused) as refused:
            actions.found_root(actions.SYSTEM, front, holders=holders)
        assert refused.value.because is Because.TOO_FEW_HOLDERS
    with pytest.raises(Refused):
        actions.found_root(actions.SYSTEM, inspection, holders=two)
    with pytest.raises(Refused) as refused:
        actions.found_root(actions.SYSTEM, make.body("front.P79b"), holders=[*two, custodian])
    assert refused.value.because is Because.NOT_A_ROOT
    assert session().scalars(select(Account)).all() == []
    actions.found_root(actions.SYSTEM, front, holders=[*two, custodian])
    with pytest.raises(Refused) as refused:
        actions.found_root(actions.SYSTEM, front, holders=[*two, custodian])
    assert refused.value.because is Because.FOUNDED


def test_a_body_is_founded_by_a_lead_of_the_body_above_only(people):
    body = make.body(UNFOUNDED)
    for login in ("lead.front.VN", "lead.inspection.P79b", "lead.front.C27019b", "member.front.P79b"):
        with pytest.raises(Forbidden):
            actions.found_body(people.actor(login), body)
    with pytest.raises(Forbidden):
        actions.found_body(actions.SYSTEM, body)
    actions.found_body(people.actor("lead.front.P79b"), body)
    with pytest.raises(Refused) as refused:
        actions.found_body(people.actor("lead.front.P79b"), body)
    assert refused.value.because is Because.FOUNDED


def test_nothing_is_founded_under_a_body_that_is_not_active(people):
    lead = people.actor("lead.front.VN")
    for login in ("lead", "member", "custodian", "admin", "auditor", "registrar"):
        person = people[f"{login}.front.P79b"]
        actions.disable(lead, session().get_one(Member, person.member_id))
    session().expire_all()
    # The wards' own superior is the city; with nobody there, nobody may found either.
    with pytest.raises(Forbidden):
        actions.found_body(lead, make.body(UNFOUNDED))


def test_a_newcomer_is_admitted_by_a_member_who_compared_the_fingerprint(people):
    member = _invited(people, "lead.front.C27019b", WARD, frozenset({Role.REVIEWER}))
    actor, ring = people.signed_in("lead.front.C27019b")
    waiting, empty = actions.sign_in_ring("nguoi.moi", PASSPHRASE)
    assert not waiting.unlocked
    assert waiting.roles == frozenset()
    assert not empty.holds(WARD)
    with pytest.raises(Stale):
        actions.admit(actor, member, ring=ring, fingerprint="7K3M 9Q2F 7K3M 9Q2F 7K3M 9Q2F")
    actions.admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))
    admitted, full = actions.sign_in_ring("nguoi.moi", PASSPHRASE)
    assert admitted.unlocked
    assert admitted.roles == {Role.REVIEWER}
    assert full.secret_of(WARD) == ring.secret_of(WARD)
    with pytest.raises(Stale):
        actions.admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))


@pytest.mark.parametrize("login", ["admin.front.P79b", "member.front.C27019b", "lead.front.C27013b"])
def test_administrators_plain_members_and_neighbours_cannot_admit(people, login):
    member = _invited(people, "lead.front.C27019b", WARD, frozenset({Role.REVIEWER}))
    actor, ring = people.signed_in(login)
    with pytest.raises(Forbidden):
        actions.admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))
    assert session().get_one(Member, member.id).state is MemberState.WAITING


def test_an_administrator_may_invite(people):
    member = _invited(people, "admin.front.P79b", "front.P79b", frozenset({Role.REVIEWER}))
    assert member.state is MemberState.WAITING


def test_a_lead_with_anothers_empty_ring_passes_nothing_on(people):
    member = _invited(people, "lead.front.C27019b", WARD, frozenset({Role.REVIEWER}))
    actor = people.actor("lead.front.C27019b")
    _, ring = people.signed_in("admin.front.P79b")
    with pytest.raises(Refused) as refused:
        actions.admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))
    assert refused.value.because is Because.KEY_NOT_HELD


def test_a_custodian_is_admitted_by_a_custodian_and_never_holds_content(people):
    member = _invited(people, "lead.front.C27019b", WARD, frozenset({Role.CUSTODIAN}))
    shown = fingerprint(member.account.public_key)
    lead, lead_ring = people.signed_in("lead.front.C27019b")
    with pytest.raises(Forbidden):
        actions.admit(lead, member, ring=lead_ring, fingerprint=shown)
    custodian, ring = people.signed_in("custodian.front.P79b")
    actions.admit(custodian, member, ring=ring, fingerprint=shown)
    _, held = actions.sign_in_ring("nguoi.moi", PASSPHRASE)
    assert held.holds(WARD, "custodian")
    assert not held.holds(WARD)
    assert not held.holds(WARD, "identity")


def test_a_custodian_admits_nobody_but_custodians(people):
    member = _invited(people, "lead.front.C27019b", WARD, frozenset({Role.REVIEWER}))
    actor, ring = people.signed_in("custodian.front.C27019b")
    with pytest.raises(Forbidden):
        actions.admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))


@pytest.mark.parametrize(
    "roles",
    [
        {Role.INSPECTOR},
        {Role.REVIEWER, Role.CUSTODIAN},
        {Role.ADMINISTRATOR, Role.LEAD_REVIEWER},
        {Role.AUDITOR, Role.CUSTODIAN},
        set(),
    ],
)
def test_roles_that_do_not_fit_one_person_are_refused(people, roles):
    with pytest.raises(Refused) as refused:
        actions.invite(
            people.actor("lead.front.C27019b"),
            make.body(WARD),
            display_name="Người mới",
            roles=frozenset(roles),
        )
    assert refused.value.because is Because.ROLES


def test_an_invitation_works_once_and_is_stored_as_a_digest(people):
    token = actions.invite(
        people.actor("lead.front.C27019b"),
        make.body(WARD),
        display_name="Người mới",
        roles=frozenset({Role.REVIEWER}),
    )
    stored = session().scalars(select(Invitation)).one()
    assert token not in stored.id
    assert len(token) >= 43
    assert queries.invitation(token) is not None
    made = credentials.make(PASSPHRASE, cost=CHEAP)
    with pytest.raises(Refused) as refused:
        actions.accept_invitation(ANYBODY, token, login="lead.front.vn", credentials=made)
    assert refused.value.because is Because.LOGIN_TAKEN
    actions.accept_invitation(ANYBODY, token, login="nguoi.moi", credentials=made)
    with pytest.raises(NoInvitation):
        actions.accept_invitation(ANYBODY, token, login="nguoi.hai", credentials=made)
    with pytest.raises(NoInvitation):
        actions.accept_invitation(ANYBODY, "x" * 43, login="nguoi.hai", credentials=made)
