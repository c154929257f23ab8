"""Members who change, leave, lose their passphrase; keys that are renewed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts import actions, credentials, queries
from portal.accounts.actions.members import keep_a_holder
from portal.accounts.refusals import Because, Refused, WrongSignIn
from portal.action import Forbidden, Stale, session
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import (
    Account,
    AccountState,
    LoginMark,
    Member,
    MemberKey,
    MemberState,
    StaffSession,
)
from portal.data.models.body import BodyKey
from portal.data.models.case import Case
from portal.domain import clock
from portal.domain.kinds import ReportKind
from portal.domain.permissions import ANYBODY, Role
from portal.vault.errors import Broken, NotHeld
from portal.vault.fingerprint import fingerprint
from portal.vault.ring import KeyRing
from portal.vault.sealing import open_with, seal_to
from tests.support import people as make
from tests.support.people import CHEAP, PASSPHRASE, People

WARD = "front.C27019b"
LEAD, MEMBER, CUSTODIAN = f"lead.{WARD}", f"member.{WARD}", f"custodian.{WARD}"


@pytest.fixture
def people(prepared) -> People:
    return prepared("people", make.found).made


def _place(people: People, login: str) -> Member:
    return session().get_one(Member, people[login].member_id)


def _newest(body_id: str, purpose: str) -> BodyKey:
    return (
        session()
        .scalars(
            select(BodyKey).where(
                BodyKey.body_id == body_id, BodyKey.purpose == purpose, BodyKey.retired_on.is_(None)
            )
        )
        .one()
    )


def _sessions(account_id: str) -> int:
    count = select(func.count()).select_from(StaffSession).where(StaffSession.account_id == account_id)
    return session().scalar(count) or 0


def _enter(people: People, login: str) -> str:
    account = session().get_one(Account, people[login].account_id)
    opened = credentials.unlock(account, PASSPHRASE)
    return actions.signing.open_session(
        actions.signing.myself(account), account, person_secret=opened.person_secret, counter=None
    )


def test_whoever_leaves_loses_keys_sessions_and_cases(people):
    cookie = _enter(people, MEMBER)
    account_id = people[MEMBER].account_id
    case_id = _case_of(account_id)
    released = actions.end_membership(people.actor(LEAD), _place(people, MEMBER))
    assert released == 1
    session().expire_all()
    assert session().get_one(Case, case_id).assignee_id is None
    assert _place(people, MEMBER).state is MemberState.LEFT
    assert queries.signed_in(cookie) is None
    held = select(MemberKey).where(MemberKey.account_id == account_id)
    assert session().scalars(held).all() == []
    with pytest.raises(WrongSignIn):
        people.signed_in(MEMBER)


def _case_of(account_id: str) -> str:
    case = Case(
        front_id=WARD,
        area_id="C27019b",
        category_group="service",
        report_kind=ReportKind.ACT,
        anonymous=True,
        opened_on=date(2026, 11, 20),
        assignee_id=account_id,
    )
    act = Act("tests.case", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        current.add(case)
        audit.append(current, act)
    return case.id


@pytest.mark.parametrize("login", ["admin.front.P79b", MEMBER, "lead.front.C27013b", "lead.front.VN"])
def test_nobody_but_the_lead_here_or_directly_above_ends_a_membership(people, login):
    with pytest.raises(Forbidden):
        actions.end_membership(people.actor(login), _place(people, CUSTODIAN))
    actions.end_membership(people.actor("lead.front.P79b"), _place(people, CUSTODIAN))


def test_nobody_ends_or_disables_himself(people):
    with pytest.raises(Forbidden):
        actions.end_membership(people.actor(LEAD), _place(people, LEAD))
    with pytest.raises(Forbidden):
        actions.disable(people.actor(LEAD), _place(people, LEAD))


def test_the_last_holder_of_a_root_key_cannot_leave(people):
    lead = people.actor("lead.front.VN")
    actions.end_membership(lead, _place(people, "second.front.VN"))
    actions.end_membership(lead, _place(people, "custodian2.front.VN"))
    with pytest.raises(Refused) as refused:
        actions.end_membership(lead, _place(people, "custodian.front.VN"))
    assert refused.value.because is Because.LAST_HOLDER


def test_no_new_link_replaces_the_last_holder_of_a_root_key(people):
    """Whoever may invite holds no key, and would end what was sealed to the whole country's line."""
    lead = people.actor("lead.front.VN")
    earlier = actions.invite_again(lead, _place(people, "custodian.front.VN"))
    actions.end_membership(lead, _place(people, "custodian2.front.VN"))
    last = _place(people, "custodian.front.VN")
    with pytest.raises(Refused) as refused:
        actions.invite_again(lead, last)
    assert refused.value.because is Because.LAST_HOLDER
    made = credentials.make("một hai ba bốn năm", account_id=last.account_id, cost=CHEAP)
    with pytest.raises(Refused):
        actions.accept_invitation(ANYBODY, earlier, login="", credentials=made)
    assert people.signed_in("custodian.front.VN")[1].holds("front.VN", "custodian")


