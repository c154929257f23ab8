"""A light load generator: one process, one thread, prepared requests over kept-alive connections.

Loads go to a loopback address only and end by themselves. Requests are bytes made beforehand, so that next to
nothing is computed here while the server is being measured: client and server share the processors.
"""

import gc
import select
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

PATIENCE_SECONDS = 15.0
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered request. `number` counts the requests, `seconds` from when it was due to its last byte.

    `status` 0: the connection broke before an answer came. `head` is the answer's first bytes.
    """

    number: int
    status: int
    seconds: float
    head: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """A header of the answer, or an empty text."""
        wanted = name.lower().encode() + b":"
        for line in self.head.split(b"\r\n")[1:]:
            if line.lower().startswith(wanted):
                return line[len(wanted) :].strip().decode("latin-1")
        return ""


@dataclass(frozen=True)
class Outcome:
    """What a load brought. `seconds` is the length of its timed part; `late` answers came after it."""

    answers: Sequence[Answer]
    seconds: float
    late: int = 0

    @property
    def rate(self) -> float:
        """Answers per second within the timed part."""
        return (len(self.answers) - self.late) / self.seconds

    def quantile(self, part: float) -> float:
        """Milliseconds within which `part` (0 to 1) of the answers came."""
        times = sorted(one.seconds for one in self.answers)
        return times[min(len(times) - 1, int(part * len(times)))] * 1000 if times else 0.0

    def faults(self, *expected: int) -> list[Answer]:
        """The answers with another status than expected."""
        return [one for one in self.answers if one.status not in expected]


class _Line:
    """One connection and the request that is under way on it."""

    def __init__(self, address: tuple[str, int], source: str = "") -> None:
        self.address, self.source = address, source
        self.number, self.due, self.busy = -1, 0.0, False
        self.buffer = b""
        self.socket = self._connected()

    def _connected(self) -> socket.socket:
        one = socket.create_connection(
            self.address, timeout=PATIENCE_SECONDS, source_address=(self.source, 0) if self.source else None
        )
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return one

    def send(self, number: int, request: bytes, due: float) -> None:
        self.number, self.due, self.busy, self.buffer = number, due, True, b""
        self.socket.sendall(request)

    def take(self) -> Answer | None:
        """Read what is there; the answer once it is complete, or broken off."""
        try:
            got = self.socket.recv(262_144)
        except OSError:
            got = b""
        if not got:
            return Answer(self.number, 0, time.perf_counter() - self.due, b"")
        self.buffer += got
        if not _complete(self.buffer):
            return None
        head = self.buffer.split(b"\r\n\r\n", 1)[0]
        return Answer(self.number, int(head[9:12]), time.perf_counter() - self.due, head)

    def renew(self) -> None:
        self.socket.close()
        self.socket = self._connected()


def _complete(buffer: bytes) -> bool:
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = buffer[:end].lower()
    at = head.find(b"\r\ncontent-length:")
    if at >= 0:
        length = int(head[at + 17 :].split(b"\r\n", 1)[0])
        return len(buffer) >= end + 4 + length
    if b"\r\ntransfer-encoding: chunked" in head:
        return buffer.endswith(b"0\r\n\r\n")
    return True


def closed(
    address: tuple[str, int],
    requests: Sequence[bytes],
    *,
    clients: int,
    seconds: float | None = None,
    repeat: bool = False,
) -> Outcome:
    """Each of `clients` sends its next request when its last was answered, until the time is over.

    Without `seconds` until every request was sent once. `repeat` begins anew after the last one. A broken
    connection counts as an answer with status 0 and is opened again.
    """
    todo = deque(enumerate(requests))
    answers: list[Answer] = []
    with _lines(address, clients) as (lines, poll), _undisturbed():
        began = time.perf_counter()
        end = began + (seconds if seconds is not None else _forever(len(requests)))
        limit = end + PATIENCE_SECONDS
        for line in lines.values():
            _next(line, todo, repeat)
        late = 0
        while any(line.busy for line in lines.values()) and time.perf_counter() < limit:
            for handle, _ in poll.poll(0.2):
                line = lines[handle]
                answer = line.take()
                if answer is None:
                    continue
                answers.append(answer)
                line.busy = False
                over = time.perf_counter() > end
                late += over
                if not answer.status:
                    _reconnect(line, lines, poll)
                if not over:
                    _next(line, todo, repeat)
        took = min(time.perf_counter(), end) - began
    lost = [Answer(line.number, 0, PATIENCE_SECONDS, b"") for line in lines.values() if line.busy]
    return Outcome(answers + lost, took, late + len(lost))


def _forever(number: int) -> float:
    return 1.0 * number + 60


def _next(line: _Line, todo: "deque[tuple[int, bytes]]", repeat: bool) -> None:
    if not todo:
        return
    number, request = todo.popleft()
    if repeat:
        todo.append((number, request))
    line.send(number, request, time.perf_counter())


def paced(
    address: tuple[str, int], requests: Sequence[bytes], *, rate: float, seconds: float, clients: int = 32
) -> Outcome:
    """`rate` requests per second for `seconds`, whatever the answers do.

    Times run from when a request was *due*, so a server that stalls cannot hide it by being asked less.
    """
    number = min(len(requests), int(rate * seconds), _MOST)
    answers: list[Answer] = []
    with _lines(address, clients) as (lines, poll), _undisturbed():
        free = deque(lines.values())
        began = time.perf_counter()
        sent = 0
        limit = began + seconds + PATIENCE_SECONDS
        while len(answers) < number and time.perf_counter() < limit:
            now = time.perf_counter()
            while sent < number and free and began + sent / rate <= now:
                free.popleft().send(sent, requests[sent], began + sent / rate)
                sent += 1
            wait = began + sent / rate - time.perf_counter() if sent < number and free else 0.2
            for handle, _ in poll.poll(max(0.0, wait)):
                line = lines[handle]
                answer = line.take()
                if answer is None:
                    continue
                answers.append(answer)
                line.busy = False
                if not answer.status:
                    _reconnect(line, lines, poll)
                free.append(line)
        took = time.perf_counter() - began
    lost = [Answer(place, 0, PATIENCE_SECONDS, b"") for place in range(number - len(answers))]
    return Outcome(answers + lost, max(took, seconds))


def _reconnect(line: _Line, lines: "dict[int, _Line]", poll: select.epoll) -> None:
    old = line.socket.fileno()
    poll.unregister(old)
    del lines[old]
    line.renew()
    lines[line.socket.fileno()] = line
    poll.register(line.socket.fileno(), select.EPOLLIN)


@contextmanager
def _lines(address: tuple[str, int], clients: int) -> Iterator[tuple[dict[int, _Line], select.epoll]]:
    if not address[0].startswith("127."):
        raise ValueError("loads go to this machine only")
    lines: dict[int, _Line] = {}
    with select.epoll() as poll:
        try:
            for _ in range(clients):
                line = _Line(address)
                lines[line.socket.fileno()] = line
                poll.register(line.socket.fileno(), select.EPOLLIN)
            yield lines, poll
        finally:
            for line in lines.values():
                line.socket.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No garbage collection of this process within the timed part."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
