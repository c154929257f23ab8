"""Clean a file given as evidence, in a process of its own that can do nothing but compute.

The file goes there and its clean copy comes back through a socket pair; neither is ever on a disk. Call it
*before* a write transaction is open: a file takes tens of milliseconds, a hostile one some seconds.

Source: design, "Evidence files", decisions 23 (N slots; none free → 503, the text kept).
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from portal.data.cleaning_wire import BODY, HEAD, arm, bounded
from portal.domain.evidence import (
    CLEAN_BYTES,
    EXTENSION,
    FILE_BYTES,
    MEDIA_TYPE,
    Busy,
    FileKind,
    Refusal,
    Removed,
)

__all__ = ["Busy", "Clean", "Cleaner", "Cost", "Refused", "cleaner"]

_ROOT = Path(__file__).resolve().parents[2]  # where the package `portal` stands, in a checkout or a wheel
_HEAD_BYTES = 64 * 1024
_SLOW = 7.0  # seconds: whoever ends later than this was ended by a limit of time, it did not crash
_STARTS = {FileKind.JPEG: b"\xff\xd8\xff", FileKind.PNG: b"\x89PNG\r\n\x1a\n", FileKind.PDF: b"%PDF-"}


@dataclass(frozen=True)
class Cost:
    """What one file cost: peak memory of its process (kB), CPU time (ms)."""

    peak_kb: int = 0
    cpu_ms: int = 0


@dataclass(frozen=True)
class Clean:
    """The copy that may be kept and shown, and what it no longer has."""

    kind: FileKind
    data: bytes = field(repr=False)
    removed: frozenset[Removed] = frozenset()
    cost: Cost = field(default_factory=Cost, compare=False)

    @property
    def media_type(self) -> str:
        return MEDIA_TYPE[self.kind]

    @property
    def extension(self) -> str:
        return EXTENSION[self.kind]


@dataclass(frozen=True)
class Refused:
    """The file cannot be taken, and why."""

    reason: Refusal
    cost: Cost = field(default_factory=Cost, compare=False)


class Cleaner:
    """Cleans up to `slots` files at a time; waits `wait` seconds for a slot and `seconds` for an answer.

    For threads; one per process of the server. The cleaning process is started at the first file, or by
    `warm()`, and ends with this one, however this one ends.
    """

    def __init__(self, *, slots: int = 2, wait: float = 2.0, seconds: float = 14.0) -> None:
        self._slots = threading.BoundedSemaphore(slots)
        self._wait, self._seconds = wait, seconds
        self._lock = threading.Lock()
        self._server: _Server | None = None
        _cleaners.add(self)

    def clean(self, data: bytes) -> Clean | Refused:
        """The clean copy or the reason why there is none; Busy if no slot becomes free in time."""
        if not data:
            return Refused(Refusal.EMPTY)
        if len(data) > FILE_BYTES:
            return Refused(Refusal.TOO_LARGE)
        if not self._slots.acquire(timeout=self._wait):
            raise Busy
        try:
            return self._ask(data) or self._ask(data) or Refused(Refusal.CRASHED)
        finally:
            self._slots.release()

    def warm(self) -> None:
        """Start the cleaning process (a fifth of a second, in the background)."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """End the cleaning process and what it is cleaning; the next file starts another."""
        with self._lock:
            if self._server:
                self._server.close()
            self._server = None

    def forget(self) -> None:
        """In a fork of this process: let go of the cleaning process; an own one starts when it is needed."""
        if self._server:
            self._server.control.close()
        self._server, self._lock = None, threading.Lock()

    def _ask(self, data: bytes) -> Clean | Refused | None:
        """The answer for one file; None if the cleaning process itself had died, which no file can cause."""
        begun = time.monotonic()
        job, server = self._connect()
        with job:
            try:
                return _exchange(job, data, begun + self._seconds)
            except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
                if isinstance(error, TimeoutError) or time.monotonic() - begun > _SLOW:
                    return Refused(Refusal.TOO_COMPLEX)
                return None if server.has_ended() else Refused(Refusal.CRASHED)

    def _connect(self) -> "tuple[socket.socket, _Server]":
        """A socket to a process of this one file; a cleaning process that has died is replaced."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            server = self._running()
            with suppress(OSError):  # it has died just now: the answer will be an end of file
                server.hand_over(theirs)
        return ours, server

    def _running(self) -> "_Server":
        if self._server and self._server.process.poll() is None:
            return self._server
        if self._server:
            self._server.close()
        self._server = _Server()
        return self._server


class _Server:
    """The process that forks one child per file, and the socket that asks it to."""

    def __init__(self) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-E", "-s", "-B", "-m", "portal.data.cleaning_child"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # a parser's complaint may quote the file
                cwd=_ROOT,
                env={},
            )

    def hand_over(self, job: socket.socket) -> None:
        """Pass one end of a job's socket to the process; OSError if it is no longer there."""
        socket.send_fds(self.control, [b"f"], [job.fileno()])

    def has_ended(self) -> bool:
        """Whether it is gone, or going at this moment."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(0.2)
        return self.process.poll() is not None

    def close(self) -> None:
        """End it and wait for its end."""
        self.control.close()
        self.process.wait()


def _exchange(job: socket.socket, data: bytes, until: float) -> Clean | Refused:
    """Send the file and read the answer, which is trusted no more than the file was."""
    arm(job, until)
    job.sendall(BODY.pack(len(data)))
    job.sendall(data)
    head = json.loads(bounded(HEAD, job, _HEAD_BYTES, until))
    copy = bounded(BODY, job, CLEAN_BYTES, until)
    cost = Cost(int(head["peak_kb"]), int(head["cpu_ms"]))
    if "reason" in head:
        return Refused(Refusal(head["reason"]), cost)
    kind = FileKind(head["kind"])
    if not copy.startswith(_STARTS[kind]):
        raise ValueError("not what it says it is")
    return Clean(kind, copy, frozenset(map(Removed, head["removed"])), cost)


_cleaners: weakref.WeakSet[Cleaner] = weakref.WeakSet()


def _forget_all() -> None:
    for each in _cleaners:
        each.forget()


def _close_all() -> None:
    for each in _cleaners:
        each.close()


os.register_at_fork(after_in_child=_forget_all)
atexit.register(_close_all)
cleaner = Cleaner()
