"""The blob store: durable, private, without a time of upload, and full before the reports are."""

import errno
import os
import stat
import threading
from collections import namedtuple
from datetime import date, timedelta
from pathlib import Path

import pytest

from portal.data import files
from portal.data.files import BlobStore, NoBlob, NoRoom

DAY = date(2026, 11, 20)


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs", clock=lambda: DAY)


def everything(store: BlobStore) -> list[Path]:
    return [path for path in store._root.rglob("*") if path.is_file()]


def test_what_was_put_is_read_back_in_pieces(store: BlobStore) -> None:
    body = os.urandom(2 * files.PIECE + 5)
    name = store.put(body[start : start + 70_000] for start in range(0, len(body), 70_000))
    pieces = list(store.read(name))
    assert b"".join(pieces) == body
    assert max(map(len, pieces)) <= files.PIECE


def test_only_the_owner_may_look(store: BlobStore) -> None:
    previous = os.umask(0)
    try:
        name = store.put([b"sealed"])
    finally:
        os.umask(previous)
    place = store._root / name[:2] / name[2:4] / name
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    for folder in (place.parent, place.parent.parent, store._root):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_directory_that_was_open_to_all_is_closed(tmp_path: Path) -> None:
    (tmp_path / "blobs").mkdir(mode=0o755)
    BlobStore(tmp_path / "blobs")
    assert stat.S_IMODE((tmp_path / "blobs").stat().st_mode) == 0o700


def test_times_tell_the_day_only(store: BlobStore) -> None:
    first, second = store.put([b"a"]), store.put([b"b"])
    store.delete(second)
    midnight = 1_795_132_800  # 2026-11-20T00:00Z
    place = store._root / first[:2] / first[2:4] / first
    seen = {int(path.stat().st_mtime) for path in (place, *list(place.parents)[:3])}
    assert seen == {midnight}
    assert int(place.stat().st_atime) == midnight


def test_the_file_then_its_folder_are_on_disk_before_put_returns(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace: list[str] = []
    sync, rename = os.fsync, Path.rename

    def traced_sync(handle: int) -> None:
        trace.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def traced_rename(self: Path, target: Path) -> Path:
        trace.append("rename")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", traced_sync)
    monkeypatch.setattr(Path, "rename", traced_rename)
    store.put([b"sealed"])
    # two folders above the blob's own, as this process had not used them yet
    assert trace == ["folder", "folder", "file", "rename", "folder"]


def test_a_failed_fsync_is_an_error_and_leaves_nothing(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def broken(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, "input/output error")
        sync(handle)

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="input/output"):
        store.put([b"sealed"])
    assert everything(store) == []


def test_a_source_that_fails_leaves_nothing(store: BlobStore) -> None:
    def source():
        yield b"begun"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        store.put(source())
    assert everything(store) == []


def test_a_blob_is_never_written_over(store: BlobStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.secrets, "token_hex", lambda _: "ab" * 16)
    name = store.put([b"first"])
    with pytest.raises(FileExistsError):
        store.put([b"second"])
    assert b"".join(store.read(name)) == b"first"
    assert len(everything(store)) == 1


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/passwd",
        "/etc/passwd",
        "ab" * 15 + "/.",
        "AB" * 16,
        "ab" * 16 + "\n",
        "ab" * 16 + ".part",
    ],
)
def test_only_its_own_names_lead_to_a_file(store: BlobStore, name: str) -> None:
    with pytest.raises(NoBlob):
        store.read(name)
    with pytest.raises(NoBlob):
        store.delete(name)


def test_a_link_in_the_place_of_a_blob_is_not_followed(store: BlobStore, tmp_path: Path) -> None:
    name = store.put([b"sealed"])
    store.delete(name)
    (tmp_path / "secret").write_text("other")
    (store._root / name[:2] / name[2:4] / name).symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="symbolic links"):
        store.read(name)


def test_deleting_twice_is_deleting(store: BlobStore) -> None:
    name = store.put([b"sealed"])
    store.delete(name)
    store.delete(name)
    with pytest.raises(NoBlob):
        store.read(name)
    store.delete("0" * 32)


def test_orphans_are_found_by_the_day(tmp_path: Path) -> None:
    day = [DAY]
    store = BlobStore(tmp_path / "blobs", clock=lambda: day[0])
    old = store.put([b"old"])
    day[0] += timedelta(days=1)
    new = store.put([b"new"])
    assert list(store.names_older_than(DAY)) == []
    assert list(store.names_older_than(DAY + timedelta(days=1))) == [old]
    assert set(store.names_older_than(DAY + timedelta(days=2))) == {old, new}


def test_half_written_files_are_swept_after_a_day(store: BlobStore) -> None:
    name = store.put([b"sealed"])
    part = store._root / name[:2] / name[2:4] / ("f" * 32 + ".part")
    part.write_bytes(b"half")
    two_days_ago = 1_795_132_800 - 2 * 86_400
    os.utime(part, (two_days_ago, two_days_ago))
    fresh = part.with_name("e" * 32 + ".part")
    fresh.write_bytes(b"half")
    os.utime(fresh, (1_795_132_800, 1_795_132_800))
    assert store.sweep_parts() == 1
    assert fresh.exists()
    assert not part.exists()
    assert list(store.names_older_than(DAY + timedelta(days=9))) == [name]


Disk = namedtuple("Disk", "f_bavail f_blocks f_frsize")


@pytest.mark.parametrize(
    ("free", "whole", "size", "room"),
    [
        (3 << 30, 100 << 30, 0, True),
        (1 << 30, 100 << 30, 1, False),  # the floor of a large disk is 1 GiB
        (3 << 20, 24 << 20, 0, True),  # the floor of a small one is a tenth
        (2 << 20, 24 << 20, 0, False),
        (12 << 20, 24 << 20, 11 << 20, False),
    ],
)
def test_files_stop_before_reports_do(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch, free: int, whole: int, size: int, *, room: bool
) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: Disk(free, whole, 1))
    assert store.has_room(size) is room
    if not store.has_room(0):
        with pytest.raises(NoRoom):
            store.put([b"sealed"])


def test_a_disk_that_fills_meanwhile_refuses_and_leaves_nothing(
    store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        store.put([b"sealed"])
    assert everything(store) == []


def test_threads_put_side_by_side(store: BlobStore) -> None:
    names: list[str] = []

    def put(number: int) -> None:
        names.extend(store.put([bytes([number]) * 50_000]) for _ in range(10))

    threads = [threading.Thread(target=put, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names)) == 80
    assert {len(b"".join(store.read(name))) for name in names} == {50_000}