def test_who_holds_an_older_key_only_does_not_count_as_its_holder(people):
    lead = people.actor("lead.front.VN")
    second = _place(people, "second.front.VN")
    actions.end_membership(lead, _place(people, "member.front.VN"))
    actions.disable(lead, second)
    actions.rotate_body_key(lead, make.body("front.VN"))
    actions.enable(lead, second)
    with pytest.raises(Refused) as refused:
        keep_a_holder(_place(people, "lead.front.VN"))
    assert refused.value.because is Because.LAST_HOLDER


def test_a_root_key_that_nobody_would_hold_is_not_made(people):
    lead = people.actor("lead.front.VN")
    for login in ("custodian.front.VN", "custodian2.front.VN"):
        actions.disable(lead, _place(people, login))
    with pytest.raises(Refused) as refused:
        actions.rotate_body_key(lead, make.body("front.VN"))
    assert refused.value.because is Because.TOO_FEW_HOLDERS
    assert {key.version for key in queries.keys_of("front.VN")} == {1}


def test_a_leavers_ring_opens_nothing_that_is_sealed_after_the_renewal(people):
    _, kept = people.signed_in(MEMBER)  # what the leaver carried away
    old = _newest(WARD, "content")
    before = seal_to(old.public_key, b"before", info="test")
    actions.end_membership(people.actor(LEAD), _place(people, MEMBER))
    actions.rotate_body_key(people.actor(LEAD), make.body(WARD))
    new = _newest(WARD, "content")
    assert new.version == old.version + 1
    after = seal_to(new.public_key, b"after", info="test")
    assert kept.open(WARD, "content", before, info="test") == b"before"
    with pytest.raises(Broken):
        kept.open(WARD, "content", after, info="test")
    stolen = session().scalars(select(MemberKey)).all()  # a copy of the whole table does not help him
    for row in stolen:
        with pytest.raises(Broken):
            kept.open_own(row.sealed_secret, info=f"body|{row.body_id}|{row.purpose}|{row.version}|secret|v1")
    _, stays = people.signed_in(LEAD)
    assert stays.open(WARD, "content", after, info="test") == b"after"
    assert stays.open(WARD, "content", before, info="test") == b"before"
    _, custodian = people.signed_in(CUSTODIAN)
    assert custodian.versions(WARD, "custodian") == (2, 1)
    assert not custodian.holds(WARD)


