"""The standard bodies of a unit: which there are at each level, their names and who stands above them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portal.domain.parties import CENTRE, COUNTRY, AreaFacts, BodyFacts, BodyKind, Level

_LOWERED = (
    ("thành phố ", "Thành phố "),
    ("thị trấn ", "Thị trấn "),
    ("thị xã ", "Thị xã "),
    ("đặc khu ", "Đặc khu "),
    ("phường ", "Phường "),
    ("huyện ", "Huyện "),
    ("quận ", "Quận "),
    ("tỉnh ", "Tỉnh "),
    ("xã ", "Xã "),
)
# NĐ 30/2020/NĐ-CP, annex II: common nouns are small, but not in these.
_CAPITAL = {"Thành phố Hồ Chí Minh"}


@dataclass(frozen=True)
class UnitName:
    """A unit's name, split: `kind` as in "Phường", `own` as in "Tân Sơn Nhì"."""

    kind: str
    own: str

    @property
    def full(self) -> str:
        return f"{self.kind} {self.own}".strip()

    @property
    def running(self) -> str:
        """As it is written within a sentence: "phường Tân Sơn Nhì", but "Phường 12"."""
        if not self.kind or self.full in _CAPITAL or self.own[:1].isdigit():
            return self.full
        return f"{self.kind[0].lower()}{self.kind[1:]} {self.own}"


@lru_cache(maxsize=4096)
def unit_name(name: str) -> UnitName:
    """Split a unit's name; a prefix in odd case ("Thị Trấn") becomes the usual one."""
    lowered = name.lower()
    for prefix, kind in _LOWERED:
        if lowered.startswith(prefix):
            return UnitName(kind.strip(), name[len(prefix) :].strip())
    return UnitName("", name)


def body_id(kind: BodyKind, area_id: str) -> str:
    """The id of the one body of this kind in a unit."""
    return f"{kind.value}.{area_id}"


def party_name(area: AreaFacts) -> str:
    """The party committee of a unit: Tỉnh ủy, Thành ủy, Quận ủy, Huyện ủy, Thị ủy, Đảng ủy."""
    name = unit_name(area.name)
    if area.level is Level.COMMUNE:
        return f"Đảng ủy {name.running}"
    first = name.kind.split(" ")[0] or "Tỉnh"
    # Quận ủy Quận 1, Thành ủy Thành phố Hồ Chí Minh: these keep their full name.
    own = name.full if name.own[:1].isdigit() or name.full in _CAPITAL else name.own
    return f"{first} ủy {own}"


def _of(prefix: str) -> Callable[[AreaFacts], str]:
    return lambda area: f"{prefix} {unit_name(area.name).running}"


def _neighbourhood(area: AreaFacts) -> str:
    name = unit_name(area.name)
    groups = "Các thôn, ấp, bản" if name.kind == "Xã" else "Các khu phố, tổ dân phố"
    return f"{groups} {name.running}"


Namer = Callable[[AreaFacts], str]
_EVERYWHERE: dict[BodyKind, Namer] = {
    BodyKind.FRONT: _of("Ban Thường trực Ủy ban MTTQ Việt Nam"),
    BodyKind.PARTY: party_name,
    BodyKind.INSPECTION: lambda area: f"Ủy ban Kiểm tra {party_name(area)}",
    BodyKind.COMMITTEE: _of("Ủy ban nhân dân"),
    BodyKind.COUNCIL: _of("Hội đồng nhân dân"),
    BodyKind.POLICE: _of("Công an"),
}
STANDARD: dict[Level, dict[BodyKind, Namer]] = {
    Level.CENTRAL: {
        BodyKind.FRONT: lambda _: "Ban Thường trực Ủy ban Trung ương MTTQ Việt Nam",
        BodyKind.PARTY: lambda _: "Ban Chấp hành Trung ương Đảng",
        BodyKind.INSPECTION: lambda _: "Ủy ban Kiểm tra Trung ương",
        BodyKind.COMMITTEE: lambda _: "Chính phủ",
        BodyKind.COUNCIL: lambda _: "Ủy ban Thường vụ Quốc hội",
        BodyKind.POLICE: lambda _: "Bộ Công an",
        BodyKind.INSPECTORATE: lambda _: "Thanh tra Chính phủ",
        BodyKind.DEPARTMENT: lambda _: "Bộ, cơ quan ngang bộ",
    },
    Level.PROVINCE: {
        **_EVERYWHERE,
        BodyKind.INSPECTORATE: _of("Thanh tra"),
        BodyKind.DEPARTMENT: _of("Sở, ban, ngành"),
        BodyKind.SCHOOL: _of("Trường trung học phổ thông thuộc"),
        BodyKind.HEALTH: _of("Bệnh viện, trung tâm y tế thuộc"),
    },
    Level.DISTRICT: {**_EVERYWHERE, BodyKind.INSPECTORATE: _of("Thanh tra")},
    Level.COMMUNE: {
        **_EVERYWHERE,
        BodyKind.SCHOOL: _of("Trường mầm non, tiểu học, trung học cơ sở"),
        BodyKind.HEALTH: _of("Trạm y tế"),
        BodyKind.NEIGHBOURHOOD: _neighbourhood,
    },
}
"""Kinds of body per level and how each is named. Districts have none after 30/06/2025: their units end."""

