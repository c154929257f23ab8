"""What happens at another body shows nowhere: no list, no count, no name, with no parameter (P-27, Z-5)."""

import re

import pytest

from portal.app import create_app
from portal.domain.telling import Said
from tests.support import make, world
from tests.support.askers import everybody_who_asks
from tests.support.matrix import ROWS
from tests.support.world import TOKEN, front, token

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
# Everybody but the board that receives it, and those who watch over the log of that board.
BLIND = (
    "anonymous",
    "lead.front.P79b",
    "lead.front.C27013b",
    "lead.inspection.C27019b",
    "lead.inspection.P79b",
    "lead.front.VN",
    "custodian.front.C27019b",
    "admin.front.C27019b",
    "registrar.front.C27019b",
    "waiting.front.C27019b",
)
WIDER = (
    "all=1",
    "body=front.C27013b",
    "body_id=front.C27013b&unit=front.C27013b",
    "front_id=front.C27013b&leader_id=inspection.C27013b",
    "page=999&limit=100000&per_page=100000",
    "format=csv&export=1&debug=1",
    "desk=all&state=&late=",
    "desk=nobody&mine=",
    "after=0001-01-01.0",
)


@pytest.fixture
def made(prepared):
    one = prepared("world", world.found)
    one.made.settings = one.settings
    return one.made


@pytest.fixture
def app(made):
    return create_app(made.settings)


def _lists(app):
    """The pages without ids that somebody may read, by endpoint."""
    return {
        rule.endpoint: rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments and ROWS[rule.endpoint].get
    }


def _pages(app, client):
    found = {}
    for endpoint, address in _lists(app).items():
        answer = client.get(address)
        # Both are new each time the page is made: the token, and the sealed name of who types.
        text = re.sub(r'name="(csrf_token|owner)" value="[^"]*"', "", answer.get_data(as_text=True))
        found[endpoint] = (answer.status_code, answer.headers.get("Location"), text)
    return found


def _client(app, made, login):
    client = app.test_client()
    if login:
        client.set_cookie("staff", world.seat(made, login))
    return client


def test_a_report_elsewhere_changes_no_page_of_others(app, made):
    """All pages of everybody whom a report does not concern, before and after it: the same bytes."""
    who = {one.name: one.login for one in everybody_who_asks() if one.name in BLIND}
    assert set(who) == set(BLIND)
    clients = {name: _client(app, made, login) for name, login in who.items()}
    before = {name: _pages(app, client) for name, client in clients.items()}
    board = _client(app, made, "lead.front.C27019b")
    seen = _pages(app, board)
    sent = make.report(made.settings, story=f"{make.STORY} {token('own', 'late')}")
    assert sent.board_id == front("own")
    conflicted = make.report(made.settings, at_inspection=Said.YES)
    assert conflicted.board_id == front("own")
    assert _pages(app, board)["triage.queue"] != seen["triage.queue"], "the board itself sees it"
    for name, client in clients.items():
        after = _pages(app, client)
        differing = {endpoint for endpoint, page in after.items() if page != before[name][endpoint]}
        assert not differing, f"{name} sees a difference on {differing}"


def test_a_report_that_climbs_leaves_no_trace_below(app, made):
    """Somebody named works at the ward's Front: the ward's board sees nothing at all (A.7)."""
    logins = ("lead.front.C27019b", "custodian.front.C27019b", "auditor.front.C27019b", "admin.front.C27019b")
    clients = {login: _client(app, made, login) for login in logins}
    before = {login: _pages(app, client) for login, client in clients.items()}
    sent = make.report(made.settings, at_front=Said.YES)
    assert sent.board_id == front("parent")
    for login, client in clients.items():
        after = _pages(app, client)
        # Their own reading stands in the log; nothing of the report may.
        differing = {name for name, page in after.items() if page != before[login][name]} - {
            "oversight.entries"
        }
        assert not differing, f"{login} sees a difference on {differing}"
        assert sent.report_id not in after["oversight.entries"][2]
        assert make.case_of(sent).id not in after["oversight.entries"][2]


@pytest.mark.parametrize("login", ["lead.front.C27019b", "lead.inspection.C27019b", "lead.front.P79b"])
def test_no_parameter_widens_a_list(app, made, login):
    client = _client(app, made, login)
    place = "parent" if "P79b" in login else "own"
    foreign = {name for name in ("own", "parent", "sibling") if name != place}
    # One case of the ward was referred to the city and stands on its list; the ids of the others may not.
    unheard = foreign - {"own"} if place == "parent" else foreign
    for endpoint, address in _lists(app).items():
        if not address.startswith("/can-bo/"):
            continue
        for wider in WIDER:
            answer = client.get(f"{address}?{wider}")
            assert answer.status_code < 500, f"{endpoint}?{wider}"
            words = {word.decode() for word in TOKEN.findall(answer.data)}
            assert not [word for word in words if any(f"zq{one}" in word for one in unheard)], endpoint
            ids = [made.ids[one][kind] for one in foreign for kind in ("received", "accepted", "report")]
            assert not [one for one in ids if one in answer.get_data(as_text=True)], f"{endpoint}?{wider}"
