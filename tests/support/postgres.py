"""A private PostgreSQL server for one test run, from the installed programs; no existing cluster is touched.

A keeper process owns it: made by the first test that asks, shared by all test processes of the run, and
gone with the run even if that was killed. It listens on a socket in its own folder and on no network port.

For a command instead of tests:  python -m tests.support.postgres portal bench
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

# What a test server may leave out without the portal noticing; whatever makes commits durable stays on.
OPTIONS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_min_messages": "warning",
}
START_SECONDS = 60


def programs() -> Path | None:
    """The folder of the newest installed server, or None."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *map(Path, os.get_exec_path())]
    found = [place for place in places if (place / "initdb").is_file() and (place / "postgres").is_file()]
    return max(found, key=_version, default=None)


def _version(place: Path) -> int:
    return int(place.parent.name) if place.parent.name.isdigit() else 0


def run_folder() -> Path:
    """A folder for one run, in memory where there is room: fsync stays on and costs nothing there."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 << 30
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-", dir=memory if roomy else None))
    folder.chmod(0o711)
    return folder


def address(folder: Path, database: str) -> str:
    """The SQLAlchemy address of a database of the server in `folder`."""
    return f"postgresql://postgres@/{database}?host={quote(str(folder / 'pg'))}"


def connect(folder: Path, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """A connection that commits each statement, as the server's owner."""
    return psycopg.connect(host=str(folder / "pg"), user="postgres", dbname=database, autocommit=True)


def ensure(folder: Path, owner: int) -> bool:
    """Have the run's server started; False where PostgreSQL is not installed. Ends with process `owner`."""
    if programs() is None:
        return False
    with open(folder / "pg.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "pg.ready").exists():
            log = open(folder / "pg.log", "a")  # noqa: SIM115  the keeper writes on
            command = [sys.executable, "-m", "tests.support.postgres", "--keep", str(folder), str(owner)]
            keeper = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
            log.close()
            keeper.returncode = 0  # it outlives this process on purpose
            _await_ready(folder)
    return True


def _await_ready(folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not (folder / "pg.ready").exists():
        if time.monotonic() > until:
            raise RuntimeError("PostgreSQL did not start:\n" + (folder / "pg.log").read_text()[-2000:])
        time.sleep(0.05)


def keep(folder: Path, owner: int) -> None:
    """Make a cluster, run it until `owner` ends or a SIGTERM comes, stop it by its id, remove the folder."""
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = _start(folder)
    while not stopped and _alive(owner) and server.poll() is None:
        time.sleep(0.2)
    server.send_signal(signal.SIGINT)  # "fast": open connections are ended
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
    shutil.rmtree(folder, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _start(folder: Path) -> subprocess.Popen[bytes]:
    bin_folder = programs()
    assert bin_folder is not None
    home, cluster = folder / "pg", folder / "pg" / "data"
    home.mkdir(mode=0o700)
    account: dict[str, object] = {"cwd": home, "stdin": subprocess.DEVNULL}
    if os.geteuid() == 0:  # the server refuses to run as root
        entry = pwd.getpwnam("postgres")
        os.chown(home, entry.pw_uid, entry.pw_gid)
        account |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    # Trust is safe here: the socket's folder is open to its owner only, and there is no port.
    subprocess.run(
        [bin_folder / "initdb", "-D", cluster, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
         "--locale=C.UTF-8", "--no-sync"],
        check=True, **account,  # type: ignore[call-overload]
    )  # fmt: skip
    options = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [bin_folder / "postgres", "-D", cluster, "-k", home, *options], **account  # type: ignore[call-overload]
    )  # fmt: skip
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            connect(folder).close()
            break
        except psycopg.OperationalError:
            if time.monotonic() > until or server.poll() is not None:
                raise
            time.sleep(0.05)
    (folder / "pg.ready").write_text(str(os.getpid()))
    return server


def stop(folder: Path) -> None:
    """End the run's keeper, if there is one, and wait until the folder is gone."""
    ready = folder / "pg.ready"
    if ready.exists():
        keeper = int(ready.read_text())
        if _alive(keeper):
            os.kill(keeper, signal.SIGTERM)
        until = time.monotonic() + 25
        while folder.exists() and time.monotonic() < until:
            time.sleep(0.05)
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def private_server() -> Iterator[str]:
    """The address of an empty database on a server of its own, for the length of the block."""
    folder = run_folder()
    try:
        if not ensure(folder, os.getpid()):
            raise RuntimeError("PostgreSQL is not installed")
        with connect(folder) as connection:
            connection.execute("CREATE DATABASE portal")
        yield address(folder, "portal")
    finally:
        stop(folder)


def main(arguments: list[str]) -> int:
    if arguments[0] == "--keep":
        keep(Path(arguments[1]), int(arguments[2]))
        return 0
    with private_server() as database:
        return subprocess.run(arguments, env={**os.environ, "DATABASE_URL": database}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