def test_after_the_renewal_the_body_above_can_still_take_over(people):
    actions.rotate_body_key(people.actor(LEAD), make.body(WARD))
    for login in (LEAD, MEMBER):
        actions.end_membership(people.actor("lead.front.P79b"), _place(people, login))
    people_lead = people.signed_in("lead.front.P79b")
    member = actions.enrol(
        people_lead[0],
        people_lead,
        make.body(WARD),
        login="nguoi.moi",
        display_name="Người mới",
        roles=frozenset({Role.LEAD_REVIEWER}),
        passphrase=PASSPHRASE,
        cost=CHEAP,
    )
    assert member.state is MemberState.ADMITTED
    _, ring = actions.sign_in_ring("nguoi.moi", PASSPHRASE)
    assert ring.versions(WARD) == (2, 1)
    assert ring.versions(WARD, "identity") == (2, 1)


def test_bodies_below_are_behind_until_their_keys_are_renewed_too(people):
    lead = people.actor("lead.front.P79b")
    assert queries.behind("front.P79b") == []
    actions.rotate_body_key(lead, make.body("front.P79b"))
    behind = queries.behind("front.P79b")
    assert sorted(behind) == ["front.C27013b", "front.C27019b", "front.C27022b", "front.C27028b"]
    actions.rotate_body_key(lead, make.body(behind[0]))
    assert queries.behind("front.P79b") == behind[1:]


@pytest.mark.parametrize("login", [MEMBER, CUSTODIAN, "lead.front.C27013b", "admin.front.P79b"])
def test_only_leads_renew_keys(people, login):
    with pytest.raises(Forbidden):
        actions.rotate_body_key(people.actor(login), make.body(WARD))


def test_a_disabled_account_is_shut_and_opens_again_only_by_admission_after_a_renewal(people):
    cookie = _enter(people, MEMBER)
    actions.disable(people.actor("admin.front.P79b"), _place(people, MEMBER))
    assert queries.signed_in(cookie) is None
    with pytest.raises(WrongSignIn):
        actions.sign_in(MEMBER, PASSPHRASE, "", code_required=False)
    actions.enable(people.actor(LEAD), _place(people, MEMBER))
    assert actions.sign_in(MEMBER, PASSPHRASE, "", code_required=False)
    actions.disable(people.actor(LEAD), _place(people, MEMBER))
    actions.rotate_body_key(people.actor(LEAD), make.body(WARD))
    actions.enable(people.actor("admin.front.P79b"), _place(people, MEMBER))
    member = _place(people, MEMBER)
    assert member.state is MemberState.WAITING
    actor, ring = people.signed_in(LEAD)
    actions.admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))
    assert people.signed_in(MEMBER)[1].versions(WARD) == (2, 1)


def test_other_roles_end_the_sessions_and_never_bring_other_keys(people):
    cookie = _enter(people, MEMBER)
    lead = people.actor(LEAD)
    actions.change_roles(lead, _place(people, MEMBER), roles=frozenset({Role.LEAD_REVIEWER}))
    assert queries.signed_in(cookie) is None
    assert people.actor(MEMBER).roles == {Role.LEAD_REVIEWER}
    for roles in ({Role.CUSTODIAN}, {Role.ADMINISTRATOR}, {Role.INSPECTOR}, set()):
        with pytest.raises(Refused):
            actions.change_roles(lead, _place(people, MEMBER), roles=frozenset(roles))
    with pytest.raises(Forbidden):
        actions.change_roles(
            people.actor("admin.front.P79b"), _place(people, MEMBER), roles=frozenset({Role.LEAD_REVIEWER})
        )
    with pytest.raises(Forbidden):
        actions.change_roles(lead, _place(people, LEAD), roles=frozenset({Role.REVIEWER}))


