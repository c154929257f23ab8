"""Loading the demonstration: units, bodies, people, and every report from its first day to the present."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta

from portal.accounts.actions import SYSTEM
from portal.config import Settings
from portal.data.cleaning import cleaner
from portal.demo import boards, committees, custody, residents
from portal.demo.marks import Stage, mark
from portal.demo.people import Cast, Seat, found, seats
from portal.demo.scene import OffScript, Play, Scene
from portal.demo.schedule import founding_moment, timetable
from portal.demo.sending import send
from portal.demo.stories import Story, stories
from portal.domain import clock
from portal.registry.actions import AreaFiles, Progress, generate_bodies, import_areas, silent
from portal.vault.passphrase import STANDARD, Cost

Bar = Callable[[str], AbstractContextManager[Progress]]
"""A progress bar with a label, as a context manager."""

_DEEDS: dict[str, Play] = boards.DEEDS | committees.DEEDS | custody.DEEDS | residents.DEEDS


@dataclass(frozen=True)
class Loaded:
    """What a visitor needs to try everything: who can sign in, and which receipt shows what."""

    seats: list[Seat]
    scenes: list[Scene] = field(repr=False)


def no_bar(label: str) -> AbstractContextManager[Progress]:
    """Nothing is shown."""
    return nullcontext(silent)


def load(
    settings: Settings, *, number: int | None = None, cost: Cost = STANDARD, bar: Bar = no_bar
) -> Loaded:
    """Fill the open, migrated, empty database; `number` limits the reports.

    The mark LOADING is set first and the caller sets LOADED last (`finished`), so that an interrupted load is
    known as one. Raises TooEarly on a machine whose clock stands before 07/2025, OffScript on a broken story.
    """
    now = clock.now()
    beginning = founding_moment(now)
    with clock.at(beginning - timedelta(days=1)):
        mark(SYSTEM, Stage.LOADING)
        with bar("Đơn vị hành chính") as progress:
            import_areas(SYSTEM, AreaFiles.shipped(), progress=progress)
        with bar("Cơ quan, chức vụ") as progress:
            generate_bodies(SYSTEM, None, progress=progress)
    with clock.at(beginning), bar("Khóa và tài khoản") as progress:
        cast = found(seats(), cost=cost, progress=progress)
    told = stories()[:number]
    with bar("Phản ánh") as progress:
        try:
            scenes = _play(told, cast, settings, progress)
        finally:
            cleaner.close()
    return Loaded(cast.seats, scenes)


def finished() -> None:
    """Note that the demonstration is complete; the last thing a load does."""
    mark(SYSTEM, Stage.LOADED)


def _play(told: Sequence[Story], cast: Cast, settings: Settings, progress: Progress) -> list[Scene]:
    events = timetable(told, clock.now())
    scenes: dict[int, Scene] = {}
    begun: dict[str, Scene] = {}
    for done, event in enumerate(events, start=1):
        story = told[event.story]
        with clock.at(event.at):
            if event.number == 0:
                scenes[event.story] = begun[story.key] = _open(story, cast, settings, begun)
            else:
                _do(scenes[event.story], event.number)
        progress(done, len(events))
    return [_as_written(scenes[place]) for place in sorted(scenes)]


def _open(story: Story, cast: Cast, settings: Settings, begun: dict[str, Scene]) -> Scene:
    pepper = settings.pepper.encode()
    sent = send(story, cast, pepper, settings.identity_store)
    return Scene(story, cast, sent.code, sent.report_id, sent.board_id, pepper, begun)


def _do(scene: Scene, number: int) -> None:
    deed = scene.story.deeds[number - 1]
    try:
        _DEEDS[deed.do](scene, deed)
    except Exception as fault:
        raise OffScript(f"{scene.story.key}, step {number} ({deed.do}): {fault!r}") from fault


def _as_written(scene: Scene) -> Scene:
    if scene.case.state != scene.story.ends:
        raise OffScript(f"{scene.story.key} ends as {scene.case.state}, not as {scene.story.ends}")
    return scene
