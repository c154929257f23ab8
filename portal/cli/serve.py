"""`portal serve`: web pages and worker by one command; `portal worker` alone."""

import logging
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.request import ProxyHandler, build_opener

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.common import AbstractServer

from portal.cli.opening import opened, settings_or_end
from portal.config import Settings
from portal.data import migrate
from portal.worker import loop

READY_SECONDS = 0.3
RESPAWN_SECONDS = 0.5
LIFETIME_SECONDS = 24 * 3600
MOST_DEATHS = 10


@click.command()
@click.option("--worker/--no-worker", "with_worker", default=True, help="Chạy kèm tiến trình nền.")
def serve(with_worker: bool) -> None:
    """Chạy trang web và tiến trình nền."""
    run_server(settings_or_end(), with_worker=with_worker)


@click.command()
@click.option("--once", is_flag=True, help="Làm một lượt việc đến hạn rồi dừng.")
def worker(once: bool) -> None:
    """Chạy riêng tiến trình nền."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    with opened() as settings:
        if once:
            for one in loop.outcomes(settings):
                click.echo(f"{one.job}: {one.note or one.count}")
        else:
            loop.run_forever(settings)


def run_server(settings: Settings, *, with_worker: bool, ready: Callable[[], None] | None = None) -> None:
    """Serve until told to end; `ready` is called once the pages answer.

    Raises ClickException on a busy port, naming how to choose another.
    """
    refuse_busy_port(settings)
    migrate.upgrade(settings.database)
    if ready is not None:
        threading.Thread(target=_tell_when_ready, args=(settings, ready), daemon=True).start()
    helper = subprocess.Popen([sys.executable, "-m", "portal.cli.worker_process"]) if with_worker else None
    try:
        granian(settings).serve()
    finally:
        if helper is not None:
            helper.terminate()
            helper.wait(timeout=30)


def refuse_busy_port(settings: Settings) -> None:
    """Raise ClickException where another program listens, naming how to choose another port."""
    if not _is_free(settings.host, settings.port):
        raise click.ClickException(
            f"Cổng {settings.port} đang có chương trình khác dùng. "
            f"Chọn cổng khác, ví dụ: PORTAL_PORT={settings.port + 1} make run"
        )


def address_of(settings: Settings) -> str:
    """Where a browser on this machine finds the pages, without a final slash."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def _tell_when_ready(settings: Settings, ready: Callable[[], None]) -> None:
    """Ask for /healthz until it answers. Begins late, so that the workers are forked without this thread."""
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
    asked = settings.model_copy(update={"host": anywhere.get(settings.host, settings.host)})
    direct = build_opener(ProxyHandler({}))
    while True:
        time.sleep(READY_SECONDS)
        try:
            with direct.open(f"{address_of(asked)}/healthz", timeout=5):
                break
        except OSError:
            continue
    ready()


def granian(settings: Settings, target: str = "portal.app:worker_app") -> AbstractServer[Any]:
    """The server as the portal runs it; `target` names another application to compare with."""
    server: AbstractServer[Any] = Granian(
        target,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_lifetime=LIFETIME_SECONDS,
        workers_kill_timeout=20,
        # No access log at all: a line of it would tie an address to a minute (confidentiality 6).
        log_access=False,
        # Advice on tuning is for those who run it for others, not for somebody who tries it.
        log_level=LogLevels.error if settings.is_demo else LogLevels.warning,
    )
    server.respawned_wrks = Deaths()
    return server


class Deaths(dict[int, float]):
    """When each web process was last started anew. Granian asks this before it gives up.

    It would end the whole server once one process dies twice within seconds; here another one takes over
    until there were MOST_DEATHS within a minute: then it is the program that is at fault.
    """

    def __init__(self) -> None:
        super().__init__()
        self._asked: deque[float] = deque(maxlen=MOST_DEATHS)

    def get(self, key: int, default: Any = 0.0) -> Any:
        """The moment of the last start; the beginning of time while dying is not yet a habit."""
        now = time.monotonic()
        self._asked.append(now)
        often = len(self._asked) == MOST_DEATHS and now - self._asked[0] < 60
        return super().get(key, default) if often else 0.0


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
