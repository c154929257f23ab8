"""The cleaning process: one file each, nothing else in reach, and its death hurts nobody."""

import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from portal.data import cleaning_jail
from portal.data.cleaning import Busy, Clean, Cleaner, Refused
from portal.domain.evidence import FILE_BYTES, Refusal
from tests.actions.evidence import samples

SLOW = samples.encoded(samples.picture(size=(5_000, 5_000)), "PNG", compress_level=1)  # half a second
QUICK = samples.phone_jpeg()


@contextmanager
def looking_inside() -> Iterator[None]:
    """The process hides from everybody but root: without those rights the test is skipped, and says so."""
    try:
        yield
    except PermissionError:
        pytest.skip("only root may look into a process that hides: what it holds was NOT checked")


@pytest.fixture
def own() -> Iterator[Cleaner]:
    made = Cleaner(slots=1, wait=0.05)
    made.warm()
    yield made
    made.close()


def children(parent: int) -> list[int]:
    """Processes whose parent is that one, as /proc tells."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def wait_for(what: Callable[[], Any], seconds: float = 5.0) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := what():
            return answer
        time.sleep(0.005)
    raise AssertionError("it did not happen in time")


def begun(cleaner: Cleaner, data: bytes) -> tuple[threading.Thread, list[Clean | Refused], int]:
    """Clean in the background; the thread, where its answer will be, and the process that has the file."""
    wait_for(lambda: not children(server_of(cleaner)))
    answers: list[Clean | Refused] = []
    thread = threading.Thread(target=lambda: answers.append(cleaner.clean(data)))
    thread.start()
    (child,) = wait_for(lambda: children(server_of(cleaner)))
    return thread, answers, child


def server_of(cleaner: Cleaner) -> int:
    return cleaner._running().process.pid


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSEGV])
def test_a_child_that_dies_refuses_its_file_only(own: Cleaner, blow: signal.Signals) -> None:
    thread, answers, child = begun(own, SLOW)
    os.kill(child, blow)
    thread.join(5)
    assert answers == [Refused(Refusal.CRASHED)]
    assert isinstance(own.clean(QUICK), Clean)


def test_a_dead_cleaning_process_is_replaced(own: Cleaner) -> None:
    assert isinstance(own.clean(QUICK), Clean)
    os.kill(server_of(own), signal.SIGKILL)
    assert isinstance(own.clean(QUICK), Clean)


def test_its_death_in_the_middle_is_made_good(own: Cleaner) -> None:
    thread, answers, _ = begun(own, SLOW)
    os.kill(server_of(own), signal.SIGKILL)
    thread.join(10)
    assert isinstance(answers[0], Clean)


def test_each_file_has_a_process_of_its_own(own: Cleaner) -> None:
    seen = set()
    for _ in range(3):
        thread, _, child = begun(own, SLOW)
        seen.add(child)
        thread.join(10)
    assert len(seen) == 3


def test_without_a_free_slot_it_says_so_soon(own: Cleaner) -> None:
    thread, answers, _ = begun(own, SLOW)
    since = time.monotonic()
    with pytest.raises(Busy):
        own.clean(QUICK)
    assert time.monotonic() - since < 0.5
    thread.join(10)
    assert isinstance(answers[0], Clean)
    assert isinstance(own.clean(QUICK), Clean)


def test_a_file_that_takes_too_long_is_given_up() -> None:
    own = Cleaner(slots=1, seconds=1.5)
    try:
        wait_for(lambda: isinstance(own.clean(QUICK), Clean), 20)
        thread, answers, child = begun(own, SLOW)
        os.kill(child, signal.SIGSTOP)
        thread.join(5)
        assert answers == [Refused(Refusal.TOO_COMPLEX)]
        assert isinstance(own.clean(QUICK), Clean)
    finally:
        own.close()
    wait_for(lambda: not Path(f"/proc/{child}").exists())  # stopped or not, it ends with its server


def test_who_is_too_slow_is_ended(own: Cleaner) -> None:
    script = (
        "import portal.data.cleaning_child as c, time\n"
        "c.WALL_SECONDS = 0.3\nc.clean = lambda data: time.sleep(60)\nc._rehearse = lambda: None\nc.main()"
    )
    server = own._running()
    server.close()
    server.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        server.process = subprocess.Popen([sys.executable, "-c", script], stdin=theirs.fileno())
    since = time.monotonic()
    assert own.clean(QUICK) == Refused(Refusal.CRASHED)
    assert time.monotonic() - since < 5


def test_many_at_once(cleaner: Cleaner) -> None:
    kinds = [samples.phone_jpeg(), samples.screen_png(), samples.chat_webp(), samples.small_pdf()]
    alone = [cleaner.clean(data) for data in kinds]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(cleaner.clean, kinds * 10))
    assert answers == alone * 10


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", Refusal.EMPTY), (bytes(FILE_BYTES + 1), Refusal.TOO_LARGE)]
)
def test_what_needs_no_process_has_none(data: bytes, reason: Refusal) -> None:
    unused = Cleaner()
    assert unused.clean(data) == Refused(reason)
    assert unused._server is None


def _script(body: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", body], stdout=subprocess.PIPE, text=True)


def test_it_ends_with_the_portal_even_by_kill() -> None:
    portal = _script(
        "import threading, time, io\nfrom PIL import Image\nfrom portal.data.cleaning import cleaner\n"
        "out = io.BytesIO(); Image.new('RGB', (6300, 6300)).save(out, 'PNG', compress_level=1)\n"
        "threading.Thread(target=lambda: [cleaner.clean(out.getvalue()) for _ in range(9)]).start()\n"
        "time.sleep(0.05)\nprint(cleaner._running().process.pid, flush=True)\ntime.sleep(60)\n"
    )
    assert portal.stdout
    server = int(portal.stdout.readline())
    (child,) = wait_for(lambda: children(server))
    portal.kill()
    portal.wait()
    portal.stdout.close()
    wait_for(lambda: not Path(f"/proc/{child}").exists() and not Path(f"/proc/{server}").exists())


def test_a_fork_of_the_portal_starts_its_own() -> None:
    portal = _script(
        "import os\nfrom portal.data.cleaning import cleaner\n"
        "from tests.actions.evidence.samples import phone_jpeg\n"
        "data = phone_jpeg(); first = cleaner.clean(data); mine = cleaner._running().process.pid\n"
        "if (child := os.fork()) == 0:\n"
        "    ok = cleaner.clean(data) == first and cleaner._running().process.pid != mine\n"
        "    cleaner.close(); os._exit(0 if ok else 1)\n"
        "print(os.waitpid(child, 0)[1], cleaner.clean(data) == first, cleaner._running().process.pid == mine)"
    )
    assert portal.communicate(timeout=20)[0].strip() == "0 True True"


def test_it_holds_no_more_than_it_needs() -> None:
    """No store, no keys, no page, no setting of the portal in the process that opens a stranger's file."""
    loaded = subprocess.run(
        [sys.executable, "-E", "-s", "-c", "import portal.data.cleaning_child, sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    ).stdout.split()
    tops = {name.partition(".")[0] for name in loaded}
    assert not tops & {"sqlalchemy", "flask", "werkzeug", "cryptography", "pydantic", "ssl", "requests"}
    ours = {name for name in loaded if name.startswith("portal.") and "cleaning" not in name}
    assert ours == {"portal.data", "portal.domain", "portal.domain.evidence"}


def test_the_environment_is_empty(own: Cleaner) -> None:
    assert isinstance(own.clean(QUICK), Clean)
    with looking_inside():
        assert Path(f"/proc/{server_of(own)}/environ").read_bytes().strip(b"\0") in (b"", b"LC_CTYPE=C.UTF-8")


ESCAPES = {
    "read a file": "open('/etc/passwd').read()",
    "write a file": "os.open('/tmp/escape', os.O_CREAT | os.O_WRONLY)",
    "open a connection": "socket.socket()",
    "make a pipe": "os.pipe()",
    "start a program": "os.execv('/bin/true', ['true'])",
    "make a process": "os.fork()",
    "look at files": "os.stat('/etc/passwd')",
    "list a folder": "os.listdir('/')",
    "stop the portal": "os.kill(os.getppid(), 0)",
    "raise its limits": "resource.setrlimit(resource.RLIMIT_NOFILE, (9, 9))",
    "read another process": "ctypes.CDLL(None).process_vm_readv(os.getppid(), 0, 0, 0, 0, 0) >= 0 or fail()",
    "trace another process": "ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) >= 0 or fail()",
}


@pytest.mark.parametrize("attempt", ESCAPES.values(), ids=ESCAPES)
def test_from_inside_nothing_can_be_reached(attempt: str) -> None:
    code = (
        "import ctypes, os, resource, socket\nfrom portal.data import cleaning_jail\n"
        "def fail(): raise OSError('refused')\n"
        "ctypes.CDLL(None)\ncleaning_jail.hide(); cleaning_jail.enter()\n"
        f"try:\n    {attempt}\nexcept (OSError, ValueError):\n    os.write(1, b'refused')\n"
        "else:\n    os.write(1, b'done')\n"
        "os._exit(0)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.stdout == "refused", answer.stderr


def test_the_filter_holds_in_every_child(own: Cleaner) -> None:
    thread, _, child = begun(own, SLOW)

    def jailed() -> bool:
        status = Path(f"/proc/{child}/status").read_text()
        return "Seccomp:\t2" in status and "NoNewPrivs:\t1" in status

    wait_for(jailed)
    limits = Path(f"/proc/{child}/limits").read_text()
    for name, value in (
        ("Max address space", cleaning_jail.MEMORY),
        ("Max open files", 0),
        ("Max file size", 0),
    ):
        (line,) = [each for each in limits.splitlines() if each.startswith(name)]
        assert line[len(name) :].split()[:2] == [str(value)] * 2
    try:
        with looking_inside():
            held = sorted(os.readlink(each).partition(":")[0] for each in Path(f"/proc/{child}/fd").iterdir())
            assert [each for each in held if each != "/dev/urandom"] == ["/dev/null", "/dev/null", "socket"]
    finally:
        thread.join(10)


def test_nothing_touches_a_disk(own: Cleaner) -> None:
    folders = {Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path.cwd()}

    def listed() -> set[Path]:
        return {path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()}

    before = listed()
    for data in (samples.phone_jpeg(), samples.screen_png(), samples.chat_webp(), samples.office_pdf(), SLOW):
        assert isinstance(own.clean(data), Clean)
    for path in listed() - before:  # other programs may write there meanwhile
        if path.is_file() and os.access(path, os.R_OK):
            assert samples.MARK not in path.read_bytes()


DISGUISED = {
    "a page": (b"<!DOCTYPE html><script>alert(1)</script>", Refusal.UNKNOWN),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', Refusal.UNKNOWN),
    "a program": (b"MZ\x90\0" + bytes(200), Refusal.UNKNOWN),
    "another program": (b"\x7fELF" + bytes(200), Refusal.UNKNOWN),
    "an archive": (samples.archive(), Refusal.OFFICE),
    "an old document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), Refusal.OFFICE),
    "an iPhone photo": (b"\0\0\0\x24ftypheic" + bytes(500), Refusal.HEIC),
    "a film": (b"\0\0\0\x20ftypisom" + bytes(500), Refusal.MEDIA),
    "a recording": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(100), Refusal.MEDIA),
    "a moving picture": (b"GIF89a" + bytes(100), Refusal.ANIMATED),
    "a page that begins like a photo": (b"\xff\xd8\xff<html><script>" + bytes(60), Refusal.DAMAGED),
    "a page that begins like a drawing": (b"\x89PNG\r\n\x1a\n<html>" + bytes(60), Refusal.DAMAGED),
    "words": ("Kính gửi".encode(), Refusal.UNKNOWN),
}


@pytest.mark.parametrize(("data", "reason"), DISGUISED.values(), ids=DISGUISED)
def test_what_a_file_is_not_is_found(data: bytes, reason: Refusal, cleaner: Cleaner) -> None:
    result = cleaner.clean(data)
    assert isinstance(result, Refused)
    assert result.reason is reason


def test_hostile_bytes_end_in_an_answer(cleaner: Cleaner) -> None:
    """Samples with bytes changed at random: a copy or a reason, never a crash, never a mark of the maker."""
    dice = random.Random(2026)
    whole = [samples.phone_jpeg(), samples.screen_png(), samples.chat_webp(), samples.office_pdf()]
    for turn in range(120):
        data = bytearray(whole[turn % 4])
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        result = cleaner.clean(bytes(data))
        assert result != Refused(Refusal.CRASHED)
        assert not isinstance(result, Clean) or turn % 4 == 3 or samples.MARK not in result.data
