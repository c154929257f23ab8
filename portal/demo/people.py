"""Who works in the demonstration: bodies from the centre to five wards, a named account for each role."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby

from portal.accounts import actions, credentials, queries
from portal.accounts.credentials import Credentials
from portal.action import session
from portal.data.models.body import Body
from portal.domain.parties import CENTRE, BodyKind
from portal.domain.permissions import ANYBODY, Actor, Role
from portal.domain.structure import body_id
from portal.registry.actions import Progress, silent
from portal.vault.fingerprint import fingerprint
from portal.vault.passphrase import STANDARD, Cost
from portal.vault.ring import KeyRing

CITY = "P79b"
UNITS = {
    CENTRE: ("trung-uong", "Trung ương"),
    CITY: ("hcm", "Thành phố Hồ Chí Minh"),
    "C27013b": ("tay-thanh", "phường Tây Thạnh"),
    "C27019b": ("tan-son-nhi", "phường Tân Sơn Nhì"),
    "C27022b": ("phu-tho-hoa", "phường Phú Thọ Hòa"),
    "C27028b": ("phu-thanh", "phường Phú Thạnh"),
    "C27031b": ("tan-phu", "phường Tân Phú"),
}
"""The units whose bodies take part: word in the login names, name in the display names."""

# Roles, start of the login, display name; the first of a body leads it.
_Post = tuple[set[Role], str, str]
_FRONT: tuple[_Post, ...] = (
    ({Role.LEAD_REVIEWER, Role.REVIEWER}, "truong.mat-tran", "Phụ trách phân loại"),
    ({Role.REVIEWER}, "mat-tran", "Cán bộ phân loại"),
    ({Role.CUSTODIAN}, "danh-tinh", "Người giữ danh tính"),
)
_INSPECTION: tuple[_Post, ...] = (
    ({Role.LEAD_INSPECTOR, Role.INSPECTOR}, "truong.kiem-tra", "Phụ trách kiểm tra"),
    ({Role.INSPECTOR}, "kiem-tra", "Cán bộ kiểm tra"),
)
_KEYLESS: tuple[_Post, ...] = (
    ({Role.REGISTRAR}, "danh-muc", "Cán bộ danh mục"),
    ({Role.ADMINISTRATOR}, "quan-tri", "Quản trị hệ thống"),
    ({Role.AUDITOR}, "kiem-toan", "Kiểm toán viên nhật ký"),
)

# Rows of posts take two registrars of the centre: one drafts, the other puts them in force.
_REGISTRARS: tuple[_Post, ...] = (
    ({Role.REGISTRAR}, "danh-muc", "Cán bộ danh mục"),
    ({Role.REGISTRAR}, "danh-muc-2", "Cán bộ danh mục thứ hai"),
)
_FURTHER = {CENTRE: _REGISTRARS, CITY: _KEYLESS}


@dataclass(frozen=True)
class Seat:
    """One account of the demonstration."""

    login: str
    display_name: str
    body_id: str
    roles: frozenset[Role]
    passphrase: str = field(repr=False)


@dataclass
class Cast:
    """Everybody with his actor and keys, by login."""

    seats: list[Seat]
    made: dict[str, Credentials] = field(repr=False)
    known: dict[str, tuple[Actor, KeyRing]] = field(default_factory=dict, repr=False)

    def of(self, seat: Seat) -> tuple[Actor, KeyRing]:
        """Actor and ring of an admitted member, without a second slow derivation."""
        if seat.login not in self.known:
            made = self.made[seat.login]
            member = queries.membership(made.account_id)
            assert member is not None, seat.login
            ring = queries.ring_of(made.account_id, made.person_secret)
            self.known[seat.login] = (queries.actor_of(member), ring)
        return self.known[seat.login]

    def leading(self, body: str) -> tuple[Actor, KeyRing]:
        """Who leads the body."""
        return self.of(next(seat for seat in self.seats if seat.body_id == body))

    def playing(self, body: str, role: Role) -> tuple[Actor, KeyRing]:
        """Somebody of the body who has exactly this role, or at least has it."""
        seats = [seat for seat in self.seats if seat.body_id == body and role in seat.roles]
        return self.of(min(seats, key=lambda seat: len(seat.roles)))


def seats() -> list[Seat]:
    """The accounts to make, each superior body before the bodies below it; passphrases are new every time."""
    return list(_seats())


def _seats() -> Iterator[Seat]:
    for area, (word, name) in UNITS.items():
        front = _FRONT + _FURTHER.get(area, ())
        for kind, people in ((BodyKind.FRONT, front), (BodyKind.INSPECTION, _INSPECTION)):
            for roles, login, title in people:
                display_name = f"{title} {name}"
                yield Seat(
                    f"{login}.{word}", display_name, body_id(kind, area), frozenset(roles), _passphrase()
                )


def _passphrase() -> str:
    """Small letters and four digits: typed on a phone without changing the keyboard more than once."""
    return f"trinh dien {secrets.randbelow(9000) + 1000}"


def found(everybody: list[Seat], *, cost: Cost = STANDARD, progress: Progress = silent) -> Cast:
    """Found the bodies from the centre down and admit everybody, through the acts that people use.

    The slow derivations run two at a time beforehand; nothing waits for them inside an act.
    """
    cast = Cast(everybody, {})
    total = 2 * len(everybody)
    with ThreadPoolExecutor(2) as pool:
        made = pool.map(lambda seat: credentials.make(seat.passphrase, cost=cost), everybody)
        for seat, one in zip(everybody, made, strict=True):
            cast.made[seat.login] = one
            progress(len(cast.made), total)
    done = len(everybody)
    for body, here in groupby(everybody, lambda seat: seat.body_id):
        newcomers = list(here)
        _found_body(cast, session().get_one(Body, body), newcomers)
        done += len(newcomers)
        progress(done, total)
    return cast


def _found_body(cast: Cast, body: Body, newcomers: list[Seat]) -> None:
    if body.superior_id is None:
        holders = [_holder(cast, seat) for seat in newcomers]
        actions.found_root(actions.SYSTEM, body, holders=holders)
        return
    lead = cast.leading(body.superior_id)
    actions.found_body(lead[0], body)
    for seat in newcomers:
        admitting = cast.playing(body.superior_id, Role.CUSTODIAN) if Role.CUSTODIAN in seat.roles else lead
        _enrol(cast, seat, lead[0], admitting, body)


def _holder(cast: Cast, seat: Seat) -> actions.Holder:
    person = actions.NewPerson(seat.login, seat.display_name, cast.made[seat.login])
    return actions.Holder(person, seat.roles)


def _enrol(cast: Cast, seat: Seat, lead: Actor, admitting: tuple[Actor, KeyRing], body: Body) -> None:
    token = actions.invite(lead, body, display_name=seat.display_name, roles=seat.roles)
    made = cast.made[seat.login]
    member = actions.accept_invitation(ANYBODY, token, login=seat.login, credentials=made)
    actor, ring = admitting
    actions.admit(actor, member, ring=ring, fingerprint=fingerprint(made.public_key))
