"""The people of a body on their pages: from the link to the admission, and out again."""

import re

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import actions, credentials, queries
from portal.action import session
from portal.app import create_app
from portal.data.models.account import Account, Invitation, Member, MemberState
from portal.data.models.body import BodyKey
from portal.domain.permissions import ANYBODY, Role
from portal.vault.fingerprint import fingerprint
from tests.support import people as make
from tests.support.pages import Pages
from tests.support.people import CHEAP, PASSPHRASE, People

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
WARD = "front.C27019b"
LEAD, MEMBER, CUSTODIAN = f"lead.{WARD}", f"member.{WARD}", f"custodian.{WARD}"
NOBODY = "0123456789abcdef"
NEW = "ba con mèo đen trên mái"


@pytest.fixture
def ready(prepared):
    return prepared("people", make.found)


@pytest.fixture
def people(ready) -> People:
    return ready.made


@pytest.fixture(autouse=True)
def _cheap(monkeypatch) -> None:
    monkeypatch.setattr(credentials, "STANDARD", CHEAP)


@pytest.fixture
def app(ready) -> Flask:
    return create_app(ready.settings.model_copy(update={"face": "staff"}))


@pytest.fixture
def pages(app) -> Pages:
    return Pages(app)


def signed_in(app: Flask, people: People, login: str) -> Pages:
    pages = Pages(app)
    people.enter(pages.client, login)
    return pages


def member_of(login: str) -> Member:
    session().rollback()
    return session().scalars(select(Member).join(Account).where(Account.login == login.lower())).one()


def text_of(soup) -> str:
    return " ".join(soup.get_text(" ").split())


def test_from_the_link_to_the_admission(app, people):
    lead = signed_in(app, people, LEAD)
    assert "Mời một người" in text_of(lead.get("accounts.body_members", body_id=WARD))
    lead.post("accounts.invite", {"display_name": "Trần Thị Mới", "roles": Role.REVIEWER.value}, body_id=WARD)
    shown = text_of(lead.follow())
    link = re.search(r"http://localhost(/can-bo/loi-moi/\S+)", shown)[1]
    lead.get("accounts.link", expect=303)  # shown once
    assert "Trần Thị Mới" in text_of(lead.get("accounts.body_members", body_id=WARD))

    newcomer = Pages(app)
    newcomer.get(link, expect=303)
    assert newcomer.leads_to == "/can-bo/loi-moi"
    page = newcomer.follow()
    assert "Trần Thị Mới" in text_of(page)
    assert page.select_one(".gs-qr svg") is not None
    seed = page.select_one("code").text.replace(" ", "")
    typed = {"login": "nguoi.moi", "new": NEW, "again": NEW, "code": "000000"}
    assert "chưa đúng" in text_of(newcomer.post("/can-bo/loi-moi", typed, expect=422))
    code = pyotp.TOTP(seed).now()
    newcomer.post("/can-bo/loi-moi", typed | {"code": code})
    slip = newcomer.follow()
    member = member_of("nguoi.moi")
    assert member.state is MemberState.WAITING
    marks = fingerprint(member.account.public_key)
    assert marks in text_of(slip)
    assert re.search(r"(\w{4}-){6}\w{4}", text_of(slip))
    newcomer.send("accounts.slip", {"csrf_token": slip.select_one("[name=csrf_token]")["value"]})
    newcomer.get("accounts.slip", expect=303)  # forgotten

    # The code that set up the second factor does not open a session.
    again = {"login": "nguoi.moi", "passphrase": NEW, "code": code}
    newcomer.post("accounts.sign_in", again, expect=422)
    with _two_minutes_later():
        newcomer.post("accounts.sign_in", again | {"code": pyotp.TOTP(seed).at(_now())})
        newcomer.get("/can-bo/", expect=303)
        assert marks in text_of(newcomer.follow())
        assert newcomer.client.get("/can-bo/thanh-vien").status_code == 404

        lead = signed_in(app, people, LEAD)
        page = lead.get("accounts.admit", member_id=member.id)
        assert marks in text_of(page)
        lead.post("accounts.admit", {"same": "no"}, member_id=member.id)
        assert member_of("nguoi.moi").state is MemberState.WAITING
        lead.post("accounts.admit", {"same": "yes"}, member_id=member.id)
        assert member_of("nguoi.moi").state is MemberState.ADMITTED
        newcomer.get("accounts.body_members", body_id=WARD)


