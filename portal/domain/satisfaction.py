"""What residents thought of their answers, by kind of body and quarter: never an officer, never few.

Nothing below K is shown, and nothing from which such a number could be computed: a row with its total hides
as many cells as it takes. Only quarters that are over are counted, once and for all: a number that moved
from one day to the next would tell what one resident said.
Source: design (product: aggregates, never a small cell).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.parties import BodyKind

K = 10
RATINGS = ("satisfied", "neutral", "unsatisfied")
QUARTERS = 8


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year; `number` from 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // 3 + 1)

    def before(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)


@dataclass(frozen=True)
class Line:
    """One row as it is shown; None stands for a number that is hidden."""

    quarter: Quarter
    kind: BodyKind
    total: int | None
    cells: Mapping[str, int | None]


def shown_from(today: date) -> tuple[date, date]:
    """The first day counted, and the first day that is not: the last quarters that are over."""
    last = Quarter.of(today)
    first = last
    for _ in range(QUARTERS):
        first = first.before()
    return first.first, last.first


def table(rated: Iterable[tuple[date, BodyKind, str]]) -> list[Line]:
    """The rows of the table from (day, kind of the body that answered, rating), newest quarter first."""
    rows: dict[tuple[Quarter, BodyKind], Counter[str]] = {}
    for day, kind, rating in rated:
        rows.setdefault((Quarter.of(day), kind), Counter())[rating] += 1
    ordered = sorted(rows.items(), key=lambda row: row[0][1].value)
    ordered.sort(key=lambda row: row[0][0], reverse=True)
    return [_line(quarter, kind, counts) for (quarter, kind), counts in ordered]


def _line(quarter: Quarter, kind: BodyKind, counts: Mapping[str, int]) -> Line:
    total = sum(counts.values())
    numbers = {rating: counts.get(rating, 0) for rating in RATINGS}
    hidden = _hidden(numbers)
    cells = {rating: None if rating in hidden else number for rating, number in numbers.items()}
    return Line(quarter, kind, total if total >= K else None, cells)


def _hidden(numbers: Mapping[str, int]) -> set[str]:
    """The small cells, and the smallest others until what is hidden cannot be computed from the rest."""
    hidden = {rating for rating, number in numbers.items() if number < K}
    rest = sorted((rating for rating in numbers if rating not in hidden), key=lambda rating: numbers[rating])
    while rest and hidden and (len(hidden) < 2 or sum(numbers[one] for one in hidden) < K):
        hidden.add(rest.pop(0))
    return hidden
