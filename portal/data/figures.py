"""Figures of cases for whoever runs the portal: counted once a day, so that no act of a resident shows.

A count that followed every report would tell, to the second, when one was sent (confidentiality 6).
"""

import json
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select

from portal.data.db import session
from portal.data.models.case import Case
from portal.data.models.office import Setting
from portal.data.models.timing import CaseClock
from portal.domain import clock
from portal.domain.life import Desk

NAME = "case_figures"


@dataclass(frozen=True)
class Queue:
    """The open cases of the whole installation at one desk, and the age of the oldest in days."""

    desk: str
    cases: int
    oldest_days: int


@dataclass(frozen=True)
class Figures:
    """As they stood at the first round of the worker on that day; of no body and no person."""

    on: date
    queues: tuple[Queue, ...]
    clocks: int
    overdue: int


def count() -> Figures:
    """Count now."""
    today = clock.today()
    rows = session().execute(
        select(Case.desk, func.count(), func.min(Case.opened_on))
        .where(Case.desk != Desk.NOBODY)
        .group_by(Case.desk)
        .order_by(Case.desk)
    )
    queues = tuple(Queue(desk.value, many, (today - oldest).days) for desk, many, oldest in rows)
    running = select(func.count()).select_from(CaseClock).where(CaseClock.ended_on.is_(None))
    overdue = running.where(CaseClock.due_on < today)
    return Figures(today, queues, session().scalar(running) or 0, session().scalar(overdue) or 0)


def written(figures: Figures) -> str:
    """As the setting holds it."""
    return json.dumps(asdict(figures), default=str)


def read(value: str) -> Figures:
    """The inverse of `written`."""
    given = json.loads(value)
    queues = tuple(Queue(**one) for one in given["queues"])
    return Figures(date.fromisoformat(given["on"]), queues, given["clocks"], given["overdue"])


def last() -> Figures | None:
    """The figures of the last day on which the worker counted."""
    row = session().get(Setting, NAME)
    return read(row.value) if row is not None else None
