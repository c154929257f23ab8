"""A mail server that takes everything and notes when: what `portal bench` sends notices to."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Postbox(socketserver.ThreadingTCPServer):
    """`moments`: when each mail was taken, on the clock of time.monotonic()."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.moments: list[float] = []

    @property
    def url(self) -> str:
        """For PORTAL_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 bench")
        while line := self.rfile.readline(1000):
            word = line[:4].upper()
            if word == b"DATA":
                self._say("354 go on")
                while self.rfile.readline(10_000).rstrip(b"\r\n") != b".":
                    pass
                self.server.moments.append(time.monotonic())  # type: ignore[attr-defined]
            self._say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


@contextmanager
def open_postbox() -> Iterator[Postbox]:
    """A server within the block."""
    with Postbox() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
