"""Where a measurement takes place: the founded portal and the bare application, served on one database."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from portal.bench import bare, base, drafts, postgres, serving
from portal.bench.base import Base
from portal.bench.serving import Server

PORTAL = ("-c", "from portal.cli import main; main()", "serve", "--no-worker")
BARE = ("-c", "from portal.cli.bench import serve_bare; serve_bare()")


@dataclass
class Ground:
    """One database with both applications on it. `app` signs requests beforehand."""

    base: Base
    app: Flask = field(repr=False)
    portal: Server
    bare: Server
    seconds: float
    say: Callable[[str], None]
    database_server: int = 0

    @property
    def database(self) -> str:
        return self.base.kind

    def cpu(self, server: Server) -> float:
        """Seconds of processor time of a server, with those of the database's own processes."""
        return server.cpu() + self.database_cpu()

    def database_cpu(self) -> float:
        if not self.database_server:
            return 0.0
        return serving.cpu_of(serving.descendants(self.database_server))


@contextmanager
def database(kind: str, folder: Path) -> Iterator[tuple[str, int]]:
    """Address and server process of an empty database; both empty for the embedded one."""
    if kind == "sqlite":
        yield "", 0
        return
    for one in (folder, *folder.parents):
        if one.stat().st_mode & 0o077 == 0:
            one.chmod(0o711)  # the server runs as another user
    with postgres.private_server(folder / "server") as made:
        yield made


@contextmanager
def prepared(kind: str, folder: Path, seconds: float, say: Callable[[str], None]) -> Iterator[Ground]:
    """Found a portal on a fresh database of this kind in `folder`, and serve it and the bare application."""
    with ExitStack() as stack:
        address, process = stack.enter_context(database(kind, folder))
        plain = address or f"sqlite:///{folder / 'bare.sqlite3'}"
        bare.prepare(plain)
        instance = folder / "instance"
        instance.mkdir(mode=0o700)
        say(f"{kind}: dựng toàn bộ đơn vị, cơ quan, tài khoản")
        made = stack.enter_context(base.founded(instance, address))
        app = drafts.signer(made.settings)
        surroundings = base.environment(made.settings)
        beside = stack.enter_context(
            serving.served(BARE, surroundings | {bare.ADDRESS: plain}, folder / "bare.log")
        )
        portal = stack.enter_context(serving.served(PORTAL, surroundings, folder / "portal.log"))
        yield Ground(made, app, portal, beside, seconds, say, process)
