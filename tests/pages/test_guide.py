"""The guide can be read by anybody: one heading, no cookie, no form, no dead end."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from flask import Blueprint, Flask

from portal.app import create_app
from portal.config import resource_root
from portal.domain.catalogue import CATEGORIES, OUTSIDE
from portal.domain.declining import DECLINE_REASONS
from portal.guide import routes as guide
from portal.web import headers, i18n, page, templates
from portal.web.access import public

ENDPOINTS = ("guide.home", *(endpoint for endpoint, _ in guide.PAGES))


@public
def _elsewhere() -> str:
    return ""


@pytest.fixture(scope="module")
def app():
    """The guide alone, as the public face shows it: no store, no session."""
    root = resource_root()
    app = Flask("portal", template_folder=str(root / "templates"), static_folder=str(root / "static"))
    app.config.update(TESTING=True, DEMO=False, FACE="public", SECURE=True)
    templates.install(app)
    i18n.install(app)
    headers.install(app)
    page.install(app)
    for name, view in (("intake", "start"), ("mailbox", "enter"), ("results", "published")):
        other = Blueprint(name, __name__)
        other.add_url_rule(f"/{name}", view, _elsewhere)
        app.register_blueprint(other)
    app.register_blueprint(guide.bp)
    return app


@pytest.fixture
def read(app):
    def get(endpoint):
        with app.test_request_context():
            address = app.url_for(endpoint)
        answer = app.test_client().get(address)
        assert answer.status_code == 200
        return answer, BeautifulSoup(answer.text, "html5lib")

    return get


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_page_has_one_heading_and_a_title(read, endpoint):
    _, soup = read(endpoint)
    assert len(soup.select("h1")) == 1
    assert soup.h1.get_text(strip=True) in soup.title.get_text()


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_page_sets_no_cookie_and_has_no_form(read, endpoint):
    answer, soup = read(endpoint)
    assert "Set-Cookie" not in answer.headers
    assert not soup.select("form, input, button")


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_page_leads_to_the_form_and_to_the_mailbox(read, endpoint):
    _, soup = read(endpoint)
    main = {link["href"] for link in soup.select("main a")}
    assert {"/intake", "/mailbox"} <= main


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_headings_do_not_jump(read, endpoint):
    _, soup = read(endpoint)
    levels = [int(h.name[1]) for h in soup.select("main h1, main h2, main h3, main h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_page_may_be_found_by_search_engines(read, endpoint):
    _, soup = read(endpoint)
    assert not soup.select('meta[name="robots"]')


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_links_within_the_guide_exist(app, read, endpoint):
    _, soup = read(endpoint)
    client = app.test_client()
    inside = {link["href"] for link in soup.select("main a") if link["href"].startswith("/")}
    assert all(client.get(address).status_code == 200 for address in inside)


def test_every_page_is_listed_on_the_first_one(app, read):
    _, soup = read("guide.home")
    with app.test_request_context():
        listed = {app.url_for(endpoint) for endpoint in ENDPOINTS[1:]}
    assert listed <= {link["href"] for link in soup.select("main a")}


def test_what_may_be_reported_is_the_catalogue(read):
    text = read("guide.what")[1].get_text()
    assert all(category.title in text for category in CATEGORIES)
    assert all(thing.instead in text for thing in OUTSIDE)


def test_the_handbook_holds_every_question(read):
    text = read("guide.handbook")[1].get_text()
    assert all(item.text in text for category in CATEGORIES for item in category.items)


def test_the_way_names_every_limit_and_every_refusal(read):
    text = read("guide.way")[1].get_text()
    assert "7 ngày làm việc" in text
    assert "30 ngày" in text
    assert all(reason.instead in text for reason in DECLINE_REASONS)


def test_danger_names_the_national_numbers(read):
    text = read("guide.danger")[1].get_text()
    assert all(number in text for number in ("113", "114", "115", "111"))


def test_the_limits_of_secrecy_are_said(read):
    text = read("guide.secrecy")[1].get_text()
    assert "không bảo đảm được" in text
    assert "774/QĐ-TTg" in text


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_the_whole_public_face_keeps_the_guide_free_of_cookies(settings):
    client = create_app(settings.model_copy(update={"face": "public"})).test_client()
    addresses = [rule.rule for rule in client.application.url_map.iter_rules() if rule.endpoint in ENDPOINTS]
    assert len(addresses) == len(ENDPOINTS)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