def _now():
    from portal.domain import clock

    return clock.now()


def _two_minutes_later():
    from datetime import timedelta

    from portal.domain import clock

    return clock.at(clock.now() + timedelta(minutes=2))


def test_an_invitation_that_is_no_more_says_so_and_nothing_else(app, people):
    token = actions.invite(
        people.actor(LEAD), make.body(WARD), display_name="Trần Thị Mới", roles=frozenset({Role.REVIEWER})
    )
    lead = signed_in(app, people, LEAD)
    lead.get("accounts.body_members", body_id=WARD)
    start = session().scalars(select(Invitation.id)).one()[:16]
    lead.post("accounts.withdraw", {}, form_on=f"/can-bo/thanh-vien/{WARD}", body_id=WARD, start=start)
    for link in (token, "x" * 43, "y" * 500):
        stranger = Pages(app)
        stranger.get(f"/can-bo/loi-moi/{link}", expect=303)
        page = text_of(stranger.get("/can-bo/loi-moi", expect=404))
        assert "không còn dùng được" in page
        assert "Trần" not in page


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"again": "khác hẳn với trên"}, "không giống nhau"),
        ({"new": "ngắn", "again": "ngắn"}, "ít nhất 12"),
        ({"new": "123456789012345", "again": "123456789012345"}, "chữ số"),
        ({"login": "có dấu cách"}, "không dấu"),
        ({"login": LEAD}, "đã có người dùng"),
        ({"login": "a\x00b\u202ec"}, "chưa đúng"),
    ],
)
def test_what_a_newcomer_gets_wrong_is_said_and_nothing_is_made(app, people, changes, fault):
    token = actions.invite(
        people.actor(LEAD), make.body(WARD), display_name="Mới", roles=frozenset({Role.REVIEWER})
    )
    newcomer = Pages(app)
    newcomer.get(f"/can-bo/loi-moi/{token}", expect=303)
    seed = newcomer.follow().select_one("code").text.replace(" ", "")
    typed = {"login": "nguoi.moi", "new": NEW, "again": NEW, "code": pyotp.TOTP(seed).now()} | changes
    if fault == "chưa đúng":  # invisible characters are dropped, the name is then a good one
        newcomer.post("/can-bo/loi-moi", typed)
        assert member_of("abc").state is MemberState.WAITING
        return
    assert fault in text_of(newcomer.post("/can-bo/loi-moi", typed, expect=422))
    assert queries.invitation(token) is not None


def test_a_key_that_changed_between_the_two_screens_is_not_admitted(app, people):
    token = actions.invite(
        people.actor(LEAD), make.body(WARD), display_name="Mới", roles=frozenset({Role.REVIEWER})
    )
    made = credentials.make(NEW, cost=CHEAP)
    member = actions.accept_invitation(ANYBODY, token, login="nguoi.moi", credentials=made)
    lead = signed_in(app, people, LEAD)
    page = lead.get("accounts.admit", member_id=member.id)
    sent = {field["name"]: field["value"] for field in page.select("main input[type=hidden]")}
    again = actions.invite_again(people.actor(LEAD), queries.member(member.id))
    other = credentials.make(NEW, account_id=member.account_id, cost=CHEAP)
    actions.accept_invitation(ANYBODY, again, login="", credentials=other)
    lead.send("accounts.admit", sent | {"same": "yes"}, expect=409, member_id=member.id)
    assert member_of("nguoi.moi").state is MemberState.WAITING


