"""The deeds of inspection committees in the demonstration, each through the action that a page would call."""

from portal.casework import actions as casework
from portal.demo.scene import Play, Scene
from portal.demo.stories import Deed
from portal.domain import clock
from portal.domain.answers import Answer, Finding
from portal.domain.clocks import Until


def accept(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.lead()
    casework.open_case(actor, scene.case, ring)
    casework.accept(actor, scene.case, seen=scene.case.version)


def return_case(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.lead()
    casework.open_case(actor, scene.case, ring)
    casework.return_case(actor, scene.case, ring, reason=deed.told["reason"], seen=scene.case.version)


def assign(scene: Scene, deed: Deed) -> None:
    actor, _ = scene.lead()
    inspector, _ = scene.committee()
    casework.assign(actor, scene.case, account_id=inspector.id, seen=scene.case.version)


def begin_verification(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.committee()
    casework.open_case(actor, scene.case, ring)
    casework.begin_verification(actor, scene.case, ring, plan=deed.told["plan"], seen=scene.case.version)


def suspend(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.lead()
    given = {"until": Until(deed.told["until"]), "reason": deed.told["reason"], "text": deed.told["text"]}
    casework.suspend(actor, scene.case, ring, seen=scene.case.version, **given)


def note(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.committee()
    casework.note(actor, scene.case, ring, text=deed.told["text"])


def ask_reporter(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.committee()
    casework.ask(actor, scene.case, ring, report_id=scene.report_id, text=deed.told["text"])


def explanation(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.committee()
    casework.record_explanation(
        actor,
        scene.case,
        ring,
        text=deed.told["text"],
        dated=clock.today(),
        refused=bool(deed.told["refused"]),
    )


def conclude(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.committee()
    finding, words = Finding(deed.told["finding"]), Answer(**deed.told["answer"])
    casework.conclude(actor, scene.case, ring, finding=finding, answer=words, seen=scene.case.version)


def answer(scene: Scene, deed: Deed) -> None:
    actor, ring = scene.lead()
    casework.answer(actor, scene.case, ring, seen=scene.case.version)


def close(scene: Scene, deed: Deed) -> None:
    actor, _ = scene.lead()
    casework.close(actor, scene.case, seen=scene.case.version)


DEEDS: dict[str, Play] = {
    "accept": accept,
    "return": return_case,
    "assign": assign,
    "begin_verification": begin_verification,
    "suspend": suspend,
    "note": note,
    "ask_reporter": ask_reporter,
    "explanation": explanation,
    "conclude": conclude,
    "answer": answer,
    "close": close,
}
