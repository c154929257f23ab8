"""Oversight on its pages: the log for auditors, identities by two persons."""

import pytest
from flask import Flask

from portal.action import ACTIONS
from portal.app import create_app
from portal.oversight import queries
from portal.web.words import ACTS, object_label
from tests.actions.test_oversight import CONTACT, REASON, REPORT, WARD, found
from tests.support.pages import Pages
from tests.support.people import People

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
LEAD, MEMBER, CUSTODIAN = f"lead.{WARD}", f"member.{WARD}", f"custodian.{WARD}"


@pytest.fixture
def ready(prepared):
    return prepared("people_with_identity", found)


@pytest.fixture
def people(ready) -> People:
    return ready.made


@pytest.fixture
def app(ready) -> Flask:
    return create_app(ready.settings.model_copy(update={"face": "staff"}))


def signed_in(app: Flask, people: People, login: str) -> Pages:
    pages = Pages(app)
    people.enter(pages.client, login)
    return pages


def text_of(soup) -> str:
    return " ".join(soup.get_text(" ").split())


def test_two_persons_open_an_identity(app, people):
    asker, custodian = signed_in(app, people, MEMBER), signed_in(app, people, CUSTODIAN)
    asker.post("oversight.ask", {"reason": "ngắn quá"}, expect=422, report_id=REPORT)
    asker.post("oversight.ask", {"reason": REASON}, report_id=REPORT)
    assert "Đang chờ duyệt" in text_of(asker.follow())
    opening = queries.openings_of(REPORT)[0]
    assert asker.client.get(f"/can-bo/giam-sat/danh-tinh/{opening.id}").status_code == 404
    assert asker.client.get(f"/can-bo/giam-sat/danh-tinh/{opening.id}/doc").status_code == 409
    assert REPORT in text_of(custodian.get("oversight.openings"))
    page = text_of(custodian.get("oversight.decide", opening_id=opening.id))
    assert REASON in page
    assert CONTACT["name"] not in page
    custodian.post("oversight.decide", {}, expect=422, opening_id=opening.id)
    custodian.post("oversight.decide", {"decision": "grant"}, opening_id=opening.id)
    assert custodian.client.get(f"/can-bo/giam-sat/danh-tinh/{opening.id}/doc").status_code == 404
    assert CONTACT["name"] in text_of(asker.get("oversight.read", opening_id=opening.id))
    lead = signed_in(app, people, LEAD)
    assert lead.client.get(f"/can-bo/giam-sat/danh-tinh/{opening.id}/doc").status_code == 404
    assert REPORT not in text_of(lead.get("oversight.openings"))


def test_a_refused_request_shows_its_refusal(app, people):
    asker, custodian = signed_in(app, people, MEMBER), signed_in(app, people, CUSTODIAN)
    asker.post("oversight.ask", {"reason": REASON}, report_id=REPORT)
    opening = queries.openings_of(REPORT)[0]
    custodian.post("oversight.decide", {"decision": "refuse"}, opening_id=opening.id)
    assert "Đã từ chối" in text_of(asker.get("oversight.openings"))
    assert asker.client.get(f"/can-bo/giam-sat/danh-tinh/{opening.id}/doc").status_code == 409


@pytest.mark.parametrize("login", ["lead.front.C27013b", "lead.inspection.C27019b", "admin.front.P79b"])
def test_others_do_not_learn_that_there_is_an_identity(app, people, login):
    pages = signed_in(app, people, login)
    present = pages.client.get(f"/can-bo/giam-sat/danh-tinh/xin/{REPORT}")
    absent = pages.client.get("/can-bo/giam-sat/danh-tinh/xin/0123456789abcdef")
    assert (present.status_code, absent.status_code) == (404, 404)
    assert present.text.replace(REPORT, "") == absent.text.replace("0123456789abcdef", "")


def test_an_auditor_reads_pages_filters_and_verifies(app, people):
    auditor = signed_in(app, people, "auditor.front.VN")
    first = auditor.get("oversight.entries")
    assert "tests.report" not in text_of(first)
    assert "tests.report" in text_of(auditor.get("/can-bo/giam-sat/?actor=public"))
    older = first.select_one("a[rel=next]")["href"]
    auditor.get(older)
    only = auditor.get("/can-bo/giam-sat/?act=accounts.found_root")
    assert len(only.select(".gs-queue__row")) == 2
    for odd in (
        "before=x",
        "before=-1",
        "before=99999999999999999999",
        "act=%00",
        "actor=%F0%9F",
        "body='--",
    ):
        auditor.get(f"/can-bo/giam-sat/?{odd}")
    auditor.post("oversight.verify", {}, form_on="/can-bo/giam-sat/")
    assert "nguyên vẹn" in text_of(auditor.follow())


def test_failed_sign_ins_are_counted_for_the_auditor(app, people):
    stranger = Pages(app)
    stranger.post("accounts.sign_in", {"login": LEAD, "passphrase": "sai mất rồi"}, expect=422)
    stranger.post("accounts.sign_in", {"login": "khong.ai", "passphrase": "sai mất rồi"}, expect=422)
    page = text_of(signed_in(app, people, "auditor.front.VN").get("oversight.failures"))
    assert LEAD.lower() in page
    assert "tên không có" in page
    assert "khong.ai" not in page


def test_every_act_has_its_words(app):
    """A new act needs a line in portal/web/words/acts.py; one that is gone loses it."""
    # "actions.…" are the acts that tests declare.
    acts = {name for name in ACTIONS if not name.startswith(("demo.", "bench.", "actions."))}
    assert acts - ACTS.keys() == set()
    assert {
        name for name in ACTS.keys() - acts if not name.startswith(("intake.", "registry.", "worker."))
    } == set()


def test_what_an_act_concerned_is_said_in_words(app):
    assert object_label("case:vte8jyrh") == "Hồ sơ vte8jyrh"
    assert object_label("former:1") == "former 1"


@pytest.mark.parametrize("login", [LEAD, MEMBER, CUSTODIAN, "admin.front.P79b"])
def test_the_log_is_for_auditors_only(app, people, login):
    pages = signed_in(app, people, login)
    for path in ("", "dang-nhap-sai"):
        assert pages.client.get(f"/can-bo/giam-sat/{path}").status_code == 404


def test_who_asks_and_who_decides_find_the_requests_in_the_navigation(app, people):
    for login in (MEMBER, CUSTODIAN):
        pages = signed_in(app, people, login)
        pages.get("accounts.members", expect=303)
        nav = pages.follow().select_one("nav a[href$='/danh-tinh']")
        assert nav is not None
        assert not nav.get("aria-current")
    here = signed_in(app, people, CUSTODIAN).get("oversight.openings").select("nav [aria-current]")
    assert [" ".join(one.get_text().split()) for one in here] == ["Xin xem danh tính"]
