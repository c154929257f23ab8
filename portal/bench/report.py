"""What was measured: bench.json for programs, a table for people."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAME = "bench.json"


@dataclass(frozen=True)
class Measure:
    """One number. `bar`: what it must reach, in words; `held` tells whether it does."""

    name: str
    value: float
    unit: str
    database: str = ""
    ratio_to_bare: float | None = None
    bar: str = ""
    held: bool | None = None
    more: dict[str, float] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.name}_{self.database}" if self.database else self.name

    def as_json(self) -> dict[str, Any]:
        """The entry of bench.json (decisions 28), with what else was seen."""
        entry: dict[str, Any] = {
            "value": round(self.value, 3),
            "unit": self.unit,
            "ratio_to_bare": None if self.ratio_to_bare is None else round(self.ratio_to_bare, 3),
            "database": self.database or None,
        }
        if self.bar:
            entry |= {"bar": self.bar, "held": self.held}
        return entry | {name: round(value, 3) for name, value in self.more.items()}


def write(place: Path, measures: Iterable[Measure]) -> None:
    """Put the measures into bench.json; those that were not taken this time stay as they were."""
    kept: dict[str, Any] = json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}
    kept |= {one.key: one.as_json() for one in measures}
    place.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def table(measures: Iterable[Measure]) -> Iterator[str]:
    """The lines of the table."""
    for one in measures:
        ratio = "" if one.ratio_to_bare is None else f"{one.ratio_to_bare:.2f} × ứng dụng trần"
        more = ", ".join(f"{name} {value:g}" for name, value in _short(one.more))
        mark = {True: "đạt", False: "KHÔNG ĐẠT", None: ""}[one.held]
        value = f"{one.value:,.2f}".rstrip("0").rstrip(".")
        parts = (f"{one.key:38}{value:>12} {one.unit:<16}", ratio, more, f"{one.bar} {mark}".strip())
        yield "  ".join(part for part in parts if part)


def _short(more: dict[str, float]) -> Iterator[tuple[str, float]]:
    for name, value in more.items():
        yield name, round(value, 2)