def test_grave_acts_ask_for_the_passphrase_again(app, people):
    from datetime import timedelta

    from portal.domain import clock

    lead = signed_in(app, people, LEAD)
    member_id = people[MEMBER].member_id
    paths = [f"/can-bo/nguoi/{member_id}/{act}" for act in ("ket-nap", "roi", "khoa", "moi-lai")]
    paths += [f"/can-bo/co-quan/{WARD}/thay-khoa"]
    with clock.at(clock.now() + timedelta(minutes=11)):
        for path in paths:
            lead.get(path, expect=303)
            assert lead.leads_to.startswith("/can-bo/xac-nhan?next=")
        wanted = lead.leads_to
        lead.post(wanted, {"passphrase": "sai mất rồi còn đâu"}, expect=422)
        lead.post(wanted, {"passphrase": PASSPHRASE})
        assert lead.leads_to == paths[-1]
        lead.follow()
    with clock.at(clock.now() + timedelta(minutes=22)):
        lead.get(paths[-1], expect=303)


@pytest.mark.parametrize("login", [MEMBER, CUSTODIAN, "lead.front.C27013b", "lead.inspection.C27019b"])
def test_whoever_may_not_sees_the_page_for_what_does_not_exist(app, people, login):
    pages = signed_in(app, people, login)
    other = people["lead.front.C27022b"].member_id
    for act in ("ket-nap", "vai-tro", "roi", "khoa", "moi-lai"):
        absent = pages.client.get(f"/can-bo/nguoi/{NOBODY}/{act}")
        present = pages.client.get(f"/can-bo/nguoi/{other}/{act}")
        assert (absent.status_code, present.status_code) == (404, 404)
        assert absent.text.replace(NOBODY, "") == present.text.replace(other, "")
    for path in ("front.C27022b", "front.khong-co"):
        assert pages.client.get(f"/can-bo/thanh-vien/{path}").status_code == 404


def test_the_lead_above_founds_a_body_and_its_first_people(app, people):
    city = signed_in(app, people, "lead.front.P79b")
    page = text_of(city.get("accounts.body_members", body_id="front.P79b"))
    assert "Chưa có khóa" in page
    assert "Lập khóa" in text_of(city.get("accounts.body_members", body_id="front.C27031b"))
    city.post("accounts.found", {}, expect=422, body_id="front.C27031b")
    city.post("accounts.found", {"sure": "y"}, body_id="front.C27031b")
    city.follow()
    session().rollback()
    keys = session().scalars(select(BodyKey).where(BodyKey.body_id == "front.C27031b")).all()
    assert {key.purpose.value for key in keys} == {"content", "identity", "custodian"}
    city.post("accounts.found", {"sure": "y"}, expect=422, body_id="front.C27031b")


def test_a_member_is_changed_shut_and_gone(app, people):
    lead = signed_in(app, people, LEAD)
    member_id = people[MEMBER].member_id
    lead.post("accounts.roles", {"roles": Role.CUSTODIAN.value}, expect=422, member_id=member_id)
    lead.post("accounts.roles", {"roles": Role.LEAD_REVIEWER.value}, member_id=member_id)
    assert member_of(MEMBER).role_set == {Role.LEAD_REVIEWER}
    lead.post("accounts.disable", {"sure": "y"}, member_id=member_id)
    assert "Đã khóa" in text_of(lead.get("accounts.body_members", body_id=WARD))
    lead.post("accounts.disable", {"sure": "y"}, member_id=member_id)
    assert member_of(MEMBER).account.state == "active"
    lead.post("accounts.end", {"sure": "y"}, member_id=member_id)
    assert lead.leads_to == f"/can-bo/co-quan/{WARD}/thay-khoa"
    lead.post(lead.leads_to, {"sure": "y"})
    keys = {key.version for key in queries.keys_of(WARD)}
    assert keys == {2}
    lead.get("accounts.body_members", body_id=WARD)


