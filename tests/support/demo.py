"""The loaded demonstration for tests, and the real `portal serve` on top of it.

whole = prepared("demo", demo.loaded)              # every story; .made: receipt code → state it ends in
with demo.served(whole.settings) as address: …     # the real command in processes of its own
demo.passphrase(whole.settings, "mat-tran.tan-phu")
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

import pytest

from portal.config import Settings
from portal.data.reference import shipped
from portal.demo import accounts_file, loading
from portal.demo.people import UNITS
from portal.demo.stories import stories
from portal.domain.gazetteer import AREAS, SUCCESSORS
from portal.registry.actions import AreaFiles
from portal.vault.passphrase import Cost

CHEAP = Cost(8, 1, 1)
_START_SECONDS = 60


def loaded(settings: Settings) -> dict[str, str]:
    """Load everything with cheap passphrases; gives the state each story was left in, by its receipt code."""
    made = loading.load(settings, cost=CHEAP)
    accounts_file.write(settings.instance, made.seats, made.scenes)
    loading.finished()
    return {scene.code: scene.story.ends for scene in made.scenes}


def loaded_small(settings: Settings) -> dict[str, str]:
    """As `loaded`, over `few_areas`: bringing in the whole country is another test's."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(AreaFiles, "shipped", few_areas)
        return loaded(settings)


def few_areas() -> AreaFiles:
    """The files of units, cut down to the city, its former district, and the wards of the stories."""
    wanted = {story.place for story in stories()} | set(UNITS) | {"P79a", "D767a"}
    head, *rows = shipped(AREAS).decode().splitlines()
    links = [
        row
        for row in shipped(SUCCESSORS).decode().splitlines()
        if row.split(",")[0] in ("old_area_id", "P79a")
    ]
    few = [row for row in rows if row.split(",")[0] in wanted]
    return AreaFiles("\n".join([head, *few, ""]).encode(), "\n".join([*links, ""]).encode())


def passphrase(settings: Settings, login: str) -> str:
    """As the file of accounts tells a visitor."""
    accounts = accounts_file.read(settings.instance)["accounts"]
    return next(str(one["passphrase"]) for one in accounts if one["login"] == login)


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """`portal serve` with its worker on a free port; gives its address without a final slash."""
    port = _free_port()
    command = [sys.executable, "-c", "from portal.cli import main; main()", "serve"]
    environment = os.environ | {
        "PORTAL_MODE": "demo",
        "PORTAL_INSTANCE": str(settings.instance),
        "PORTAL_PORT": str(port),
        "DATABASE_URL": settings.database_url,
    }
    process = subprocess.Popen(command, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    direct, until = build_opener(ProxyHandler({})), time.monotonic() + _START_SECONDS
    while True:
        try:
            direct.open(f"{address}/healthz", timeout=5).close()
            return
        except (URLError, OSError):
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.1)
