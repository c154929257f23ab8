"""The process that cleans: it imports the parsers once, then forks one child per file (`python -m …`).

A fork of a ready process costs two milliseconds where a new interpreter costs a fifth of a second, and each
child still sees one file only, from its birth to its end. Standard input is the control socket: each message
on it carries one socket, over which one file goes in and one answer comes out. Its end is the end of all.

Frames: in, 8 bytes of length and the file; out, 4 bytes of length, a JSON head, 8 bytes of length, the copy.

Source: design, "Evidence files", decisions 23; security tests F.5.
"""

import json
import os
import resource
import select
import signal
import socket
import time
from io import BytesIO

import pikepdf
from PIL import Image

from portal.data import cleaning_jail as jail
from portal.data.cleaning_image import clean_image
from portal.data.cleaning_kinds import Unfit, recognise
from portal.data.cleaning_pdf import clean_pdf
from portal.data.cleaning_wire import BODY, HEAD, bounded
from portal.domain.evidence import FILE_BYTES, FileKind, Refusal, Removed

WALL_SECONDS = 12


def clean(data: bytes) -> tuple[FileKind, bytes, set[Removed]]:
    """Kind and bytes of the clean copy, and what it lacks; Unfit with the reason why there is none."""
    try:
        form = recognise(data)
        if form == "pdf":
            return FileKind.PDF, *clean_pdf(data)
        return clean_image(data, form)
    except Unfit:
        raise
    except MemoryError:
        raise Unfit(Refusal.TOO_COMPLEX) from None
    except Exception:  # a parser raises anything on a file that is not of the shape it should have
        raise Unfit(Refusal.DAMAGED) from None


def main() -> None:
    """Serve until the control socket ends; also end whoever is too slow."""
    jail.hide()
    _rehearse()
    os.chdir("/")
    control = socket.socket(fileno=0)
    running: dict[int, float] = {}
    while True:
        ready, _, _ = select.select([control], [], [], 0.1 if running else None)
        _reap(running)
        if not ready:
            continue
        message, handles, _, _ = socket.recv_fds(control, 1, 1)
        if not message or not handles:
            break
        job = socket.socket(fileno=handles[0])
        own = os.getpid()
        if (child := os.fork()) == 0:
            _serve_one(control, job, own)
        job.close()
        running[child] = time.monotonic() + WALL_SECONDS
    for child in running:
        os.kill(child, signal.SIGKILL)


def _rehearse() -> None:
    """Clean a small file of each kind, so that nothing is imported or looked up once the doors are shut."""
    dot = Image.new("RGBA", (8, 8))
    for form in ("PNG", "WEBP", "JPEG"):
        out = BytesIO()
        (dot.convert("RGB") if form == "JPEG" else dot).save(out, form, exif=Image.Exif().tobytes())
        clean(out.getvalue())
    for encryption in (
        None,
        pikepdf.Encryption(owner="a", user="", R=4),
        pikepdf.Encryption(owner="a", user=""),
    ):
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            out = BytesIO()
            pdf.save(out, encryption=encryption)
        clean(out.getvalue())
    for broken in (out.getvalue()[:80], b"\xff\xd8\xff"):
        try:
            clean(broken)
        except Unfit:
            continue


def _reap(running: dict[int, float]) -> None:
    """Forget the children that ended, end those over their time (a number is theirs until we reap it)."""
    for child, until in list(running.items()):
        if os.waitpid(child, os.WNOHANG)[0]:
            del running[child]
        elif time.monotonic() > until:
            os.kill(child, signal.SIGKILL)


def _serve_one(control: socket.socket, job: socket.socket, parent: int) -> None:
    """The whole life of a child: shut the doors, take one file, give one answer."""
    try:
        jail.die_with_parent(parent)
        control.close()
        jail.enter()
        job.sendall(_answer(bounded(BODY, job, FILE_BYTES)))
    finally:
        os._exit(0)


def _answer(data: bytes) -> bytes:
    head: dict[str, object] = {}
    copy = b""
    try:
        kind, copy, removed = clean(data)
        head |= {"kind": kind.value, "removed": sorted(removed)}
    except Unfit as unfit:
        head["reason"] = unfit.reason.value
    used = resource.getrusage(resource.RUSAGE_SELF)
    head |= {"peak_kb": used.ru_maxrss, "cpu_ms": round(1000 * (used.ru_utime + used.ru_stime))}
    encoded = json.dumps(head).encode()
    return b"".join((HEAD.pack(len(encoded)), encoded, BODY.pack(len(copy)), copy))


if __name__ == "__main__":
    main()
