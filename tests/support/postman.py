"""A real mail server in the test's process, which keeps what it is given.

    @pytest.fixture
    def postman():
        with postman.serving() as (box, url): yield box, url

`box.refused` names addresses that it refuses, `box.broken` those at which it breaks the connection off.
"""

import asyncio
import re
import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from aiosmtpd.controller import Controller


class Postman:
    """A mail server's handler."""

    def __init__(self) -> None:
        self.letters: list[str] = []
        self.moments: list[datetime] = []
        self.refused: dict[str, str] = {}
        self.broken: set[str] = set()
        self.slow = 0.0

    async def handle_RCPT(self, server, connection, envelope, address, options):  # type: ignore[no-untyped-def]  # noqa: N802
        if address in self.broken:
            server.transport.close()
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, connection, envelope):  # type: ignore[no-untyped-def]  # noqa: N802
        await asyncio.sleep(self.slow)
        self.letters.append(envelope.content.decode())
        self.moments.append(datetime.now(UTC))
        return "250 taken"

    def ids_of(self) -> dict[str, list[str]]:
        """The Message-IDs of the mails that came, by address."""
        found: dict[str, list[str]] = defaultdict(list)
        for letter in self.letters:
            found[_header("To", letter)].append(_header("Message-ID", letter))
        return found


def _header(name: str, letter: str) -> str:
    found = re.search(rf"^{name}: (.*?)\r?$", letter, re.MULTILINE)
    assert found, name
    return found[1].strip()


@contextmanager
def serving() -> Iterator[tuple[Postman, str]]:
    """A server within the block, and its address for PORTAL_SMTP_URL."""
    handler = Postman()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield handler, f"smtp://127.0.0.1:{port}"
    finally:
        server.stop()
