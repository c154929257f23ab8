"""Sealed files in a local directory: random names, durable before `put` returns, no time of upload.

A blob is written first, then the row that names it; what a killed process leaves is swept later. The caller
seals what it gives. The times of files and folders are set to the day: what a file system keeps beyond that
(change time, inode number) is for the operator of the host alone and is not in a backup made by name.

Source: design, "Evidence files"; assurance 0.3 (a file needs its own fsync) and 4.6 (disk full).
"""

import errno
import os
import re
import secrets
import time
from calendar import timegm
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from io import FileIO
from pathlib import Path

from portal.domain.clock import today

PIECE = 1024 * 1024
FLOOR = 1024**3
_NAME = re.compile(r"[0-9a-f]{32}")
_PART = ".part"
_FULL = (errno.ENOSPC, errno.EDQUOT)


class NoRoom(Exception):
    """The disk's reserve is reached: reports without files are still taken, files are not."""


class NoBlob(Exception):
    """There is no blob of that name."""


class BlobStore:
    """Put-if-absent, stream, delete. Safe among threads and processes that share the directory.

    `clock` gives the calendar day (Viet Nam) that new blobs carry as their time.
    """

    def __init__(self, root: Path, *, clock: Callable[[], date] = today) -> None:
        self._root = Path(root)
        self._clock = clock
        self._durable: set[Path] = set()
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._root.chmod(0o700)

    def put(self, chunks: Iterable[bytes]) -> str:
        """Store the chunks under a new random name, durable at return; NoRoom at the floor or on a full disk.

        Any other error of the disk is raised as it is, nothing is left under a name, and a failed fsync is
        never tried again (the kernel may have dropped the data).
        """
        if not self.has_room(0):
            raise NoRoom
        name = secrets.token_hex(16)
        place = self._place(name)
        part = place.with_suffix(_PART)
        try:
            self._make_folder(place.parent)
            _write(part, chunks, self._midnight())
            if place.exists():  # 128 random bits: this is a broken generator, not a collision
                raise FileExistsError(errno.EEXIST, "a blob is never written over", name)
            part.rename(place)
            self._settle(place.parent)
        except OSError as error:
            if error.errno in _FULL:
                raise NoRoom from error
            raise
        finally:
            with suppress(OSError):  # gone by its rename, if all went well
                part.unlink(missing_ok=True)
        return name

    def read(self, name: str) -> Iterator[bytes]:
        """The blob in pieces of 1 MiB; NoBlob at once, not at the first piece."""
        try:
            handle = os.open(self._place(name), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            raise NoBlob(name) from None
        return _pieces(os.fdopen(handle, "rb", buffering=0))

    def delete(self, name: str) -> None:
        """Remove a blob; one that is gone already is no error."""
        place = self._place(name)
        place.unlink(missing_ok=True)
        if place.parent.is_dir():
            self._settle(place.parent)

    def names_older_than(self, day: date) -> Iterator[str]:
        """Names of the blobs put before that day, for the sweep of those that no row names."""
        for path in self._files():
            if _NAME.fullmatch(path.name) and _older(path, day):
                yield path.name

    def sweep_parts(self) -> int:
        """Remove what killed processes left half written before yesterday; how many there were."""
        yesterday = self._clock() - timedelta(days=1)
        stale = [path for path in self._files() if path.suffix == _PART and _older(path, yesterday)]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def has_room(self, size: int) -> bool:
        """Whether `size` more bytes leave the disk above its floor: a tenth of it, at most 1 GiB."""
        disk = os.statvfs(self._root)
        free, whole = disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize
        return free - size >= min(whole // 10, FLOOR)

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise NoBlob(name)
        return self._root / name[:2] / name[2:4] / name

    def _files(self) -> Iterator[Path]:
        return self._root.glob("??/??/*")

    def _make_folder(self, folder: Path) -> None:
        """Make both levels; the first use by this process also makes their entries durable."""
        if folder in self._durable and folder.is_dir():
            return
        folder.parent.mkdir(exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        for above in (folder.parent, self._root):
            self._settle(above)
        self._durable.add(folder)

    def _midnight(self) -> int:
        return timegm(self._clock().timetuple())

    def _settle(self, folder: Path) -> None:
        """Give the folder the time of the day and make its entries durable."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.utime(handle, (self._midnight(),) * 2)
            os.fsync(handle)
        finally:
            os.close(handle)


def _write(part: Path, chunks: Iterable[bytes], midnight: int) -> None:
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb", buffering=0) as file:
        for chunk in chunks:
            view = memoryview(chunk)
            while view:
                view = view[file.write(view) :]
        os.utime(file.fileno(), (midnight, midnight))
        os.fsync(file.fileno())


def _pieces(file: FileIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _older(path: Path, day: date) -> bool:
    try:
        return time.gmtime(path.stat().st_mtime)[:3] < day.timetuple()[:3]
    except FileNotFoundError:  # deleted meanwhile
        return False