# Kinds and levels whose posts are known, though the register has no bodies of them.
UNREGISTERED: dict[BodyKind, frozenset[Level]] = {
    BodyKind.PARTY: frozenset({Level.CELL}),
    BodyKind.DEPARTMENT: frozenset({Level.DISTRICT}),
    BodyKind.SCHOOL: frozenset({Level.DISTRICT, Level.CENTRAL}),
    BodyKind.HEALTH: frozenset({Level.DISTRICT, Level.CENTRAL}),
    **{
        kind: frozenset({Level.DISTRICT, Level.PROVINCE, Level.CENTRAL})
        for kind in (BodyKind.ENTERPRISE, BodyKind.VERTICAL, BodyKind.JUDICIARY, BodyKind.MILITARY)
    },
}

# These lines run upwards kind by kind; every other body stands under the people's committee of its unit.
_VERTICAL = {
    BodyKind.FRONT,  # Luật Mặt trận 75/2015
    BodyKind.PARTY,  # Điều lệ Đảng
    BodyKind.INSPECTION,  # 296-QĐ/TW; before it 22-QĐ/TW
    BodyKind.COMMITTEE,  # LTC 12(1)
    BodyKind.COUNCIL,  # LTC 17(2)
    BodyKind.POLICE,  # NĐ 224/2025
}


def has_posts(kind: BodyKind, level: Level) -> bool:
    """Whether posts of this kind of body at this level may be known."""
    return kind in STANDARD.get(level, {}) or level in UNREGISTERED.get(kind, frozenset())


def superior_id(kind: BodyKind, area: AreaFacts) -> str | None:
    """The body directly above the body of this kind in `area`; None at the top."""
    if area.id == CENTRE:
        under_government = kind not in _VERTICAL or kind is BodyKind.POLICE
        return body_id(BodyKind.COMMITTEE, CENTRE) if under_government else None
    if kind in _VERTICAL:
        return body_id(kind, area.parent_id or CENTRE)
    if kind is BodyKind.SCHOOL and area.level is Level.PROVINCE:
        return body_id(BodyKind.DEPARTMENT, area.id)
    return body_id(BodyKind.COMMITTEE, area.id)


def standard_bodies(area: AreaFacts) -> tuple[BodyFacts, ...]:
    """The bodies of one unit, each valid as long as the unit; superiors within the unit come first."""
    return tuple(
        BodyFacts(
            id=body_id(kind, area.id),
            kind=kind,
            level=area.level,
            area_id=area.id,
            name=name(area),
            superior_id=superior_id(kind, area),
            valid_from=area.valid_from,
            valid_to=area.valid_to,
        )
        for kind, name in STANDARD[area.level].items()
    )


def country_bodies(areas: Iterable[AreaFacts]) -> Iterator[BodyFacts]:
    """The bodies of the centre and of all `areas`, every superior before its inferiors."""
    yield from standard_bodies(COUNTRY)
    for area in sorted(areas, key=lambda a: (-a.level.rank, a.id)):
        yield from standard_bodies(area)


def line_of(start: str, bodies: Mapping[str, BodyFacts]) -> tuple[BodyFacts, ...]:
    """The body and those above it, lowest first; ends at the top, at an unknown id or at a cycle."""
    line: list[BodyFacts] = []
    seen: set[str] = set()
    current: str | None = start
    while current is not None and current in bodies and current not in seen:
        seen.add(current)
        line.append(bodies[current])
        current = bodies[current].superior_id
    return tuple(line)


def is_active(start: str, bodies: Mapping[str, BodyFacts]) -> bool:
    """True if the body and every body above it, up to the top, is active (decisions 8)."""
    return is_line_active(line_of(start, bodies))


def is_line_active(line: Sequence[BodyFacts]) -> bool:
    """True if every body of a line is active and the line reaches the top."""
    for body in line:
        if not body.active:
            return False
    return bool(line) and line[-1].superior_id is None
