"""What goes over the socket between the portal and a cleaning process: lengths first, then bytes."""

import socket
import struct
import time

HEAD = struct.Struct(">I")  # length of the answer's JSON head
BODY = struct.Struct(">Q")  # length of a file


def exactly(job: socket.socket, length: int, until: float | None = None) -> bytes:
    """Read `length` bytes; EOFError at an early end, TimeoutError after `until` (monotonic seconds)."""
    got = bytearray(length)
    view, at = memoryview(got), 0
    while at < length:
        if until is not None:
            arm(job, until)
        count = job.recv_into(view[at:])
        if not count:
            raise EOFError
        at += count
    return bytes(got)


def bounded(form: struct.Struct, job: socket.socket, limit: int, until: float | None = None) -> bytes:
    """Read a length and that many bytes; ValueError if it is more than `limit`."""
    (length,) = form.unpack(exactly(job, form.size, until))
    if length > limit:
        raise ValueError("longer than it may be")
    return exactly(job, length, until)


def arm(job: socket.socket, until: float) -> None:
    """Let the next call on the socket end by then."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    job.settimeout(left)
