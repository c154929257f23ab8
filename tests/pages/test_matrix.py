"""Every route, with every method, asked by everybody, for what is his own, another's, missing and malformed.

The table is tests/support/matrix.py. Besides the status each cell is held to this:
- whoever is refused finds the database as it was, and reads no word that somebody typed;
- whoever is let in reads no word of a body that is not his;
- what is another's and what does not exist are the same answer, to the byte;
- a read changes nothing but the audit log.
Source: design, assurance 6 (Z-1 to Z-5, Z-13).
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts import credentials
from portal.app import create_app
from portal.data import db
from portal.web import access, throttle
from tests.support import world
from tests.support.askers import What, Who, everybody_who_asks
from tests.support.checks import check_headers
from tests.support.fingerprints import Book
from tests.support.matrix import GONE, ROWS, SEE_OTHER, Row, of_public
from tests.support.people import CHEAP
from tests.support.world import PLACES, TOKEN, World, committee, front

pytestmark = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
SNAPSHOT = Path(__file__).with_name("routes.txt")
SIGN_IN = "/can-bo/dang-nhap"
# They alone are asked for malformed ids, and for pages that are open to all.
CLOSE = {"anonymous", "lead.front.C27019b", "lead.inspection.C27019b", "holder, routed report, own"}
_OFFICERS = {"lead", "member"}
_GROUPS = {
    "outside": lambda who: not who.is_staff,
    "front": lambda who: who.is_staff and who.body.startswith("front.") and who.role in _OFFICERS,
    "committees": lambda who: who.is_staff and who.body.startswith("inspection."),
    "others": lambda who: who.is_staff and who.body.startswith("front.") and who.role not in _OFFICERS,
}


@pytest.fixture
def made(prepared) -> World:
    one = prepared("world", world.found)
    one.made.settings = one.settings
    return one.made


@pytest.fixture(autouse=True)
def _cheap(monkeypatch) -> None:
    monkeypatch.setattr(credentials, "STANDARD", CHEAP)
    # Everybody asks from one network here, more than one may in an hour (tests/actions/test_limits.py).
    monkeypatch.setattr(throttle, "limit", lambda what, *, most: None)


@pytest.fixture
def app(made) -> Flask:
    return create_app(made.settings)


def test_every_route_has_a_row_and_every_row_a_route(app) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert routes - set(ROWS) == set(), "routes that nobody reviewed"
    assert set(ROWS) - routes == set(), "rows without a route"


def test_the_routes_are_those_of_the_snapshot(app) -> None:
    """A new address is a decision: routes.txt is changed by hand, with its row."""
    found = sorted(
        f"{','.join(sorted(rule.methods - {'OPTIONS', 'HEAD'})):8} {rule.rule}  {rule.endpoint}"
        for rule in app.url_map.iter_rules()
    )
    assert found == SNAPSHOT.read_text(encoding="utf-8").splitlines()


def test_each_method_of_a_route_is_in_its_row(app) -> None:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.endpoint, set()).update(rule.methods - {"OPTIONS", "HEAD"})
    for endpoint, row in ROWS.items():
        wanted = ({"GET"} if row.get else set()) | ({"POST"} if row.post else set())
        assert methods[endpoint] == wanted, endpoint


@pytest.mark.parametrize("group", _GROUPS)
def test_everybody_gets_what_the_table_says(app, made, group, capsys) -> None:
    walk = Walk(app, made)
    for who in everybody_who_asks():
        if _GROUPS[group](who):
            walk.as_(who)
    with capsys.disabled():
        print(f" [{group}: {walk.cells} cells] ", end="")
    assert not walk.faults, f"{len(walk.faults)} faults:\n" + "\n".join(walk.faults[:60])
    assert walk.cells > 800


@dataclass
class Walk:
    """The cells of one actor after the other, on one database that is put back whenever it changed."""

    app: Flask
    made: World
    cells: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.app.config["WTF_CSRF_ENABLED"] = False  # tokens have their own test, below
        ids = self.made.ids["own"]
        ids["invitation"] = world.invitation_start(self.made)
        self.cookies = {
            who.login: world.seat(self.made, who.login) for who in everybody_who_asks() if who.login
        }
        ids["session"] = world.session_start(self.cookies[f"lead.{front('own')}"])
        db.session().rollback()
        self.book = Book(Path(self.made.settings.instance) / "portal.sqlite3")
        self.wanted = {rule.endpoint: rule for rule in self.app.url_map.iter_rules()}

    def as_(self, who: Who) -> None:
        """Every row, every object, every method."""
        for endpoint, row in ROWS.items():
            if endpoint not in self.wanted or (of_public(row) and who.is_staff and who.name not in CLOSE):
                continue
            found: dict[str, dict[str, TestResponse]] = {}
            for number, what in enumerate(self._asked_for(who, row)):
                for method in self._methods(row):
                    if method == "HEAD" and number:
                        continue
                    answer = self._ask(who, endpoint, row, what, method)
                    if not row.right(who, what):
                        found.setdefault(method, {})[what.name] = answer
            for method, answers in found.items():
                self._compare(f"{who.name} {method} {endpoint}", answers)

    def _asked_for(self, who: Who, row: Row) -> list[What]:
        """All objects; for those who have no part in any of them one and a missing one tell enough."""
        found = row.objects(self.made)
        if who.name in CLOSE:
            return found
        found = [what for what in found if not what.name.startswith("malformed")]
        if any(row.right(who, what) for what in found):
            return found
        return found[:1] + [what for what in found[1:] if what.name == "missing"]

    @staticmethod
    def _methods(row: Row) -> list[str]:
        return (["GET", "HEAD"] if row.get else []) + (["POST"] if row.post else [])

    def _ask(self, who: Who, endpoint: str, row: Row, what: What, method: str) -> TestResponse:
        client = self.app.test_client()
        self._dress(client, who)
        address = self._address(endpoint, what)
        answer = client.open(address, method=method, data=self._data(row, what) if method == "POST" else None)
        answer.asked = what.values  # type: ignore[attr-defined]
        self.cells += 1
        cell = f"{who.name} {method} {endpoint} [{what.name}]: {answer.status_code}"
        self._judge(cell, who, endpoint, what, method, answer)
        return answer

    def _address(self, endpoint: str, what: What) -> str:
        address = self.wanted[endpoint].rule
        for name, value in what.values.items():
            address = re.sub(rf"<[^<>]*\b{name}>", lambda _, v=value: quote(v, safe="/"), address)
        return address

    def _data(self, row: Row, what: What) -> dict[str, str]:
        case_id = what.values.get("case_id", "")
        return row.data | {"seen": str(self.book.version_of(case_id))} if case_id else row.data

    def _dress(self, client, who: Who) -> None:
        if who.login:
            client.set_cookie("staff", self.cookies[who.login])
        elif who.name == "with a draft":
            client.post("/phan-anh/loai", data={"kind": "act"})
        elif who.receipt:
            kind = "routed" if "routed" in who.name else "declined"
            client.post("/tra-cuu/", data={"code": self.made.codes[f"{who.receipt} {kind}"]})
        self.book.remember()

    def _judge(
        self, cell: str, who: Who, endpoint: str, what: What, method: str, answer: TestResponse
    ) -> None:
        row = ROWS[endpoint]
        allowed = row.right(who, what)
        expected = row.post if method == "POST" else row.get
        wanted = expected if allowed else refused(who, endpoint, method)
        if answer.status_code not in (wanted or ()):
            self.faults.append(f"{cell}, wanted {wanted}")
        door = "/tra-cuu/" if endpoint.startswith("mailbox.") else SIGN_IN
        if not allowed and answer.status_code == SEE_OTHER and not answer.location.startswith(door):
            self.faults.append(f"{cell} leads to {answer.location}")
        try:
            check_headers(answer, static=answer.request.path.startswith("/static/"))
        except AssertionError as fault:
            self.faults.append(f"{cell}: {fault}")
        words = set(TOKEN.findall(answer.data + str(answer.headers).encode()))
        if foreign := words - (legible(who) if allowed else set()):
            self.faults.append(f"{cell} shows {foreign}")
        self._settle(cell, allowed and method == "POST")

    def _settle(self, cell: str, may_change: bool) -> None:
        """What changed is put back; where nothing may change it is a fault."""
        changed = self.book.changed()
        if changed and not may_change:
            self.faults.append(f"{cell} changed {changed}")
        if changed or may_change:
            db.session().rollback()
            self.book.restore()

    def _compare(self, cell: str, answers: dict[str, TestResponse]) -> None:
        """Another's, malformed and missing are the same to whoever is refused."""
        if "missing" not in answers:
            return
        plain = bare(answers["missing"])
        for name, answer in answers.items():
            if bare(answer) != plain:
                self.faults.append(f"{cell}: {name} differs from missing")


