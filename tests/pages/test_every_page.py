"""Every page that anybody can open passes the page checks, and every link on it leads somewhere.

The pages are those of the reviewed table (tests/support/matrix.py), opened by somebody it lets in.
"""

import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from portal.accounts import credentials
from portal.app import create_app
from tests.support import world
from tests.support.askers import everybody_who_asks
from tests.support.checks import check_headers, check_page
from tests.support.matrix import OK, ROWS
from tests.support.people import CHEAP

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
# What a stranger may read over the shoulder, or in the history of a browser (P-18).
TELLING = ("phản ánh", "tố cáo", "khiếu nại", "biên nhận", "bằng chứng", "report", "receipt")
PRIVATE = ("intake.", "mailbox.")
THEY_LOOK = (
    "anonymous",
    "holder, routed report, own",
    "holder, declined report, own",
    "lead.front.P79b",
    "lead.front.C27019b",
    "custodian.front.C27019b",
    "auditor.front.C27019b",
    "admin.front.C27019b",
    "registrar.front.VN",
    "registrar2.front.VN",
    "lead.inspection.C27019b",
    "member.front.C27019b",
    "waiting.front.C27019b",
)
# A page of these needs what the world of the table lacks; where it is, its own test opens and checks it.
OPENED_ELSEWHERE = {
    "intake.kind",
    "intake.step",
    "accounts.accept",
    "mailbox.file",
    "mailbox.look",
    "keeping.reason",
    "casework.follow_up",
    "casework.approve_publication",
    "casework.check_remedy",
    "casework.withdraw_publication",
    "casework.correct_publication",
}
AS_DATA = {"text/plain", "text/calendar", "application/json", "text/css", "image/jpeg"}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch):
    monkeypatch.setattr(credentials, "STANDARD", CHEAP)


@pytest.fixture
def made(prepared):
    one = prepared("world", world.found)
    one.made.settings = one.settings
    one.made.ids["own"] |= {"invitation": "0" * 16, "session": "0" * 16}
    return one.made


@pytest.fixture
def app(made):
    return create_app(made.settings)


_kept = []


@pytest.fixture
def opened(app, made):
    """Every page, as (endpoint, address, login of the one who opened it, answer)."""
    if _kept:
        return _kept
    found, rules = _kept, {rule.endpoint: rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    clients = {}
    for endpoint, row in ROWS.items():
        for who in (one for one in everybody_who_asks() if one.name in THEY_LOOK):
            for what in row.objects(made):
                if not row.get or OK not in row.get or not row.right(who, what) or "malformed" in what.name:
                    continue
                address = rules[endpoint].rule
                for name, value in what.values.items():
                    address = re.sub(rf"<[^<>]*\b{name}>", value, address)
                client = clients.get(who.name) or clients.setdefault(who.name, _client(app, made, who))
                answer = client.get(address)
                if answer.status_code == OK:
                    found.append((endpoint, address, who, answer))
            if found and found[-1][0] == endpoint and row.right.__name__ == "everybody":
                break
    return found


def _client(app, made, who):
    client = app.test_client()
    if who.login:
        client.set_cookie("staff", world.seat(made, who.login))
    if who.receipt:
        kind = "routed" if "routed" in who.name else "declined"
        app.config["WTF_CSRF_ENABLED"] = False
        client.post("/tra-cuu/", data={"code": made.codes[f"{who.receipt} {kind}"]})
        app.config["WTF_CSRF_ENABLED"] = True
    return client


def test_every_page_passes_the_checks(opened):
    faults, seen = [], set()
    for endpoint, address, who, answer in opened:
        soup = BeautifulSoup(answer.data, "html5lib")
        try:
            check_headers(answer, static=endpoint == "static")
            if answer.mimetype == "text/html":
                check_page(soup)
            else:
                assert answer.mimetype in AS_DATA, answer.mimetype
        except AssertionError as fault:
            if (endpoint, str(fault)[:80]) not in seen:
                seen.add((endpoint, str(fault)[:80]))
                faults.append(f"{endpoint} {address} as {who.name}: {str(fault)[:300]}")
    assert not faults, "\n".join(faults)
    shown = {endpoint for endpoint, *_ in opened}
    wanted = {name for name, row in ROWS.items() if row.get and OK in row.get}
    assert wanted - shown <= OPENED_ELSEWHERE


def test_titles_tell_pages_apart_or_tell_nothing(opened):
    """Of the guide and of officials' pages each its own; of residents' pages nothing that gives away."""
    titles = defaultdict(set)
    for endpoint, _address, _who, answer in opened:
        if answer.mimetype != "text/html":
            continue
        title = BeautifulSoup(answer.data, "html5lib").title.get_text(strip=True)
        if endpoint.startswith(PRIVATE):
            assert not [word for word in TELLING if word in title.lower()], f"{endpoint}: {title}"
        else:
            titles[endpoint.split(".")[0], title].add(endpoint)
    assert not {title: ends for title, ends in titles.items() if len(ends) > 1}


def test_every_link_leads_somewhere(app, made, opened):
    """For whoever sees it: a link is never a dead end."""
    dead, tried = [], set()
    clients = {}
    for _endpoint, address, who, answer in opened:
        if answer.mimetype != "text/html":
            continue
        for tag in BeautifulSoup(answer.data, "html5lib").select("a[href], form[method=get][action]"):
            link = urlsplit(str(tag.get("href") or tag.get("action")))
            if link.scheme or link.netloc or not link.path or (who.name, link.path, link.query) in tried:
                continue
            tried.add((who.name, link.path, link.query))
            client = clients.get(who.name) or clients.setdefault(who.name, _client(app, made, who))
            status = client.get(link.geturl()).status_code
            if status not in (200, 303):
                dead.append(f"{status} {link.geturl()} on {address} as {who.name}")
    assert not dead, "\n".join(dead)
    assert len(tried) > 100


def test_ids_on_a_page_are_found_by_what_points_to_them(opened):
    for _endpoint, address, _who, answer in opened:
        if answer.mimetype != "text/html":
            continue
        soup = BeautifulSoup(answer.data, "html5lib")
        ids = {tag["id"] for tag in soup.select("[id]")}
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list"):
            for tag in soup.select(f"[{name}]"):
                missing = set(str(tag[name]).split()) - ids
                assert not missing, f"{address}: {name} {missing}"
        for link in soup.select('a[href^="#"]'):
            assert link["href"][1:] in ids or link["href"] == "#", f"{address}: {link['href']}"
