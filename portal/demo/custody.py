"""Opening an identity in the demonstration: the board asks, its custodian agrees, the asker reads."""

from portal.demo.scene import OffScript, Play, Scene
from portal.demo.stories import Deed
from portal.domain.permissions import Role
from portal.oversight import actions, queries


def ask_identity(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.front()
    identity = queries.identity(scene.report_id)
    if identity is None:
        raise OffScript(f"{scene.story.key}: no identity was left")
    actions.ask(actor, identity, ring=ring, reason=deed.told["reason"])


def open_identity(scene: Scene, deed: Deed) -> None:
    """The custodian reads the reason and grants the newest request; who asked reads the name."""
    opening = queries.openings_of(scene.report_id)[-1]
    custodian, ring = scene.cast.playing(scene.front_id, Role.CUSTODIAN)
    actions.read_reason(custodian, opening, ring=ring)
    actions.grant(custodian, opening, ring=ring)
    asker, own = scene.front()
    actions.read_identity(asker, opening, ring=own)


DEEDS: dict[str, Play] = {"ask_identity": ask_identity, "open_identity": open_identity}
