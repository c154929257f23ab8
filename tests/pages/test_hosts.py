"""Behind proxies: a foreign host is refused, and only our own proxies are believed."""

import pytest
from bs4 import BeautifulSoup
from flask import request
from sqlalchemy.exc import OperationalError

from portal.app import create_app

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)


@pytest.fixture
def production(store, settings):
    return settings.model_copy(
        update={"mode": "production", "public_host": "phananh.example.vn", "staff_host": "canbo.example.vn"}
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [("phananh.example.vn", 200), ("canbo.example.vn", 200), ("127.0.0.1", 200), ("evil.example", 400)],
)
def test_a_foreign_host_is_refused(production, host: str, status: int) -> None:
    assert create_app(production).test_client().get("/healthz", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("host", "status"), [("canbo.example.vn", 503), ("127.0.0.1", 503), ("phananh.example.vn", 404)]
)
def test_readiness_is_for_the_inside(production, host: str, status: int) -> None:
    """503 here, for nobody founded a key yet."""
    answer = create_app(production).test_client().get("/readyz", headers={"Host": host})
    assert answer.status_code == status


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "198.51.100.7"), (2, "203.0.113.9")])
def test_only_so_many_proxies_are_believed(production, proxies: int, seen: str) -> None:
    app = create_app(production.model_copy(update={"trusted_proxies": proxies}))
    found = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: found.append(request.remote_addr))
    app.test_client().get(
        "/healthz",
        headers={"Host": "127.0.0.1", "X-Forwarded-For": "10.9.9.9, 203.0.113.9, 198.51.100.7"},
    )
    assert found == [seen]


def test_one_network_cannot_pile_up_drafts(store, settings, monkeypatch) -> None:
    monkeypatch.setattr("portal.intake.routes.form.DRAFTS_PER_HOUR", 2)
    app = create_app(settings)
    answers = []
    for _ in range(4):
        client = app.test_client()
        page = BeautifulSoup(client.get("/phan-anh/").data, "html5lib")
        token = page.select_one("main input[name=csrf_token]")["value"]
        answers.append(client.post("/phan-anh/loai", data={"csrf_token": token, "kind": "act"}).status_code)
    assert answers == [303, 303, 429, 429]


def test_a_store_that_is_away_is_told_as_such(store, settings, monkeypatch) -> None:
    def away(*given: object) -> None:
        raise OperationalError("SELECT CANARY", {}, Exception("gone"))

    monkeypatch.setattr("portal.guide.routes.render_template", away)
    answer = create_app(settings).test_client().get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "CANARY" not in answer.text