def refused(who: Who, endpoint: str, method: str) -> tuple[int, ...]:
    """Who is not signed in is asked to sign in, who has no receipt for one; to all others nothing is there.

    What a resident types is kept also where it cannot be sent: his POST leads back to a page.
    """
    if endpoint.startswith("mailbox."):
        return (GONE,) if who.receipt and method != "POST" else (SEE_OTHER,)
    return (GONE,) if who.is_staff else (SEE_OTHER,)


def legible(who: Who) -> set[bytes]:
    """The words that this actor may read at all."""
    words: set[bytes] = set()
    if who.receipt:
        what = "asked" if "routed" in who.name else "told"
        return {world.token(who.receipt, what).encode()}
    for place in PLACES:
        if who.body == front(place) and who.role in {"lead", "member"}:
            what = (
                "office",
                "story",
                "file",
                "bytes",
                "routed",
                "sent",
                "copy",
                "why",
                "refused",
                "told",
                "tracks",
                "round",
            )
        elif who.body == front(place) and who.role == "custodian":
            what = ("reason",)
        elif who.body == committee(place) and who.role in {"lead", "member"}:
            what = ("office", "handed", "sent", "copy", "note", "asked")
        else:
            continue
        words |= {world.token(place, one).encode() for one in what}
        if who.body in (front("own"), front("parent")) and who.role in {"lead", "member"}:
            words |= {world.token("own", one).encode() for one in ("office", "referred", "suffered")}
        if place == "own" and who.login not in world.BARRED.split():
            of_barred = ("office", "story", "routed", "handed", "reason")
            words |= {world.token("own", f"barred{one}").encode() for one in of_barred}
    return words