def test_bodies_below_are_renewed_in_pieces(app, people):
    city = signed_in(app, people, "lead.front.P79b")
    city.post("accounts.rotate", {"sure": "y"}, body_id="front.P79b")
    assert city.leads_to == "/can-bo/co-quan/cap-duoi/thay-khoa"
    assert "Còn 4 cơ quan" in text_of(city.follow())
    city.post("accounts.rotate_below", {"sure": "y"})
    assert queries.behind("front.P79b") == []


def test_a_lost_passphrase_from_the_leads_page(app, people):
    lead = signed_in(app, people, "lead.front.P79b")
    lead.post("accounts.invite_again", {"sure": "y"}, member_id=people[LEAD].member_id)
    link = re.search(r"http://localhost(/can-bo/loi-moi/\S+)", text_of(lead.follow()))[1]
    person = Pages(app)
    person.get(link, expect=303)
    page = person.follow()
    assert LEAD.lower() in text_of(page)
    seed = page.select_one("code").text.replace(" ", "")
    person.post(
        "/can-bo/loi-moi",
        {"new": NEW, "again": NEW, "code": pyotp.TOTP(seed).now(), "login": "khac.hoan.toan"},
    )
    assert member_of(LEAD).state is MemberState.WAITING


def test_ones_own_passphrase_recovery_and_sessions(app, people):
    one, two = signed_in(app, people, MEMBER), signed_in(app, people, MEMBER)
    page = one.get("accounts.sessions")
    forms = [form["action"] for form in page.select("main form") if "/ket-thuc" in form["action"]]
    assert len(forms) == 1
    one.post(forms[0], {}, form_on="/can-bo/phien")
    two.get("accounts.sessions", expect=303)
    one.post("accounts.passphrase", {"old": "sai", "new": NEW, "again": NEW}, expect=422)
    one.post("accounts.passphrase", {"old": PASSPHRASE, "new": NEW, "again": NEW})
    code = re.search(r"(\w{4}-){6}\w{4}", text_of(one.follow()))[0]
    one.get("accounts.sessions", expect=303)
    app.config["DEMO"] = True
    form = {"login": MEMBER, "recovery": code, "new": PASSPHRASE, "again": PASSPHRASE, "code": ""}
    one.post("accounts.recover", form | {"recovery": code[::-1]}, expect=422)
    one.post("accounts.recover", form)
    one.follow()
    one.post("accounts.sign_in", {"login": MEMBER, "passphrase": PASSPHRASE})
    one.get("accounts.sessions")


def test_notices_go_where_the_person_says(app, people):
    one = signed_in(app, people, MEMBER)
    for wrong in (
        "khong-phai",
        "a@b",
        "a b@c.vn",
        "a@b.vn, c@d.vn",
        ".:@_.vn",
        ":@;.vn",
        "=@[.vn",
        "a.@b.vn",
    ):
        one.post("accounts.email", {"email": wrong}, expect=422, form_on="/can-bo/phien")
    one.post("accounts.email", {"email": "ten@coquan.gov.vn"}, form_on="/can-bo/phien")
    assert member_of(MEMBER).account.email == "ten@coquan.gov.vn"
    assert one.follow().select_one("#email")["value"] == "ten@coquan.gov.vn"
    one.post("accounts.email", {"email": ""}, form_on="/can-bo/phien")
    assert member_of(MEMBER).account.email is None


def test_somebody_elses_session_cannot_be_ended(app, people):
    mine, other = signed_in(app, people, MEMBER), signed_in(app, people, LEAD)
    theirs = queries.sessions_of(people[LEAD].account_id)[0].id[:16]
    mine.post(f"/can-bo/phien/{theirs}/ket-thuc", {}, expect=404, form_on="/can-bo/xac-nhan")
    other.get("accounts.sessions")
