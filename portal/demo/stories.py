"""The reports of the demonstration, as portal/data/reference/demo_reports.json tells them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from portal.data.reference import shipped
from portal.domain.kinds import ReportKind
from portal.domain.telling import Openness

FILE = "demo_reports.json"

EVIDENCE: Mapping[str, tuple[str, ...]] = {
    "extra_floors": ("cong-trinh.jpg",),
    "school_fund": ("bien-nhan.pdf",),
    "health_station_closed": ("tram-y-te.jpg",),
    "letter_without_answer": ("don-kien-nghi.pdf",),
}
"""Sample files (portal/data/reference/demo/) that go with a report, by the key of its story."""


@dataclass(frozen=True)
class Deed:
    """One step of a story: `day` days after receipt somebody does `do`; `told` holds its words."""

    day: int
    do: str
    told: Mapping[str, Any]


@dataclass(frozen=True)
class Story:
    """One report and what became of it. Texts as typed; days are counted from the day of receipt."""

    key: str
    kind: ReportKind
    category: str
    place: str
    place_name: str
    street: str
    office: Mapping[str, str]
    works_at: Mapping[str, str]
    said: Mapping[str, bool]
    story: str
    happened: Mapping[str, Any] | None
    period: str
    where: str
    openness: Openness
    contact: Mapping[str, str] | None
    lead: Mapping[str, bool]
    channel: str
    age_days: int
    front: str
    leader: str | None
    ends: str
    deeds: tuple[Deed, ...]

    @property
    def files(self) -> tuple[str, ...]:
        return EVIDENCE.get(self.key, ())


_PLAIN = {field.name for field in fields(Story)} - {"kind", "openness", "deeds"}


def stories() -> tuple[Story, ...]:
    """All stories, in the order of the file."""
    return tuple(_story(row) for row in json.loads(shipped(FILE)))


def _story(row: dict[str, Any]) -> Story:
    return Story(
        **{name: row[name] for name in _PLAIN},
        kind=ReportKind(row["kind"]),
        openness=Openness(row["openness"]),
        deeds=tuple(
            Deed(step["day"], step["do"], {k: v for k, v in step.items() if k not in ("day", "do")})
            for step in row["story_steps"]
        ),
    )
