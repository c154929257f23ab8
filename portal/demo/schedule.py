"""When everything happens in the demonstration: one line of moments over all stories, up to the present."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.data.deadlines import shipped_calendar
from portal.demo.stories import Deed, Story
from portal.domain.clock import VIETNAM, day_of

NEW_UNITS = date(2025, 7, 1)
"""The wards of the demonstration exist since this day; nothing of it can be older."""

_OLDEST_DAYS = 300
_AHEAD_DAYS = 8  # between founding the bodies and the first report
_SHORTEST_DAYS = 30
_BY_RESIDENTS = frozenset({"send", "reply", "add", "rate", "request_review"})
_BETWEEN = timedelta(minutes=20)
_SEND = Deed(0, "send", {})


class TooEarly(Exception):
    """The machine's clock stands before the units of the demonstration, or just after their first day."""


@dataclass(frozen=True, order=True)
class Event:
    """What happens at a moment: deed number `number` of a story; 0 is the sending itself."""

    at: datetime
    story: int
    number: int


def founding_moment(now: datetime) -> datetime:
    """When the bodies of the demonstration begin; raises TooEarly."""
    return _at(_first_day(day_of(now)), 8, 0)


def _first_day(today: date) -> date:
    first = max(today - timedelta(days=_OLDEST_DAYS + _AHEAD_DAYS), NEW_UNITS)
    if (today - first).days < _SHORTEST_DAYS:
        raise TooEarly(today.isoformat())
    return first


def timetable(stories: Sequence[Story], now: datetime) -> list[Event]:
    """Every deed of every story in the order of time, the last of them before `now`.

    Where the units are younger than the oldest story, all ages shrink alike. Officers work on working days
    by day, residents early in the morning; a story keeps its order. Raises TooEarly.
    """
    today = day_of(now)
    room = (today - _first_day(today)).days - _AHEAD_DAYS
    shrink = min(1.0, room / _OLDEST_DAYS)
    found = [event for place, story in enumerate(stories) for event in _of(story, place, today, shrink)]
    return _before(sorted(found), now)


def _of(story: Story, place: int, today: date, shrink: float) -> Iterable[Event]:
    received = today - timedelta(days=round(story.age_days * shrink))
    before: datetime | None = None
    for number, deed in enumerate((_SEND, *story.deeds)):
        day = min(received + timedelta(days=int(deed.day * shrink)), today)
        by_resident = deed.do in _BY_RESIDENTS and not (deed is _SEND and story.channel != "web")
        if not by_resident:
            day = _worked(day, today)
        moment = _at(day, 6 if by_resident else 8, (place * 37 + number * 53) % (90 if by_resident else 450))
        if before is not None and moment <= before:
            moment = before + _BETWEEN
        before = moment
        yield Event(moment, place, number)


def _worked(day: date, today: date) -> date:
    while not shipped_calendar().is_working_day(day) and day < today:
        day += timedelta(days=1)
    return day


def _before(events: list[Event], now: datetime) -> list[Event]:
    """The same order, with what would lie ahead moved to just before `now`."""
    placed = []
    latest = now
    for event in reversed(events):
        latest = min(event.at, latest - timedelta(seconds=1))
        placed.append(Event(latest, event.story, event.number))
    return placed[::-1]


def _at(day: date, hour: int, minutes: int) -> datetime:
    return datetime.combine(day, time(hour), VIETNAM) + timedelta(minutes=minutes)
