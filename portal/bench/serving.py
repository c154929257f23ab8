"""A server under measurement: started as a process of its own, watched through /proc, ended by its id."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
START_SECONDS = 30.0
_TICKS = os.sysconf("SC_CLK_TCK")


class NotServing(Exception):
    """The server did not come up; the text is the end of what it said."""


@dataclass
class Server:
    """A started server. `process` leads a session of its own, so nothing else is ever hit."""

    process: subprocess.Popen[bytes] = field(repr=False)
    port: int
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        return HOST, self.port

    def family(self) -> list[int]:
        """The ids of the server and everything it started."""
        return descendants(self.process.pid)

    def workers(self) -> list[int]:
        """The ids of the processes that answer requests."""
        return children(self.process.pid)

    def cpu(self) -> float:
        """Seconds of processor time that the whole family has used so far."""
        return cpu_of(self.family())

    def memory(self) -> list[int]:
        """Resident bytes of each worker."""
        return [_resident(one) for one in self.workers()]

    def await_answers(self) -> float:
        """Wait until /healthz answers or the root does; returns the seconds it took. Raises NotServing."""
        began = time.monotonic()
        while time.monotonic() - began < START_SECONDS:
            if self.process.poll() is not None:
                break
            if _answers(self.address):
                return time.monotonic() - began
            time.sleep(0.02)
        raise NotServing(self.log.read_text(errors="replace")[-2000:])

    def kill(self) -> None:
        """SIGKILL the server and every process of its family, by id."""
        for one in [self.process.pid, *self.family()]:
            _signal(one, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        """Ask to end; kill what is left after 20 seconds."""
        family = self.family()
        _signal(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for one in family:
            _signal(one, signal.SIGKILL)


def start(arguments: Sequence[str], environment: Mapping[str, str], log: Path, *, port: int = 0) -> Server:
    """Start `python -m …` with PORTAL_PORT set to a free port (or `port`); returns at once."""
    port = port or free_port()
    with open(log, "ab") as out:
        process = subprocess.Popen(  # noqa: S603 - our own arguments
            [sys.executable, *arguments],
            env={**os.environ, **environment, "PORTAL_HOST": HOST, "PORTAL_PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    return Server(process, port, log)


@contextmanager
def served(arguments: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """A server that answers, for the length of the block."""
    server = start(arguments, environment, log)
    try:
        server.await_answers()
        yield server
    finally:
        server.end()


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def children(process: int) -> list[int]:
    """The ids of the processes that `process` started and that live."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(one) for one in text.split()]


def descendants(process: int) -> list[int]:
    """`process` and all that it started, directly or not."""
    found = [process]
    for one in found:
        found.extend(children(one))
    return found


def cpu_of(processes: Sequence[int]) -> float:
    """Seconds of processor time of these processes, and of their ended children."""
    return sum(map(_cpu, processes))


def _cpu(process: int) -> float:
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    fields = text.rpartition(")")[2].split()
    return sum(int(one) for one in fields[11:15]) / _TICKS


def _resident(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _answers(address: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(address, timeout=2) as one:
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return one.recv(12).startswith(b"HTTP/1.1 ")
    except OSError:
        return False


def _signal(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return
