"""The portal that is measured: units and bodies of the whole country, boards and people of the demo."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from portal.accounts.actions import SYSTEM, sign_in, sign_in_ring
from portal.config import Settings, load_settings
from portal.data import db, migrate
from portal.demo.people import Seat, found, seats
from portal.domain import clock
from portal.domain.permissions import Actor, Role
from portal.registry.actions import AreaFiles, generate_bodies, import_areas
from portal.vault.passphrase import Cost
from portal.vault.ring import KeyRing

WARD = "C27013b"
WARD_NAME = "Phường Tây Thạnh"
BOARD = f"front.{WARD}"
# Derived slowly in a deployment; here nobody's secret is at stake.
_CHEAP = Cost(8, 1, 1)


@dataclass(frozen=True)
class Base:
    """An open, founded portal of its own, and its people."""

    settings: Settings
    seats: Sequence[Seat] = field(repr=False)

    @property
    def kind(self) -> str:
        """The database's name: sqlite or postgresql."""
        return "sqlite" if self.settings.database.startswith("sqlite") else "postgresql"

    def reviewer(self) -> tuple[Actor, KeyRing]:
        """Somebody who reads the ward's reports, with his keys."""
        seat = self._reviewer()
        return sign_in_ring(seat.login, seat.passphrase)

    def seated(self, body_id: str, role: Role) -> tuple[Actor, KeyRing]:
        """Somebody of the body who has the role, with his keys."""
        seat = next(s for s in self.seats if s.body_id == body_id and role in s.roles)
        return sign_in_ring(seat.login, seat.passphrase)

    def reviewer_cookie(self) -> str:
        """The cookie of a new signed-in session of the reviewer."""
        seat = self._reviewer()
        return sign_in(seat.login, seat.passphrase, "", code_required=False)

    def _reviewer(self) -> Seat:
        return next(s for s in self.seats if s.body_id == BOARD and s.roles == {Role.REVIEWER})


def environment(settings: Settings) -> dict[str, str]:
    """What a server process needs to serve the portal of these settings."""
    return {
        "PORTAL_MODE": "test",
        "PORTAL_FACE": "all",
        "PORTAL_INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database,
    }


@contextmanager
def founded(instance: Path, database: str = "") -> Iterator[Base]:
    """Make a portal in an empty folder and database; its store is open within the block."""
    settings = load_settings(mode="test", instance=instance, database_url=database)
    migrate.upgrade(settings.database)
    store = db.open_store(settings.database, settings.blobs, pool_size=4)
    try:
        with clock.at(clock.now() - timedelta(days=30)):
            import_areas(SYSTEM, AreaFiles.shipped())
            generate_bodies(SYSTEM, None)
            everybody = seats()
            found(everybody, cost=_CHEAP)
        yield Base(settings, everybody)
    finally:
        store.close()
        db.use_store(None)
