"""Key rings: the body keys that one person holds, opened on demand and kept for one request.

A body's secret is sealed to the person key of each member and to the body key of the superior body. Every
rotation makes a new version; older ones stay held so that what was sealed then can still be opened.
Source: design, confidentiality ("Body key"); decisions 4 and 8.
"""

from collections.abc import Mapping

from portal.vault.errors import Broken, NotHeld
from portal.vault.sealing import SECRET_BYTES, LoadedSecret, load_secret, open_with, seal_to

__all__ = ["Broken", "Held", "KeyRing", "NotHeld", "open_body_secret", "seal_body_secret"]

Held = tuple[str, str, int]
"""Body id, purpose ("content", "identity", "custodian", "index") and version of a body key."""


def seal_body_secret(holder: bytes, secret: bytes, held: Held) -> bytes:
    """A body's secret (32 bytes) sealed to a holder: a person's public key, or the superior body's."""
    return seal_to(holder, secret, info=_info(held))


def open_body_secret(holder: bytes | LoadedSecret, blob: bytes, held: Held) -> bytes:
    """The body's secret, by the holder's secret. Raises Broken for another holder, body or version."""
    secret = open_with(holder, blob, info=_info(held))
    if len(secret) != SECRET_BYTES:
        raise Broken
    return secret


class KeyRing:
    """What one person can open. Lives as long as a request; is never stored or printed."""

    def __init__(self, person_secret: bytes, held: Mapping[Held, bytes]) -> None:
        """Take the person's secret (32 bytes) and the body secrets sealed to that person."""
        self._person_secret = person_secret
        self._person: LoadedSecret | None = None
        self._sealed = dict(held)
        self._inherited: dict[Held, tuple[Held, bytes]] = {}
        self._secrets: dict[Held, bytes] = {}
        self._loaded: dict[Held, LoadedSecret] = {}

    def holds(self, body_id: str, purpose: str = "content") -> bool:
        """Whether any version of this key is held."""
        return bool(self.versions(body_id, purpose))

    def versions(self, body_id: str, purpose: str = "content") -> tuple[int, ...]:
        """The versions held of this key, newest first."""
        known = {*self._sealed, *self._inherited, *self._secrets}
        return tuple(sorted((v for body, use, v in known if (body, use) == (body_id, purpose)), reverse=True))

    def secret_of(self, body_id: str, purpose: str = "content", version: int | None = None) -> bytes:
        """The body's secret (32 bytes), of the newest version held unless one is named.

        Raises NotHeld when the person has none, Broken when what is stored was not sealed to the person.
        """
        held = self._find(body_id, purpose, version)
        if held not in self._secrets and held in self._inherited:
            self.take_up(*self._inherited[held], held)
        if held not in self._secrets:
            self._secrets[held] = open_body_secret(self._own(), self._sealed[held], held)
        return self._secrets[held]

    def loaded(self, body_id: str, purpose: str = "content", version: int | None = None) -> LoadedSecret:
        """The same secret, ready for opening many blobs. Raises as `secret_of` does."""
        held = self._find(body_id, purpose, version)
        if held not in self._loaded:
            self._loaded[held] = load_secret(self.secret_of(*held))
        return self._loaded[held]

    def open(
        self, body_id: str, purpose: str, blob: bytes, *, info: str, version: int | None = None
    ) -> bytes:
        """What is sealed to a body: by the version named, else by each one held, newest first.

        Raises NotHeld when the person holds no such key, Broken when none opens it.
        """
        wanted = (version,) if version is not None else self.versions(body_id, purpose)
        if not wanted:
            raise NotHeld(body_id)
        for candidate in wanted:
            try:
                return self.loaded(body_id, purpose, candidate).open(blob, info=info)
            except Broken:
                continue
        raise Broken

    def open_own(self, blob: bytes, *, info: str) -> bytes:
        """What is sealed to the person's own public key. Raises Broken as `open_with` does."""
        return self._own().open(blob, info=info)

    def _own(self) -> LoadedSecret:
        if self._person is None:
            self._person = load_secret(self._person_secret)
        return self._person

    def pass_on(self, holder: bytes, held: Held) -> bytes:
        """The body's secret sealed to another holder's public key: admitting, founding, take-over.

        Raises NotHeld and Broken as `secret_of` does.
        """
        return seal_body_secret(holder, self.secret_of(*held), held)

    def inherit(self, held: Held, heir: Held, blob: bytes) -> None:
        """Note that the secret of a former body lies sealed to its successor `heir`; opened when asked for.

        What is not held (the heir's own key is missing) stays out of the ring.
        """
        if held not in self._sealed and self._has(heir):
            self._inherited.setdefault(held, (heir, blob))

    def _has(self, held: Held) -> bool:
        return held in self._sealed or held in self._inherited or held in self._secrets

    def take_up(self, superior: Held, blob: bytes, held: Held) -> None:
        """Add the secret of a body below, sealed to the body key `superior` that the person holds.

        Raises NotHeld when the superior's key is not held, Broken when it does not open the blob.
        """
        self._secrets[held] = open_body_secret(self.loaded(*superior), blob, held)

    def _find(self, body_id: str, purpose: str, version: int | None) -> Held:
        versions = self.versions(body_id, purpose)
        if not versions or (version is not None and version not in versions):
            raise NotHeld(body_id)
        return body_id, purpose, versions[0] if version is None else version


def _info(held: Held) -> str:
    body_id, purpose, version = held
    if "|" in body_id or "|" in purpose:
        raise ValueError("an id or purpose may not contain '|'")
    return f"body|{body_id}|{purpose}|{version}|secret|v1"
