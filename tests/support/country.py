"""A small country with founded boards, written past the gate: for tests that need somebody to send to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert

from portal.config import Settings
from portal.data import db
from portal.data.models.account import Account, Member, MemberKey
from portal.data.models.area import Area, AreaSuccessor
from portal.data.models.body import Body, BodyKey, PostTemplate
from portal.data.reference import shipped
from portal.domain.keys import KeyPurpose
from portal.domain.parties import AreaFacts, BodyKind, Level
from portal.domain.place_query import area_key
from portal.domain.posts import POSTS, read_posts
from portal.domain.structure import body_id, country_bodies
from portal.vault.sealing import new_key_pair

BODY = ("id", "kind", "level", "area_id", "name", "superior_id", "valid_from", "valid_to")
NEW = date(2025, 7, 1)
OLD = date(2025, 6, 30)
CITY = AreaFacts("79", "Thành phố Hồ Chí Minh", Level.PROVINCE, code="79")
DISTRICT = AreaFacts("q767", "Quận Tân Phú", Level.DISTRICT, "79", None, OLD, "767")
WARD = AreaFacts("c1", "Phường Tân Sơn Nhì", Level.COMMUNE, "79", NEW, None, "27013")
OTHER = AreaFacts("c2", "Phường Tây Thạnh", Level.COMMUNE, "79", NEW, None, "27016")
REMOTE = AreaFacts("c3", "Xã Bình Chánh", Level.COMMUNE, "79", NEW, None, "27595")  # no board of its own yet
SPLIT = AreaFacts("o1", "Phường Sơn Kỳ", Level.COMMUNE, "q767", None, OLD, "26999")
AREAS = (CITY, DISTRICT, WARD, OTHER, REMOTE, SPLIT)
LINKS = (("o1", "c1", True), ("o1", "c2", False))  # (old, new, larger)
FOUNDED = ("VN", "79", "c1", "c2")
MEMBERS = {
    "VN": "Trần Thị Trung Ương",
    "79": "Lê Văn Thành Phố",
    "c1": "Nguyễn Thị Phường",
    "c2": "Phạm Văn Bên",
}


def front(area_id: str) -> str:
    """The id of a unit's Front board."""
    return body_id(BodyKind.FRONT, area_id)


@dataclass
class Country:
    """What was made: the secret of every board's keys by (body, purpose)."""

    secrets: dict[tuple[str, str], bytes]


def found(settings: Settings) -> Country:
    """Fill an empty database: units, bodies, posts, and boards with keys and one member each."""
    engine = db.make_engine(settings.database)
    secrets: dict[tuple[str, str], bytes] = {}
    try:
        with engine.begin() as connection:
            for table, rows in _plain().items():
                connection.execute(insert(table), rows)
            for area_id in FOUNDED:
                for purpose in KeyPurpose:
                    pair = new_key_pair()
                    secrets[front(area_id), purpose.value] = pair.secret
                    connection.execute(insert(BodyKey), _key(area_id, purpose, pair.public))
                for table, row in _person(area_id):
                    connection.execute(insert(table), row)
    finally:
        engine.dispose()
    return Country(secrets)


def _plain() -> dict[Any, list[dict[str, Any]]]:
    areas = sorted(AREAS, key=lambda area: -area.level.rank)
    return {
        Area: [_area(area) for area in areas],
        AreaSuccessor: [{"old_id": a, "new_id": b, "whole": False, "larger": c} for a, b, c in LINKS],
        Body: [{name: getattr(body, name) for name in BODY} for body in country_bodies(areas)],
        PostTemplate: [
            {
                column.name: getattr(post, column.name)
                for column in PostTemplate.__table__.columns
                if column.name != "synonyms" and hasattr(post, column.name)
            }
            | {"synonyms": "|".join(post.synonyms)}
            for post in read_posts(shipped(POSTS))
        ],
    }


def _area(area: AreaFacts) -> dict[str, Any]:
    return {
        "area_id": area.id,
        "code": area.code,
        "name": area.name,
        "folded": area_key(area.name),
        "level": area.level,
        "parent_id": area.parent_id,
        "valid_from": area.valid_from,
        "valid_to": area.valid_to,
    }


def _key(area_id: str, purpose: KeyPurpose, public: bytes) -> dict[str, Any]:
    return {
        "body_id": front(area_id),
        "purpose": purpose,
        "version": 1,
        "public_key": public,
        "sealed_to_superior": None,
        "superior_id": None,
        "superior_version": None,
        "created_on": NEW,
        "retired_on": None,
    }


def _person(area_id: str) -> list[tuple[Any, dict[str, Any]]]:
    name = f"nguoi{area_id}".lower()
    account = {
        "id": name,
        "login": name,
        "display_name": MEMBERS[area_id],
        "salt": b"",
        "cost": "",
        "verifier": b"",
        "public_key": b"",
        "sealed_secret": b"",
        "totp_counter": 0,
        "created_on": NEW,
        "state": "active",
    }
    member = {
        "id": f"m{name}",
        "account_id": name,
        "body_id": front(area_id),
        "roles": "lead_reviewer",
        "state": "admitted",
        "since": NEW,
    }
    key = {
        "account_id": name,
        "body_id": front(area_id),
        "purpose": KeyPurpose.CONTENT,
        "version": 1,
        "sealed_secret": b"",
    }
    return [(Account, account), (Member, member), (MemberKey, key)]
