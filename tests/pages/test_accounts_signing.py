"""Signing in and out: what a stranger learns, what a guesser meets, what is left behind."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from portal.accounts import actions, credentials, queries
from portal.accounts.actions.signing import myself, open_session
from portal.action import session
from portal.app import create_app
from portal.data import db
from portal.data.models.account import Account, LoginMark, Member, StaffSession
from portal.domain import clock
from portal.domain.permissions import ANYBODY, Role
from portal.vault.fingerprint import fingerprint
from portal.vault.totp import new_seed
from tests.support import people as make
from tests.support.people import CHEAP, PASSPHRASE, People

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
LOGIN = "nguoi.moi"
WARD = "front.C27019b"


@pytest.fixture
def ready(prepared):
    return prepared("people", make.found)


@pytest.fixture(autouse=True)
def _cheap(monkeypatch) -> None:
    """Nobody's passphrase costs as little as everybody's in these tests."""
    monkeypatch.setattr(credentials, "STANDARD", CHEAP)


@pytest.fixture
def people(ready) -> People:
    return ready.made


@pytest.fixture
def app(ready) -> Flask:
    return create_app(ready.settings.model_copy(update={"face": "staff"}))


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def seed(people) -> str:
    """A member of the ward with a second factor; his login is LOGIN."""
    lead = people.signed_in("lead.front.C27019b")
    seed = new_seed()
    actions.enrol(
        lead[0],
        lead,
        make.body(WARD),
        login=LOGIN,
        display_name="Người mới",
        roles=frozenset({Role.REVIEWER}),
        passphrase=PASSPHRASE,
        cost=CHEAP,
        totp_seed=seed,
    )
    return seed


def token(client: FlaskClient, page: str = "/can-bo/dang-nhap") -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, login=LOGIN, passphrase=PASSPHRASE, code="", page="/can-bo/dang-nhap"):
    data = {"csrf_token": token(client), "login": login, "passphrase": passphrase, "code": code}
    return client.post(page, data=data)


def marks() -> list[str | None]:
    session().rollback()
    return list(session().scalars(select(LoginMark.account_id)))


def test_name_passphrase_and_code_open_a_session(client, seed):
    answer = sign_in(client, code=pyotp.TOTP(seed).now())
    assert answer.status_code == 303
    cookie = client.get_cookie("staff")
    assert cookie.http_only
    assert cookie.same_site == "Strict"
    assert client.get("/can-bo/phien").status_code == 200
    assert marks() == []


@pytest.mark.parametrize(
    ("login", "passphrase", "code"),
    [
        (LOGIN, PASSPHRASE, ""),
        (LOGIN, PASSPHRASE, "000000"),
        (LOGIN, "sai hoàn toàn rồi", ""),
        (LOGIN, "sai hoàn toàn rồi", "right"),
        ("khong.ai.ca", PASSPHRASE, "right"),
        ("lead.front.VN", PASSPHRASE, "right"),  # an account without a second factor may not enter
        ("không phải tên \x00\ufdd0", PASSPHRASE, "right"),
        (LOGIN, "x" * 400_000, "right"),
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(client, seed, login, passphrase, code):
    code = pyotp.TOTP(seed).now() if code == "right" else code
    answer = sign_in(client, login, passphrase, code)
    assert answer.status_code == 422
    assert "chưa đúng" in answer.text
    assert client.get_cookie("staff") is None
    bare = re.sub(r'value="[^"]*"', "", answer.text)
    assert bare == re.sub(r'value="[^"]*"', "", sign_in(client, "ai.do.khac", "gì đó khác nữa", "1").text)


def test_each_failure_is_a_row_for_the_auditor(client, people, seed):
    sign_in(client, passphrase="sai hoàn toàn rồi")
    sign_in(client, login="khong.ai.ca")
    assert sorted(marks(), key=str) == sorted([queries_id(LOGIN), None], key=str)


def queries_id(login: str) -> str:
    return session().scalars(select(Account.id).where(Account.login == login)).one()


def test_a_passphrase_of_a_megabyte_is_refused_before_hashing(client, seed, monkeypatch):
    monkeypatch.setattr("portal.vault.passphrase.hash_secret_raw", lambda *a: pytest.fail("hashed"))
    assert sign_in(client, passphrase="x" * 1_000_000).status_code == 413
    assert sign_in(client, passphrase="x" * 2_000).status_code == 422


def test_a_code_works_once_also_after_a_restart(app, seed, ready):
    code = pyotp.TOTP(seed).now()
    assert sign_in(app.test_client(), code=code).status_code == 303
    assert sign_in(app.test_client(), code=code).status_code == 422
    again = create_app(ready.settings.model_copy(update={"face": "staff"}))
    assert sign_in(again.test_client(), code=code).status_code == 422


def test_guessing_at_one_name_slows_that_name_from_there_only(app, seed):
    guesser, other = app.test_client(), app.test_client()
    answers = [sign_in(guesser, passphrase=f"đoán lần thứ {n}").status_code for n in range(7)]
    assert answers[:5] == [422] * 5
    assert answers[5:] == [429] * 2
    refused = sign_in(guesser)
    assert int(refused.headers["Retry-After"]) > 0
    # Another name from the same network, and the same name from elsewhere, go on as before.
    assert sign_in(other, login="ai.do.khac").status_code == 422
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    assert sign_in(elsewhere, code=pyotp.TOTP(seed).now()).status_code == 303
    later = clock.now() + timedelta(seconds=16)
    with clock.at(later):
        assert sign_in(guesser, passphrase="đoán tiếp một lần").status_code == 422
        assert sign_in(guesser, passphrase="đoán tiếp một lần").status_code == 429


def test_a_colleague_cannot_shut_somebody_out_of_his_own_browser(app, seed):
    own, colleague = app.test_client(), app.test_client()
    now = clock.now()
    assert sign_in(own, code=pyotp.TOTP(seed).at(now)).status_code == 303
    for n in range(10):
        sign_in(colleague, passphrase=f"đoán lần thứ {n}")
    assert sign_in(colleague).status_code == 429
    with clock.at(now + timedelta(minutes=2)):
        code = pyotp.TOTP(seed).at(clock.now())
        assert sign_in(own, code=code).status_code == 303


def test_no_address_is_kept_anywhere(client, seed, ready):
    client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    sign_in(client, passphrase="sai hoàn toàn rồi")
    for place in ready.settings.instance.rglob("*"):
        if place.is_file():
            content = place.read_bytes()
            assert b"203.0.113" not in content, place
            assert b"sai ho" not in content, place


def test_a_session_that_stood_before_is_not_taken_over(client, people, seed):
    people.enter(client, "lead.front.VN")
    before = client.get_cookie("staff").value
    sign_in(client, code=pyotp.TOTP(seed).now())
    assert client.get_cookie("staff").value != before
    assert queries.signed_in(before) is None


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/can-bo/",
        "/\\evil.example",
        "/can-bo//evil.example",
        "/phan-anh/",
        "javascript:alert(1)",
        "/can-bo/\r\nSet-Cookie: a=b",
    ],
)
def test_next_leads_nowhere_else(client, seed, wanted):
    answer = client.post(
        "/can-bo/dang-nhap",
        query_string={"next": wanted},
        data={
            "csrf_token": token(client),
            "login": LOGIN,
            "passphrase": PASSPHRASE,
            "code": pyotp.TOTP(seed).now(),
        },
    )
    assert (answer.status_code, answer.location) == (303, "/can-bo/")


def test_next_leads_back_to_the_page_that_was_wanted(client, seed):
    asked = client.get("/can-bo/phien")
    assert asked.status_code == 303
    page = asked.location
    answer = sign_in(client, code=pyotp.TOTP(seed).now(), page=page)
    assert answer.location == "/can-bo/phien"


def test_signing_out_needs_a_post_with_its_token_and_clears_the_browser(client, people):
    people.enter(client, "lead.front.VN")
    value = client.get_cookie("staff").value
    assert client.get("/can-bo/dang-xuat").status_code == 405
    assert client.post("/can-bo/dang-xuat").status_code == 400
    assert queries.signed_in(value) is not None
    answer = client.post("/can-bo/dang-xuat", data={"csrf_token": token(client, "/can-bo/xac-nhan")})
    assert answer.status_code == 303
    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert client.get_cookie("staff") is None
    assert queries.signed_in(value) is None
    client.set_cookie("staff", value)
    assert client.get("/can-bo/phien").status_code == 303


def test_a_session_ends_when_idle_and_after_eight_hours(client, people):
    people.enter(client, "lead.front.VN")
    start = clock.now()
    with clock.at(start + timedelta(minutes=19)):
        assert client.get("/can-bo/phien").status_code == 200
    with clock.at(start + timedelta(minutes=38)):
        assert client.get("/can-bo/phien").status_code == 200
    with clock.at(start + timedelta(minutes=59)):
        assert client.get("/can-bo/phien").status_code == 303
    people.enter(client, "lead.front.VN")
    for minutes in range(0, 480, 15):
        with clock.at(start + timedelta(minutes=minutes)):
            assert client.get("/can-bo/phien").status_code == 200
    with clock.at(start + timedelta(hours=8, minutes=1)):
        assert client.get("/can-bo/phien").status_code == 303


def test_the_row_alone_or_the_cookie_alone_opens_nothing(client, people):
    people.enter(client, "lead.front.VN")
    value = client.get_cookie("staff").value
    public, secret = value.split(".")
    other = "A" * 43
    assert queries.signed_in(f"{public}.{other}") is None
    assert queries.signed_in(f"{other}.{secret}") is None
    assert queries.signed_in(value[:-1]) is None
    assert queries.signed_in("") is None
    with db.housekeeping() as current:
        current.execute(delete(StaffSession))
    assert queries.signed_in(value) is None


def test_a_row_given_another_persons_name_opens_nothing(client, people):
    people.enter(client, "lead.front.VN")
    value = client.get_cookie("staff").value
    victim = people["lead.inspection.VN"]
    with db.housekeeping() as current:
        current.execute(update(StaffSession).values(account_id=victim.account_id, member_id=victim.member_id))
    assert queries.signed_in(value) is None


def test_a_disabled_account_and_a_member_who_left_are_out_on_the_next_request(app, people):
    disabled, gone = app.test_client(), app.test_client()
    people.enter(disabled, "member.front.C27019b")
    people.enter(gone, "member.front.C27013b")
    assert disabled.get("/can-bo/phien").status_code == gone.get("/can-bo/phien").status_code == 200
    admin, lead = people.actor("admin.front.P79b"), people.actor("lead.front.C27013b")
    actions.disable(admin, session().get_one(Member, people["member.front.C27019b"].member_id))
    actions.end_membership(lead, session().get_one(Member, people["member.front.C27013b"].member_id))
    assert disabled.get("/can-bo/phien").status_code == gone.get("/can-bo/phien").status_code == 303
    for login in ("member.front.C27019b", "member.front.C27013b"):
        assert sign_in(app.test_client(), login=login).status_code == 422


def test_seen_is_written_at_most_once_a_minute(client, people):
    people.enter(client, "lead.front.VN")
    start = clock.now()

    def seen():
        session().rollback()
        return session().scalars(select(StaffSession.seen_at)).one()

    first = seen()
    with clock.at(start + timedelta(seconds=50)):
        client.get("/can-bo/phien")
    assert seen() == first
    with clock.at(start + timedelta(seconds=70)):
        client.get("/can-bo/phien")
    assert seen() > first


def test_somebody_who_waits_sees_his_fingerprint_and_nothing_else(client, people):
    token_ = actions.invite(
        people.actor("lead.front.C27019b"),
        make.body(WARD),
        display_name="Người mới",
        roles=frozenset({Role.REVIEWER}),
    )
    made = credentials.make(PASSPHRASE, cost=CHEAP)
    actions.accept_invitation(ANYBODY, token_, login=LOGIN, credentials=made)
    account = session().scalars(select(Account).where(Account.login == LOGIN)).one()
    cookie = open_session(myself(account), account, person_secret=made.person_secret, counter=None)
    client.set_cookie("staff", cookie)
    assert client.get("/can-bo/").location == "/can-bo/cho-ket-nap"
    page = client.get("/can-bo/cho-ket-nap")
    assert all(group in page.text for group in fingerprint(made.public_key).split())
    assert client.get("/can-bo/thanh-vien").status_code == 404


def test_that_an_account_is_disabled_is_told_to_nobody(client, people, seed):
    member = session().scalars(select(Member).join(Account).where(Account.login == LOGIN)).one()
    actions.disable(people.actor("lead.front.C27019b"), member)
    answer = sign_in(client, code=pyotp.TOTP(seed).now())
    assert answer.status_code == 422
    assert "chưa đúng" in answer.text
