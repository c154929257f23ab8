"""Bodies with keys and people for tests, founded through the real acts with a cheap passphrase cost.

    @pytest.fixture
    def people(prepared):
        return prepared("people", people.found).made          # a People; the store is open
    actor, ring = people.signed_in("lead.front.C27019b")
    people.enter(client, "lead.front.C27019b")                # signs a test client in (mode "test" or "demo")

`found(settings)` stores the country, Hồ Chí Minh City and the five wards that Tân Phú became (areas and their
standard bodies), then founds the Front boards and inspection committees of the centre, the city and the
wards and enrols in each: `lead` and `member`, at a Front board also `custodian`. The login is
`<who>.<kind>.<area>` ("lead.inspection.P79b"), the passphrase `PASSPHRASE`. At front.P79b there are also
`admin`, `auditor` and `registrar`. At the roots there are two leads (`lead`, `second`), two custodians at
front.VN (`custodian`, `custodian2`), and an `auditor` at front.VN. Wards named in UNFOUNDED have no keys yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import insert

from portal.accounts import actions, credentials, queries
from portal.accounts.actions.signing import myself, open_session
from portal.action import session
from portal.config import Settings
from portal.data import audit, db
from portal.data.guard import Act, acting
from portal.data.models.account import Account
from portal.data.models.area import Area
from portal.data.models.body import Body
from portal.domain.parties import COUNTRY, AreaFacts, BodyKind, Level
from portal.domain.permissions import Actor, Role
from portal.domain.place_query import area_key
from portal.domain.structure import body_id, country_bodies
from portal.vault.passphrase import Cost
from portal.vault.ring import KeyRing

PASSPHRASE = "bốn con cò trắng bay qua"
CHEAP = Cost(8, 1, 1)
_SINCE = date(2025, 7, 1)
CITY = AreaFacts("P79b", "Thành phố Hồ Chí Minh", Level.PROVINCE, None, _SINCE, None, "79")
WARDS = tuple(
    AreaFacts(f"C{code}b", f"Phường {name}", Level.COMMUNE, "P79b", _SINCE, None, code)
    for code, name in (
        ("27013", "Tây Thạnh"),
        ("27019", "Tân Sơn Nhì"),
        ("27022", "Phú Thọ Hòa"),
        ("27028", "Phú Thạnh"),
        ("27031", "Tân Phú"),
    )
)
UNFOUNDED = ("C27031b",)

_OFFICERS = {
    BodyKind.FRONT: {"lead": {Role.LEAD_REVIEWER, Role.REVIEWER}, "member": {Role.REVIEWER}},
    BodyKind.INSPECTION: {"lead": {Role.LEAD_INSPECTOR, Role.INSPECTOR}, "member": {Role.INSPECTOR}},
}
_KEYLESS = {
    "admin": {Role.ADMINISTRATOR},
    "auditor": {Role.AUDITOR},
    "registrar": {Role.REGISTRAR},
}


@dataclass(frozen=True)
class Person:
    """One person of the test country."""

    login: str
    account_id: str
    member_id: str
    body_id: str
    recovery_code: str = field(repr=False, default="")


@dataclass
class People:
    """Who was founded, by login name."""

    persons: dict[str, Person] = field(default_factory=dict)
    passphrase: str = PASSPHRASE

    def signed_in(self, login: str) -> tuple[Actor, KeyRing]:
        """The person's actor and keys."""
        return actions.sign_in_ring(login, self.passphrase)

    def actor(self, login: str) -> Actor:
        return self.signed_in(login)[0]

    def enter(self, client: FlaskClient, login: str) -> None:
        """Give `client` the cookie of a new session of this person, as the sign-in page would."""
        account = session().get_one(Account, self[login].account_id)
        opened = credentials.unlock(account, self.passphrase)
        assert opened is not None
        value = open_session(myself(account), account, person_secret=opened.person_secret, counter=None)
        client.set_cookie("staff", value)

    def __getitem__(self, login: str) -> Person:
        return self.persons[login]


