"""What a reorganisation would do, before it does anything: counts, lists, cases, keys."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.action import session
from portal.data.models.body import Body
from portal.domain.few import FEWEST, is_few, known_sum
from portal.domain.parties import AreaFacts, BodyFacts, Level
from portal.domain.reorganising import Plan
from portal.papers.keys import newest_key
from portal.registry.actions.handing import Goes, goes, keyed_bodies, open_cases
from portal.registry.actions.rows import chunks

LISTED = 200


@dataclass(frozen=True)
class Went:
    """An ended unit and what becomes of it."""

    unit: AreaFacts
    heirs: tuple[AreaFacts, ...]

    @property
    def divided(self) -> bool:
        return len(self.heirs) > 1


@dataclass(frozen=True)
class Moved:
    """A body with open cases or keys that ends, and where what it has goes."""

    id: str
    name: str
    went: Goes
    cases: int
    keyed: bool
    heir_founded: bool


@dataclass(frozen=True)
class Preview:
    """The plan in numbers and, up to LISTED rows each, in lists."""

    plan: Plan
    ends: dict[Level, int]
    opens: dict[Level, int]
    closed_bodies: int
    new_bodies: Sequence[BodyFacts]
    divided: Sequence[Went]
    ended: Sequence[Went]
    opened: Sequence[AreaFacts]
    moved: Sequence[Moved]

    @property
    def cases(self) -> int:
        """The cases of the bodies that have so many that they are told; of the others, nobody is told."""
        return known_sum(one.cases for one in self.moved)[0]

    @property
    def all_told(self) -> bool:
        return known_sum(one.cases for one in self.moved)[1]


def preview(plan: Plan) -> Preview:
    """Look ahead; raises refusals.Refused where open cases or keys would be left without a successor."""
    ended = [Went(one, _heirs(plan, one.id)) for one in _in_order(plan.ends.values())]
    return Preview(
        plan,
        Counter(one.level for one in plan.ends.values()),
        Counter(one.level for one in plan.opens.values()),
        _closing(plan),
        plan.new_bodies(),
        [one for one in ended if one.divided],
        ended[:LISTED],
        _in_order(plan.opens.values())[:LISTED],
        _moved(plan),
    )


def _in_order(areas: Iterable[AreaFacts]) -> list[AreaFacts]:
    return sorted(areas, key=lambda one: (-one.level.rank, one.id))


def _heirs(plan: Plan, area_id: str) -> tuple[AreaFacts, ...]:
    return tuple(plan.opens.get(one) or plan.lasting[one] for one in plan.heirs(area_id))


def _closing(plan: Plan) -> int:
    found = 0
    for some in chunks(sorted(plan.ends)):
        stmt = select(func.count()).select_from(Body).where(Body.area_id.in_(some), Body.valid_to.is_(None))
        found += session().scalar(stmt) or 0
    return found


def _moved(plan: Plan) -> list[Moved]:
    cases: Counter[str] = Counter()
    bodies: dict[str, Body] = {}
    for found in open_cases(plan).values():
        for _, body in found:
            cases[body.id] += 1
            bodies[body.id] = body
    keyed = {body.id: body for body in keyed_bodies(plan)}
    bodies |= keyed
    moved = []
    for one in sorted(bodies):
        went = goes(plan, bodies[one])
        founded = newest_key(went.to_id) is not None if went.to_id else False
        moved.append(Moved(one, bodies[one].name, went, cases[one], one in keyed, founded))
    return moved


def lines(seen: Preview) -> Iterator[str]:
    """The preview for the command line."""
    yield f"Từ ngày {seen.plan.day:%d/%m/%Y}:"
    for word, counted in (("kết thúc", seen.ends), ("mở", seen.opens)):
        for level, number in counted.items():
            yield f"  {word} {number} đơn vị cấp {_LEVELS[level]}"
    yield f"  đóng {seen.closed_bodies} cơ quan, mở {len(seen.new_bodies)} cơ quan"
    yield f"  {len(seen.divided)} đơn vị bị chia: phải hỏi tên đường, khu phố"
    yield f"  hồ sơ đang mở được giao cho cơ quan kế tiếp: {total(one.cases for one in seen.moved)}"
    for one in seen.moved:
        where = one.went.to_id or f"{one.went.waits_with} (chờ biết tên đường)"
        key = "có khóa" if one.keyed else "chưa có khóa"
        yield f"    {one.name}: {_few(one.cases)} hồ sơ, {key} → {where}"


def _few(number: int) -> str:
    return f"dưới {FEWEST}" if is_few(number) else str(number)


def total(numbers: Iterable[int]) -> str:
    """A sum for the command line from which no small number can be taken."""
    told, everything = known_sum(numbers)
    if everything:
        return str(told)
    return f"ít nhất {told}" if told else f"dưới {FEWEST} ở mỗi cơ quan"


_LEVELS = {Level.PROVINCE: "tỉnh", Level.DISTRICT: "huyện", Level.COMMUNE: "xã"}