def test_a_new_passphrase_keeps_the_keys_and_ends_every_session(people):
    cookies = [_enter(people, MEMBER), _enter(people, MEMBER)]
    secret = people.signed_in(MEMBER)[1].secret_of(WARD)
    account = session().get_one(Account, people[MEMBER].account_id)
    actor = people.actor(MEMBER)
    with pytest.raises(WrongSignIn):
        actions.change_passphrase(actor, account, old="không phải", new="một hai ba bốn năm", cost=CHEAP)
    assert queries.signed_in(cookies[0]) is not None
    account = session().get_one(Account, people[MEMBER].account_id)
    code = actions.change_passphrase(actor, account, old=PASSPHRASE, new="một hai ba bốn năm", cost=CHEAP)
    assert code.count("-") == 6
    assert [queries.signed_in(cookie) for cookie in cookies] == [None, None]
    with pytest.raises(WrongSignIn):
        actions.sign_in_ring(MEMBER, PASSPHRASE)
    assert actions.sign_in_ring(MEMBER, "một hai ba bốn năm")[1].secret_of(WARD) == secret


def test_nobody_changes_the_passphrase_of_another(people):
    account = session().get_one(Account, people[MEMBER].account_id)
    with pytest.raises(Forbidden):
        actions.change_passphrase(
            people.actor(LEAD), account, old=PASSPHRASE, new="một hai ba bốn năm", cost=CHEAP
        )


def test_the_recovery_slip_opens_the_account_once_with_the_second_factor(people):
    import pyotp

    seed = pyotp.random_base32()
    actor, ring = people.signed_in(LEAD)
    token = actions.invite(actor, make.body(WARD), display_name="Mới", roles=frozenset({Role.REVIEWER}))
    made = credentials.make(PASSPHRASE, totp_seed=seed, cost=CHEAP)
    member = actions.accept_invitation(ANYBODY, token, login="nguoi.moi", credentials=made)
    actions.admit(actor, member, ring=ring, fingerprint=fingerprint(member.account.public_key))
    now = clock.now()
    right, new = pyotp.TOTP(seed).at(now), "một hai ba bốn năm"
    mistyped = made.recovery_code[:-1] + ("1" if made.recovery_code.endswith("0") else "0")
    for login, code, one_time in (
        ("nguoi.moi", made.recovery_code, "000000"),
        ("nguoi.moi", mistyped, right),
        ("nguoi.moi", "", right),
        (MEMBER, made.recovery_code, right),
        ("khong.ai", made.recovery_code, right),
    ):
        with pytest.raises(WrongSignIn):
            actions.recover(login, code, one_time, new, code_required=True, cost=CHEAP)
    following = actions.recover("nguoi.moi", made.recovery_code, right, new, code_required=True, cost=CHEAP)
    with pytest.raises(WrongSignIn):
        actions.sign_in("nguoi.moi", new, right, code_required=True)  # a code works once
    with clock.at(now + timedelta(minutes=2)):
        later = pyotp.TOTP(seed).at(clock.now())
        with pytest.raises(WrongSignIn):
            actions.recover("nguoi.moi", made.recovery_code, later, new, code_required=True, cost=CHEAP)
        assert actions.sign_in("nguoi.moi", new, later, code_required=True)
    assert following != made.recovery_code
    assert actions.sign_in_ring("nguoi.moi", new)[1].holds(WARD)
    assert session().scalar(select(func.count()).select_from(LoginMark)) == 7


def test_a_lost_passphrase_means_a_new_key_and_a_new_admission(people):
    cookie = _enter(people, MEMBER)
    old_secret = people.signed_in(MEMBER)
    member = _place(people, MEMBER)
    token = actions.invite_again(people.actor("lead.front.P79b"), member)
    assert queries.signed_in(cookie) is not None  # until it is accepted, nothing changes
    shown_before = fingerprint(member.account.public_key)
    stranger = credentials.make("một hai ba bốn năm", cost=CHEAP)
    with pytest.raises(Refused):
        actions.accept_invitation(ANYBODY, token, login="x.y.z", credentials=stranger)
    made = credentials.make("một hai ba bốn năm", account_id=member.account_id, cost=CHEAP)
    again = actions.accept_invitation(ANYBODY, token, login="không dùng", credentials=made)
    assert again.id == member.id
    assert again.account.login == MEMBER.lower()
    assert again.state is MemberState.WAITING
    assert queries.signed_in(cookie) is None
    assert fingerprint(again.account.public_key) != shown_before
    actor, ring = actions.sign_in_ring(MEMBER, "một hai ba bốn năm")
    assert not actor.unlocked
    with pytest.raises(NotHeld):
        ring.secret_of(WARD)
    lead, lead_ring = people.signed_in(LEAD)
    with pytest.raises(Stale):
        actions.admit(lead, again, ring=lead_ring, fingerprint=shown_before)
    actions.admit(lead, again, ring=lead_ring, fingerprint=fingerprint(made.public_key))
    actor, ring = actions.sign_in_ring(MEMBER, "một hai ba bốn năm")
    assert ring.secret_of(WARD) == old_secret[1].secret_of(WARD)