def bare(answer: TestResponse) -> tuple[int, str, tuple[tuple[str, str], ...]]:
    """Status, body and headers without what the address itself and the anti-forgery token put there."""
    text = "" if 300 <= answer.status_code < 400 else answer.get_data(as_text=True)
    text = re.sub(r'name="csrf_token" value="[^"]*"', "", text)
    text = re.sub(r'<nav class="gs-languages".*?</nav>', "", text, flags=re.DOTALL)
    headers = []
    for name, value in answer.headers:
        if name not in {"Content-Length", "Set-Cookie"}:
            for asked in answer.asked.values():  # type: ignore[attr-defined]
                value = value.replace(quote(asked), "").replace(quote(quote(asked)), "")
            headers.append((name, re.sub(r"next=[^&]*", "next=", value)))
    return answer.status_code, text, tuple(headers)


@pytest.mark.parametrize(
    "login", ["", "lead.front.C27019b", "lead.inspection.C27019b", "auditor.front.C27019b"]
)
def test_no_form_is_taken_without_its_token(app, made, login) -> None:
    """Every POST, also those of strangers: 400, whatever else is wrong with it (security-tests B.11)."""
    walk = Walk(app, made)
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    if login:
        client.set_cookie("staff", walk.cookies[login])
    for endpoint, row in ROWS.items():
        for what in row.objects(made)[:1] if row.post else []:
            for data in (row.data, row.data | {"csrf_token": "IjEi.aaaa.bbbb"}):
                walk.book.remember()
                answer = client.post(walk._address(endpoint, what), data=data)
                assert answer.status_code == 400, f"{endpoint}: {answer.status_code}"
                assert not walk.book.changed()


@pytest.mark.parametrize(
    ("check", "login"),
    [("of the object", "lead.front.C27013b"), ("at the door", "custodian.front.C27019b")],
)
def test_the_walk_sees_a_check_that_is_missing(app, made, monkeypatch, check, login) -> None:
    """Its own power (Z-16): without the object's check, or without the door's, it finds faults."""
    real = access.may

    def careless(actor, permission, facts=None):
        return (facts is None) is (check == "at the door") or real(actor, permission, facts)

    monkeypatch.setattr(access, "may", careless)
    walk = Walk(app, made)
    walk.as_(next(who for who in everybody_who_asks() if who.login == login))
    assert len(walk.faults) > 10, walk.faults
