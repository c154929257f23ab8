"""The recovery line: how an officer of a body above comes to a key of a body below him (decisions 4)."""

from sqlalchemy import select

from portal.action import session
from portal.data.models.body import BodyKey
from portal.domain.keys import KeyPurpose
from portal.vault.errors import NotHeld
from portal.vault.ring import Held, KeyRing


def take_up(ring: KeyRing, body_id: str, purpose: KeyPurpose, version: int) -> None:
    """Add one version of the body's key to the ring, level by level downwards; raises NotHeld, Broken."""
    if version in ring.versions(body_id, purpose.value):
        return
    key = session().get(BodyKey, (body_id, purpose, version))
    if key is None or not key.sealed_to_superior or not key.superior_id or key.superior_version is None:
        raise NotHeld(body_id)
    take_up(ring, key.superior_id, purpose, key.superior_version)
    superior: Held = (key.superior_id, purpose.value, key.superior_version)
    ring.take_up(superior, key.sealed_to_superior, (body_id, purpose.value, version))


def take_up_all(ring: KeyRing, body_id: str, purpose: KeyPurpose = KeyPurpose.CONTENT) -> None:
    """Every version of the body's key; raises NotHeld, Broken."""
    wanted = select(BodyKey.version).where(BodyKey.body_id == body_id, BodyKey.purpose == purpose)
    for version in session().scalars(wanted).all():
        take_up(ring, body_id, purpose, version)
