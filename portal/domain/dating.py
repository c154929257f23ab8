"""Dated rows: a change closes a row on a day and opens the next one the day after; nothing is overwritten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.parties import BodyFacts, in_force, overlap
from portal.domain.roles import PURPOSES

_ONE_DAY = timedelta(days=1)
Period = tuple[date | None, date | None]


class Undated(Exception):
    """The change does not fit the dates of the register; the text says why, in Vietnamese."""


@dataclass(frozen=True)
class Cut:
    """Where a row is cut: its last day, and the period of the row that follows."""

    last: date
    following: Period


def cut(period: Period, day: date) -> Cut:
    """Cut a row so that the next one begins on `day`; raises Undated where the row does not reach."""
    first, last = period
    if first is not None and day <= first:
        raise Undated(f"Ngày thay đổi phải sau {first:%d/%m/%Y}, ngày bắt đầu của dòng đang có.")
    if last is not None and day > last:
        raise Undated(f"Dòng đang có đã kết thúc ngày {last:%d/%m/%Y}.")
    return Cut(day - _ONE_DAY, (day, last))


def ended(period: Period, last: date) -> Period:
    """The period when it ends on `last`; raises Undated before its beginning or after its end."""
    first, before = period
    if first is not None and last < first:
        raise Undated(f"Ngày kết thúc phải từ {first:%d/%m/%Y}, ngày bắt đầu, trở đi.")
    if before is not None:
        raise Undated(f"Dòng này đã kết thúc ngày {before:%d/%m/%Y}.")
    return first, last


def on_day(periods: Sequence[Period], day: date) -> int | None:
    """The place of the period that holds on the day."""
    return next((place for place, one in enumerate(periods) if in_force(day, *one)), None)


def overlaps(periods: Sequence[Period]) -> bool:
    """True if two of the periods share a day."""
    return any(overlap(one, other) for place, one in enumerate(periods) for other in periods[:place])


def check_superior(body: BodyFacts, superior: BodyFacts, line: Mapping[str, BodyFacts], day: date) -> None:
    """Raise Undated unless `superior` may stand above `body` from `day` on; `line` is it and all above it."""
    if superior.id == body.id or body.id in line:
        raise Undated(f"{superior.name} đứng dưới {body.name}: sẽ thành vòng lặp.")
    if not superior.exists_on(day):
        raise Undated(f"{superior.name} không tồn tại vào ngày {day:%d/%m/%Y}.")
    if superior.level.rank < body.level.rank:
        raise Undated(f"{superior.name} ở cấp thấp hơn {body.name}.")


def check_line(
    body: BodyFacts, superior: BodyFacts, units: Sequence[str], of_the_kind: Mapping[str, str]
) -> None:
    """Raise Undated where the superior is not of the unit's own line.

    `units`: the unit and those above it, lowest first; `of_the_kind`: by unit, the body of the same kind.
    Whoever stands above a body with keys opens what is sealed to it, so its line is no registrar's choice: it
    is the next body of the same kind, and another only by a reorganisation (decisions 4; design).
    """
    if superior.area_id not in units:
        raise Undated(f"{superior.name} không thuộc tuyến của {body.name}.")
    nearest = next((of_the_kind[unit] for unit in units[1:] if unit in of_the_kind), None)
    if body.kind in PURPOSES and superior.id != nearest:
        raise Undated(f"{body.name} giữ khóa: cơ quan trên trực tiếp chỉ đổi khi sắp xếp đơn vị hành chính.")


def cycles(superiors: Mapping[str, str | None]) -> tuple[str, ...]:
    """The ids that stand above themselves, in order; empty for a right register."""
    return tuple(sorted(one for one in superiors if one in set(_above(one, superiors))))


def _above(start: str, superiors: Mapping[str, str | None]) -> Iterable[str]:
    seen: set[str] = set()
    current = superiors.get(start)
    while current is not None and current not in seen:
        seen.add(current)
        yield current
        current = superiors.get(current)
