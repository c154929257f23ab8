"""Headers of every kind of answer, in the demo and behind TLS, by their values and as a browser reads them.

Source: security-tests D.6, D.7; assurance C-, P-17, P-23.
"""

import pytest
from bs4 import BeautifulSoup
from flask import Flask, abort

from portal.action import Forbidden, Stale
from portal.app import create_app
from portal.config import load_settings
from portal.vault.errors import Broken, NotHeld
from portal.web import headers
from portal.web.access import public
from tests.support.browser import served
from tests.support.checks import FOREVER, NOT_INDEXED, check_headers, check_page, policy_of
from tests.support.pages import Pages

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
SECRETS = {
    "secret_key": "k" * 40,
    "pepper": "p" * 40,
    "public_host": "dan.example",
    "staff_host": "can-bo.example",
}
FAULTS = (400, 403, 404, 405, 409, 413, 429, 500, 503)


@pytest.fixture
def app(settings) -> Flask:
    return create_app(settings)


@pytest.fixture
def secure(settings) -> Flask:
    given = settings.model_dump() | SECRETS | {"mode": "production"}
    return create_app(load_settings(**given))


def with_faults(app: Flask) -> Flask:
    """The application with addresses that fail in every way."""

    @public
    def fail(code: int) -> str:
        if code == 500:
            raise RuntimeError("what somebody typed")
        return abort(code)

    app.view_functions["health.alive"] = fail
    app.url_map.add(app.url_rule_class("/loi/<int:code>", endpoint="health.alive", methods=["GET"]))
    return app


@pytest.mark.parametrize("code", FAULTS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_of_faults_are_dressed_and_say_nothing(app, code, language, caplog):
    pages = Pages(with_faults(app))
    soup = pages.get(f"/loi/{code}?lang={language}", expect=code)
    assert soup.html["lang"] == language
    assert "what somebody typed" not in pages.text + caplog.text
    for word in ("werkzeug", "flask", "python", "traceback", "granian"):
        assert word not in pages.text.lower()
    assert pages.answer.headers["X-Robots-Tag"] == NOT_INDEXED


@pytest.mark.parametrize(("fault", "code"), [(Broken, 404), (NotHeld, 403), (Stale, 409), (Forbidden, 404)])
def test_what_goes_wrong_with_keys_and_rights_is_a_page(app, caplog, fault, code):
    """A key that is not held is no fault of ours; what does not open is told to whoever runs the portal."""

    @public
    def fail():
        raise fault("what somebody typed")

    app.view_functions["health.alive"] = fail
    pages = Pages(app)
    pages.get("/healthz", expect=code)
    assert "what somebody typed" not in pages.text + caplog.text
    assert ("does not open at test_headers.py" in caplog.text) is (fault is Broken)


@pytest.mark.parametrize(
    ("method", "address", "code"),
    [
        ("GET", "/khong-co", 404),
        ("DELETE", "/", 405),
        ("TRACE", "/", 405),
        ("PUT", "/phan-anh/loai", 405),
        ("POST", "/phan-anh/loai", 400),  # without a token
        ("GET", "/phan-anh", 308),
        ("GET", "/static/../portal/app.py", 404),
        ("GET", "/static/khong-co.css", 404),
        ("GET", "/can-bo/", 303),
        ("OPTIONS", "/", 200),
    ],
)
def test_whatever_is_asked_the_headers_stand(app, method, address, code):
    answer = app.test_client().open(address, method=method)
    assert answer.status_code == code
    check_headers(answer)


def test_a_body_that_is_too_large_is_a_page(app):
    answer = app.test_client().post("/tra-cuu/", data={"code": "x" * 1_100_000})
    assert answer.status_code == 413
    check_headers(answer)
    check_page(BeautifulSoup(answer.data, "html5lib"))


def test_static_files_are_kept_for_ever_and_only_they(app):
    client = app.test_client()
    answer = client.get("/static/css/portal.css")
    check_headers(answer, static=True)
    assert answer.headers["Cache-Control"] == FOREVER
    assert "Set-Cookie" not in answer.headers


def test_search_engines_are_shown_the_first_page_and_the_guide_only(app):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.arguments or "GET" not in rule.methods:
            continue
        marked = client.get(rule.rule).headers.get("X-Robots-Tag")
        assert marked == (None if rule.endpoint.startswith("guide.") else NOT_INDEXED), rule.endpoint


def test_behind_tls_cookies_carry_host_and_secure(secure):
    """Every cookie of residents and officials; the demo says in its banner that it has not (decisions 22)."""
    client = secure.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    made = set()
    for address in ("/", "/phan-anh/", "/tra-cuu/", "/can-bo/dang-nhap", "/can-bo/loi-moi/" + "0" * 43):
        answer = client.get(address, base_url="https://dan.example")
        check_headers(answer, secure=True)
        made |= {line.split("=")[0] for line in answer.headers.getlist("Set-Cookie")}
    assert "__Host-portal" in made
    assert "__Host-invitation" in made
    assert all(name.startswith("__Host-") for name in made)


def test_the_policy_parses_and_allows_nothing_inline(kind):
    policy = policy_of(headers.HEADERS["Content-Security-Policy"])
    assert policy["default-src"] == "'none'"
    for values in policy.values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:", "http:"} & set(values.split())


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_a_browser_obeys_the_policy(app, desk):
    """Planted scripts, styles and pictures of elsewhere do nothing (P-22, D.7)."""
    planted = (
        "<script>document.title='inline'</script><p id='p' style='color:red' onclick='x()'>.</p>"
        "<style>p{font-size:99px}</style><img src='http://127.0.0.9:9/x.png'>"
        "<iframe src='/'></iframe><base href='http://127.0.0.9:9/'><form action='http://127.0.0.9:9/'></form>"
    )

    @app.after_request
    def _plant(response):
        if response.mimetype == "text/html":
            response.set_data(response.get_data(as_text=True).replace("</main>", planted + "</main>"))
        return response

    asked, refused = [], []
    desk.on("request", lambda one: asked.append(one.url))
    desk.on(
        "console", lambda one: refused.append(one.text) if "Content Security Policy" in one.text else None
    )
    with served(app) as address:
        desk.goto(f"{address}/")
        desk.wait_for_load_state()
        assert desk.title() != "inline"
        assert desk.evaluate("getComputedStyle(document.querySelector('#p')).color") != "rgb(255, 0, 0)"
        assert desk.evaluate("getComputedStyle(document.querySelector('#p')).fontSize") != "99px"
        assert desk.evaluate("document.baseURI").startswith(address)
        foreign = [url for url in asked if not url.startswith((address, "data:"))]
        sent = [url for url in foreign if url not in " ".join(refused)]
    assert not sent
    assert len(refused) >= 4
