"""The real server, asked over sockets from an address of its own: what it says and leaves behind (P-7)."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from portal.config import load_settings
from tests.support import canaries

ADDRESS = "127.7.83.219"


@pytest.fixture
def port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def server(tmp_path, port):
    """`portal serve` as it is started by hand, on an empty database; its voice goes into a file."""
    given = {"PORTAL_MODE": "demo", "PORTAL_INSTANCE": str(tmp_path / "instance"), "PORTAL_PORT": str(port)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    command = [str(Path(sys.executable).with_name("portal")), "serve"]
    with open(tmp_path / "voice", "wb") as voice:
        process = subprocess.Popen(command, env=kept | given, stdout=voice, stderr=voice)
        try:
            _await(port, process)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            if _ask(port, "GET", "/healthz", {})[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")


def _ask(port: int, method: str, path: str, headers: dict[str, str], body: str = "") -> tuple[int, str, str]:
    """Status, cookies and text; from an address of this machine that nothing else uses."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(ADDRESS, 0))
    try:
        line.request(method, path, body=body or None, headers=headers)
        answer = line.getresponse()
        cookies = [one.split(";")[0] for one in answer.headers.get_all("Set-Cookie") or ()]
        return answer.status, "; ".join(cookies), answer.read().decode(errors="replace")
    finally:
        line.close()


def test_the_server_keeps_quiet_about_who_came(server, port, tmp_path) -> None:
    words = {name: canaries.word() for name in ("agent", "referrer", "typed", "path", "query", "cookie")}
    mine = {"User-Agent": words["agent"], "Referer": f"https://{words['referrer']}.example/"}
    form = mine | {"Content-Type": "application/x-www-form-urlencoded"}
    for path in ("/", f"/{words['path']}", f"/?q={words['query']}", "/phan-anh/", "/can-bo/"):
        assert _ask(port, "GET", path, mine | {"Cookie": f"draft={words['cookie']}"})[0] in (200, 303, 404)
    _, cookies, page = _ask(port, "GET", "/phan-anh/", mine)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    given = urlencode({"csrf_token": token[1], "kind": "act"})
    status, more, _ = _ask(port, "POST", "/phan-anh/loai", form | {"Cookie": cookies}, given)
    assert status == 303
    kept = f"{cookies}; {more}"
    given = urlencode({"csrf_token": token[1], "q": words["typed"]})
    assert _ask(port, "POST", "/phan-anh/dia-ban/tim", form | {"Cookie": kept}, given)[0] == 303
    assert _ask(port, "POST", "/tra-cuu/", form | {"Cookie": kept}, given.replace("q=", "code="))[0] == 303
    assert _ask(port, "POST", "/tra-cuu/", form, f"code={words['typed']}")[0] == 400
    assert _ask(port, "POST", "/tra-cuu/", form, f"code={words['typed']}" + "x" * 1_100_000)[0] == 413
    with socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(ADDRESS, 0)) as line:
        broken = ("GET", f" /{words['path']} HTTP/1.1\r\n", f"Host: {words['agent']}\r\n", words["typed"])
        line.sendall("".join((*broken, "\r\n\r\n")).encode())
        line.recv(4096)
    server.terminate()
    server.wait(timeout=30)
    settings = load_settings(mode="demo", instance=tmp_path / "instance")
    voice = (tmp_path / "voice").read_bytes()
    hits = canaries.found(words | {"address": ADDRESS}, canaries.everywhere(settings, voice=voice))
    assert not hits, sorted(hits)
