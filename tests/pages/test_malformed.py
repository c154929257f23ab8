"""What cannot be an id or a text: PostgreSQL refuses what SQLite stores; that must not become our fault."""

import re
from urllib.parse import quote

import pytest

from portal.app import create_app
from tests.support import world
from tests.support.matrix import MALFORMED, ROWS

pytestmark = pytest.mark.parametrize(
    "kind", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
FRONT, COMMITTEE = "lead.front.C27019b", "lead.inspection.C27019b"
SEATS = {"oversight": ("custodian.front.C27019b", "auditor.front.C27019b"), "casework": (COMMITTEE,)}
IN_ADDRESSES = (
    "q",
    "after",
    "state",
    "desk",
    "late",
    "before",
    "act",
    "actor",
    "body",
    "next",
    "lang",
    "doi",
)
NUL = "\x00"


@pytest.fixture
def made(prepared):
    one = prepared("world", world.found)
    one.made.settings = one.settings
    return one.made


@pytest.fixture
def app(made):
    app = create_app(made.settings)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def clients(app, made):
    """For a stage: those who are let in there, with a draft and a receipt besides."""
    known = {}

    def of(endpoint):
        for login in SEATS.get(endpoint.split(".")[0], (FRONT,)):
            if login not in known:
                known[login] = client = app.test_client()
                client.set_cookie("staff", world.seat(made, login))
                client.post("/phan-anh/loai", data={"kind": "act"})
                client.post("/tra-cuu/", data={"code": made.codes["own routed"]})
            yield known[login]

    return of


def test_no_malformed_id_is_our_fault(app, clients):
    for rule in app.url_map.iter_rules():
        if not rule.arguments or rule.endpoint == "static":
            continue
        for client in clients(rule.endpoint):
            for text in MALFORMED:
                address = re.sub(r"<[^<>]*>", lambda _, text=text: quote(text), rule.rule)
                for answer in (client.get(address), client.post(address, data=ROWS[rule.endpoint].data)):
                    assert answer.status_code < 500, f"{answer.status_code} {rule.endpoint} {text!r}"


@pytest.mark.parametrize("text", [NUL, "2026-13-45.x", "9" * 400, "\ud7ff\uffff💩"])
def test_no_malformed_value_in_an_address_is_our_fault(app, clients, text):
    query = "&".join(f"{name}={quote(text)}" for name in IN_ADDRESSES)
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in rule.methods or rule.endpoint.startswith("guide."):
            continue
        for client in clients(rule.endpoint):
            answer = client.get(f"{rule.rule}?{query}")
            assert answer.status_code < 500, f"{answer.status_code} {rule.endpoint}"


@pytest.mark.parametrize("text", [NUL, f"{NUL}\u202e\uffff{'9' * 3000}"])
def test_no_malformed_field_is_our_fault(app, clients, made, text):
    """Every field of every form, and those that no form has, as somebody who is let in."""
    ids = {"case_id": made.ids["own"]["received"], "body_id": "front.C27019b"} | {
        f"{name}_id": made.ids["own"][name] for name in ("member", "opening", "question", "report")
    }
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint == "accounts.sign_out":
            continue
        fields = [*ROWS[rule.endpoint].data, "file", "version", "seen", "text", "code", "body"]
        address = re.sub(r"<(?:[^<>]*:)?([a-z_]+)>", lambda m: ids.get(m[1], "0" * 16), rule.rule)
        for client in clients(rule.endpoint):
            answer = client.post(address, data=ROWS[rule.endpoint].data | dict.fromkeys(fields, text))
            assert answer.status_code < 500, f"{answer.status_code} {rule.endpoint}"