def territory(areas: Iterable[AreaFacts] = (CITY, *WARDS), *, centre: bool = True) -> None:
    """Store these units and the standard bodies of the centre (unless it stands already) and of each."""
    areas = list(areas)
    bodies = [one for one in country_bodies(areas) if centre or one.area_id != COUNTRY.id]
    act = Act("tests.territory", "system", None, day_only=False)
    with acting(act), db.transaction() as current:
        current.execute(insert(Area), [_area(one) for one in areas])
        current.execute(insert(Body), [_body(one) for one in bodies])
        audit.append(current, act)


def _area(one: AreaFacts) -> dict[str, object]:
    return {
        "area_id": one.id,
        "code": one.code,
        "name": one.name,
        "folded": area_key(one.name),
        "level": one.level,
        "parent_id": one.parent_id,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
    }


def _body(one: object) -> dict[str, object]:
    names = ("id", "kind", "level", "area_id", "name", "superior_id", "valid_from", "valid_to")
    return {name: getattr(one, name) for name in names}


def body(wanted: str) -> Body:
    """The stored body."""
    return session().get_one(Body, wanted)


def found(settings: Settings | None = None) -> People:
    """The whole test country; see the head of this file."""
    territory()
    people = People()
    for kind in (BodyKind.FRONT, BodyKind.INSPECTION):
        _found_root(people, kind)
        _found_below(people, kind, COUNTRY.id, CITY.id)
        for ward in WARDS:
            if ward.id not in UNFOUNDED:
                _found_below(people, kind, CITY.id, ward.id)
    for who, roles in _KEYLESS.items():
        join(people, "lead.front.VN", f"front.{CITY.id}", who, roles)
    join(people, "second.front.VN", "front.VN", "auditor", _KEYLESS["auditor"])
    return people


def _found_root(people: People, kind: BodyKind) -> None:
    roles = _OFFICERS[kind]
    seats = {"lead": roles["lead"], "second": roles["lead"], "member": roles["member"]}
    if kind is BodyKind.FRONT:
        seats |= {"custodian": {Role.CUSTODIAN}, "custodian2": {Role.CUSTODIAN}}
    root = body_id(kind, COUNTRY.id)
    holders = [_holder(f"{who}.{root}", frozenset(held)) for who, held in seats.items()]
    actions.found_root(actions.SYSTEM, body(root), holders=holders)
    for holder in holders:
        _note(people, holder.person.login, holder.person.credentials.account_id)


def _holder(login: str, roles: frozenset[Role]) -> actions.Holder:
    made = credentials.make(PASSPHRASE, cost=CHEAP)
    return actions.Holder(actions.NewPerson(login, f"Người {login}", made), roles)


def _found_below(people: People, kind: BodyKind, above: str, area_id: str) -> None:
    superior, below = body_id(kind, above), body_id(kind, area_id)
    lead = f"lead.{superior}"
    actions.found_body(people.actor(lead), body(below))
    for who, roles in _OFFICERS[kind].items():
        join(people, lead, below, who, roles)
    if kind is BodyKind.FRONT:
        join(people, lead, below, "custodian", {Role.CUSTODIAN}, admitting=f"custodian.{superior}")


def join(
    people: People, lead: str, body_id: str, who: str, roles: Iterable[Role], *, admitting: str = ""
) -> Person:
    """One more person in a body, invited by `lead` and admitted by him or by `admitting`."""
    member = actions.enrol(
        people.actor(lead),
        people.signed_in(admitting or lead),
        body(body_id),
        login=f"{who}.{body_id}",
        display_name=f"Người {who}.{body_id}",
        roles=frozenset(roles),
        passphrase=PASSPHRASE,
        cost=CHEAP,
    )
    return _note(people, f"{who}.{body_id}", member.account_id)


def _note(people: People, login: str, account_id: str) -> Person:
    member = queries.membership(account_id)
    assert member is not None
    person = Person(login, account_id, member.id, member.body_id)
    people.persons[login] = person
    return person