def test_one_code_opens_one_session_however_many_workers_see_it(people):
    account = session().get_one(Account, people[MEMBER].account_id)
    opened = credentials.unlock(account, PASSPHRASE)
    actor = actions.signing.myself(account)
    actions.signing.open_session(actor, account, person_secret=opened.person_secret, counter=59_000_000)
    for counter in (59_000_000, 58_999_999):
        with pytest.raises(WrongSignIn):
            actions.signing.open_session(actor, account, person_secret=opened.person_secret, counter=counter)
    assert _sessions(account.id) == 1


def test_of_many_sign_ins_with_one_code_at_once_one_enters(people):
    import pyotp

    seed = pyotp.random_base32()
    lead = people.signed_in(LEAD)
    actions.enrol(
        lead[0],
        lead,
        make.body(WARD),
        login="nguoi.moi",
        display_name="Người mới",
        roles=frozenset({Role.REVIEWER}),
        passphrase=PASSPHRASE,
        cost=CHEAP,
        totp_seed=seed,
    )
    code = pyotp.TOTP(seed).now()

    def enter(_: int) -> bool:
        try:
            return bool(actions.sign_in("nguoi.moi", PASSPHRASE, code, code_required=True))
        except WrongSignIn:
            return False
        finally:
            db.store().session.remove()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(enter, range(12))) == 1


def test_a_copy_of_the_database_holds_no_secret(people):
    """The person's secret, the body's secret and the seed appear nowhere in what is stored."""
    _, ring = people.signed_in(LEAD)
    secrets = [ring.secret_of(WARD), ring.secret_of(WARD, "identity"), ring._person_secret]
    cookie = _enter(people, LEAD)
    stored = []
    for table in db.Base.metadata.sorted_tables:
        for row in session().execute(select(table)):
            stored += [value for value in row if isinstance(value, bytes | str)]
    for value in stored:
        raw = value if isinstance(value, bytes) else value.encode()
        assert not any(secret in raw for secret in secrets)
        assert cookie.split(".")[1].encode() not in raw
        assert PASSPHRASE.encode() not in raw


def test_a_ring_made_of_somebody_elses_rows_opens_nothing(people):
    account_id = people["admin.front.P79b"].account_id
    account = session().get_one(Account, account_id)
    opened = credentials.unlock(account, PASSPHRASE)
    rows = session().scalars(select(MemberKey).where(MemberKey.body_id == WARD)).all()
    ring = KeyRing(
        opened.person_secret,
        {(one.body_id, one.purpose.value, one.version): one.sealed_secret for one in rows},
    )
    with pytest.raises(Broken):
        ring.secret_of(WARD)
    with pytest.raises(Broken):
        open_with(opened.person_secret, _newest(WARD, "content").sealed_to_superior, info="x")


def test_an_account_that_is_disabled_cannot_be_admitted_or_recover(people):
    member = _place(people, MEMBER)
    actions.disable(people.actor(LEAD), member)
    assert member.account.state is AccountState.DISABLED
    with pytest.raises(WrongSignIn):
        actions.recover(MEMBER, people[MEMBER].recovery_code, "", "một hai ba bốn", code_required=False)
