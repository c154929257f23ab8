"""A private PostgreSQL server for measurements: its own cluster on the disk, no port, gone afterwards.

Unlike the tests' server it lies on the disk that is measured, with every setting as installed: what is
compared is what a deployment would have.
"""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

_OPTIONS = ("listen_addresses=", "max_connections=200", "log_min_messages=fatal")
START_SECONDS = 60


def programs() -> Path | None:
    """The folder of the newest installed server, or None."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.get_exec_path())]
    found = [place for place in places if (place / "initdb").is_file() and (place / "postgres").is_file()]
    return max(found, key=_version, default=None)


def _version(place: Path) -> int:
    return int(place.parent.name) if place.parent.name.isdigit() else 0


def address(folder: Path) -> str:
    """The SQLAlchemy address of the server in `folder`."""
    return f"postgresql+psycopg://postgres@/postgres?host={quote(str(folder))}"


@contextmanager
def private_server(folder: Path) -> Iterator[tuple[str, int]]:
    """Address and process id of a fresh server in `folder` (made here), for the length of the block."""
    where = programs()
    if where is None:
        raise RuntimeError("PostgreSQL is not installed")
    server = _start(where, folder)
    try:
        _await(folder, server)
        yield address(folder), server.pid
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _start(where: Path, folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir(mode=0o700)
    user: int | None = None
    if os.geteuid() == 0:  # the server refuses to run as root
        entry = pwd.getpwnam("postgres")
        user = entry.pw_uid
        os.chown(folder, entry.pw_uid, entry.pw_gid)
    cluster = folder / "data"
    # Trust is safe: the socket's folder is open to its owner only.
    make = [str(where / "initdb"), "-D", str(cluster), "-U", "postgres", "--auth=trust"]
    subprocess.run(  # noqa: S603 - our own arguments
        [*make, "--encoding=UTF8", "--locale=C.UTF-8"],
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        cwd=folder,
    )
    options = [part for option in _OPTIONS for part in ("-c", option)]
    return subprocess.Popen(  # noqa: S603 - our own arguments
        [str(where / "postgres"), "-D", str(cluster), "-k", str(folder), *options],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        user=user,
        cwd=folder,
        start_new_session=True,
    )


def _await(folder: Path, server: subprocess.Popen[bytes]) -> None:
    engine = create_engine(address(folder))
    until = time.monotonic() + START_SECONDS
    try:
        while True:
            try:
                engine.connect().close()
                return
            except OperationalError:
                if time.monotonic() > until or server.poll() is not None:
                    raise
                time.sleep(0.05)
    finally:
        engine.dispose()
